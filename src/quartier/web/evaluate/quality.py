"""The page of the set of segments: what it covers, what it tells apart, what to look at, how many are enough."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from quartier.evaluate.segmentation import SegmentationQuality
from quartier.evaluate.segmentation.advice import Team
from quartier.language import Language, Text
from quartier.report.content import ReportContent
from quartier.report.page import SegmentationView
from quartier.segment.population import BUILT_IN
from quartier.web.set_view import set_view
from quartier.workspace import Workspace

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class QualityPage:
    """The page; `view` is None without segments."""

    values: Mapping[str, str]
    bases: Options
    teams: Options
    view: SegmentationView | None
    error: str = ""


def asked(query: Mapping[str, str]) -> dict[str, str]:
    """Over whom, and for which team, as the address says."""
    return {"base": query.get("base", "everyone")[:100], "team": query.get("team", "")[:20]}


def team_of(values: Mapping[str, str]) -> Team | None:
    """The team that was asked for; one that there is not is none."""
    return next((each for each in get_args(Team) if each == values["team"]), None)


def quality_page(
    ws: Workspace, values: Mapping[str, str], found: SegmentationQuality | None, language: Language, error: str = ""
) -> QualityPage:
    """The page from what was found."""
    content = ReportContent(
        ws.config.name, ws.clock.now(), ws.config.zone, ws.config.currency, segmentation=found
    )  # fmt: skip
    named = [each.definition for each in ws.segments() if each.definition.subject == "person"]
    own = tuple((each.name, each.label.to(language) if each.label else each.name) for each in named)
    return QualityPage(
        values, (*((name, _BASES[name].to(language)) for name in BUILT_IN), *own),
        tuple((name, text.to(language)) for name, text in _TEAMS.items()),
        set_view(content, language), error,
    )  # fmt: skip


_BASES = {
    "everyone": Text(en="everyone", fr="tout le monde"),
    "identified": Text(en="identified persons", fr="personnes identifiées"),
    "customers": Text(en="customers", fr="clients"),
}
_TEAMS = {
    "": Text(en="not said", fr="non précisée"),
    "small": Text(en="a small team", fr="une petite équipe"),
    "large": Text(en="a large team", fr="une grande équipe"),
}
