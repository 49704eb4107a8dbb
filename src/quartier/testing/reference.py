"""The definition of truth: who belongs, decided person by person in plain Python, slowly and obviously.

Every engine must give the same members. Nothing of the compiler is used here: ages, days passed and windows are
written as one would explain them, not as the engine computes them.
"""

import datetime as dt
from dataclasses import dataclass, replace
from functools import singledispatch
from typing import Any
from zoneinfo import ZoneInfo

from quartier.catalog import Meaning
from quartier.segment.conditions import (
    AccountsLeaf,
    All,
    AtLeast,
    BoundSegment,
    CampaignLeaf,
    ChangedLeaf,
    ComparedLeaf,
    Condition,
    EarlierLeaf,
    EventLeaf,
    Everyone,
    EveryPerson,
    HistoryLeaf,
    InSegment,
    Not,
    OfAccount,
    OwnTime,
    PersonsLeaf,
    PlaceLeaf,
    RankLeaf,
    SequenceLeaf,
    SomePersons,
    TraitLeaf,
)
from quartier.testing.reference_compared import is_compared
from quartier.testing.reference_earlier import compares_with_earlier, has_changed
from quartier.testing.reference_events import head_of, is_in_window, is_on, measured, passes, passing_lines
from quartier.testing.reference_memory import moves_of, was_member
from quartier.testing.reference_own_time import on_own_clock
from quartier.testing.reference_places import is_in_area
from quartier.testing.reference_ranks import has_place
from quartier.testing.reference_sequences import times_of
from quartier.testing.reference_values import Now, satisfies
from quartier.testing.worlds import TinyAccount, TinyEvent, TinyPerson, TinyWorld


@dataclass(frozen=True)
class Case:
    """One person or account in a world at an instant: all that a condition may look at."""

    subject: TinyPerson | TinyAccount
    world: TinyWorld
    now: Now

    @property
    def person(self) -> TinyPerson:
        """The person, for conditions that can be asked of persons only."""
        assert isinstance(self.subject, TinyPerson)
        return self.subject

    @property
    def account(self) -> TinyAccount:
        """The account, for conditions that can be asked of accounts only."""
        assert isinstance(self.subject, TinyAccount)
        return self.subject

    def persons(self) -> "list[Case]":
        """The account's persons."""
        return [replace(self, subject=each) for each in self.world.persons_of(self.account)]

    def accounts(self) -> "list[Case]":
        """The accounts to which the person belongs."""
        return [replace(self, subject=each) for each in self.world.accounts_of(self.person)]


def reference_members(segment: BoundSegment, world: TinyWorld, at: dt.datetime, zone: ZoneInfo) -> set[str]:
    """The public ids of the members of a segment, persons or accounts, in a tiny world."""
    now = Now(at, zone)
    subjects = world.persons if segment.of == "person" else world.accounts
    return {each.id for each in subjects if holds(segment.condition, Case(each, world, now))}


@singledispatch
def holds(node: Condition, _case: Case) -> bool:
    """Whether a condition holds for one person."""
    raise TypeError(f"not a condition: {type(node).__name__}")


@holds.register
def _(_node: Everyone, _case: Case) -> bool:
    return True


@holds.register
def _(node: All, case: Case) -> bool:
    return all(holds(part, case) for part in node.parts)


@holds.register
def _(node: AtLeast, case: Case) -> bool:
    return sum(holds(part, case) for part in node.parts) >= node.count


@holds.register
def _(node: Not, case: Case) -> bool:
    return not holds(node.part, case)


@holds.register
def _(node: InSegment, case: Case) -> bool:
    return holds(node.segment.condition, case)


@holds.register
def _(node: PersonsLeaf, case: Case) -> bool:
    naming = [each.name for each in case.world.catalog.traits if each.meaning in (Meaning.USER_ID, Meaning.EMAIL)]
    known = [value for name in naming if (value := case.person.traits.get(name)) is not None]
    return any(identifier in (case.person.id, *map(str, known)) for identifier in node.identifiers)


@holds.register
def _(node: AccountsLeaf, case: Case) -> bool:
    return case.account.id in node.identifiers


@holds.register
def _(node: SomePersons, case: Case) -> bool:
    return sum(holds(node.part, each) for each in case.persons()) >= node.count


