"""What the persons of accounts did: expressions over memberships and events.

An event counts for the accounts of which its person was a member when it occurred, as far as that is known: what
someone bought for a former employer stays there. Who is counted as known or active is a member now.
"""

import datetime as dt
from collections.abc import Sequence

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.analyse.purchases import Purchases
from quartier.catalog import ValueType
from quartier.engine import KEY, OCCURRED_AT, dtype_of, kept_sql, naive_utc, parameter, to_sql
from quartier.engine.compiler import Scalar
from quartier.identify.accounts import MEMBERS, MEMBERS_SCHEMA

TOUCHED = "staged_touched_accounts"
"""The accounts whose traits are computed anew, staged."""

ACCOUNT, PERSON = KEY["account"], KEY["person"]
_DAYS = (30, 90)
_DECIMALS = 4


def parameters(at: dt.datetime) -> dict[str, Scalar]:
    """The instants of a reading."""
    starts = {f"since_{days}": naive_utc(at - dt.timedelta(days=days)) for days in _DAYS}
    return {"instant": naive_utc(at), **starts}


@kept_sql
def figures_sql(tables: tuple[str, ...], purchases: Purchases, figures: tuple[tuple[str, ValueType], ...]) -> str:
    """One row per touched account: its persons, how many are active, first and last activity, orders and revenue.

    Args:
        tables: those of all events.
        purchases: what counts as an order.
        figures: the traits to make, with their types.
    """
    touched = ibis.table({ACCOUNT: dtypes.int32}, name=TOUCHED)
    found = [_known(touched)]
    if tables:
        found.append(_active(tables, touched))
    if (bought := _bought(purchases, touched)) is not None:
        found.append(bought)
    for each in found:
        named = each.rename(of_=ACCOUNT)
        touched = touched.left_join(named, touched[ACCOUNT] == named.of_).drop("of_")
    filled = touched.mutate(**{name: touched[name].fill_null(0) for name in touched.columns if name in _COUNTS})
    typed = {name: filled[name].cast(dtype_of(type_)) for name, type_ in figures}
    return to_sql(filled.select(ACCOUNT, **typed), in_steps=True)


@kept_sql
def crossed_sql(tables: tuple[str, ...], windows: int) -> str:
    """The persons with an event in one of some ranges of time, from `from_n` exclusive to `until_n` inclusive."""
    found = []
    for table in tables:
        rows = ibis.table({PERSON: dtypes.int32, OCCURRED_AT: dtypes.timestamp}, name=table)
        within = [
            (rows[OCCURRED_AT] > parameter(f"from_{place}", dtypes.timestamp))
            & (rows[OCCURRED_AT] <= parameter(f"until_{place}", dtypes.timestamp))
            for place in range(windows)
        ]
        found.append(rows.filter(ibis.or_(*within))[[PERSON]])
    every = ibis.union(*found) if len(found) > 1 else found[0]
    return to_sql(every.select(who=every[PERSON]).distinct())


_COUNTS = ("persons_known", "persons_active_30d", "persons_active_90d", "persons_orders", "persons_revenue")


def _members(touched: ir.Table) -> ir.Table:
    return ibis.table(MEMBERS_SCHEMA, name=MEMBERS).semi_join(touched, ACCOUNT)


def _known(touched: ir.Table) -> ir.Table:
    now = _members(touched).filter(lambda r: r.until.isnull())
    return now.group_by(ACCOUNT).agg(persons_known=lambda r: r[PERSON].nunique())


def _active(tables: Sequence[str], touched: ir.Table) -> ir.Table:
    """First and last activity, and the members with an event within some days."""
    members = _members(touched)
    by_type = [_first_and_last(_happened(each), members) for each in tables]
    every = ibis.union(*by_type) if len(by_type) > 1 else by_type[0]
    is_active = {
        days: every.is_now & (every.last > parameter(f"since_{days}", dtypes.timestamp)) for days in _DAYS
    }  # fmt: skip
    return every.group_by(ACCOUNT).agg(
        **{f"persons_active_{days}d": every[PERSON].nunique(where=is_active[days]) for days in _DAYS},
        persons_first_active_at=every.first.min(),
        persons_last_active_at=every.last.max(),
    )


def _first_and_last(events: ir.Table, members: ir.Table) -> ir.Table:
    """Of each membership the first and the last event of one type; one that ended is none of now."""
    counted = _while_members(events, members)
    return counted.group_by(ACCOUNT, PERSON, is_now=counted.until.isnull()).agg(
        first=lambda r: r[OCCURRED_AT].min(), last=lambda r: r[OCCURRED_AT].max()
    )


def _bought(purchases: Purchases, touched: ir.Table) -> ir.Table | None:
    rows = purchases.rows()
    if rows is None:
        return None
    counted = _while_members(rows.rename({OCCURRED_AT: "at"}), _members(touched))
    return counted.group_by(ACCOUNT).agg(
        persons_orders=lambda r: r.order_id.nunique(),
        persons_revenue=lambda r: (r.gross.sum() - r.refunded.sum()).round(_DECIMALS),
        persons_last_order_at=lambda r: r.bought_at.max(),
    )


def _happened(table: str) -> ir.Table:
    """The events of a type up to the instant: who, and when."""
    events = ibis.table({PERSON: dtypes.int32, OCCURRED_AT: dtypes.timestamp}, name=table)
    return events.filter(events[OCCURRED_AT] <= parameter("instant", dtypes.timestamp))


def _while_members(events: ir.Table, members: ir.Table) -> ir.Table:
    """The events beside the memberships that lasted when they occurred; a person may have several."""
    own = members.select(ACCOUNT, "since", "until", whose=PERSON)
    joined = events.join(own, events[PERSON] == own.whose)
    return joined.filter(
        lambda r: (r.since.isnull() | (r[OCCURRED_AT] >= r.since)) & (r.until.isnull() | (r[OCCURRED_AT] < r.until))
    )
