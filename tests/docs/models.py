"""docs/reference/models.md: the keys of each model's document, written from the documents themselves.

python -m tests.docs.models

What stands between `<!-- keys: rfm -->` and `<!-- end -->` is written; the rest of the page is written by hand.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.document import ModelDocument, OfPurchases
from quartier.analyse.modelling.kinds import all_kinds, kind_of
from quartier.analyse.score.definition import Criterion

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "models.md"
MARK = re.compile(r"<!-- (?P<what>kinds|keys: (?P<of>\w+)) -->\n.*?<!-- end -->", re.DOTALL)

_OF_EVERY = {"kind": "says what the document is", "label": "what it is called, in both languages"}
_EXPLAINED = dict.fromkeys(("factors", "classes", "themes"), "answers") | dict.fromkeys(
    ("relation", "score"), "relation-and-score"
)
"""Kinds that share a page, and which."""


def page(text: str) -> str:
    """The page with what is made from the code."""
    return MARK.sub(lambda found: f"<!-- {found['what']} -->\n{_made(found['of'])}<!-- end -->", text)


def _made(of: str | None) -> str:
    if of is None:
        return _kinds()
    if of == "every":
        return _table(ModelDocument, ModelDocument.model_fields)
    if of == "purchases":
        return _table(OfPurchases, own(OfPurchases, ModelDocument))
    if of == "criterion":
        return _table(Criterion, Criterion.model_fields)
    document = kind_of(of).document
    return _table(document, own(document, OfPurchases if issubclass(document, OfPurchases) else ModelDocument))


def own(document: type[BaseModel], base: type[BaseModel]) -> list[str]:
    """The keys that a document has beside those of its base, and those that it describes in its own way."""
    said = {name: each.description for name, each in base.model_fields.items()}
    return [
        name
        for name, each in document.model_fields.items()
        if name not in ("kind", "model") and (name not in said or each.description != said[name])
    ]


def _kinds() -> str:
    rows = (
        (
            f"`{each.name}`",
            f"[{each.label.en}](#{_anchor(each.name)})",
            each.sentence.en,
            f"[notebook](../notebooks/{_anchor(each.name)}.md), "
            f"[how](../explanation/{_EXPLAINED.get(each.name, _anchor(each.name))}.md)",
        )
        for each in all_kinds()
    )
    return _written(("model", "called", "what it answers", "shown and explained"), rows)


def _anchor(name: str) -> str:
    return name.replace("_", "-")


def _table(document: type[BaseModel], names: Iterable[str]) -> str:
    fields = document.model_fields
    rows = (
        (f"`{name}`", _default(name, fields[name]), fields[name].description or _OF_EVERY[name], _may(fields[name]))
        for name in names
    )
    return _written(("key", "default", "meaning", "may be"), rows)


def _default(name: str, field: FieldInfo) -> str:
    if field.is_required():
        return "`rfm`" if name == "model" else "must be said"
    value = field.get_default(call_default_factory=True)
    if value is None or value == "" or value == () or value == {}:
        return "none"
    if isinstance(value, tuple):
        return ", ".join(f"`{each}`" for each in value)
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _may(field: FieldInfo) -> str:
    """Which values may be given: those of a closed list, or the bounds of a number."""
    listed = _listed(field.annotation)
    if len(listed) > 1:
        called = next((each.options for each in field.metadata if isinstance(each, Asked)), {})
        return "; ".join(f"`{each}` {called[each].en if each in called else ''}".strip() for each in listed)
    least = next((each.ge for each in field.metadata if isinstance(each, annotated_types.Ge)), None)
    above = next((each.gt for each in field.metadata if isinstance(each, annotated_types.Gt)), None)
    most = next((each.le for each in field.metadata if isinstance(each, annotated_types.Le)), None)
    below = next((each.lt for each in field.metadata if isinstance(each, annotated_types.Lt)), None)
    low = f"{least}" if least is not None else f"above {above}" if above is not None else ""
    high = f"to {most}" if most is not None and most < 2**31 - 1 else f"to below {below}" if below is not None else ""
    return f"{low} {high}".strip() if high else f"{low} or more" if least is not None else low


def _listed(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Literal:
        return tuple(each for each in get_args(annotation) if each != "")
    return ()


def _written(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = (heads, ("---",) * len(heads), *rows)
    return "".join(f"| {' | '.join(each)} |\n".replace("|  |", "| |") for each in lines)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
