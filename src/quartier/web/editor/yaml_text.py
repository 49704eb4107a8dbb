"""YAML that a user typed or pasted: read with bounds, written as Quartier writes it."""

from typing import Any

import yaml

from quartier.errors import Unusable
from quartier.language import Text

LONGEST = 500_000
"""Letters of a definition that is pasted."""
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """What a text says. Raises Unusable with the line for what is no YAML, too long, or refers to itself."""
    if len(text) > LONGEST:
        raise Unusable(_TOO_LONG.with_(n=LONGEST))
    try:
        if any(isinstance(each, yaml.AliasEvent) for each in yaml.parse(text, Loader=_LOADER)):
            raise Unusable(_NO_ALIASES)
        return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both loaders are safe ones
    except Unusable:
        raise
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Unusable(_NO_YAML_AT.with_(line=mark.line + 1) if mark else _NO_YAML) from error
    except (ValueError, RecursionError, TypeError) as error:  # 2026-02-30, brackets without end, a list as a key
        raise Unusable(_NO_YAML) from error


def yaml_of(document: Any) -> str:
    """A document as YAML."""
    return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)


_NO_YAML = Text(en="this is not valid YAML", fr="ceci n'est pas du YAML correct")
_NO_YAML_AT = Text(
    en="this is not valid YAML, see line {line}", fr="ceci n'est pas du YAML correct, voyez la ligne {line}"
)
_NO_ALIASES = Text(
    en="anchors and aliases (& and *) have no place in a definition",
    fr="les ancres et les alias (& et *) n'ont pas leur place dans une définition",
)
_TOO_LONG = Text(en="this is longer than {n} letters", fr="ceci dépasse {n} lettres")
