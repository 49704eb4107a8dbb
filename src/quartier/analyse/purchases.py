"""Purchases and refunds of each person: the one place that says what counts as revenue.

Net revenue is the sum of the amounts of purchases less the sum of the amounts given back. Orders are distinct order
ids; an event without one is an order of its own. An event counts from its instant on, so a reading at an earlier
instant does not know of it.
"""

import datetime as dt
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from quartier.catalog import Catalog, EventType, Property, ValueType
from quartier.engine import KEY, OCCURRED_AT, event_table, naive_utc, parameter, subject_table
from quartier.engine.compiler import Scalar

PERSON = KEY["person"]
ORDER_ID = "order_id"
_DECIMALS = 4
"""Sums of floating-point amounts differ in their last digits with the order of adding; equal sums must be equal."""


@dataclass(frozen=True)
class Purchases:
    """Which events are purchases and refunds, as the catalog knows them; None for what it does not know."""

    purchase: EventType | None
    refund: EventType | None
    amount: str = "revenue"

    @classmethod
    def of(
        cls,
        catalog: Catalog,
        *,
        purchase: str = "Order Completed",
        refunds: str | None = "Order Refunded",
        amount: str = "revenue",
    ) -> "Purchases":
        """The purchases that a catalog knows under these names."""
        return cls(catalog.event(purchase), catalog.event(refunds) if refunds else None, amount)

    def rows(self, *, is_windowed: bool = False) -> ir.Table | None:
        """One row per event: person, instant, order id (None for a refund), gross, refunded. None without purchases.

        Parameters: `instant`, and `since` when windowed.
        """
        if self.purchase is None:
            return None
        bought = _bought(_known(self.purchase, is_windowed=is_windowed), self.purchase, self.amount)
        if self.refund is None:
            return bought
        refunded = _refunded(_known(self.refund, is_windowed=is_windowed), self.refund, self.amount)
        return ibis.union(bought, refunded)

    def by_person(self, *, is_windowed: bool = False) -> ir.Table | None:
        """One row per person who has bought or been refunded: first and last purchase, orders, gross, refunded, net."""
        rows = self.rows(is_windowed=is_windowed)
        if rows is None:
            return None
        sums = rows.group_by(PERSON).agg(
            first_at=lambda r: r.bought_at.min(),
            last_at=lambda r: r.bought_at.max(),
            orders=lambda r: r.order_id.nunique(),
            gross=lambda r: r.gross.sum().round(_DECIMALS),
            refunded=lambda r: r.refunded.sum().round(_DECIMALS),
        )
        return sums.mutate(net=lambda r: (r.gross - r.refunded).round(_DECIMALS))

    def buyers(self, catalog: Catalog, *, is_windowed: bool = False) -> ir.Table | None:
        """`by_person`, of the persons in the table of persons who have bought: the customers."""
        sums = self.by_person(is_windowed=is_windowed)
        if sums is None:
            return None
        return sums.filter(lambda r: r.orders > 0).semi_join(subject_table(catalog), PERSON)


def instants(at: dt.datetime, since: dt.datetime | None = None) -> dict[str, Scalar]:
    """The parameters of a reading: naive and in UTC, as the engine's tables are."""
    given = {"instant": naive_utc(at)} | ({"since": naive_utc(since)} if since else {})
    return dict(given)


def events_until(event: EventType) -> ir.Table:
    """The events of a type up to the parameter `instant`."""
    return _known(event, is_windowed=False)


def amount_property(event: EventType, name: str) -> Property | None:
    """The property of that name if it holds a number."""
    found = event.property(name)
    return found if found and found.type in (ValueType.NUMBER, ValueType.INTEGER) else None


def _known(event: EventType, *, is_windowed: bool) -> ir.Table:
    table = event_table(event).filter(lambda r: r[OCCURRED_AT] <= parameter("instant", "timestamp"))
    return table.filter(lambda r: r[OCCURRED_AT] > parameter("since", "timestamp")) if is_windowed else table


def _bought(table: ir.Table, event: EventType, amount: str) -> ir.Table:
    has_order_id = event.property(ORDER_ID) is not None
    return table.select(
        person_key=lambda r: r[PERSON],
        at=lambda r: r[OCCURRED_AT],
        bought_at=lambda r: r[OCCURRED_AT],
        order_id=lambda r: ibis.coalesce(r[ORDER_ID].cast("string"), r.event_id) if has_order_id else r.event_id,
        gross=lambda r: _amount(r, event, amount),
        refunded=ibis.literal(0.0),
    )


def _refunded(table: ir.Table, event: EventType, amount: str) -> ir.Table:
    return table.select(
        person_key=lambda r: r[PERSON],
        at=lambda r: r[OCCURRED_AT],
        bought_at=ibis.null("timestamp"),
        order_id=ibis.null("string"),
        gross=ibis.literal(0.0),
        refunded=lambda r: _amount(r, event, amount),
    )


def _amount(table: ir.Table, event: EventType, amount: str) -> ir.Value:
    """The amount as a number, zero when it is missing or the event has no such property."""
    if amount_property(event, amount) is None:
        return ibis.literal(0.0)
    return table[amount].cast("float64").fill_null(0.0)
