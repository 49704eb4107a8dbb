"""What is found of opportunities: sentences, sizes with their intervals, and segments to open."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quartier.analyse.opportunities.market import Weighed
from quartier.analyse.plain import Plain
from quartier.analyse.profile import Interval
from quartier.catalog import Label
from quartier.language import Said


@dataclass(frozen=True)
class Finding(Plain):
    """One opportunity: what it is, why it is one, how many persons could be won, and the segment that it opens as."""

    label: Label
    said: Said
    why: Said
    size: float
    """persons that could be won or spoken to"""
    interval: Interval | None
    """of the size; None where it is counted and not estimated"""
    document: Mapping[str, Any]


@dataclass(frozen=True)
class AgainstMarket(Plain):
    """The base against a table of its market.

    Attributes:
        market: the name of the table, with `label`, `source`, `year` and the `version` in force.
        traits: by which the table divides, as people call them.
        total: persons of the market.
        compared: persons of the base who are in a cell of the table.
        unknown: persons of whom not all the traits are known.
        outside: persons of whom they are, and who are in no cell.
        cells: all of the table, opportunities first; `labels` are what they are called.
        said: the main finding.
        findings: the opportunities, the one with the most to win first.
        notes: what limits the comparison.
    """

    market: str
    label: Label | None
    source: str
    year: int
    version: int
    traits: tuple[Label, ...]
    total: int
    compared: int
    unknown: int
    outside: int
    cells: tuple[Weighed, ...]
    labels: tuple[Label, ...]
    said: Said
    findings: tuple[Finding, ...]
    notes: tuple[Said, ...]


@dataclass(frozen=True)
class Opportunities(Plain):
    """The opportunities of a base as of an instant."""

    at: dt.datetime
    persons: int
    market: AgainstMarket | None
    """None where no table of a market is in force"""
