"""What can be said of a set of segments, put together."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from quartier.analyse.overlap import Overlap
from quartier.analyse.plain import Plain
from quartier.catalog import Label
from quartier.evaluate.segmentation.advice import Advice
from quartier.evaluate.segmentation.coverage import Balance, Coverage
from quartier.evaluate.segmentation.doubles import Double
from quartier.evaluate.segmentation.reach import ANY
from quartier.evaluate.segmentation.separation import Silhouette, TraitSeparation
from quartier.evaluate.segmentation.stability import Drift, SizeRange
from quartier.language import Said, Text


@dataclass(frozen=True)
class SegmentQuality(Plain):
    """One segment as a part of the set; only its members who are in the base count."""

    name: str
    label: Label
    persons: int
    share: float | None
    """of the base; None when nobody is in it"""
    alone: int
    """members who are in no other segment of the set"""
    reach: Mapping[str, float | None]
    """share of members who have an e-mail, a phone number, a user id, any of them"""
    drift: Drift | None
    """None when the log holds nothing earlier than now"""
    size_range: SizeRange
    steadiness: float | None
    """how alike its portrait stays when persons are drawn anew; None when too few are in the sample"""
    homogeneity: Mapping[str, float | None]
    """per trait, how much more alike its members are than everybody"""
    silhouette: float | None

    @property
    def reachable(self) -> float | None:
        """Share of members who have at least one way to be reached; None for an empty segment."""
        return self.reach[ANY]


@dataclass(frozen=True)
class Finding(Plain):
    """Something to look at in the set: what it is about, the segments concerned, and a sentence."""

    kind: str
    segments: tuple[str, ...]
    said: Said


@dataclass(frozen=True)
class SegmentationQuality(Plain):
    """The quality of a set of segments over a base, as of an instant."""

    at: dt.datetime
    since: dt.datetime
    """the earlier instant with which members are compared; a younger segment is compared with its first members"""
    base_label: Text | Said
    coverage: Coverage
    balance: Balance
    segments: tuple[SegmentQuality, ...]
    overlap: Overlap
    doubles: tuple[Double, ...]
    traits: tuple[TraitSeparation, ...]
    """the trait that the segments tell apart best comes first; those that define a segment at the end"""
    silhouette: Silhouette | None
    sampled: int
    """persons of the base whose traits were compared"""
    findings: tuple[Finding, ...]
    advice: Advice

    def to_arrow(self) -> pa.Table:
        """One row per segment."""
        return pa.Table.from_pylist([_row(each) for each in self.segments], schema=_SCHEMA)


def _row(each: SegmentQuality) -> dict[str, object]:
    return {
        "segment": each.name,
        "persons": each.persons,
        "share": each.share,
        "alone": each.alone,
        **{f"reach_{way}": each.reach.get(way) for way in _WAYS},
        "since": each.drift.since if each.drift else None,
        "kept": each.drift.kept if each.drift else None,
        "jaccard_with_past": each.drift.jaccard if each.drift else None,
        "size_low": each.size_range.low,
        "size_high": each.size_range.high,
        "steadiness": each.steadiness,
        "silhouette": each.silhouette,
    }


_WAYS = ("email", "phone", "user_id", ANY)
_SCHEMA = pa.schema(
    [("segment", pa.string()), ("persons", pa.int64()), ("share", pa.float64()), ("alone", pa.int64())]
    + [(f"reach_{way}", pa.float64()) for way in _WAYS]
    + [("since", pa.timestamp("us", tz="UTC")), ("kept", pa.float64()), ("jaccard_with_past", pa.float64())]
    + [("size_low", pa.int64()), ("size_high", pa.int64()), ("steadiness", pa.float64()), ("silhouette", pa.float64())]
)
