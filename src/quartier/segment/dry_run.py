"""What a new version of a segment would change, nothing being stored: who enters, who leaves, and what hangs on it.

Both versions are evaluated at the same instant on the same data, so that what moves is the work of the definition.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Catalog, Meaning, Subject, ValueType
from quartier.config import Config
from quartier.engine import (
    KEY,
    OCCURRED_AT,
    Dialect,
    DuckDBEngine,
    Query,
    dtype_of,
    exact_sum,
    kept_sql,
    parameter,
    to_sql,
)
from quartier.language import LANGUAGES
from quartier.segment.bind import bind_each
from quartier.segment.conditions import BoundSegment, segments_within
from quartier.segment.evaluate import World
from quartier.segment.operators import NUMERIC
from quartier.segment.population import PURCHASE
from quartier.segment.remembering import campaigns
from quartier.segment.run import bound_all, defined, read_all, world
from quartier.segment.sentence import sentence
from quartier.store import Store, audiences

REVENUE, REVENUE_DAYS = "revenue", 365
_ASKED = "quartier_moving"


@dataclass(frozen=True)
class Moved:
    """How the members of one segment would change."""

    segment: str
    before: BitMap
    after: BitMap
    of: Subject = "person"

    @property
    def entering(self) -> BitMap:
        """Who would come in."""
        return self.after - self.before

    @property
    def leaving(self) -> BitMap:
        """Who would go out."""
        return self.before - self.after

    def as_json(self) -> dict[str, Any]:
        """The counts as plain values."""
        return {
            "segment": self.segment,
            "of": self.of,
            "size_before": len(self.before),
            "size": len(self.after),
            "entering": len(self.entering),
            "leaving": len(self.leaving),
        }


@dataclass(frozen=True)
class Worth:
    """What some persons are worth: revenue of the last 365 days and lifetime value, None where no data say it."""

    revenue: float | None
    lifetime_value: float | None

    def as_json(self) -> dict[str, Any]:
        """The amounts as plain values, in the workspace's currency."""
        return {"revenue": self.revenue, "lifetime_value": self.lifetime_value}


@dataclass(frozen=True)
class DryRun:
    """What putting a definition in force would change.

    Attributes:
        moved: the segment's own members before and after; before is empty for a new segment.
        old: the version in force; None for a new segment, or one that cannot be evaluated any more.
        new: the version that is tried.
        at: the instant of both evaluations.
        entering, leaving: what those who would enter and leave are worth.
        users: the segments that refer to this one, and how they would move.
        campaigns: those whose audience was drawn from this segment; what is frozen stays as it is.
    """

    moved: Moved
    old: BoundSegment | None
    new: BoundSegment
    at: dt.datetime
    entering: Worth
    leaving: Worth
    users: tuple[Moved, ...]
    campaigns: tuple[str, ...]

    def as_json(self, currency: str | None = None) -> dict[str, Any]:
        """All of it as plain values, sentences in both languages."""
        return {
            **self.moved.as_json(),
            "at": self.at.isoformat(),
            "is_new": self.old is None,
            "sentence_before": _sentences(self.old, currency),
            "sentence": _sentences(self.new, currency),
            "entering_worth": self.entering.as_json(),
            "leaving_worth": self.leaving.as_json(),
            "users": [each.as_json() for each in self.users],
            "campaigns": list(self.campaigns),
        }


def dry_run(
    store: Store,
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    documents: Sequence[Mapping[str, Any]],
    at: dt.datetime,
) -> list[DryRun]:
    """What each definition would change if all of them were put in force; they may refer to one another."""
    segments, before = read_all(documents), defined(store)
    new, _ = bound_all(before | {each.name: each for each in segments}, catalog, segments, before, campaigns(store))
    old, _ = bind_each(before, catalog)  # nothing moves from what cannot be evaluated as it is
    reader = world(engine, catalog, config, at, store, [each.name for each in segments])
    changed = {each.name for each in segments}
    moved = _all_moved(reader, old, new, changed)
    used = _campaigns(store)
    return [
        DryRun(
            moved[name], old.get(name), new[name], at, _worth(reader, moved[name].entering, new[name].of),
            _worth(reader, moved[name].leaving, new[name].of), tuple(_users(name, new, moved)), used.get(name, ()),
        )
        for name in (each.name for each in segments)
    ]  # fmt: skip


