"""The definition of truth for the earlier values of a trait: the changes of one person or account, one by one."""

import datetime as dt
from typing import Any

from quartier.catalog import Trait
from quartier.segment.conditions import ChangedLeaf, EarlierLeaf
from quartier.segment.operators import NUMERIC
from quartier.testing.reference_compared import is_compared
from quartier.testing.reference_events import is_in_window
from quartier.testing.reference_values import Now, satisfies
from quartier.testing.worlds import TinyAccount, TinyPerson, TinyWorld

Who = TinyPerson | TinyAccount


def has_changed(leaf: ChangedLeaf, who: Who, world: TinyWorld, now: Now) -> bool:
    """Whether some change in the window led from one known value to another as asked."""
    return any(
        each.before is not None
        and each.after is not None
        and is_in_window(each.at, leaf.window, now)
        and (leaf.before is None or satisfies(each.before, leaf.before, now))
        and (leaf.after is None or satisfies(each.after, leaf.after, now))
        for each in world.changes_of(who, leaf.trait)
    )


def compares_with_earlier(leaf: EarlierLeaf, who: Who, world: TinyWorld, now: Now) -> bool:
    """Whether the value now stands so to the one so long ago."""
    then = leaf.ago.before(now.instant, now.zone)
    if not any(each.at <= then for each in world.arrivals_of(who, leaf.trait.of)):
        return False
    one, other = value_at(leaf.trait, who, world, now.instant), value_at(leaf.trait, who, world, then)
    if leaf.trait.type in NUMERIC:
        return is_compared(one, leaf.operator_key, other, leaf.times)
    if one is None or other is None:
        return False
    return bool(one == other) if leaf.operator_key == "is" else bool(one != other)


def value_at(trait: Trait, who: Who, world: TinyWorld, instant: dt.datetime) -> Any:
    """What was held at an instant: changes are undone one by one, the newest first, down to that instant."""
    value = who.traits.get(trait.name)
    changes = sorted(enumerate(world.changes_of(who, trait)), key=lambda each: (each[1].at, each[0]), reverse=True)
    for _, change in changes:
        if change.at > instant:
            value = change.before
    return value
