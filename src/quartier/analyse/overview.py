"""The base at a glance: how many persons, what they did, and the months one after the other."""

import datetime as dt
from dataclasses import dataclass

import pyarrow as pa

from quartier.analyse.plain import Plain
from quartier.catalog import Label


@dataclass(frozen=True)
class EventCount(Plain):
    """The events of one type."""

    event: str
    label: Label
    events: int
    persons: int
    first_at: dt.datetime | None
    last_at: dt.datetime | None


@dataclass(frozen=True)
class Month(Plain):
    """One calendar month in the workspace's time zone; months without events are there with zeros."""

    month: dt.date
    """its first day"""
    orders: int
    gross: float
    refunded: float
    customers: int
    """persons who bought in the month"""
    active: int
    """persons with an event of any type in the month"""

    @property
    def net(self) -> float:
        """Revenue less what was given back in the month."""
        return self.gross - self.refunded


@dataclass(frozen=True)
class Overview(Plain):
    """The base at an instant; later events are not counted. Amounts are in the workspace's currency."""

    at: dt.datetime
    persons: int
    with_email: int | None
    """persons whose e-mail is known; None when no trait means an e-mail"""
    customers: int
    """persons who have bought"""
    repeat_customers: int
    """persons who have bought in at least two orders"""
    orders: int
    gross: float
    refunds: int
    """number of refunds"""
    refunded: float
    """amount given back, above zero"""
    first_at: dt.datetime | None
    last_at: dt.datetime | None
    events: tuple[EventCount, ...]
    """most frequent first"""
    months: tuple[Month, ...]
    """oldest first"""

    @property
    def net(self) -> float:
        """Revenue less what was given back."""
        return self.gross - self.refunded

    @property
    def mean_order(self) -> float | None:
        """Gross revenue per order; None without orders."""
        return self.gross / self.orders if self.orders else None

    def to_arrow(self) -> pa.Table:
        """One row per month."""
        columns = ("month", "orders", "gross", "refunded", "net", "customers", "active")
        return pa.table({name: [getattr(each, name) for each in self.months] for name in columns})
