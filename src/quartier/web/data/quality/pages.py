"""What the page of quality shows: findings in words, then a table of what they were found in."""

from dataclasses import dataclass
from urllib.parse import quote

from quartier.analyse.quality import Attention, ColumnQuality, EventQuality, Quality, attention
from quartier.catalog import slug
from quartier.language import Language

_TONES = {"silent": "bad", "unusual": "attention", "changed": "attention", "invalid": "bad", "unfitting": "bad"}


@dataclass(frozen=True)
class Finding:
    """Something to look at, and where it is mended."""

    tone: str
    said: str
    url: str


@dataclass(frozen=True)
class ColumnShown:
    """One trait or property in figures."""

    label: str
    filled: float | None
    valid: float | None
    rule: str
    far_out: int | None
    drift: float | None
    is_notable: bool
    top: str


@dataclass(frozen=True)
class EventShown:
    """One event type in figures, with its properties."""

    label: str
    events: int
    days_since: int | None
    usual: float | None
    recent: float | None
    columns: tuple[ColumnShown, ...]


@dataclass(frozen=True)
class QualityPage:
    """How good the data are."""

    findings: tuple[Finding, ...]
    persons: int
    traits: tuple[ColumnShown, ...]
    events: tuple[EventShown, ...]


def quality_page(found: Quality, language: Language) -> QualityPage:
    """The quality of the data for a reader."""
    return QualityPage(
        tuple(_finding(each, language) for each in attention(found)), found.persons,
        tuple(_column(each, language) for each in found.traits),
        tuple(_event(each, language) for each in found.events),
    )  # fmt: skip


def _finding(each: Attention, language: Language) -> Finding:
    if each.event is not None:
        url = f"/data/catalog/events/{quote(slug(each.event))}"
    else:
        url = f"/data/catalog/traits/person/{each.name}" if each.name else "/data/catalog"
    return Finding(_TONES.get(each.kind, "calm"), each.said.to(language), url)


def _column(each: ColumnQuality, language: Language) -> ColumnShown:
    top = ", ".join(value.value for value in each.top)
    return ColumnShown(
        each.label.to(language), each.fill_rate, each.valid_rate, each.rule.to(language) if each.rule else "",
        each.outliers.count if each.outliers else None, each.drift.index if each.drift else None,
        each.drift is not None and each.drift.is_notable, top,
    )  # fmt: skip


def _event(each: EventQuality, language: Language) -> EventShown:
    volume = each.volume
    return EventShown(
        each.label.to(language), each.events, each.days_since_last, volume.usual_week if volume else None,
        volume.recent_week if volume else None, tuple(_column(one, language) for one in each.properties),
    )  # fmt: skip
