"""Segments as users write them: documents in YAML or JSON, without loss.

A condition is a mapping whose first key says its kind: `all`, `any`, `none`, `at_least`, `not`, `trait`, `event`,
`sequence`, `place`, `segment`, `persons`, `own_time`, or one that goes from accounts to their persons and back. Nothing
here knows the catalog; `bind` does.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import (
    Discriminator,
    Field,
    Tag,
    ValidationError,
    model_serializer,
    model_validator,
)

from quartier.catalog import Label, Subject
from quartier.config import problem
from quartier.errors import InvalidDefinition, Problem, Sentence
from quartier.language import Text
from quartier.segment.documents import Document, Test, Value
from quartier.segment.earlier_documents import CHANGED
from quartier.segment.event_documents import EventCondition
from quartier.segment.memory_documents import CampaignCondition, EnteredCondition, LeftCondition, SegmentCondition
from quartier.segment.operators import OPERATORS
from quartier.segment.place_documents import PlaceCondition
from quartier.segment.ranks import RANKS
from quartier.segment.sequence_documents import SequenceCondition

DEEPEST = 100
"""How far a document may be nested, lists and mappings counted."""


class TraitCondition(Document):
    """`{trait: country, in: [FR, BE]}`, `{trait: lifetime_value, top: 10 %}`, `{trait: plan, changed: {to: pro}}`."""

    trait: str = Field(min_length=1)
    test: Test

    @model_validator(mode="before")
    @classmethod
    def _read(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or isinstance(data.get("test"), Test):
            return data
        rest = {key: value for key, value in data.items() if key != "trait"}
        return {"trait": data.get("trait"), "test": Test.read(rest, (*OPERATORS, *RANKS, CHANGED))}

    @model_serializer(mode="plain")
    def _as_written(self) -> dict[str, Value]:
        return {"trait": self.trait, self.test.operator: self.test.value}


class PersonsCondition(Document):
    """`{persons: [C-1001, C-1002]}`: a fixed list of user ids, e-mails or public ids."""

    persons: tuple[str, ...] = Field(min_length=1)


class AccountsCondition(Document):
    """`{accounts: [B1, B2]}`: a fixed list of account numbers or public ids."""

    accounts: tuple[str, ...] = Field(min_length=1)


class AccountCondition(Document):
    """`{account: {trait: industry, is: Software}}`: of a person, what holds for its account."""

    account: "Condition"


class AnyPersonCondition(Document):
    """`{any_person: {event: Order Completed}}`: of an account, what holds for one of its persons."""

    any_person: "Condition"


class EveryPersonCondition(Document):
    """`{every_person: {trait: opted_in, is: true}}`: of an account with persons, what holds for all of them."""

    every_person: "Condition"


class NoPersonCondition(Document):
    """`{no_person: {trait: opted_in, is: false}}`: of an account, what holds for none of its persons."""

    no_person: "Condition"


class SomePersonsCondition(Document):
    """`{at_least: 3, persons: {event: Order Completed}}`: of an account, what holds for so many of its persons."""

    at_least: int = Field(ge=1)
    persons: "Condition"


class OwnTimeCondition(Document):
    """`{own_time: {trait: birth_date, anniversary: 1 day}}`: the same in the person's own time zone."""

    own_time: "Condition"


class AllCondition(Document):
    """Every part holds."""

    all: tuple["Condition", ...] = Field(min_length=1)


class AnyCondition(Document):
    """At least one part holds."""

    any: tuple["Condition", ...] = Field(min_length=1)


class NoneCondition(Document):
    """No part holds."""

    none: tuple["Condition", ...] = Field(min_length=1)


class AtLeastCondition(Document):
    """At least n of the parts hold."""

    at_least: int = Field(ge=1)
    of: tuple["Condition", ...] = Field(min_length=1)


class NotCondition(Document):
    """The part does not hold."""

    not_: "Condition" = Field(alias="not")

    @model_serializer(mode="plain")
    def _as_written(self) -> dict[str, Value]:
        return {"not": self.not_.model_dump()}


_KINDS = (
    "all", "any", "none", "not", "trait", "event", "sequence", "place", "segment", "entered", "left", "campaign",
    "own_time",
    "any_person", "every_person", "no_person", "account", "accounts", "persons", "at_least",
)  # fmt: skip
_SOME_PERSONS = "at_least persons"
_TAGS = (*_KINDS, _SOME_PERSONS)


def kind_of(data: Any) -> str | None:
    """Which kind of condition a mapping is; `at_least` comes last, as it is a comparison too."""
    if isinstance(data, Mapping):
        if "persons" in data and "at_least" in data:
            return _SOME_PERSONS
        return next((kind for kind in _KINDS if kind in data), None)
    return _KIND_OF.get(type(data))


