"""The side of a profile that tells in which segments somebody is, why, and until when. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from quartier.identify.profile import Belonging, Memberships
from quartier.language import Language, Text, day, instant
from quartier.segment.clauses import Reader
from quartier.segment.explain import Explanation
from quartier.segment.lasting import Until
from quartier.segment.moments import Moment
from quartier.segment.near import near_miss
from quartier.segment.near_words import change_said
from quartier.segment.until_words import until_lines
from quartier.web.addresses import part
from quartier.web.persons.words import PROFILE


@dataclass(frozen=True)
class Stay:
    """A stay in a segment: since when, until when, and where it is told why."""

    segment: str
    label: str
    url: str
    since: str
    until: str
    why_url: str


@dataclass(frozen=True)
class SegmentsSide:
    """The stays of now and of before; `others` are names and labels of the other segments in force."""

    now: tuple[Stay, ...]
    before: tuple[Stay, ...]
    others: tuple[tuple[str, str], ...]
    why_url: str


@dataclass(frozen=True)
class Line:
    """One condition of an explanation with what was found, and those inside."""

    said: str
    holds: bool
    decides: bool
    events: tuple[str, ...]
    parts: tuple["Line", ...]


@dataclass(frozen=True)
class WhyPage:
    """Why somebody is in a segment or not: the conditions as a tree, how long it lasts, what would turn it."""

    segment: str
    label: str
    url: str
    is_member: bool
    line: Line
    until: tuple[str, ...]
    enters: bool
    changes: tuple[str, ...]
    is_sure: bool
    back_url: str


def segments_side(
    person: str, found: Memberships, untils: Mapping[str, Until], labels: Mapping[str, str], language: Language,
    zone: ZoneInfo,
) -> SegmentsSide:  # fmt: skip
    """The side in one language; `labels` are those of the segments of persons in force that may be told."""
    now = tuple(_stay(person, each, untils.get(each.segment), language, zone) for each in found.now)
    before = tuple(_stay(person, each, None, language, zone) for each in found.before)
    inside = {each.segment for each in found.now}
    others = tuple((name, label) for name, label in labels.items() if name not in inside)
    return SegmentsSide(now, before, others, why_url(person))


def why_page(
    person: str, segment: str, label: str, found: Explanation, moment: Moment, language: Language, currency: str
) -> WhyPage:
    """An explanation in one language."""
    reader, miss = Reader(language, currency), near_miss(found, moment)
    return WhyPage(
        segment, label, f"/segments/{part(segment)}", found.holds, _line(found, language, currency),
        tuple(until_lines(found.until, reader)), miss.enters,
        tuple(change_said(each, reader) for each in miss.changes), miss.is_sure,
        f"/persons/{part(person)}?tab=segments",
    )  # fmt: skip


def why_url(person: str, segment: str = "") -> str:
    """Where it is told why somebody is in a segment."""
    return f"/persons/{part(person)}/why" + (f"?segment={part(segment)}" if segment else "")


def _line(found: Explanation, language: Language, currency: str) -> Line:
    return Line(
        found.said_here(language, currency=currency), found.holds, found.decides,
        tuple(found.event_lines(language, currency=currency)),
        tuple(_line(each, language, currency) for each in found.parts),
    )  # fmt: skip


def _stay(person: str, each: Belonging, until: Until | None, language: Language, zone: ZoneInfo) -> Stay:
    since = (
        _SINCE.to(language, at=_day(each.since, language, zone)) if each.since else PROFILE["since_always"].to(language)
    )
    over = _UNTIL.to(language, at=_day(each.until, language, zone)) if each.until else _lasts(until, language)
    return Stay(
        each.segment, each.label.to(language), f"/segments/{part(each.segment)}", since, over,
        "" if each.until else why_url(person, each.segment),
    )  # fmt: skip


def _lasts(until: Until | None, language: Language) -> str:
    """Until when a stay lasts if no data change."""
    if until is None:
        return ""
    if until.at is None:
        return (_OTHERS if until.depends_on_others else _FOR_EVER).to(language)
    at = instant(until.at, language, until.at.tzinfo if isinstance(until.at.tzinfo, ZoneInfo) else None)
    return (_TURNS if until.turns else _AT_LEAST).to(language, at=at)


def _day(at: dt.datetime, language: Language, zone: ZoneInfo) -> str:
    return day(at.astimezone(zone).date(), language)


def labels_of(segments: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Names and labels in the order in which a reader looks for them."""
    return dict(sorted(segments, key=lambda each: each[1].casefold()))


_SINCE = Text(en="since {at}", fr="depuis le {at}")
_UNTIL = Text(en="until {at}", fr="jusqu'au {at}")
_TURNS = Text(en="until {at} if no data change", fr="jusqu'au {at} si les données ne changent pas")
_AT_LEAST = Text(en="at least until {at} if no data change", fr="au moins jusqu'au {at} si les données ne changent pas")
_FOR_EVER = Text(en="as long as no data change", fr="tant que les données ne changent pas")
_OTHERS = Text(
    en="as long as the data of this person and of others do not change",
    fr="tant que ses données et celles des autres ne changent pas",
)
