"""The page of RFM: the grid whose cells lead to segments, the classes, the last run."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quartier.analyse import Cell, ClassRow, RfmGrid, selecting
from quartier.analyse.modelling.computed import scored_in
from quartier.config import Config
from quartier.language import Language
from quartier.report.content import ReportContent
from quartier.report.figures import rfm
from quartier.report.page import Table
from quartier.report.shades import by_part
from quartier.store.runs import Run
from quartier.web.analyse.links import editor_for
from quartier.web.analyse.models.form import Form
from quartier.web.visitor import Visitor


@dataclass(frozen=True)
class CellView:
    """One cell: its class, how many persons, their net revenue, how deep its ground is, where it leads."""

    name: str
    persons: int
    revenue: float
    shade: int
    url: str


@dataclass(frozen=True)
class RowView:
    """One step of recency, cells from the lowest column up."""

    recency: int
    cells: tuple[CellView, ...]


@dataclass(frozen=True)
class ClassView:
    """One class over all its cells; shares are None where there is nothing to share."""

    label: str
    advice: str
    persons: int
    share: float
    revenue: float
    share_of_revenue: float | None
    days: float | None
    url: str


@dataclass(frozen=True)
class GridView:
    """The grid with what it says."""

    title: str
    note: str
    columns: tuple[int, ...]
    rows: tuple[RowView, ...]
    steps: Table | None
    classes: tuple[ClassView, ...]
    customers: int


@dataclass(frozen=True)
class RunView:
    """The last run: when, looking from when, over how many, and what must be known of it."""

    at: dt.datetime
    as_of: dt.datetime
    customers: int
    persons: int
    findings: tuple[str, ...]


@dataclass(frozen=True)
class RfmPage:
    """The page; without a grid it teaches what RFM is. `form` is None for who may not run it.

    `has_purchases` says whether there is an event with an amount to run it over.
    """

    grid: GridView | None
    run: RunView | None
    form: Form | None
    has_purchases: bool


def grid_view(grid: RfmGrid | None, config: Config, visitor: Visitor) -> GridView | None:
    """The grid for a visitor; None before the first run, or where it found no customer."""
    if grid is None or not grid.customers:
        return None
    content = ReportContent(config.name, grid.as_of, config.zone, config.currency, grid=grid)
    figure = rfm.figure(content, visitor.language)
    assert figure is not None, "a grid with customers has a figure"
    columns = tuple(range(1, grid.bins + 1))
    return GridView(
        figure.title, figure.note, columns, _rows(grid, visitor), figure.table,
        tuple(_class(each, visitor) for each in grid.classes if each.persons), grid.customers,
    )  # fmt: skip


def run_view(run: Run | None, language: Language) -> RunView | None:
    """The last run in the reader's language."""
    if run is None:
        return None
    found: Mapping[str, Any] = run.summary
    said = tuple(str(each[language]) for each in found["findings"])
    return RunView(run.at, run.as_of, scored_in(run), found["persons"], said)


def _rows(grid: RfmGrid, visitor: Visitor) -> tuple[RowView, ...]:
    most = max(each.persons for each in grid.cells)
    steps = range(grid.bins, 0, -1)
    return tuple(
        RowView(step, tuple(_cell(each, grid.bins, most, visitor) for each in grid.cells if each.recency == step))
        for step in steps
    )


def _cell(each: Cell, bins: int, most: int, visitor: Visitor) -> CellView:
    document = selecting.of_cell(each.recency, each.frequency_monetary, bins)
    return CellView(
        each.rfm_class.label.to(visitor.language), each.persons, each.revenue, by_part(each.persons, most),
        editor_for(visitor, document) if each.persons else "",
    )  # fmt: skip


def _class(each: ClassRow, visitor: Visitor) -> ClassView:
    return ClassView(
        each.rfm_class.label.to(visitor.language), each.rfm_class.advice.to(visitor.language), each.persons,
        each.share_of_persons, each.revenue, each.share_of_revenue, each.mean_recency_days,
        editor_for(visitor, selecting.of_class(each.rfm_class.id)),
    )  # fmt: skip
