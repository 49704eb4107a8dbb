"""Segments as users write them: documents in YAML or JSON, without loss.

A condition is a mapping whose first key says its kind: `all`, `any`, `none`, `at_least`, `not`, `trait`, `event`,
`segment` or `persons`. Nothing here knows the catalog; `bind` does.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    SerializerFunctionWrapHandler,
    Tag,
    ValidationError,
    model_serializer,
    model_validator,
)

from quartier.catalog import Label
from quartier.config import problem
from quartier.errors import InvalidDefinition, Problem, Unusable, suggestion
from quartier.language import Text
from quartier.segment.operators import COMPARISONS, OPERATORS

Value = Any
"""A value as YAML gives it; `bind` turns it into the type that the operator needs."""

DEEPEST = 100
"""How far a document may be nested, lists and mappings counted."""

EVENT_KEYS = ("event", "where", "within", "ago", "since")
MEASURES = ("count", "distinct", "sum", "mean", "min", "max", "first", "last", "days_since")


OF_ONE_EVENT = tuple(key for key in OPERATORS if key not in EVENT_KEYS)
"""The comparisons of the first or last event's property: `within` and `since` beside it speak of the window."""


class _Document(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_serializer(mode="wrap")
    def _without_empty(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {key: value for key, value in handler(self).items() if value is not None}


class Test(_Document):
    """An operator and its value: `in: [FR, BE]`. Written as that one key."""

    __test__ = False  # not a class of tests, whatever pytest thinks of its name

    operator: str
    value: Value

    @classmethod
    def read(cls, found: Mapping[str, Value], allowed: tuple[str, ...]) -> Self:
        """The one test among some keys. Raises ValueError when there is none, or more than one."""
        for key in found:
            if key not in allowed:
                raise Unusable(_UNKNOWN_COMPARISON.with_(key=key), suggestion(str(key), allowed))
        if len(found) != 1:
            raise Unusable(_ONE_COMPARISON.with_(n=len(found)), _COMPARISONS_ARE.with_(names=list(allowed)))
        ((operator, value),) = found.items()
        return cls(operator=operator, value=value)

    @model_serializer(mode="plain")
    def _as_written(self) -> dict[str, Value]:
        return {self.operator: self.value}


class TraitCondition(_Document):
    """`{trait: country, in: [FR, BE]}`."""

    trait: str = Field(min_length=1)
    test: Test

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or isinstance(data.get("test"), Test):
            return data
        rest = {key: value for key, value in data.items() if key != "trait"}
        return {"trait": data.get("trait"), "test": Test.read(rest, tuple(OPERATORS))}

    @model_serializer(mode="plain")
    def _as_written(self) -> dict[str, Value]:
        return {"trait": self.trait, self.test.operator: self.test.value}


class Ago(_Document):
    """`ago: {between: [30 days, 90 days]}`."""

    between: tuple[str, str]


class EventCondition(_Document):
    """`{event: Order Completed, where: {...}, within: 90 days, sum: revenue, more_than: 500}`."""

    event: tuple[str, ...] = Field(min_length=1)
    where: dict[str, Test] = Field(default_factory=dict)
    within: str | None = None
    ago: Ago | None = None
    since: str | None = None
    measure: Literal["count", "distinct", "sum", "mean", "min", "max", "first", "last", "days_since"] = "count"
    path: str | None = None
    test: Test

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or isinstance(data.get("test"), Test):
            return data
        given = {key: data[key] for key in EVENT_KEYS if key in data}
        events = given.pop("event")
        where = given.pop("where", None) or {}
        if not isinstance(where, Mapping):
            raise Unusable(_WHERE)
        rest = {key: value for key, value in data.items() if key not in EVENT_KEYS}
        return {
            **given,
            "event": (events,) if isinstance(events, str) else events,
            "where": {str(path): _property_test(path, test) for path, test in where.items()},
            **_measured(rest),
        }

    @model_validator(mode="after")
    def _one_window(self) -> Self:
        if sum(each is not None for each in (self.within, self.ago, self.since)) > 1:
            raise Unusable(_ONE_WINDOW)
        return self

    @model_serializer(mode="plain")
    def _as_written(self) -> dict[str, Value]:
        written: dict[str, Value] = {"event": self.event[0] if len(self.event) == 1 else list(self.event)}
        if self.where:
            written["where"] = {path: _short(test) for path, test in self.where.items()}
        for key in ("within", "since"):
            if (value := getattr(self, key)) is not None:
                written[key] = value
        if self.ago:
            written["ago"] = {"between": list(self.ago.between)}
        if self.measure == "count":
            return {**written, "count": {self.test.operator: self.test.value}}
        return {**written, self.measure: self.path, self.test.operator: self.test.value}


class SegmentCondition(_Document):
    """`{segment: loyal}`: member of another segment at the same instant."""

    segment: str


class PersonsCondition(_Document):
    """`{persons: [C-1001, C-1002]}`: a fixed list of user ids, e-mails or public ids."""

    persons: tuple[str, ...] = Field(min_length=1)


class AllCondition(_Document):
    """Every part holds."""

    all: tuple["Condition", ...] = Field(min_length=1)


class AnyCondition(_Document):
    """At least one part holds."""

    any: tuple["Condition", ...] = Field(min_length=1)


class NoneCondition(_Document):
    """No part holds."""

    none: tuple["Condition", ...] = Field(min_length=1)


class AtLeastCondition(_Document):
    """At least n of the parts hold."""

    at_least: int = Field(ge=1)
    of: tuple["Condition", ...] = Field(min_length=1)


class NotCondition(_Document):
    """The part does not hold."""

    not_: "Condition" = Field(alias="not")

    @model_serializer(mode="plain")
    def _as_written(self) -> dict[str, Value]:
        return {"not": self.not_.model_dump()}


_KINDS = ("all", "any", "none", "not", "trait", "event", "segment", "persons", "at_least")


def _kind(data: Any) -> str | None:
    """Which kind of condition a mapping is; `at_least` comes last, as it is a comparison too."""
    if isinstance(data, Mapping):
        return next((kind for kind in _KINDS if kind in data), None)
    return _KIND_OF.get(type(data))


Condition = Annotated[
    Annotated[AllCondition, Tag("all")]
    | Annotated[AnyCondition, Tag("any")]
    | Annotated[NoneCondition, Tag("none")]
    | Annotated[NotCondition, Tag("not")]
    | Annotated[TraitCondition, Tag("trait")]
    | Annotated[EventCondition, Tag("event")]
    | Annotated[SegmentCondition, Tag("segment")]
    | Annotated[PersonsCondition, Tag("persons")]
    | Annotated[AtLeastCondition, Tag("at_least")],
    Discriminator(_kind),
]

_KIND_OF: dict[type, str] = {
    AllCondition: "all", AnyCondition: "any", NoneCondition: "none", NotCondition: "not", TraitCondition: "trait",
    EventCondition: "event", SegmentCondition: "segment", PersonsCondition: "persons", AtLeastCondition: "at_least",
}  # fmt: skip


class Segment(_Document):
    """A named condition over a population."""

    segment: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=100)
    label: Label | None = None
    population: str | None = None
    where: Condition

    @property
    def name(self) -> str:
        """The segment's name."""
        return self.segment


def _property_test(path: object, written: Value) -> Test:
    """`{category: shoes}`, `{category: [shoes, bags]}` or `{price: {more_than: 20}}`."""
    if isinstance(written, Test):
        return written
    if isinstance(written, Mapping):
        return Test.read(written, tuple(OPERATORS))
    if written is None:
        raise Unusable(_NO_VALUE.with_(path=path))
    return Test(operator="in" if isinstance(written, list) else "is", value=written)


def _short(test: Test) -> Value:
    is_list = isinstance(test.value, list)
    is_single = test.value is not None and not is_list and not isinstance(test.value, Mapping)
    is_short = (test.operator == "is" and is_single) or (test.operator == "in" and is_list)
    return test.value if is_short else {test.operator: test.value}


def _measured(rest: Mapping[str, Value]) -> dict[str, Value]:
    """The measure and its comparison; counting at least one event unless said otherwise."""
    named = [key for key in rest if key in MEASURES]
    if len(named) > 1:
        raise Unusable(_ONE_MEASURE.with_(names=named))
    if not named:
        test = Test.read(rest, COMPARISONS) if rest else Test(operator="at_least", value=1)
        return {"measure": "count", "test": test}
    (measure,) = named
    compared = {key: value for key, value in rest.items() if key != measure}
    if measure == "count":
        return {"measure": "count", "test": _counted(rest["count"], compared)}
    allowed = OF_ONE_EVENT if measure in ("first", "last") else COMPARISONS
    return {"measure": measure, "path": rest[measure], "test": Test.read(compared, allowed)}


def _counted(count: Value, compared: Mapping[str, Value]) -> Test:
    if compared:
        raise Unusable(_BESIDE_COUNT.with_(names=list(compared)))
    if isinstance(count, Mapping):
        return Test.read(count, COMPARISONS)
    return Test(operator="is", value=count)


def read_segment(document: Mapping[str, Value]) -> Segment:
    """The segment that a document describes. Raises InvalidDefinition with everything that is wrong with its form."""
    try:
        return Segment.model_validate(_plain(document))
    except ValidationError as error:
        raise InvalidDefinition(_name_of(document), _problems(error)) from error
    except Unusable as error:
        raise InvalidDefinition(_name_of(document), [Problem("", error.what, error.remedy)]) from error


def _name_of(document: Any) -> str:
    name = document.get("segment") if isinstance(document, Mapping) else None
    return name if isinstance(name, str) and name.isprintable() else "segment"


def _plain(written: Value, depth: int = 0) -> Value:
    """Dates, which YAML reads as such, as the text that JSON can hold. Raises Unusable for what nobody can mean."""
    if depth > DEEPEST:
        raise Unusable(_TOO_DEEP.with_(n=DEEPEST))
    match written:
        case Mapping():
            return {_plain(key, depth): _plain(value, depth + 1) for key, value in written.items()}
        case list() | tuple():
            return [_plain(each, depth + 1) for each in written]
        case dt.date():
            return written.isoformat()
        case str() if any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in written):
            raise Unusable(_NO_TEXT)
        case _:
            return written


