"""What a segment is worth as a part of the set, and the set as a whole."""

from dataclasses import dataclass

from quartier.evaluate.segmentation import SegmentationQuality
from quartier.language import Language, Text, decimal, whole
from quartier.report.content import ReportContent, SegmentCard
from quartier.report.figures import overlaps
from quartier.report.page import Drawing, KeyFigure, SegmentationView
from quartier.report.written import between, share
from quartier.web.answers import segmentation_quality
from quartier.web.kept import DRAWINGS
from quartier.web.segments.head import Head
from quartier.web.segments.seen import Seen
from quartier.web.set_view import set_view
from quartier.workspace import Workspace


@dataclass(frozen=True)
class QualityPage:
    """One segment in the set: figures, findings that concern it, advice; no figures where it is not judged."""

    head: Head
    keys: tuple[KeyFigure, ...]
    findings: tuple[str, ...]
    advice: str


@dataclass(frozen=True)
class SetPage:
    """The set of segments as a whole."""

    view: SegmentationView | None
    overlap: Drawing | None


def quality_page(ws: Workspace, seen: Seen, head: Head, language: Language) -> QualityPage:
    """The page of one segment; there are no figures for one of accounts."""
    if seen.of == "account":
        return QualityPage(head, (), (), "")
    found = segmentation_quality(ws)
    own = next((each for each in found.segments if each.name == seen.name), None)
    if own is None:
        return QualityPage(head, (), (), "")
    low, high = whole(own.size_range.low, language), whole(own.size_range.high, language)
    kept = own.drift.kept if own.drift else None
    figures = (
        (between(low, high, language), _RANGE, _RANGE_OF),
        (share(own.alone / own.persons if own.persons else None, language), _ALONE, _ALONE_OF),
        (share(own.reachable, language), _REACHABLE, _REACHABLE_OF),
        (share(kept, language), _KEPT, _KEPT_OF),
        ("–" if own.steadiness is None else decimal(own.steadiness, language), _STEADY, _STEADY_OF),
    )
    keys = tuple(KeyFigure(figure, label.to(language), of.to(language)) for figure, label, of in figures)
    told = tuple(each.said.to(language) for each in found.findings if seen.name in each.segments)
    return QualityPage(head, keys, told, found.advice.said.to(language))


def set_page(ws: Workspace, language: Language) -> SetPage:
    """The page of the whole set."""
    found = segmentation_quality(ws)
    content = _content(ws, found)
    matrix = overlaps.figure(content, language)
    drawn = DRAWINGS.get(("overlap", found.overlap, language), matrix.placed) if matrix else None
    view = set_view(content, language) if found.segments else None
    return SetPage(view, drawn)


def _content(ws: Workspace, found: SegmentationQuality) -> ReportContent:
    """As much of a report as the figures of the set need."""
    cards = tuple(
        SegmentCard(each.name, each.label, each.label, each.label, each.persons, found.coverage.persons)
        for each in found.segments
    )
    return ReportContent(
        ws.config.name, found.at, ws.config.zone, ws.config.currency, segments=cards, overlap=found.overlap,
        segmentation=found,
    )  # fmt: skip


_RANGE = Text(en="95% range of the size", fr="plage à 95 % de l'effectif")
_RANGE_OF = Text(en="what chance alone would make of it", fr="ce que le seul hasard en ferait")
_ALONE = Text(en="in no other segment", fr="dans aucun autre segment")
_ALONE_OF = Text(en="of its members", fr="de ses membres")
_REACHABLE = Text(en="can be reached", fr="joignables")
_REACHABLE_OF = Text(en="have an e-mail, a phone number or an id", fr="ont un e-mail, un téléphone ou un identifiant")
_KEPT = Text(en="still in", fr="toujours là")
_KEPT_OF = Text(en="of the members of 30 days ago", fr="des membres d'il y a 30 jours")
_STEADY = Text(en="steadiness", fr="constance")
_STEADY_OF = Text(
    en="how alike its portrait stays with other persons drawn, up to 1",
    fr="combien son portrait reste le même avec d'autres personnes tirées, jusqu'à 1",
)
