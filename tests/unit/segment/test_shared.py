"""Rows that come home in any batches, in any order, add up to what each leaf's own query would find."""

import datetime as dt
from zoneinfo import ZoneInfo

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from quartier.catalog import EventType, Label, Property, ValueType
from quartier.segment.conditions import Comparison, EventLeaf, Measure
from quartier.segment.moments import Moment
from quartier.segment.shared import leaves_together, sets_of_each
from quartier.segment.windows import EVER, Duration, Window

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
MOMENT = Moment(NOW, ZoneInfo("UTC"))
REVENUE = Property(name="revenue", type=ValueType.NUMBER, label=Label(fr="montant", en="revenue"))
ORDER = EventType(name="Order Completed", label=Label(fr="commande", en="order"), properties=(REVENUE,))
PERSONS = 6

windows = st.one_of(
    st.just(EVER),
    st.integers(1, 5).map(lambda days: Window(oldest=Duration(days, "day"))),
    st.tuples(st.integers(1, 3), st.integers(1, 3)).map(
        lambda days: Window(oldest=Duration(sum(days), "day"), newest=Duration(days[0], "day"))
    ),
)
measures = st.sampled_from([Measure("count"), Measure("sum", "revenue", REVENUE), Measure("mean", "revenue", REVENUE)])
comparisons = st.builds(Comparison, st.sampled_from(["is", "at_least", "less_than", "more_than"]), st.integers(0, 4))
# Whole days before now, so that the edges of windows are hit exactly.
events = st.tuples(st.integers(0, PERSONS - 1), st.integers(0, 7), st.integers(-2, 4))


@given(
    st.lists(events, max_size=12), measures, st.lists(st.tuples(windows, comparisons), min_size=1), st.integers(1, 5)
)
def test_leaves_together_find_what_counting_by_hand_finds(rows, measure, asked, at_once):
    leaves = [EventLeaf((ORDER,), (), window, measure, comparison) for window, comparison in asked]
    for together in leaves_together(leaves, MOMENT):
        for leaf, found, is_complement in sets_of_each(together, _batches(rows, at_once), PERSONS, MOMENT):
            expected = {person for person in range(PERSONS) if _holds(leaf, person, rows)}
            everyone = set(range(PERSONS))
            assert (everyone - set(found) if is_complement else set(found)) == expected


def test_every_leaf_that_adds_rows_up_is_answered_once():
    first = EventLeaf((ORDER,), (), EVER, Measure("count"), Comparison("at_least", 1))
    second = EventLeaf((ORDER,), (), Window(oldest=Duration(1, "day")), Measure("count"), Comparison("at_least", 1))
    latest = EventLeaf((ORDER,), (), EVER, Measure("days_since_last"), Comparison("at_least", 1))
    (together,) = leaves_together([first, second, latest], MOMENT)
    assert [leaf for leaf, _, _ in sets_of_each(together, [], PERSONS, MOMENT)] == [second, first]


def _batches(rows, at_once):
    """The rows as they came, a few at a time."""
    table = pa.table(
        {
            "person_key": pa.array([person for person, _, _ in rows], pa.int32()),
            "occurred_at": pa.array([_at(days) for _, days, _ in rows], pa.timestamp("us")),
            "measured": pa.array([float(amount) for _, _, amount in rows], pa.float64()),
        }
    )
    return table.to_batches(max_chunksize=at_once)


def _at(days):
    return (NOW - dt.timedelta(days=days)).replace(tzinfo=None)


def _holds(leaf, person, rows):
    start, end = leaf.window.edges(NOW, MOMENT.zone)
    amounts = [
        amount
        for who, days, amount in rows
        if who == person
        and NOW - dt.timedelta(days=days) <= end
        and (not start or NOW - dt.timedelta(days=days) > start)
    ]
    match leaf.measure.kind:
        case "count":
            value = len(amounts)
        case "sum":
            value = sum(amounts)
        case _ if not amounts:
            return False
        case _:
            value = round(sum(amounts) / len(amounts), 6)
    bound = leaf.comparison.value
    return {
        "is": value == bound, "at_least": value >= bound, "less_than": value < bound, "more_than": value > bound,
    }[leaf.comparison.operator_key]  # fmt: skip
