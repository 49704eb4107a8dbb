"""What each person did in their window, as one Ibis expression over an event table and the audience."""

import ibis
import ibis.expr.types as ir

from quartier.engine import KEY, OCCURRED_AT, event_table, parameter
from quartier.evaluate.outcome import BoundOutcome, Measure

PERSON, STARTS_AT, ENDS_AT = KEY["person"], "starts_at", "ends_at"
FIRST, LAST = "first", "last"
"""Parameters of the query: no event outside these two instants is read."""

_VALUE, _CURRENCY = "measured", "currency"


def per_person(outcome: BoundOutcome, audience: str) -> ir.Table:
    """One row per person with an event in their window: `value`, `events`, and the currencies if there are amounts.

    `audience` names a table of `person_key`, `starts_at` (in the window) and `ends_at` (just after it). Missing values
    of the property are left out; a person without any row did nothing.
    """
    rows = _measured(outcome, _in_window(outcome, audience))
    found = rows.group_by(PERSON).agg(
        value=lambda r: _value(outcome.measure, r),
        events=lambda r: r[_VALUE].count().cast("float64"),
        **({f"{end}_currency": lambda r, end=end: getattr(r[_CURRENCY], end)() for end in ("min", "max")}
           if outcome.has_currency else {}),
    )  # fmt: skip
    return found.filter(lambda r: r.events > 0)


def last_event(outcome: BoundOutcome) -> ir.Table:
    """When the last event of this type happened, as one row."""
    return event_table(outcome.event).agg(last=lambda r: r[OCCURRED_AT].max())


def _in_window(outcome: BoundOutcome, audience: str) -> ir.Table:
    windows = ibis.table({PERSON: "int32", STARTS_AT: "timestamp", ENDS_AT: "timestamp"}, name=audience)
    events = event_table(outcome.event).filter(
        lambda r: (r[OCCURRED_AT] >= parameter(FIRST, "timestamp")) & (r[OCCURRED_AT] < parameter(LAST, "timestamp"))
    )
    joined = events.join(windows, PERSON)
    return joined.filter(lambda r: (r[OCCURRED_AT] >= r[STARTS_AT]) & (r[OCCURRED_AT] < r[ENDS_AT]))


def _measured(outcome: BoundOutcome, events: ir.Table) -> ir.Table:
    """The key and the measured value of each event, or of each line when the property is one of lines."""
    kept = {_CURRENCY: events[_CURRENCY]} if outcome.has_currency else {}
    if outcome.of is None:
        return events.select(PERSON, **{_VALUE: ibis.literal(1)})
    if outcome.lines is None:
        return events.select(PERSON, **{_VALUE: events[outcome.of.name]}, **kept)
    unfolded = events.select(PERSON, line=events[outcome.lines].unnest(), **kept)
    of = outcome.of.name
    return unfolded.mutate(**{_VALUE: lambda r: r.line[of]}).drop("line")


def _value(measure: Measure, rows: ir.Table) -> ir.Value:
    match measure:
        case Measure.SUM | Measure.MEAN:
            return rows[_VALUE].sum().cast("float64")
        case Measure.COUNT:
            return rows[_VALUE].count().cast("float64")
        case Measure.DISTINCT:
            return rows[_VALUE].nunique().cast("float64")
        case Measure.ANY:
            return (rows[_VALUE].count() > 0).cast("float64")
