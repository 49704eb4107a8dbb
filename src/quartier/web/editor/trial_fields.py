"""The fields of a test as they are shown: the operators that fit a type, and what stands after the chosen one."""

from collections.abc import Sequence
from dataclasses import dataclass

from quartier.catalog import Catalog, Subject, ValueType
from quartier.language import Language, Text
from quartier.segment.bind_compared import COMPARING
from quartier.segment.earlier_documents import CHANGED
from quartier.segment.operators import NUMERIC, OPERATORS, RANGES
from quartier.segment.ranks import RANKS
from quartier.web.editor.fields import Field, Hint, Option, select
from quartier.web.editor.sketch import Leaf
from quartier.web.editor.typed import unlisted
from quartier.web.editor.windows import CALENDAR, KINDS, PERIODS, UNITS
from quartier.web.editor.words import WORDS

SAME = ("is", "is_not")


@dataclass(frozen=True)
class Asked:
    """What a test is asked of.

    Attributes:
        type: the type of the value, None where it is not known.
        operators: those that may be chosen.
        sides: what a comparison may be held against besides a value: `trait`, `ago`, `earlier`.
        hints: values that are offered.
    """

    type: ValueType | None
    operators: Sequence[str]
    sides: Sequence[str] = ()
    hints: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Trials:
    """Makes the fields of tests of one leaf."""

    path: str
    leaf: Leaf
    language: Language
    catalog: Catalog
    of: Subject

    def said(self, name: str) -> str:
        """A word in the reader's language."""
        return WORDS[name].to(self.language)

    def test(self, asked: Asked, name: str = "test") -> list[Field]:
        """The fields of a test: its operator, and what that takes."""
        options = [Option(key, self.operator(key)) for key in asked.operators]
        chosen = self.leaf.one(name) or (options[0].value if options else "is")
        found = [select(self.path, name, self.said("operator"), chosen, options)]
        if chosen in RANKS:
            return found + self._rank(chosen, name)
        if chosen == CHANGED:
            return found + self._changed(asked, name)
        sides = [each for each in asked.sides if _compares(chosen, each, asked.type)]
        side = self.leaf.one(f"{name}.side")
        if sides:
            found.append(self._side(side, sides, name))
        if side in sides:
            return found + self._other(side, name)
        return found + self._value(chosen, asked, name)

    def operator(self, key: str) -> str:
        """The words of an operator, a rank, or a change."""
        text: Text = OPERATORS[key].label if key in OPERATORS else _MORE[key]
        return text.to(self.language)

    def window(self, name: str = "window") -> list[Field]:
        """The fields of a window of time."""
        kind = self.leaf.one(name) or "ever"
        options = [Option(each, self.said(f"window_{each}")) for each in KINDS]
        return [select(self.path, name, self.said("window"), kind, options), *self._edges(kind, name)]

    def duration(self, name: str, label: str, *, before: str = "", units: Sequence[str] = UNITS) -> list[Field]:
        """A number and a unit of time."""
        options = [Option(each, self.said(f"unit_{each}")) for each in units]
        unit = self.leaf.one(f"{name}.unit") or ("month" if units is CALENDAR else "day")
        return [
            self.text(f"{name}.n", label, kind="number", before=before),
            select(self.path, f"{name}.unit", self.said("unit"), unit, options),
        ]

    def text(self, name: str, label: str, *, kind: str = "text", before: str = "") -> Field:
        """A field in which something is typed; a date that is none is shown as the text that it is."""
        value = self.leaf.one(name)
        if kind == "date" and value and not _is_day(value):
            kind = "text"
        return Field(self.path, name, label, kind, value, before=before)  # type: ignore[arg-type]  # one of the kinds

    def _edges(self, kind: str, name: str) -> list[Field]:
        match kind:
            case "within":
                return self.duration(f"{name}.oldest", self.said("number"))
            case "ago":
                newest = self.duration(f"{name}.newest", self.said("number"))
                return newest + self.duration(f"{name}.oldest", self.said("number"), before=self.said("and"))
            case "dates":
                since = self.text(f"{name}.since", self.said("since"), kind="date", before=self.said("since"))
                return [since, self.text(f"{name}.until", self.said("until"), kind="date", before=self.said("until"))]
            case "during":
                options = [Option(each, self.said(f"period_{each.replace(' ', '_')}")) for each in PERIODS]
                chosen = self.leaf.one(f"{name}.period")
                return [select(self.path, f"{name}.period", self.said("period"), chosen, options), self._shift(name)]
            case "last":
                return [*self.duration(name, self.said("number"), units=CALENDAR), self._shift(name)]
        return []

    def _shift(self, name: str) -> Field:
        options = [Option("yes", self.said("a_year_ago"))]
        chosen = self.leaf.one(f"{name}.shift")
        return select(self.path, f"{name}.shift", self.said("shift"), chosen, options, empty=self.said("this_year"))

    def _side(self, side: str, sides: Sequence[str], name: str) -> Field:
        options = [Option(each, self.said(f"side_{each}")) for each in sides]
        return select(self.path, f"{name}.side", self.said("side"), side, options, empty=self.said("side_value"))

    def _other(self, side: str, name: str) -> list[Field]:
        times = self.text(f"{name}.times", self.said("times"), kind="number", before=self.said("times"))
        if side == "trait":
            numbers = [each for each in self.catalog.traits if each.of == self.of and each.type in NUMERIC]
            options = [Option(each.name, each.label.to(self.language)) for each in numbers]
            chosen = self.leaf.one(f"{name}.trait")
            return [
                select(self.path, f"{name}.trait", self.said("trait"), chosen, options, empty=self.said("choose")),
                times,
            ]
        if side == "ago":
            return [*self.duration(f"{name}.time", self.said("number")), times]
        return [*self.window(f"{name}.window"), times]

    def _rank(self, rank: str, name: str) -> list[Field]:
        units = ("percent",) if rank == "share_of_total" else ("percent", "places")
        options = [Option(each, self.said(f"of_{each}")) for each in units]
        places = self.text(f"{name}.places", self.said("places"), kind="number")
        return [places, select(self.path, f"{name}.of", self.said("unit"), self.leaf.one(f"{name}.of"), options)]

    def _changed(self, asked: Asked, name: str) -> list[Field]:
        ends = [self._list(f"{name}.{end}", asked, before=self.said(f"{end}_value")) for end in ("from", "to")]
        return [*ends, *self.window(f"{name}.window")]

    def _value(self, operator: str, asked: Asked, name: str) -> list[Field]:
        value = f"{name}.value"
        match OPERATORS[operator].takes if operator in OPERATORS else "value":
            case "values":
                return [self._list(value, asked)]
            case "pair":
                low = self.text(f"{name}.low", self.said("low"), kind=_kind(asked.type))
                return [
                    low,
                    self.text(f"{name}.high", self.said("high"), kind=_kind(asked.type), before=self.said("and")),
                ]
            case "duration" | "days":
                return self.duration(f"{name}.time", self.said("number"))
            case "flag":
                return [self._flag(value, "known")]
            case "range":
                return self.test(Asked(ValueType.INTEGER, RANGES), f"{name}.years")
        if asked.type is ValueType.BOOLEAN:
            return [self._flag(value, "flag")]
        return [self._one(value, asked)]

    def _flag(self, name: str, kind: str) -> Field:
        options = [Option(each, self.said(f"{kind}_{each}")) for each in ("true", "false")]
        return select(self.path, name, self.said("value"), self.leaf.one(name), options)

    def _one(self, name: str, asked: Asked) -> Field:
        hints = tuple(Hint(value, n) for value, n in asked.hints)
        kind, text = _kind(asked.type), self.leaf.one(name)
        if kind == "date" and text and not _is_day(text):
            kind = "text"
        return Field(self.path, name, self.said("value"), kind, text, hints=hints)  # type: ignore[arg-type]  # a kind

    def _list(self, name: str, asked: Asked, *, before: str = "") -> Field:
        text = self.leaf.one(name)
        inside = set(unlisted(text))
        hints = tuple(Hint(value, n, value in inside) for value, n in asked.hints)
        return Field(self.path, name, self.said("values"), "list", text, hints=hints, before=before)


def fitting(type_: ValueType | None, among: Sequence[str] = tuple(OPERATORS)) -> list[str]:
    """The operators that fit a type; all of them where it is not known."""
    return [key for key in among if type_ is None or type_ in OPERATORS[key].accepts]


def _compares(operator: str, side: str, type_: ValueType | None) -> bool:
    return operator in COMPARING and (type_ in NUMERIC or (side == "ago" and operator in SAME))


def _kind(type_: ValueType | None) -> str:
    if type_ in (ValueType.DATE, ValueType.INSTANT):
        return "date"
    return "number" if type_ in NUMERIC else "text"


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdecimal()


_MORE = {
    "top": Text(en="is among the highest", fr="est parmi les plus élevés"),
    "bottom": Text(en="is among the lowest", fr="est parmi les plus bas"),
    "share_of_total": Text(en="is among the highest that make up", fr="est parmi les plus élevés qui réunissent"),
    CHANGED: Text(en="has changed", fr="a changé"),
}
