"""Whether the values of a column changed lately: the population stability index between two periods.

The index is the sum over bins of (p - q) ln(p / q), with p the recent shares and q the earlier ones (Siddiqi, "Credit
Risk Scorecards", 2006, chapter 8): above 0.25 the usual reading is "changed". Small samples exceed that by chance:
without a change the index is about (1/n + 1/m) times a chi-squared variable of bins - 1 degrees of freedom (Yurdakul &
Naranjo, "Statistical properties of the population stability index", Journal of Risk Model Validation 14, 2020), so a
change counts only when it is larger than that at 1 in 1,000 as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from quartier.analyse.plain import Plain
from quartier.analyse.quality.outliers import is_number
from quartier.catalog import Property, Sensitivity, Trait, ValueType
from quartier.engine import OCCURRED_AT, parameter

RECENT_DAYS = 28
CHANGED = 0.25
BINS = 10
MOST_VALUES = 30
"""A column of more distinct values than this and no numbers is not compared: they are names, not kinds."""
_CHANCE = 0.001
_FEWEST = 100
"""Rows in each period from which on they are compared."""
_MISSING = ""
"""The bin of what is not filled in: a column that empties has changed too."""

Column = Trait | Property
Row = Mapping[str, Any]
RECENT, BIN, COLUMN, ROWS = "is_recent", "bin", "column", "rows"


@dataclass(frozen=True)
class Drift(Plain):
    """How far the values of the last four weeks are from those of the twelve before."""

    recent: int
    """events of the last four weeks, or persons who became known in them"""
    before: int
    index: float
    """population stability index; 0 is no change"""
    by_chance: float
    """what the index would exceed by chance once in 1,000 times"""
    fill_recent: float
    fill_before: float

    @property
    def is_notable(self) -> bool:
        """Whether the values changed by more than the usual limit and by more than chance."""
        return self.index > max(CHANGED, self.by_chance)


def is_compared(column: Column, distinct: int) -> bool:
    """Whether the values of a column can be put into bins; special categories never are."""
    if column.sensitivity is Sensitivity.SPECIAL:
        return False
    kinds = column.type in (ValueType.TEXT, ValueType.BOOLEAN) and 0 < distinct <= MOST_VALUES
    return kinds or (is_number(column) and distinct > 1)


def cuts_facts(columns: Sequence[Column]) -> dict[str, Any]:
    """Where the bins of numbers are cut: at the tenths of the values of both periods."""
    facts: dict[str, Any] = {}
    for column in (each for each in columns if is_number(each)):
        for cut in range(1, BINS):
            facts[f"{column.name}.{cut}"] = _tenth(column.name, cut / BINS)
    return facts


def bins_expression(table: ir.Table, columns: Sequence[Column], cuts: Row) -> ir.Table:
    """One row per column, period and bin: how many events. Parameters: `instant`, `since`, `recent`."""
    rows = within(table)
    recent = rows[OCCURRED_AT] > parameter("recent", "timestamp")
    counted = []
    for column in columns:
        binned = rows.select(**{RECENT: recent, BIN: _bin(rows, column, cuts)})
        grouped = binned.group_by(RECENT, BIN).agg(**{ROWS: lambda each: each.count()})
        counted.append(grouped.mutate(**{COLUMN: ibis.literal(column.name)}))
    return ibis.union(*counted) if len(counted) > 1 else counted[0]


def within(table: ir.Table) -> ir.Table:
    """The events of both periods."""
    since, now = parameter("since", "timestamp"), parameter("instant", "timestamp")
    return table.filter(lambda rows: (rows[OCCURRED_AT] > since) & (rows[OCCURRED_AT] <= now))


def drift_of(column: Column, counted: Sequence[Row]) -> Drift | None:
    """The drift of a column from the answer to `bins_expression`; None where one of the periods has too few events."""
    from scipy.special import chdtri  # scipy.stats takes seconds to load

    own = [row for row in counted if row[COLUMN] == column.name]
    names = sorted({row[BIN] for row in own})
    recent, before = (_counts(own, names, is_recent=each) for each in (True, False))
    n, m = int(recent.sum()), int(before.sum())
    if min(n, m) < _FEWEST or len(names) == 1:
        return None
    by_chance = (1 / n + 1 / m) * float(chdtri(len(names) - 1, _CHANCE))
    filled = np.array([name != _MISSING for name in names])
    fills = [float(each[filled].sum() / each.sum()) for each in (recent, before)]
    return Drift(n, m, stability_index(recent, before), by_chance, *fills)


def stability_index(recent: "np.ndarray[Any, Any]", before: "np.ndarray[Any, Any]") -> float:
    """The population stability index of two rows of counts; half a count stands in for an empty bin."""
    p, q = (np.maximum(each, 0.5) / np.maximum(each, 0.5).sum() for each in (recent, before))
    return float(((p - q) * np.log(p / q)).sum())


def _counts(own: Sequence[Row], names: Sequence[str], *, is_recent: bool) -> "np.ndarray[Any, Any]":
    found = {row[BIN]: int(row[ROWS]) for row in own if bool(row[RECENT]) is is_recent}
    return np.array([found.get(name, 0) for name in names], dtype=float)


def _bin(rows: ir.Table, column: Column, cuts: Row) -> ir.StringValue:
    value = rows[column.name]
    if not is_number(column):
        return value.cast("string").fill_null(_MISSING)
    limits = sorted({float(cut) for place in range(1, BINS) if (cut := cuts[f"{column.name}.{place}"]) is not None})
    place = ibis.literal(0)
    for limit in limits:
        place = place + (value.cast("float64") > limit).cast("int64")
    return place.cast("string").fill_null(_MISSING)


def _tenth(name: str, share: float) -> Any:
    return lambda rows: rows[name].cast("float64").approx_quantile(share)
