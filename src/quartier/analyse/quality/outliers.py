"""Values far outside the rest: Tukey's outer fences, on a logarithmic scale where amounts grow by ratios.

Tukey, "Exploratory Data Analysis" (1977), section 2: a value more than three times the distance between the quartiles
away from them is "far out". Amounts, incomes and counts are skewed to the right: on their own scale the fences would
call every large customer an error. Where all values are above zero and their logarithms lie more evenly around the
median than they do (Bowley's coefficient, of quartiles alone), the fences are therefore drawn over logarithms. Scales
with few steps, such as marks from 1 to 7, have no fences: every step is an answer.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir

from quartier.analyse.plain import Plain
from quartier.catalog import Property, Trait, ValueType

REACH = 3.0
"""How many distances between the quartiles a value may lie outside them."""
FEWEST = 20
"""Values from which on fences are drawn."""
FEWEST_STEPS = 21
"""Distinct values from which on numbers are amounts and no scale."""

Column = Trait | Property
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Fences:
    """Between which values nothing is far out."""

    low: float
    high: float


@dataclass(frozen=True)
class Outliers(Plain):
    """The values of a column that are far out, and the fences that they passed."""

    low: float
    high: float
    below: int
    above: int

    @property
    def count(self) -> int:
        """How many values are far out."""
        return self.below + self.above


def is_number(column: Column) -> bool:
    """Whether the values of a column are numbers."""
    return column.type in (ValueType.INTEGER, ValueType.NUMBER)


def has_fences(column: Column) -> bool:
    """Whether it is asked what is far out: of numbers that were given, not of those that Quartier computed of them."""
    return is_number(column) and not (isinstance(column, Trait) and column.origin != "given")


def spread_facts(column: Column, *, is_large: bool) -> dict[str, Callable[[ir.Table], ir.Value]]:
    """What the fences are drawn from: the smallest value and the quartiles of the finite ones."""
    if not has_fences(column):
        return {}

    def quartile(share: float) -> Callable[[ir.Table], ir.Value]:
        def of(rows: ir.Table) -> ir.Value:
            values = _finite(rows, column)
            return values.approx_quantile(share) if is_large else values.quantile(share)

        return of

    quartiles = {"q1": quartile(0.25), "median": quartile(0.5), "q3": quartile(0.75)}
    return {"least": lambda rows: _finite(rows, column).min(), **quartiles}


def fences_of(column: Column, facts: Row) -> Fences | None:
    """The fences of a column from its facts; None where they would say nothing: few values, or half of them equal."""
    least, q1, median, q3 = (facts.get(f"{column.name}.{name}") for name in ("least", "q1", "median", "q3"))
    filled, distinct = (int(facts.get(f"{column.name}.{name}") or 0) for name in ("filled", "distinct"))
    if least is None or q1 is None or median is None or q3 is None:
        return None
    if q1 == q3 or filled < FEWEST or distinct < FEWEST_STEPS:
        return None
    quartiles = float(q1), float(median), float(q3)
    logarithms = [math.log(each) for each in quartiles] if least > 0 else None
    if logarithms and _unevenness(*logarithms) < _unevenness(*quartiles):
        low, high = _fences(logarithms[0], logarithms[2])
        return Fences(math.exp(low), math.exp(high))
    return Fences(*_fences(quartiles[0], quartiles[2]))


def outside_facts(column: Column, fences: Fences) -> dict[str, Callable[[ir.Table], ir.Value]]:
    """How many values of a column lie outside its fences."""
    return {
        f"{column.name}.below": lambda rows: (_finite(rows, column) < fences.low).sum(),
        f"{column.name}.above": lambda rows: (_finite(rows, column) > fences.high).sum(),
    }


def outliers_of(column: Column, fences: Fences, facts: Row) -> Outliers:
    """The values that are far out, from the answer to `outside_facts`."""
    below, above = (int(facts[f"{column.name}.{side}"] or 0) for side in ("below", "above"))
    return Outliers(fences.low, fences.high, below, above)


def _fences(q1: float, q3: float) -> tuple[float, float]:
    return q1 - REACH * (q3 - q1), q3 + REACH * (q3 - q1)


def _unevenness(q1: float, median: float, q3: float) -> float:
    """Bowley's coefficient of skewness without its sign: 0 where the median lies midway between the quartiles."""
    return abs((q3 - median) - (median - q1)) / (q3 - q1)


def _finite(rows: ir.Table, column: Column) -> ir.Value:
    """The values as numbers; what is infinite or not a number is invalid already and would move the quartiles."""
    values = rows[column.name].cast("float64")
    return (values.isnan() | values.isinf()).ifelse(None, values)
