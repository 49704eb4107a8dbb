"""What is read of events as of a cut: how often, how lately, on how many days, for how much. Nothing after the cut.

The columns of one event type, by their names behind the name of its table: `count`, `count_30`, `count_90`,
`count_365`, `days_365` (days with one), `since_last`, `since_first` (days before the cut), and the sums of its first
number properties over 365 days.
"""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from quartier.analyse.purchases import PERSON, events_until
from quartier.catalog import EventType, Label, ValueType
from quartier.engine import OCCURRED_AT, parameter

WINDOWS = (30, 90, 365)
MOST_EVENTS, MOST_SUMS = 12, 2
APART = ("__count_365", "__since_last", "__sum_")
"""In the names of measures that tell different things of one event: how often, how lately, how much."""
_YEAR, _DAY = 365, 86_400.0
_ROUNDED = 4


def measures_of(event: EventType) -> dict[str, Label]:
    """The columns of one event type, with what readers call them."""
    named = {f"{event.table}__{name}": _label(event, *said) for name, said in _SAID.items()}
    for each in _summed(event):
        named[f"{event.table}__sum_{each}"] = _label(event, f"{each}, 1 year", f"{each}, 1 an")
    return named


def behaviour(event: EventType) -> ir.Table:
    """One row per person who had such an event up to the parameter `instant`."""
    rows = events_until(event).mutate(ago=lambda r: _days_ago(r[OCCURRED_AT]))
    measures: dict[str, Callable[[ir.Table], ir.Value]] = {
        "count": lambda r: r.count(),
        "since_last": lambda r: r.ago.min(),
        "since_first": lambda r: r.ago.max(),
        "days_365": lambda r: (r.ago <= _YEAR).ifelse(r[OCCURRED_AT].date(), ibis.null("date")).nunique(),
    }
    measures |= {f"count_{days}": _counted(days) for days in WINDOWS}
    measures |= {f"sum_{name}": _sum(name) for name in _summed(event)}
    return rows.group_by(PERSON).agg(**{f"{event.table}__{name}": each for name, each in measures.items()})


def had(event: EventType) -> ir.Table:
    """The persons who had such an event after the parameter `since`, up to `instant`."""
    return events_until(event).filter(lambda r: r[OCCURRED_AT] > parameter("since", "timestamp"))[[PERSON]].distinct()


def _counted(days: int) -> Callable[[ir.Table], ir.Value]:
    return lambda r: (r.ago <= days).sum()


def _sum(name: str) -> Callable[[ir.Table], ir.Value]:
    # Rounded: sums of floating-point amounts differ in their last digits with the order of adding.
    return lambda r: (r.ago <= _YEAR).ifelse(r[name].cast("float64"), 0.0).fill_null(0.0).sum().round(_ROUNDED)


def _days_ago(at: ir.Value) -> ir.Value:
    return (parameter("instant", "timestamp").epoch_seconds() - at.epoch_seconds()) / _DAY


def _summed(event: EventType) -> list[str]:
    """Money first: the amounts that people look at."""
    numbers = [each.name for each in event.properties if each.type in (ValueType.NUMBER, ValueType.INTEGER)]
    return sorted(numbers, key=lambda each: each not in ("revenue", "total", "value", "amount"))[:MOST_SUMS]


def _label(event: EventType, en: str, fr: str) -> Label:
    return Label(en=f"{event.label.en}: {en}", fr=f"{event.label.fr}\N{NO-BREAK SPACE}: {fr}")


_SAID = {
    "count": ("how often", "combien de fois"),
    "count_30": ("in 30 days", "en 30 jours"),
    "count_90": ("in 90 days", "en 90 jours"),
    "count_365": ("in 1 year", "en 1 an"),
    "days_365": ("days with one, 1 year", "jours où il a eu lieu, 1 an"),
    "since_last": ("days since the last", "jours depuis le dernier"),
    "since_first": ("days since the first", "jours depuis le premier"),
}