@holds.register
def _(node: EveryPerson, case: Case) -> bool:
    return bool(case.persons()) and all(holds(node.part, each) for each in case.persons())


@holds.register
def _(node: OfAccount, case: Case) -> bool:
    return any(holds(node.part, each) for each in case.accounts())


@holds.register
def _(node: TraitLeaf, case: Case) -> bool:
    return satisfies(case.subject.traits.get(node.trait.name), node.comparison, case.now)


@holds.register
def _(node: EventLeaf, case: Case) -> bool:
    counted = events_that_count(node, case)
    return satisfies(measured(node.measure, counted, node.where, case.now), node.comparison, case.now)


@holds.register
def _(node: PlaceLeaf, case: Case) -> bool:
    latitude, longitude = (case.person.traits.get(each.name) for each in (node.latitude, node.longitude))
    return is_in_area(latitude, longitude, node.area)


@holds.register
def _(node: ComparedLeaf, case: Case) -> bool:
    left, right = (compared_value(side, case) for side in (node.left, node.right))
    return is_compared(left, node.operator_key, right, node.times)


@holds.register
def _(node: ChangedLeaf, case: Case) -> bool:
    return has_changed(node, case.subject, case.world, case.now)


@holds.register
def _(node: EarlierLeaf, case: Case) -> bool:
    return compares_with_earlier(node, case.subject, case.world, case.now)


@holds.register
def _(node: OwnTime, case: Case) -> bool:
    return holds(node.part, replace(case, now=on_own_clock(case.now, case.person.traits.get(node.zone.name))))


@holds.register
def _(node: RankLeaf, case: Case) -> bool:
    own = ranked_value(node, case)
    others = [replace(case, subject=person) for person in case.world.persons]
    values = [value for each in others if holds(node.among, each) and (value := ranked_value(node, each)) is not None]
    return own is not None and holds(node.among, case) and has_place(own, values, node.rank)


def events_that_count(leaf: EventLeaf, case: Case) -> list[TinyEvent]:
    """The person's events of the types, in the window, that pass the tests."""
    types = {event.name for event in leaf.events}
    own = [event for event in case.world.events_of(case.person) if event.name in types]
    in_time = [
        each for each in own if is_in_window(each.at, leaf.window, case.now) and is_on(each.at, leaf.when, case.now)
    ]
    return [each for each in in_time if passes(each, leaf.where, case.now)]


def compared_value(side: TraitLeaf | EventLeaf, case: Case) -> Any:
    """The trait, or what is measured of the events that count."""
    if isinstance(side, TraitLeaf):
        return case.subject.traits.get(side.trait.name)
    return measured(side.measure, events_that_count(side, case), side.where, case.now)


def ranked_value(node: RankLeaf, case: Case) -> Any:
    """What is ranked of a person; who has no event that counts, or for a total no line, has nothing to rank."""
    if isinstance(node.ranked, TraitLeaf):
        return case.person.traits.get(node.ranked.trait.name)
    counted = events_that_count(node.ranked, case)
    if not has_rows(node.ranked, counted, case.now):
        return None
    return measured(node.ranked.measure, counted, node.ranked.where, case.now)


def has_rows(leaf: EventLeaf, counted: list[TinyEvent], now: Now) -> bool:
    """Whether there is an event or, when lines are measured, a line that passes."""
    path = leaf.measure.path or ""
    if "." not in path:
        return bool(counted)
    return any(passing_lines(event, head_of(path), leaf.where, now) for event in counted)


@holds.register
def _(node: SequenceLeaf, case: Case) -> bool:
    return times_of(node, case.world.events_of(case.person), case.now) >= node.times


@holds.register
def _(node: HistoryLeaf, case: Case) -> bool:
    moves = moves_of(node.segment.name, case.subject.id, case.world, case.now, holds(node.segment.condition, case))
    if node.was == "member":
        return was_member(moves, node.window, case.now)
    return any(kind == node.was and is_in_window(at, node.window, case.now) for at, kind in moves)


@holds.register
def _(node: CampaignLeaf, case: Case) -> bool:
    own = [each for each in case.world.remembered if each.person == case.subject.id and each.name == node.campaign]
    return any(each.kind == node.was and is_in_window(each.at, node.window, case.now) for each in own)
