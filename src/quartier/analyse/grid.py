"""The RFM grid: persons and revenue per cell of recency against frequency-and-monetary, and per class."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa

from quartier.analyse.classes import RfmClass
from quartier.analyse.plain import Plain

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
