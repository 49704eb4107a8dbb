"""Documents in files: YAML or JSON in, YAML out."""

from pathlib import Path
from typing import Any

import yaml

from quartier.errors import InvalidDefinition, InvalidRequest, Problem
from quartier.language import Text


def read(path: Path) -> list[dict[str, Any]]:
    """The documents of a file: one, several separated by `---`, or a list of them. JSON is YAML too."""
    try:
        found = [each for each in yaml.safe_load_all(path.read_text(encoding="utf-8-sig")) if each is not None]
    except FileNotFoundError as error:
        raise InvalidRequest(_ABSENT.with_(path=str(path))) from error
    except (UnicodeDecodeError, IsADirectoryError) as error:
        raise InvalidRequest(_NO_TEXT.with_(path=str(path)), remedy=_WRITE_YAML) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise InvalidDefinition(path.name, [Problem(place, _NO_YAML)]) from error
    except (ValueError, RecursionError) as error:  # a date such as 2026-02-30, or brackets without end
        raise InvalidDefinition(path.name, [Problem("", _NO_YAML)]) from error
    documents = [each for item in found for each in (item if isinstance(item, list) else [item])]
    if not documents or not all(isinstance(each, dict) for each in documents):
        raise InvalidRequest(_NO_DOCUMENT.with_(path=str(path)), remedy=_WRITE_YAML)
    return documents


def written(*documents: dict[str, Any]) -> str:
    """Documents as YAML, separated by `---`."""
    texts = [yaml.safe_dump(each, sort_keys=False, allow_unicode=True, width=100) for each in documents]
    return "---\n".join(texts)


_ABSENT = Text(en="there is no file {path}", fr="il n'y a pas de fichier {path}")
_NO_TEXT = Text(en="{path} is not a text file", fr="{path} n'est pas un fichier texte")
_NO_YAML = Text(en="not valid YAML", fr="YAML incorrect")
_NO_DOCUMENT = Text(en="{path} holds no document", fr="{path} ne contient aucun document")
_WRITE_YAML = Text(
    en="a document is written in YAML or JSON in UTF-8; see `quartier segment export` for an example",
    fr="un document s'écrit en YAML ou JSON, en UTF-8 ; voyez `quartier segment export` pour un exemple",
)
