"""The quality of the data: how much is filled in, how many values there are, how many are valid, how fresh they are."""

import datetime as dt
from dataclasses import dataclass

import pyarrow as pa

from quartier.analyse.plain import Plain
from quartier.catalog import Family, Label, Sensitivity, ValueType
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
    distinct: int
    distinct_is_estimate: bool
    """estimated (HyperLogLog, about 2 %) in large tables, exact elsewhere"""
    valid: int | None
    """filled values that pass `rule`; None when there is no rule for this column"""
    rule: Text | None
    """what a valid value is, for a reader"""
    top: tuple[TopValue, ...] = ()
    """the most frequent values, only of an ordinary column with few values"""

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
