"""Conditions once bound: frozen nodes that name what exists and hold values of the right type.

`bind` is the only maker. Nodes compare by value, so a leaf that several segments use is one leaf.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import singledispatch
from typing import Literal

from quartier.catalog import EventType, Label, Property, Subject, Trait
from quartier.segment.comparison import Comparison, Single
from quartier.segment.earlier import ChangedLeaf, EarlierLeaf
from quartier.segment.hashing import hash_once
from quartier.segment.own_time import OwnTime
from quartier.segment.places import Area
from quartier.segment.ranks import Rank
from quartier.segment.windows import EVER, Duration, Window

Was = Literal["member", "entered", "left"]


@dataclass(frozen=True)
class Everyone:
    """Holds for every person (or account), known or not: only a population says it."""


@dataclass(frozen=True)
class TraitLeaf:
    """A trait compared with a value."""

    trait: Trait
    comparison: Comparison


@dataclass(frozen=True)
class PropertyTest:
    """A property of the event compared with a value. Tests of one line's properties hold on the same line."""

    path: str
    declared: Property
    comparison: Comparison

    @property
    def is_of_a_line(self) -> bool:
        """Whether the property belongs to the lines of the event."""
        return "." in self.path


@dataclass(frozen=True)
class ClockTest:
    """A part of the event's own time (`wall_clock.CLOCK_PARTS`) and those of its values that pass, in order."""

    part: str
    values: tuple[int, ...]


@dataclass(frozen=True)
class Measure:
    """What is computed per person from the events that count: `count`, or another over a property.

    Nothing to count is zero for `count`, `days`, `weeks`, `months`, `distinct` and `sum`, and missing for the others.
    Sums and means are rounded to six decimals, so that the order in which an engine adds does not decide who is a
    member.
    """

    kind: str
    path: str | None = None
    declared: Property | None = None

    @property
    def is_zero_of_nothing(self) -> bool:
        """Whether a person without such events has the value 0 and not a missing one."""
        return self.kind in ("count", "days", "weeks", "months", "distinct", "sum")

    @property
    def is_a_value(self) -> bool:
        """Whether what is measured is one of the property's own values and not a number made from them."""
        return self.kind in ("first", "last", "most_frequent")


COUNT = Measure("count")


@dataclass(frozen=True)
class EventLeaf:
    """A measure of the events of some types that pass every test within a window, compared with a value."""

    events: tuple[EventType, ...]
    where: tuple[PropertyTest, ...]
    window: Window
    measure: Measure
    comparison: Comparison
    when: tuple[ClockTest, ...] = ()


@dataclass(frozen=True)
class Step:
    """One part of a sequence: an event of some types that passes every test, within a time of the step before.

    For `is_absent` no such event may happen within that time; it is the step before that it is counted from.
    """

    events: tuple[EventType, ...]
    where: tuple[PropertyTest, ...] = ()
    within: Duration | None = None
    is_absent: bool = False


@dataclass(frozen=True)
class SequenceLeaf:
    """Events one after the other, at least `times` times; `same` is a property with one value in all steps.

    The order is that of (instant, id of the event): each event lies later than the one of the step before, and so is
    another one. The window is that of the first step. A step that must not happen lies between the steps around it
    or, as the last, holds when its time has passed without the event. Some choice of events must satisfy all of this;
    repetitions follow one another, each from later than the last event of the one before, value by value.
    """

    steps: tuple[Step, ...]
    window: Window = EVER
    times: int = 1
    same: Property | None = None


@dataclass(frozen=True)
class PersonsLeaf:
    """A fixed list of persons, by the identifiers that the user gave."""

    identifiers: tuple[str, ...]


@dataclass(frozen=True)
class AccountsLeaf:
    """A fixed list of accounts, by the identifiers that the user gave."""

    identifiers: tuple[str, ...]


@dataclass(frozen=True)
class SomePersons:
    """Of an account: the part holds for at least `count` of its persons."""

    count: int
    part: "Condition"


@dataclass(frozen=True)
class EveryPerson:
    """Of an account: it has persons, and the part holds for each of them."""

    part: "Condition"


@dataclass(frozen=True)
class OfAccount:
    """Of a person: the part holds for an account to which the person belongs."""

    part: "Condition"


@dataclass(frozen=True)
class InSegment:
    """Member of another segment at the same instant."""

    segment: "BoundSegment"


@dataclass(frozen=True)
class HistoryLeaf:
    """Seen in a period as a member of another segment, to enter it or to leave it, by the evaluations of that time.

    A member for part of the period was one. At the first evaluation of a version nobody is seen to enter or leave.
    """

    segment: "BoundSegment"
    was: Was
    window: Window = EVER


@dataclass(frozen=True)
class CampaignLeaf:
    """In the audience of a campaign, held out of it, or reached by it, in a period."""

    campaign: str
    was: Literal["targeted", "held_out", "exposed"]
    window: Window = EVER


@dataclass(frozen=True)
class All:
    """Every part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True)
class AtLeast:
    """At least `count` of the parts hold; with a count of 1, any of them."""

    count: int
    parts: "tuple[Condition, ...]"


@dataclass(frozen=True)
class Not:
    """The part does not hold."""

    part: "Condition"


@dataclass(frozen=True)
class RankLeaf:
    """A place in the order of a trait or of a measure of events.

    Attributes:
        ranked: what has a value for each person; its own comparison asks nothing here.
        rank: the places asked for.
        among: the persons who are ranked, those of the segment's population.

    Who has no known value, or no event that counts, has no place.
    """

    ranked: TraitLeaf | EventLeaf
    rank: Rank
    among: "Condition"


@dataclass(frozen=True)
class PlaceLeaf:
    """The person's position, in two traits, lies in an area; who has none, or one that is not on Earth, does not."""

    latitude: Trait
    longitude: Trait
    area: Area


