"""A source as the streams it is made of: each with where it is read and the mapping that reads its rows.

A connector is a page of YAML in `connectors/`: the same keys as a source of the kind `rest`, with `{account}` and the
like where the document's own settings go.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from quartier.collect.definition import Mapping
from quartier.collect.sources.definition import KIND, Connector, Database, Files, Rest, Source
from quartier.errors import InvalidDefinition, Problem, suggestion
from quartier.language import Text

EVER = "2000-01-01"


@dataclass(frozen=True)
class Stream:
    """One list of rows of a source; `mapping` is None until one is given or accepted."""

    name: str
    reads: Rest | Database | Files
    mapping: Mapping | None


def streams(source: Source) -> tuple[Stream, ...]:
    """The streams of a source. Raises InvalidDefinition for settings that a connector needs or does not know."""
    origin = source.origin
    if origin.connector is not None:
        return _of_connector(source.source, origin.kind, origin.connector)
    if origin.ga4 is not None:
        return _of_ga4(origin.ga4)
    reads = origin.database or origin.rest or origin.files
    if reads is None:
        raise AssertionError(origin.kind)  # the document holds exactly one of the kinds
    return (Stream(_name_of(reads), reads, source.into),)


@cache
def prepared(name: str) -> dict[str, Any]:
    """The page of a connector, as it is written."""
    text = (files(__package__) / "connectors" / f"{name}.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def _name_of(reads: Rest | Database | Files) -> str:
    return reads.table if isinstance(reads, Database) else "rows"


def _of_ga4(given: Files) -> tuple[Stream, ...]:
    (name, page), *_ = prepared("ga4")["streams"].items()
    reads = given.model_copy(update={"shape": Files.model_validate({"folder": ".", "shape": page["shape"]}).shape})
    return (Stream(name, reads, Mapping.read(page["into"])),)


def _of_connector(source: str, kind: str, given: Connector) -> tuple[Stream, ...]:
    page = prepared(kind)
    _check(source, kind, given, page)
    words = {"key": given.key, "account": given.account, "user": given.user, "list": given.list,
             "since": given.since or EVER}  # fmt: skip
    common = {"base_url": given.base_url or page["base_url"], "auth": page["auth"]}
    limits = {
        name: value for name in ("timeout", "patience", "most_pages")
        if (value := getattr(given, name)) is not None
    }  # fmt: skip
    found = []
    for name in given.objects or page["streams"]:
        written = {key: value for key, value in page["streams"][name].items() if key != "into"}
        rest = Rest.model_validate(_filled({**common, **written, **limits}, words))
        mapping = Mapping.read(page["streams"][name]["into"])
        found.append(Stream(name, rest, mapping.model_copy(update={"rates": given.rates})))
    return tuple(found)


def _check(source: str, kind: str, given: Connector, page: dict[str, Any]) -> None:
    problems = [
        Problem(f"from.{kind}.{each}", _NEEDED.with_(kind=kind))
        for each in page.get("needs", ()) if getattr(given, each) is None
    ]  # fmt: skip
    known = page["streams"]
    problems += [
        Problem(f"from.{kind}.objects", _NO_OBJECT.with_(kind=kind, name=each), suggestion(each, known))
        for each in given.objects if each not in known
    ]  # fmt: skip
    if problems:
        raise InvalidDefinition(source or KIND, problems)


def _filled(value: Any, words: dict[str, str | None]) -> Any:
    """The same, with the settings where the page names them."""
    match value:
        case str():
            for name, word in words.items():
                value = value.replace(f"{{{name}}}", word or "")
            return value
        case dict():
            return {key: _filled(each, words) for key, each in value.items()}
        case list():
            return [_filled(each, words) for each in value]
        case _:
            return value


_NEEDED = Text(en="{kind} needs this key", fr="{kind} a besoin de cette clé")
_NO_OBJECT = Text(en="{kind} has no object “{name}” here", fr="{kind} n'a pas d'objet « {name} » ici")