Condition = Annotated[
    Annotated[AllCondition, Tag("all")]
    | Annotated[AnyCondition, Tag("any")]
    | Annotated[NoneCondition, Tag("none")]
    | Annotated[NotCondition, Tag("not")]
    | Annotated[TraitCondition, Tag("trait")]
    | Annotated[EventCondition, Tag("event")]
    | Annotated[SequenceCondition, Tag("sequence")]
    | Annotated[PlaceCondition, Tag("place")]
    | Annotated[SegmentCondition, Tag("segment")]
    | Annotated[EnteredCondition, Tag("entered")]
    | Annotated[LeftCondition, Tag("left")]
    | Annotated[CampaignCondition, Tag("campaign")]
    | Annotated[OwnTimeCondition, Tag("own_time")]
    | Annotated[PersonsCondition, Tag("persons")]
    | Annotated[AnyPersonCondition, Tag("any_person")]
    | Annotated[EveryPersonCondition, Tag("every_person")]
    | Annotated[NoPersonCondition, Tag("no_person")]
    | Annotated[SomePersonsCondition, Tag(_SOME_PERSONS)]
    | Annotated[AccountCondition, Tag("account")]
    | Annotated[AccountsCondition, Tag("accounts")]
    | Annotated[AtLeastCondition, Tag("at_least")],
    Discriminator(kind_of),
]

_KIND_OF: dict[type, str] = {
    AllCondition: "all", AnyCondition: "any", NoneCondition: "none", NotCondition: "not", TraitCondition: "trait",
    EventCondition: "event", SequenceCondition: "sequence", PlaceCondition: "place",
    SegmentCondition: "segment", EnteredCondition: "entered", LeftCondition: "left", CampaignCondition: "campaign",
    OwnTimeCondition: "own_time", PersonsCondition: "persons", AtLeastCondition: "at_least",
    AnyPersonCondition: "any_person", EveryPersonCondition: "every_person", NoPersonCondition: "no_person",
    SomePersonsCondition: _SOME_PERSONS, AccountCondition: "account", AccountsCondition: "accounts",
}  # fmt: skip


KIND = "segment"
"""What the store calls these documents."""


class Segment(Document):
    """A named condition over a population, of persons unless it says `of: account`."""

    segment: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=100)
    label: Label | None = None
    of: Subject | None = None
    population: str | None = None
    where: Condition

    @property
    def name(self) -> str:
        """The segment's name."""
        return self.segment

    @property
    def subject(self) -> Subject:
        """Of whom the segment is: persons or accounts."""
        return self.of or "person"


def read_segment(document: Mapping[str, Value]) -> Segment:
    """The segment that a document describes. Raises InvalidDefinition with everything that is wrong with its form."""
    try:
        return Segment.model_validate(_plain(document))
    except ValidationError as error:
        raise InvalidDefinition(_name_of(document), _problems(error)) from error
    except _Refused as error:
        raise InvalidDefinition(_name_of(document), [error.problem]) from error


def _name_of(document: Any) -> str:
    name = document.get("segment") if isinstance(document, Mapping) else None
    return name if isinstance(name, str) and name.isprintable() else "segment"


class _Refused(Exception):
    """What nobody can mean, with its place."""

    def __init__(self, place: str, what: Sentence) -> None:
        super().__init__(place)
        self.problem = Problem(place.removeprefix("."), what)


def _plain(written: Value, place: str = "", depth: int = 0) -> Value:
    """Dates, which YAML reads as such, as the text that JSON can hold. Raises _Refused for what nobody can mean."""
    if depth > DEEPEST:
        raise _Refused("", _TOO_DEEP.with_(n=DEEPEST))
    match written:
        case Mapping():
            plain = {_plain(key, place, depth): value for key, value in written.items()}
            return {key: _plain(value, f"{place}.{key}", depth + 1) for key, value in plain.items()}
        case list() | tuple():
            return [_plain(each, f"{place}[{index}]", depth + 1) for index, each in enumerate(written)]
        case dt.date():
            return written.isoformat()
        case str() if any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in written):
            raise _Refused(place, _NO_TEXT)
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
        Problem(place, _NO_KIND, _KINDS_ARE.with_(kinds=list(_KINDS)))
        if each["type"] == "union_tag_not_found"
        else problem(place, each)
        for place, each in worth
    ]


_AROUND_ONE = ("where", "not", "own_time", "any_person", "every_person", "no_person", "persons", "account")


def _place(location: tuple[int | str, ...]) -> str:
    """Where in the document: pydantic's path without the tags of the kinds of condition."""
    place = ""
    follows_condition = False
    for part in location:
        if follows_condition and part in _TAGS:
            follows_condition = False
            continue
        place += f"[{part}]" if isinstance(part, int) else f".{part}"
        follows_condition = isinstance(part, int) or part in _AROUND_ONE
    return place.removeprefix(".")


_TOO_DEEP = Text(en="this is nested more than {n} deep", fr="ceci est imbriqué sur plus de {n} niveaux")
_NO_TEXT = Text(en="a text holds characters that are none", fr="un texte contient des caractères qui n'en sont pas")
_NO_KIND = Text(en="this is not a condition", fr="ceci n'est pas une condition")
_KINDS_ARE = Text(en="a condition starts with one of: {kinds}", fr="une condition commence par l'un de : {kinds}")
