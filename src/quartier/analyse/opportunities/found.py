"""What is found of opportunities: sentences, sizes with their intervals, and segments to open."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quartier.analyse.opportunities.contact import Alone
from quartier.analyse.opportunities.growth import Grown, Newer
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
    why: tuple[Said, ...]
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
class LeftAlone(Plain):
    """Those who promise much and were not contacted.

    Attributes:
        days: how far back contacts count.
        contacted: persons of the base who were contacted in them.
        consent: what is taken for the agreement to be contacted; None where nothing says it.
        tenths: the upper tenth of each promise, by contact.
        said: the main finding.
        findings: the opportunities, the largest first.
        notes: what limits them, and what would help.
    """

    days: int
    contacted: int
    consent: Label | None
    tenths: tuple[Alone, ...]
    said: Said
    findings: tuple[Finding, ...]
    notes: tuple[Said, ...]


@dataclass(frozen=True)
class Growing(Plain):
    """What grows clearly faster than the base.

    Attributes:
        days: the span over which segments are compared.
        newcomer_days: how lately somebody came to be a newcomer.
        base_before: persons of the base at the beginning of the span, `base_now` at its end.
        newcomers: persons who came in `newcomer_days`.
        segments: every segment that could be compared, the fastest first.
        values: every value that could be compared, the strongest first; `labels` are what they are called.
        said: the main finding.
        findings: the opportunities, the one with the most persons beyond the base's growth first.
        notes: what could not be compared, and what would help.
    """

    days: int
    newcomer_days: int
    base_before: int
    base_now: int
    newcomers: int
    segments: tuple[Grown, ...]
    values: tuple[Newer, ...]
    said: Said
    findings: tuple[Finding, ...]
    notes: tuple[Said, ...]


@dataclass(frozen=True)
class InCatalogue(Plain):
    """Categories of products by who looks and who buys.

    Attributes:
        cells: every category compared, opportunities first: its market are those who looked or bought, its base those
            who bought.
        products: distinct products seen, by category.
        said: the main finding.
        findings: the opportunities, the one with the most to win first.
        notes: what limits them, and what would help.
    """

    cells: tuple[Weighed, ...]
    products: Mapping[str, int]
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
    catalogue: InCatalogue
    contact: LeftAlone
    growth: Growing
