"""The definition of truth: who belongs, decided person by person in plain Python, slowly and obviously.

Every engine must give the same members. Nothing of the compiler is used here: ages, days passed and windows are
written as one would explain them, not as the engine computes them.
"""

import datetime as dt
from dataclasses import dataclass
from functools import singledispatch
from zoneinfo import ZoneInfo

from quartier.catalog import Meaning
from quartier.segment.conditions import (
    All,
    AtLeast,
    BoundSegment,
    Condition,
    EventLeaf,
    Everyone,
    InSegment,
    Not,
    PersonsLeaf,
    TraitLeaf,
)
from quartier.testing.reference_events import is_in_window, measured, passes
from quartier.testing.reference_values import Now, satisfies
from quartier.testing.worlds import TinyPerson, TinyWorld


@dataclass(frozen=True)
class Case:
    """One person in a world at an instant: all that a condition may look at."""

    person: TinyPerson
    world: TinyWorld
    now: Now


def reference_members(segment: BoundSegment, world: TinyWorld, at: dt.datetime, zone: ZoneInfo) -> set[str]:
    """The public ids of the members of a segment in a tiny world."""
    now = Now(at, zone)
    return {person.id for person in world.persons if holds(segment.condition, Case(person, world, now))}


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
def _(node: TraitLeaf, case: Case) -> bool:
    return satisfies(case.person.traits.get(node.trait.name), node.comparison, case.now)


@holds.register
def _(node: EventLeaf, case: Case) -> bool:
    types = {event.name for event in node.events}
    counted = [
        event
        for event in case.world.events_of(case.person)
        if event.name in types and is_in_window(event.at, node.window, case.now) and passes(event, node.where, case.now)
    ]
    return satisfies(measured(node.measure, counted, node.where, case.now), node.comparison, case.now)
