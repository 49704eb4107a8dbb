"""The quality of the data: how much is filled in and valid, how fresh it is, what is far out, what changed lately."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from quartier.analyse.plain import Plain
from quartier.analyse.quality.drift import Drift
from quartier.analyse.quality.outliers import Outliers, spread_facts
from quartier.analyse.quality.validity import rule_for
from quartier.analyse.quality.volume import Volume
from quartier.catalog import EventType, Family, Label, Property, Sensitivity, Trait, ValueType
from quartier.engine import OCCURRED_AT, parameter
from quartier.language import Text


@dataclass(frozen=True)
class TopValue(Plain):
    """One value of a column of few values, as text, and how many rows have it."""

    value: str
    rows: int


@dataclass(frozen=True)
class ColumnQuality(Plain):
    """One trait, or one property of an event. Never holds a value of a column that is not ordinary."""

    name: str
    label: Label
    type: ValueType
    sensitivity: Sensitivity
    family: Family | None
    """of a trait; None for a property"""
    rows: int
    filled: int
    distinct: int | None
    """None for lists, whose entries are not counted"""
    distinct_is_estimate: bool
    """estimated (HyperLogLog, about 2 %) in large tables, exact elsewhere"""
    valid: int | None
    """filled values that pass `rule`; None when there is no rule for this column"""
    rule: Text | None
    """what a valid value is, for a reader"""
    top: tuple[TopValue, ...] = ()
    """the most frequent values, only of an ordinary column with few values"""
    outliers: Outliers | None = None
    """None for what is no number, and where there are too few values"""
    drift: Drift | None = None
    """None where the values have no kinds, or too few came in one of the periods"""

    @property
    def fill_rate(self) -> float | None:
        """Share of rows with a value; None without rows."""
        return self.filled / self.rows if self.rows else None

    @property
    def valid_rate(self) -> float | None:
        """Share of filled values that are valid; None without a rule or values."""
        return self.valid / self.filled if self.valid is not None and self.filled else None


@dataclass(frozen=True)
class EventQuality(Plain):
    """One event type: how many, how fresh, and its properties."""

    event: str
    label: Label
    events: int
    last_at: dt.datetime | None
    days_since_last: int | None
    in_the_future: int
    """events dated after the instant of the reading"""
    properties: tuple[ColumnQuality, ...]
    volume: Volume | None = None
    """None where there are too few days with events"""
    unfitting: int = 0
    """events with a value that does not fit its column and is kept beside it"""


@dataclass(frozen=True)
class Quality(Plain):
    """The quality of everything that the catalog knows, at an instant."""

    at: dt.datetime
    persons: int
    traits: tuple[ColumnQuality, ...]
    events: tuple[EventQuality, ...]

    def to_arrow(self) -> pa.Table:
        """One row per trait and property."""
        found = [("person", each) for each in self.traits]
        found += [(event.event, each) for event in self.events for each in event.properties]
        columns = ("name", "rows", "filled", "fill_rate", "distinct", "valid", "valid_rate")
        table = pa.table({name: [getattr(each, name) for _, each in found] for name in columns})
        return table.add_column(0, "of", pa.array([of for of, _ in found], pa.string()))


FEW_VALUES = 20
"""A column with more distinct values shows none of them."""
MOST_SHOWN = 5
FEWEST_ROWS = 5
"""A value that fewer rows have is not shown: it could name someone."""
LARGE = 200_000
"""Rows from which distinct values are estimated."""

Column = Trait | Property
Row = Mapping[str, Any]
_SHOWN_TYPES = frozenset({ValueType.TEXT, ValueType.BOOLEAN, ValueType.INTEGER})
_COUNTED_ALONE = frozenset({ValueType.LINES, ValueType.TEXTS})


def facts_expression(table: ir.Table, columns: Sequence[Column], *, is_large: bool) -> ir.Table:
    """One row: rows of the table, then filled, distinct and valid values of each column. Parameter: `instant`."""
    facts: dict[str, Callable[[ir.Table], ir.Value]] = {"rows": lambda r: r.count()}
    for column in columns:
        facts |= {f"{column.name}.{name}": fact for name, fact in _facts(column, is_large=is_large).items()}
    return table.agg(**facts)


def freshness_expression(table: ir.Table) -> ir.Table:
    """One row: events, the last instant, events after the parameter `instant`."""
    return table.agg(
        events=lambda r: r.count(),
        last_at=lambda r: r[OCCURRED_AT].max(),
        in_the_future=lambda r: (r[OCCURRED_AT] > parameter("instant", "timestamp")).sum(),
    )


def top_expression(table: ir.Table, columns: Sequence[Column], facts: Row) -> ir.Table | None:
    """One row per frequent value of the columns that may show theirs. None when no column may."""
    shown = [_top(table, each) for each in columns if _may_show(each, int(facts.get(f"{each.name}.distinct") or 0))]
    if not shown:
        return None
    return ibis.union(*shown) if len(shown) > 1 else shown[0]


def columns_of(columns: Sequence[Column], facts: Row, top: Sequence[Row], *, is_large: bool) -> list[ColumnQuality]:
    """The quality of each column from the answers to the expressions above."""
    return [_column(each, facts, top, is_large=is_large) for each in columns]


def event_of(
    event: EventType,
    freshness: Row,
    at: dt.datetime,
    properties: Sequence[ColumnQuality],
    volume: Volume | None,
    unfitting: int = 0,
) -> EventQuality:
    """The quality of one event type."""
    last = freshness["last_at"].replace(tzinfo=dt.UTC) if freshness["last_at"] else None
    return EventQuality(
        event=event.name,
        label=event.label,
        events=int(freshness["events"]),
        last_at=last,
        days_since_last=max(0, (at - last).days) if last else None,
        in_the_future=int(freshness["in_the_future"] or 0),
        properties=tuple(properties),
        volume=volume,
        unfitting=unfitting,
    )


def _facts(column: Column, *, is_large: bool) -> dict[str, Callable[[ir.Table], ir.Value]]:
    name, rule = column.name, rule_for(column.type, column.meaning)
    facts: dict[str, Callable[[ir.Table], ir.Value]] = {"filled": lambda r: r[name].count()}
    if column.type not in _COUNTED_ALONE:
        facts["distinct"] = lambda r: r[name].approx_nunique() if is_large else r[name].nunique()
    if rule is not None:
        facts["valid"] = lambda r: rule.holds(r[name]).sum()
    return facts | spread_facts(column, is_large=is_large)


def _may_show(column: Column, distinct: int) -> bool:
    is_ordinary = column.sensitivity is Sensitivity.ORDINARY
    return is_ordinary and column.type in _SHOWN_TYPES and 0 < distinct <= FEW_VALUES


def _top(table: ir.Table, column: Column) -> ir.Table:
    counted = (
        table.filter(lambda r: r[column.name].notnull())
        .group_by(value=lambda r: r[column.name].cast("string"))
        .agg(rows=lambda r: r.count())
    )
    frequent = counted.filter(lambda r: r.rows >= FEWEST_ROWS)
    most = frequent.order_by([ibis.desc("rows"), "value"]).limit(MOST_SHOWN)
    return most.mutate(column=ibis.literal(column.name))


def _column(column: Column, facts: Row, top: Sequence[Row], *, is_large: bool) -> ColumnQuality:
    rule, valid = rule_for(column.type, column.meaning), facts.get(f"{column.name}.valid")
    own = sorted((row for row in top if row["column"] == column.name), key=lambda row: (-row["rows"], row["value"]))
    return ColumnQuality(
        name=column.name,
        label=column.label,
        type=column.type,
        sensitivity=column.sensitivity,
        family=column.family if isinstance(column, Trait) else None,
        rows=int(facts["rows"]),
        filled=int(facts[f"{column.name}.filled"]),
        distinct=_or_none(facts.get(f"{column.name}.distinct")),
        distinct_is_estimate=is_large,
        valid=int(valid or 0) if rule else None,
        rule=rule.text if rule else None,
        top=tuple(TopValue(row["value"], row["rows"]) for row in own),
    )


def _or_none(value: int | None) -> int | None:
    return None if value is None else int(value)
