"""The base at a glance: how many persons, what they did, and the months one after the other."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from quartier.analyse.months import every_month, month_of
from quartier.analyse.plain import Plain
from quartier.analyse.purchases import PERSON, Purchases, events_until
from quartier.catalog import Catalog, EventType, Label, Meaning
from quartier.engine import OCCURRED_AT, subject_table


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


Row = Mapping[str, Any]


def persons_expression(catalog: Catalog) -> ir.Table:
    """One row: persons, and those whose e-mail is known (empty when no trait means an e-mail)."""
    email = catalog.with_meaning(Meaning.EMAIL)
    return subject_table(catalog).agg(
        persons=lambda r: r.count(),
        with_email=lambda r: r[email.name].count() if email else ibis.null("int64"),
    )


def counts_expression(events: Sequence[EventType]) -> ir.Table:
    """One row per event type: events, persons, first and last instant."""
    counted = [
        events_until(event)
        .agg(
            events=lambda r: r.count(),
            persons=lambda r: r[PERSON].nunique(),
            first_at=lambda r: r[OCCURRED_AT].min(),
            last_at=lambda r: r[OCCURRED_AT].max(),
        )
        .mutate(event=ibis.literal(event.name))
        for event in events
    ]
    return ibis.union(*counted) if len(counted) > 1 else counted[0]


def totals_expression(purchases: Purchases) -> ir.Table | None:
    """One row: customers, repeat customers, orders, gross and refunded amount. None without purchases."""
    sums = purchases.by_person()
    if sums is None:
        return None
    return sums.agg(
        customers=lambda r: (r.orders > 0).sum(),
        repeat_customers=lambda r: (r.orders > 1).sum(),
        orders=lambda r: r.orders.sum(),
        gross=lambda r: r.gross.sum(),
        refunded=lambda r: r.refunded.sum(),
    )


def sales_expression(purchases: Purchases, zone: str) -> ir.Table | None:
    """One row per calendar month with a purchase or refund. None without purchases."""
    rows = purchases.rows()
    if rows is None:
        return None
    return (
        rows.group_by(month=lambda r: month_of(r["at"], zone))
        .agg(
            orders=lambda r: r.order_id.nunique(),
            gross=lambda r: r.gross.sum(),
            refunded=lambda r: r.refunded.sum(),
            customers=lambda r: r[PERSON].nunique(where=r.order_id.notnull()),
        )
        .order_by("month")
    )


def active_expression(events: Sequence[EventType], zone: str) -> ir.Table:
    """One row per calendar month: persons with an event of any type."""
    seen = [
        events_until(event)
        .select(person=lambda r: r[PERSON], month=lambda r: month_of(r[OCCURRED_AT], zone))
        .distinct()
        for event in events
    ]
    together = ibis.union(*seen) if len(seen) > 1 else seen[0]
    return together.group_by("month").agg(active=lambda r: r.person.nunique()).order_by("month")


def overview_of(
    at: dt.datetime,
    catalog: Catalog,
    *,
    persons: Row,
    counts: Sequence[Row],
    totals: Row,
    sales: Sequence[Row],
    active: Sequence[Row],
    refund: EventType | None,
) -> Overview:
    """The overview from the answers to the expressions above; an empty answer is a part that the shop does not have."""
    events = sorted((_event_count(catalog, row) for row in counts), key=lambda each: (-each.events, each.event))
    return Overview(
        at=at,
        persons=int(persons.get("persons") or 0),
        with_email=persons.get("with_email"),
        customers=int(totals.get("customers") or 0),
        repeat_customers=int(totals.get("repeat_customers") or 0),
        orders=int(totals.get("orders") or 0),
        gross=_money(totals.get("gross")),
        refunds=next((each.events for each in events if refund and each.event == refund.name), 0),
        refunded=_money(totals.get("refunded")),
        first_at=min((each.first_at for each in events if each.first_at), default=None),
        last_at=max((each.last_at for each in events if each.last_at), default=None),
        events=tuple(events),
        months=tuple(_months(sales, active)),
    )


def _event_count(catalog: Catalog, row: Row) -> EventCount:
    event = catalog.event(row["event"])
    label = event.label if event else Label(en=row["event"], fr=row["event"])
    return EventCount(row["event"], label, row["events"], row["persons"], aware(row["first_at"]), aware(row["last_at"]))


def aware(instant: dt.datetime | None) -> dt.datetime | None:
    """An instant as the engine gives it, with its zone."""
    return instant.replace(tzinfo=dt.UTC) if instant else None


def _months(sales: Sequence[Row], active: Sequence[Row]) -> Iterator[Month]:
    sold, seen = {row["month"]: row for row in sales}, {row["month"]: row["active"] for row in active}
    for month in every_month([*sold, *seen]):
        row = sold.get(month, {})
        yield Month(
            month=month,
            orders=int(row.get("orders") or 0),
            gross=_money(row.get("gross")),
            refunded=_money(row.get("refunded")),
            customers=int(row.get("customers") or 0),
            active=int(seen.get(month, 0)),
        )


def _money(value: float | None) -> float:
    return round(value or 0.0, 4)