def _all_moved(
    reader: World, old: Mapping[str, BoundSegment], new: Mapping[str, BoundSegment], changed: set[str]
) -> dict[str, Moved]:
    """The members before and after, of the segments that change and of those that refer to one of them."""
    names = [name for name, tree in new.items() if name in changed or changed & segments_within(tree)]
    reader.learn(tree.condition for name in names for tree in (old.get(name), new[name]) if tree)
    return {
        name: Moved(
            name, reader.members(old[name]) if name in old else BitMap(), reader.members(new[name]), new[name].of
        )
        for name in names
    }


def _users(name: str, new: Mapping[str, BoundSegment], moved: Mapping[str, Moved]) -> Iterable[Moved]:
    return (each for other, each in moved.items() if other != name and name in segments_within(new[other]))


def _campaigns(store: Store) -> dict[str, tuple[str, ...]]:
    with store.begin() as connection:
        frozen = audiences.all_frozen(connection)
    return {name: tuple(a.campaign for a in frozen if a.segment == name) for name in {a.segment for a in frozen}}


def _worth(reader: World, persons: BitMap, of: Subject) -> Worth:
    if of != "person":
        return Worth(None, None)
    keys = pa.table({"key": pa.array(persons.to_array(), pa.int32())})
    with reader.engine.view(keys, _ASKED):
        return Worth(_revenue(reader), _lifetime_value(reader))


def _revenue(reader: World) -> float | None:
    event = reader.catalog.event(PURCHASE)
    declared = event.property(REVENUE) if event else None
    if event is None or declared is None or declared.type not in NUMERIC:
        return None
    until = reader.moment.naive(reader.moment.now)
    given = {"until": until, "after": until - dt.timedelta(days=REVENUE_DAYS)}
    sql = _revenue_sql(event.table, declared.type, reader.engine.dialect)
    return _total(reader, Query(sql, given))


def _lifetime_value(reader: World) -> float | None:
    trait = reader.catalog.with_meaning(Meaning.LIFETIME_VALUE)
    if trait is None or trait.type not in NUMERIC or trait.of != "person":
        return None
    return _total(reader, Query(_trait_sum_sql(trait.name, trait.type, reader.engine.dialect)))


def _total(reader: World, query: Query) -> float:
    ((total,),) = reader.engine.rows(query)
    return round(float(str(total or 0)), 2)


def _sentences(segment: BoundSegment | None, currency: str | None) -> dict[str, str] | None:
    return {each: sentence(segment, each, currency=currency) for each in LANGUAGES} if segment else None


@kept_sql
def _revenue_sql(table: str, type_: ValueType, dialect: Dialect) -> str:
    columns = {KEY["person"]: dtypes.int32, OCCURRED_AT: dtypes.timestamp, REVENUE: dtype_of(type_)}
    rows = ibis.table(columns, name=table)
    after, until = (parameter(name, dtypes.timestamp) for name in ("after", "until"))
    kept = rows.filter(rows[OCCURRED_AT] > after, rows[OCCURRED_AT] <= until)
    asked = kept.semi_join(_asked(), kept[KEY["person"]] == _asked().key)
    return to_sql(asked.agg(total=lambda each: exact_sum(each[REVENUE], None)), dialect)


@kept_sql
def _trait_sum_sql(name: str, type_: ValueType, dialect: Dialect) -> str:
    persons = ibis.table({KEY["person"]: dtypes.int32, name: dtype_of(type_)}, name="person")
    asked = persons.semi_join(_asked(), persons[KEY["person"]] == _asked().key)
    return to_sql(asked.agg(total=lambda each: exact_sum(each[name], None)), dialect)


def _asked() -> Any:
    return ibis.table({"key": dtypes.int32}, name=_ASKED)
