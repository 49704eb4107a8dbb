"""What a report is made of, gathered before anything is written: findings, facts of segments, effects.

Everything that speaks is given in both languages (`Spoken`); the report chooses one.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from quartier.analyse import Concentration, Overlap, Overview, Profile, Quality, RfmGrid
from quartier.analyse.cohorts import Cohorts
from quartier.catalog import Family
from quartier.evaluate.segmentation import SegmentationQuality
from quartier.language import Language


class Spoken(Protocol):
    """A sentence or name that exists in both languages: a Text, a Said, a Label."""

    def to(self, language: Language, /) -> str:
        """The words in one language."""
        ...


@dataclass(frozen=True)
class SizeAt:
    """How many persons a segment had at an instant."""

    at: dt.datetime
    persons: int


@dataclass(frozen=True)
class SegmentCard:
    """The facts of one segment. Revenue is net, in the workspace's currency; None where nothing was sold."""

    name: str
    label: Spoken
    sentence: Spoken
    population: Spoken
    """the population's name, as it follows a number: “customers”, « clients »"""
    persons: int
    of: int
    """size of the population"""
    revenue: float | None = None
    share_of_revenue: float | None = None
    families: tuple[Family, ...] = ()
    profile: Profile | None = None
    history: tuple[SizeAt, ...] = ()

    @property
    def share(self) -> float | None:
        """Part of the population; None when the population is empty."""
        return self.persons / self.of if self.of else None


@dataclass(frozen=True)
class EffectRow:
    """The effect on everybody, or within one segment: reached against held out, with its 95 % interval."""

    segment: Spoken | None
    """None for everybody"""
    reached: int
    held_out: int
    mean_reached: float
    mean_held_out: float
    difference: float
    low: float
    high: float
    needed: int | None = None
    """persons in both arms together that would be needed to tell an effect of this size; None when not known"""
    is_few: bool = False
    """whether there are too few persons for any verdict, whatever the interval says"""

    @property
    def is_told(self) -> bool:
        """Whether there are persons enough and the interval leaves zero on one side."""
        return not self.is_few and (self.low > 0 or self.high < 0)


@dataclass(frozen=True)
class EffectCard:
    """What one campaign caused in one outcome."""

    campaign: Spoken
    outcome: Spoken
    measure: Literal["share", "amount", "number"]
    """how the outcome is written: a share of persons, money per person, a number per person"""
    rows: tuple[EffectRow, ...]
    """everybody first, then segments"""
    is_corrected: bool = False
    """whether the intervals of segments are widened because several segments are looked at"""
    left_out: int = 0
    """segments with too few persons to compare at all"""
    remarks: tuple[Spoken, ...] = ()
    """what to know before the figures are believed"""


@dataclass(frozen=True)
class ReportContent:
    """One reading of the base at one instant; what is None or empty is left out of the report."""

    name: str
    at: dt.datetime
    zone: ZoneInfo
    currency: str
    is_synthetic: bool = False
    overview: Overview | None = None
    quality: Quality | None = None
    grid: RfmGrid | None = None
    concentration: Concentration | None = None
    cohorts: Cohorts | None = None
    segments: tuple[SegmentCard, ...] = ()
    overlap: Overlap | None = None
    """over the names of `segments`"""
    segmentation: SegmentationQuality | None = None
    """of all the segments together"""
    effects: tuple[EffectCard, ...] = ()
