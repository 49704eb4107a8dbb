"""The mapping of a file as a form holds it: text in every field, wrong or not, so that nothing typed is ever lost."""

from collections.abc import Mapping as Dict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from starlette.datastructures import FormData

from quartier.catalog import Catalog
from quartier.catalog.recognise import Recognised
from quartier.collect.definition import Layout, Mapping
from quartier.web.guard import field_of

SETTINGS = (
    "event", "date_order", "decimal", "time_zone", "country", "currency", "rates", "missing", "repeated_rows",
    "refunds", "free_lines", "encoding", "delimiter", "sheet",
)  # fmt: skip
_OF_FORM = ("encoding", "delimiter", "sheet")
NAMED = ("trait", "property", "line")
"""Targets that have a name of their own."""
MOST_COLUMNS = 250
"""A file with more columns is mapped by its document: a form of all of them would be too long to be sent."""
_TAB, _SPELLED_TAB = "\t", "tab"


@dataclass(frozen=True)
class Line:
    """One column of the file: what it becomes, under which name and type, and how the catalog tells it."""

    column: str
    to: str
    name: str = ""
    type: str = ""
    label_en: str = ""
    label_fr: str = ""
    family: str = ""
    sensitivity: str = ""

    @property
    def is_named(self) -> bool:
        """Whether it becomes a trait or property."""
        return self.to in NAMED

    @property
    def target(self) -> str:
        """What the mapping writes."""
        return f"{self.to}.{self.name.strip()}" if self.is_named else self.to


@dataclass(frozen=True)
class Sheet:
    """A mapping as it stands in the form."""

    layout: str
    settings: Dict[str, str]
    lines: tuple[Line, ...]

    @property
    def is_wide(self) -> bool:
        """Whether there are too many columns for a form."""
        return len(self.lines) > MOST_COLUMNS

    def document(self) -> dict[str, Any]:
        """The mapping as a document, to be read by `Mapping.read`."""
        given = {name: value.strip() for name, value in self.settings.items() if value.strip()}
        form = {name: _spelled(given.pop(name)) for name in _OF_FORM if name in given}
        columns = {each.column: _column(each) for each in self.lines}
        made: dict[str, Any] = {"layout": self.layout, "columns": columns, **given}
        if form:
            made["form"] = form
        if "rates" in given:
            made["rates"] = _rates(given["rates"])
        if "missing" in given:
            made["missing"] = [each.strip() for each in given["missing"].split(",") if each.strip()]
        return made

    def as_json(self) -> dict[str, Any]:
        """Plain data, to be kept."""
        return {"layout": self.layout, "settings": dict(self.settings), "lines": [asdict(each) for each in self.lines]}

    @classmethod
    def from_json(cls, kept: Dict[str, Any]) -> "Sheet":
        """What was kept."""
        return cls(kept["layout"], kept["settings"], tuple(Line(**each) for each in kept["lines"]))


def sheet_of(mapping: Mapping, recognised: Dict[str, Recognised], catalog: Catalog) -> Sheet:
    """A mapping in a form; labels, family and sensitivity are those of the catalog, else those that were recognised."""
    return Sheet(
        mapping.layout.value, _settings(mapping),
        tuple(_line(name, mapping, recognised.get(name), catalog) for name in mapping.columns),
    )  # fmt: skip


def typed(form: FormData, before: Sheet) -> Sheet:
    """What a form says; its columns are those that it was made of."""
    layout = field_of(form, "layout", before.layout)
    settings = {name: field_of(form, name, before.settings.get(name, "")) for name in SETTINGS}
    lines = tuple(_typed_line(form, place, each) for place, each in enumerate(before.lines))
    return Sheet(layout if layout in tuple(Layout) else before.layout, settings, lines)


def with_mapping(before: Sheet, mapping: Mapping) -> Sheet:
    """A mapping that was written by hand, with what was said of its columns before."""
    known = {each.column: each for each in before.lines}
    lines = tuple(
        replace(known.get(name, Line(name, "skip")), to=each.kind, name=each.name if each.kind in NAMED else "",
                type=each.type.value if each.type else "")
        for name, each in mapping.columns.items()
    )  # fmt: skip
    return Sheet(mapping.layout.value, _settings(mapping), lines)


def _typed_line(form: FormData, place: int, before: Line) -> Line:
    said = {
        name: field_of(form, f"{name}.{place}", getattr(before, name))
        for name in ("to", "name", "type", "label_en", "label_fr", "family", "sensitivity")
    }
    return replace(before, **said)


def _column(line: Line) -> dict[str, Any]:
    given: dict[str, Any] = {"to": line.target}
    if line.is_named and line.type:
        given["type"] = line.type
    return given


def _settings(mapping: Mapping) -> dict[str, str]:
    plain = {name: getattr(mapping, name) for name in SETTINGS if name not in (*_OF_FORM, "rates", "missing")}
    said = {name: "" if value is None else str(value) for name, value in plain.items()}
    form = {name: getattr(mapping.form, name) or "" for name in _OF_FORM}
    form["delimiter"] = _SPELLED_TAB if form["delimiter"] == _TAB else form["delimiter"]
    rates = "\n".join(f"{currency} = {rate}" for currency, rate in mapping.rates.items())
    return {**said, **form, "rates": rates, "missing": ", ".join(mapping.missing)}


def _line(name: str, mapping: Mapping, found: Recognised | None, catalog: Catalog) -> Line:
    column = mapping.columns[name]
    own = column.name if column.kind in NAMED else ""
    line = Line(name, column.kind, own, column.type.value if column.type else "")
    of = "account" if mapping.layout is Layout.ACCOUNTS else "person"
    known = catalog.trait(own, of) if column.kind == "trait" else None  # type: ignore[arg-type]  # one of the subjects
    told = known or found
    if told is None:
        return line
    return replace(line, label_en=told.label.en, label_fr=told.label.fr, family=told.family.value,
                   sensitivity=told.sensitivity.value)  # fmt: skip


def _rates(text: str) -> dict[str, str]:
    pairs: Sequence[tuple[str, str, str]] = [
        each.replace(":", "=").partition("=") for each in text.splitlines() if each.strip()
    ]
    return {currency.strip().upper(): rate.strip().replace(",", ".") for currency, _, rate in pairs}


def _spelled(value: str) -> str:
    return _TAB if value == _SPELLED_TAB else value
