"""The RFM grid: persons and revenue per cell of recency against frequency-and-monetary, and per class."""

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import ibis.expr.types as ir
import pyarrow as pa

from quartier.analyse.classes import CLASSES, RfmClass, class_of, frequency_monetary
from quartier.analyse.plain import Plain
from quartier.catalog import Catalog
from quartier.engine import Query, subject_table, to_sql

Axis = Literal["recency", "frequency", "monetary"]


@dataclass(frozen=True)
class Cell(Plain):
    """One cell of the grid; bins count from 1 (lowest) to the number of bins (best)."""

    recency: int
    frequency_monetary: int
    rfm_class: RfmClass
    persons: int
    revenue: float
    """net of refunds, in the workspace's currency"""

    @property
    def mean_revenue(self) -> float | None:
        """Revenue per person; None in an empty cell."""
        return self.revenue / self.persons if self.persons else None


@dataclass(frozen=True)
class ClassRow(Plain):
    """One class over all its cells; shares are of all customers and of all their revenue."""

    rfm_class: RfmClass
    persons: int
    share_of_persons: float
    revenue: float
    share_of_revenue: float | None
    """None when all revenue together is not above zero"""
    orders: int
    mean_recency_days: float | None


@dataclass(frozen=True)
class BinRange(Plain):
    """What one bin of one axis holds: its persons and the least and greatest value (days, orders or amount)."""

    axis: Axis
    bin: int
    persons: int
    low: float
    high: float


@dataclass(frozen=True)
class RfmGrid(Plain):
    """The heat map of the last run: every cell (also the empty ones), every class, every bin that is not empty."""

    bins: int
    as_of: dt.datetime
    customers: int
    revenue: float
    cells: tuple[Cell, ...]
    """from the most recent row down, from the lowest column up: as a reader sees the grid"""
    classes: tuple[ClassRow, ...]
    """in the order of `CLASSES`, also those without persons"""
    ranges: tuple[BinRange, ...]

    def cell(self, recency: int, frequency_monetary: int) -> Cell:
        """One cell by its bins."""
        return next(
            each for each in self.cells if (each.recency, each.frequency_monetary) == (recency, frequency_monetary)
        )

    def to_arrow(self) -> pa.Table:
        """One row per cell."""
        columns = ("recency", "frequency_monetary", "persons", "revenue", "mean_revenue")
        table = pa.table({name: [getattr(each, name) for each in self.cells] for name in columns})
        return table.append_column("rfm_class", pa.array([each.rfm_class.id for each in self.cells], pa.string()))


def grid_query(catalog: Catalog) -> Query:
    """Persons and sums per recency, frequency and monetary bin: at most 125 rows."""
    scored = subject_table(catalog).filter(lambda r: r.rfm_r.notnull())
    grouped = scored.group_by(["rfm_r", "rfm_f", "rfm_m"]).agg(
        persons=lambda r: r.count(),
        orders=lambda r: r.rfm_frequency.sum(),
        revenue=lambda r: r.rfm_monetary.sum(),
        days=lambda r: r.rfm_recency_days.sum(),
        **{f"{value}_low": _least(value) for value in _VALUES.values()},
        **{f"{value}_high": _greatest(value) for value in _VALUES.values()},
    )
    return Query(to_sql(grouped.order_by(["rfm_r", "rfm_f", "rfm_m"])))


def grid_of(rows: Sequence[Mapping[str, float]], bins: int, as_of: dt.datetime) -> RfmGrid:
    """The grid from the rows of `grid_query`."""
    cells = tuple(_cell(rows, recency, column, bins) for recency in range(bins, 0, -1) for column in range(1, bins + 1))
    customers, revenue = int(sum(row["persons"] for row in rows)), _total(rows, "revenue")
    classes = tuple(_class_row(rows, each, bins, customers, revenue) for each in CLASSES)
    return RfmGrid(bins, as_of, customers, revenue, cells, classes, tuple(_ranges(rows, bins)))


_VALUES: Mapping[Axis, str] = {
    "recency": "rfm_recency_days",
    "frequency": "rfm_frequency",
    "monetary": "rfm_monetary",
}
_BINS: Mapping[Axis, str] = {"recency": "rfm_r", "frequency": "rfm_f", "monetary": "rfm_m"}


def _least(value: str) -> Callable[[ir.Table], ir.Value]:
    return lambda r: r[value].min()


def _greatest(value: str) -> Callable[[ir.Table], ir.Value]:
    return lambda r: r[value].max()


def _cell(rows: Sequence[Mapping[str, float]], recency: int, column: int, bins: int) -> Cell:
    inside = [row for row in rows if (row["rfm_r"], _column(row)) == (recency, column)]
    persons = int(sum(row["persons"] for row in inside))
    return Cell(recency, column, class_of(recency, column, bins), persons, _total(inside, "revenue"))


def _column(row: Mapping[str, float]) -> int:
    return frequency_monetary(int(row["rfm_f"]), int(row["rfm_m"]))


def _class_row(
    rows: Sequence[Mapping[str, float]], rfm_class: RfmClass, bins: int, customers: int, revenue: float
) -> ClassRow:
    inside = [row for row in rows if class_of(int(row["rfm_r"]), _column(row), bins) is rfm_class]
    persons, own = int(sum(row["persons"] for row in inside)), _total(inside, "revenue")
    return ClassRow(
        rfm_class=rfm_class,
        persons=persons,
        share_of_persons=persons / customers if customers else 0.0,
        revenue=own,
        share_of_revenue=own / revenue if revenue > 0 else None,
        orders=int(sum(row["orders"] for row in inside)),
        mean_recency_days=sum(row["days"] for row in inside) / persons if persons else None,
    )


def _ranges(rows: Sequence[Mapping[str, float]], bins: int) -> Iterator[BinRange]:
    for axis, column in _BINS.items():
        value = _VALUES[axis]
        for number in range(1, bins + 1):
            inside = [row for row in rows if row[column] == number]
            if inside:
                low, high = min(row[f"{value}_low"] for row in inside), max(row[f"{value}_high"] for row in inside)
                yield BinRange(axis, number, int(sum(row["persons"] for row in inside)), low, high)


def _total(rows: Sequence[Mapping[str, float]], column: str) -> float:
    return round(math.fsum(row[column] for row in rows), 4)
