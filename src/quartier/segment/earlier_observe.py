"""What the engine holds of the earlier values of one person or account, for one leaf: by the leaf's own queries."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import ibis

from quartier.catalog import Trait
from quartier.engine import KEY, OCCURRED_AT, SEQ, Dialect, Query, kept_sql, to_sql
from quartier.segment.conditions import ChangedLeaf, EarlierLeaf
from quartier.segment.earlier_queries import (
    AFTER,
    BEFORE,
    both_values,
    change_parameters,
    changes_that_count,
    earlier_parameters,
    operators_of,
)
from quartier.segment.evaluate import World
from quartier.segment.observe import aware, the_person


@dataclass(frozen=True)
class Change:
    """A change of a trait: the value until then, the value from then on, when (in the evaluation's zone)."""

    before: Any
    after: Any
    changed_at: dt.datetime


@dataclass(frozen=True)
class Compared:
    """The value now and the one so long ago, None for a missing one; when the latter ended, None where it has not."""

    now: Any
    then: Any
    changed_at: dt.datetime | None


def last_change(world: World, leaf: ChangedLeaf, key: int) -> Change | None:
    """The last change that counts; None when there is none."""
    sql = _last_sql(leaf.trait, leaf.window.has_start, operators_of(leaf), world.engine.dialect)
    rows = world.engine.rows(Query(sql, change_parameters(leaf, world.moment) | {"person": key}))
    if not rows:
        return None
    at, before, after = (aware(each) for each in rows[0])
    return Change(before, after, at.astimezone(world.moment.zone))


def now_and_then(world: World, leaf: EarlierLeaf, key: int) -> Compared:
    """Both values that are compared."""
    given = earlier_parameters(leaf, world.moment)
    rows = world.engine.rows(Query(_both_sql(leaf.trait, world.engine.dialect), given | {"person": key}))
    if not rows:
        return Compared(None, None, None)
    now, then, ended_at = (aware(each) for each in rows[0])
    is_over = ended_at is not None and ended_at <= world.moment.now
    return Compared(now, then, ended_at.astimezone(world.moment.zone) if is_over else None)


@kept_sql
def _last_sql(trait: Trait, has_start: bool, tests: tuple[str | None, ...], dialect: Dialect) -> str:
    own = changes_that_count(trait, has_start, tests).filter(the_person(KEY[trait.of]))
    last = own.order_by(ibis.desc(OCCURRED_AT), ibis.desc(SEQ)).limit(1)
    return to_sql(last.select(OCCURRED_AT, BEFORE, AFTER), dialect)


@kept_sql
def _both_sql(trait: Trait, dialect: Dialect) -> str:
    own = both_values(trait).filter(the_person(KEY[trait.of]))
    return to_sql(own.select("now", "then", "ended_at"), dialect)