@dataclass(frozen=True)
class ComparedLeaf:
    """Two numbers of a person (or account) compared: a measure or trait, and a trait or that measure earlier.

    Attributes:
        left: what is compared; its own comparison asks nothing here.
        operator_key: one of the comparisons of two numbers.
        right: what it is compared with, taken so many `times`; its own comparison asks nothing either.

    Both sides are rounded to six decimals; a missing one makes the comparison false.
    """

    left: TraitLeaf | EventLeaf
    operator_key: str
    right: TraitLeaf | EventLeaf
    times: float = 1


Leaf = (
    Everyone
    | TraitLeaf
    | EventLeaf
    | SequenceLeaf
    | PersonsLeaf
    | PlaceLeaf
    | RankLeaf
    | AccountsLeaf
    | HistoryLeaf
    | CampaignLeaf
    | ComparedLeaf
    | ChangedLeaf
    | EarlierLeaf
    | OwnTime
)
Crossing = SomePersons | EveryPerson | OfAccount
"""Conditions of which the part inside is asked of the other subject."""

Condition = Leaf | InSegment | Crossing | All | AtLeast | Not


@dataclass(frozen=True)
class BoundSegment:
    """A segment whose names are all resolved: members are those of the population for whom the condition holds.

    `of` says whose keys they are: those of persons or of accounts.
    """

    name: str
    label: Label
    population_name: str | None
    population: Condition
    where: Condition
    of: Subject = "person"

    @property
    def condition(self) -> Condition:
        """Population and condition as one."""
        return self.where if isinstance(self.population, Everyone) else All((self.population, self.where))


@singledispatch
def parts(node: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside a condition; none in a leaf."""
    raise TypeError(f"not a condition: {type(node).__name__}")


@parts.register(Everyone)
@parts.register(TraitLeaf)
@parts.register(EventLeaf)
@parts.register(SequenceLeaf)
@parts.register(HistoryLeaf)
@parts.register(CampaignLeaf)
@parts.register(PersonsLeaf)
@parts.register(AccountsLeaf)
@parts.register(PlaceLeaf)
@parts.register(ComparedLeaf)
@parts.register(ChangedLeaf)
@parts.register(EarlierLeaf)
@parts.register(OwnTime)
def _(_leaf: Leaf) -> tuple[Condition, ...]:
    return ()


@parts.register
def _(node: All | AtLeast) -> tuple[Condition, ...]:
    return node.parts


@parts.register
def _(node: RankLeaf) -> tuple[Condition, ...]:
    return (node.among,)


@parts.register
def _(node: Not | SomePersons | EveryPerson | OfAccount) -> tuple[Condition, ...]:
    return (node.part,)


@parts.register
def _(node: InSegment) -> tuple[Condition, ...]:
    return (node.segment.condition,)


def leaves(node: Condition) -> Iterator[Leaf]:
    """Every leaf below a condition, in the order of reading; those of other segments and those ranked among as well."""
    if isinstance(node, Leaf):
        yield node
    for part in parts(node):
        yield from leaves(part)


def distinct_leaves(conditions: Iterable[Condition]) -> list[Leaf]:
    """Every leaf below some conditions, once, in the order of reading."""
    return list(dict.fromkeys(leaf for node in conditions for leaf in leaves(node)))


def is_of_persons_alone(segment: BoundSegment) -> bool:
    """Whether a person's membership depends on the rows of that person alone, and on those of no account."""
    return segment.of == "person" and not _crosses(segment.condition)


def _crosses(node: Condition) -> bool:
    return isinstance(node, Crossing) or any(_crosses(part) for part in parts(node))


def segments_within(segment: BoundSegment) -> set[str]:
    """The names of the segments that a segment refers to, at any depth."""
    return set(_names_within(segment.condition))


def _names_within(node: Condition) -> Iterator[str]:
    if isinstance(node, InSegment | HistoryLeaf):
        yield node.segment.name
    if isinstance(node, HistoryLeaf):
        yield from _names_within(node.segment.condition)
    for part in parts(node):
        yield from _names_within(part)


hash_once(TraitLeaf, EventLeaf, SequenceLeaf, RankLeaf, ComparedLeaf, All, AtLeast, Not, InSegment, HistoryLeaf)
hash_once(ChangedLeaf, EarlierLeaf, OwnTime, SomePersons, EveryPerson, OfAccount)

__all__ = [
    "COUNT", "EVER", "AccountsLeaf", "All", "AtLeast", "BoundSegment", "CampaignLeaf", "ChangedLeaf", "ClockTest",
    "ComparedLeaf", "Comparison", "Condition", "Crossing", "EarlierLeaf", "EventLeaf", "EveryPerson", "Everyone",
    "HistoryLeaf", "InSegment", "Leaf", "Measure", "Not", "OfAccount", "OwnTime", "PersonsLeaf", "PlaceLeaf",
    "PropertyTest", "RankLeaf", "SequenceLeaf", "Single", "SomePersons", "Step", "TraitLeaf", "Was", "distinct_leaves",
    "is_of_persons_alone", "leaves", "parts", "segments_within",
]  # fmt: skip