def _problems(error: ValidationError) -> list[Problem]:
    found = [(_place(each["loc"]), each) for each in error.errors()]
    places = [place for place, _ in found]
    # A list whose parts are wrong is also told to be too short: only the parts are worth telling.
    worth = [
        (place, each)
        for place, each in found
        if each["type"] != "too_short" or not any(other.startswith(f"{place}[") for other in places)
    ]
    return [
        Problem(place, _NO_KIND, _KINDS_ARE) if each["type"] == "union_tag_not_found" else problem(place, each)
        for place, each in worth
    ]


def _place(location: tuple[int | str, ...]) -> str:
    """Where in the document: pydantic's path without the tags of the kinds of condition."""
    place = ""
    follows_condition = False
    for part in location:
        if follows_condition and part in _KINDS:
            follows_condition = False
            continue
        place += f"[{part}]" if isinstance(part, int) else f".{part}"
        follows_condition = isinstance(part, int) or part in ("where", "not")
    return place.removeprefix(".")


_UNKNOWN_COMPARISON = Text(en="“{key}” is not known here", fr="« {key} » est inconnu ici")
_ONE_COMPARISON = Text(
    en="exactly one comparison is needed, {n} found", fr="il faut exactement une comparaison, {n} trouvées"
)
_COMPARISONS_ARE = Text(en="one of: {names}", fr="au choix : {names}")
_WHERE = Text(
    en="`where` takes properties and what they must be, such as {{category: shoes}}",
    fr="`where` attend des propriétés et leurs valeurs, par exemple {{category: shoes}}",
)
_ONE_WINDOW = Text(
    en="only one of `within`, `ago` and `since` can stand here", fr="un seul de `within`, `ago` et `since` est possible"
)
_NO_VALUE = Text(
    en="`{path}` has no value; to ask whether it is known, write {{known: false}}",
    fr="`{path}` n'a pas de valeur ; pour demander si elle est connue, écrivez {{known: false}}",
)
_ONE_MEASURE = Text(en="one measure only, found: {names}", fr="une seule mesure est possible, trouvées : {names}")
_BESIDE_COUNT = Text(en="unknown beside `count`: {names}", fr="inconnu à côté de `count` : {names}")
_TOO_DEEP = Text(en="this is nested more than {n} deep", fr="ceci est imbriqué sur plus de {n} niveaux")
_NO_TEXT = Text(en="a text holds characters that are none", fr="un texte contient des caractères qui n'en sont pas")
_NO_KIND = Text(en="this is not a condition", fr="ceci n'est pas une condition")
_KINDS_ARE = Text(
    en="a condition starts with one of: all, any, none, not, at_least, trait, event, segment, persons",
    fr="une condition commence par l'un de : all, any, none, not, at_least, trait, event, segment, persons",
)
