"""The base at a glance: its plan, figures, months, segments that moved, freshness."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from quartier.analyse import Overview
from quartier.analyse import run as analysis
from quartier.govern.roles import May
from quartier.language import Language, Plural, Text
from quartier.report.content import ReportContent
from quartier.report.figures import clientele, months
from quartier.report.figures.figure import PlanFigure
from quartier.report.page import Drawing, KeyFigure
from quartier.report.sections import glance
from quartier.segment import run as segments
from quartier.segment.definition import Segment
from quartier.segment.health import Health
from quartier.web.addresses import address
from quartier.web.answers import overview
from quartier.web.home.attention import Points
from quartier.web.kept import DRAWINGS
from quartier.web.segments.list_page import Line, line
from quartier.web.segments.listing import Row, rows_of, sizes_of_all, with_trends
from quartier.web.visitor import Visitor
from quartier.workspace import Workspace

MOST_SEGMENTS, MOST_EVENTS = 8, 6
_CLASS = "#class-"


@dataclass(frozen=True)
class Fresh:
    """When something last happened."""

    label: str
    last: str
    tone: str


@dataclass(frozen=True)
class HomePage:
    """The home page of a base that holds somebody."""

    plan: Drawing | None
    plan_key: tuple[str, ...]
    areas: tuple[tuple[str, str, bool], ...]
    glance: tuple[KeyFigure, ...]
    months: Drawing | None
    segments: tuple[Line, ...]
    has_moved: bool
    how_many: str
    fresh: tuple[Fresh, ...]
    at: dt.datetime
    points: Points | None = None


def home_page(ws: Workspace, visitor: Visitor, health: Mapping[str, Health], area: str) -> HomePage:
    """The page; `area` says what the plan's areas stand for: persons or revenue.

    `health` is that of every segment in force.
    """
    content, language = _content(ws), visitor.language
    figures = clientele.figures(content, language)
    chosen = next((each for each in figures if each.key == f"plan-{area}"), figures[0] if figures else None)
    rows = rows_of(ws, sizes_of_all(ws), health)
    moving = sorted(rows, key=lambda row: (-(row.entries + row.exits), -row.size))[:MOST_SEGMENTS]
    return HomePage(
        plan=_plan(ws, chosen, visitor) if chosen else None,
        plan_key=clientele.key_of(content, language),
        areas=tuple(_area(each, chosen, language) for each in figures) if len(figures) > 1 else (),
        glance=glance.glance(content, language),
        months=_months(content, language),
        segments=tuple(line(each, language) for each in with_trends(ws, moving)),
        has_moved=any(row.entries or row.exits for row in moving),
        how_many=_ALL.to(language, n=len(rows)),
        fresh=_fresh(content.overview, rows, content.at, language),
        at=content.overview.at if content.overview else content.at,
    )


def _content(ws: Workspace) -> ReportContent:
    """As much of a report as the home page shows."""
    at, config = ws.clock.now(), ws.config
    return ReportContent(
        config.name, at, config.zone, config.currency, config.is_synthetic,
        overview=overview(ws), grid=analysis.rfm_grid(ws.store, ws.engine),
    )  # fmt: skip


def _area(each: PlanFigure, chosen: PlanFigure | None, language: Language) -> tuple[str, str, bool]:
    area = each.key.removeprefix("plan-")
    return _AREAS[area].to(language), address(area="" if area == "persons" else area) + "#plan", each is chosen


def _plan(ws: Workspace, figure: PlanFigure, visitor: Visitor) -> Drawing:
    """The plan with a link from each district to its segment, or to where one can be made of it."""
    links = _links(segments.defined(ws.store), visitor)
    districts = tuple(replace(each, link=links(each.link.removeprefix(_CLASS), each.name)) for each in figure.districts)
    linked = replace(figure, districts=districts)
    asked = (linked.key, linked.title, districts, linked.table)
    return DRAWINGS.get(asked, linked.placed)


def _links(known: dict[str, Segment], visitor: Visitor) -> Any:
    by_class = {_rfm_class(each): name for name, each in known.items()}

    def link(rfm_class: str, label: str) -> str:
        if rfm_class in by_class:
            return address("segments", by_class[rfm_class])
        if not visitor.may(May.EDIT_SEGMENTS):
            return ""
        return address("segments", "new", definition=_document(rfm_class, label))

    return link


def _rfm_class(segment: Segment) -> str | None:
    """The RFM class that a segment is made of and of nothing else; None for all others."""
    where = segment.where.model_dump()
    value = where.get("is") if where.get("trait") == "rfm_class" and len(where) == 2 else None
    return value if isinstance(value, str) and segment.subject == "person" else None


def _document(rfm_class: str, label: str) -> str:
    import json

    name = f"rfm-{rfm_class.replace('_', '-')}"
    return json.dumps({
        "segment": name, "label": {"en": label, "fr": label}, "where": {"trait": "rfm_class", "is": rfm_class}
    })  # fmt: skip


def _months(content: ReportContent, language: Language) -> Drawing | None:
    figure = months.figure(content, language)
    asked = ("months", content.overview.months if content.overview else (), content.currency, figure and figure.title)
    return DRAWINGS.get((*asked, figure.note, language), figure.placed) if figure else None


def _fresh(seen: Overview | None, rows: list[Row], at: dt.datetime, language: Language) -> tuple[Fresh, ...]:
    """The last event of each type, and the last evaluation of the segments."""
    found = [_since(each.label.to(language), each.last_at, at, language) for each in (seen.events if seen else ())]
    evaluated = max((each.at for each in rows), default=None)
    return (*found[:MOST_EVENTS], _since(_EVALUATED.to(language), evaluated, at, language))


def _since(label: str, last: dt.datetime | None, at: dt.datetime, language: Language) -> Fresh:
    if last is None:
        return Fresh(label, _NEVER.to(language), "calm")
    hours = max(0, int((at - last).total_seconds() // 3600))
    said = _HOURS.to(language, n=hours) if hours < 48 else _DAYS.to(language, n=hours // 24)
    return Fresh(label, said if hours else _JUST_NOW.to(language), "good" if hours < 48 else "calm")


_AREAS = {
    "persons": Text(en="By persons", fr="Par personnes"),
    "revenue": Text(en="By revenue", fr="Par chiffre d'affaires"),
}
_ALL = Plural(Text(en="The one segment", fr="Le seul segment"), Text(en="All {n} segments", fr="Les {n} segments"))
_EVALUATED = Text(en="Evaluation of the segments", fr="Évaluation des segments")
_NEVER = Text(en="never", fr="jamais")
_JUST_NOW = Text(en="just now", fr="à l'instant")
_HOURS = Plural(Text(en="{n} hour ago", fr="il y a {n} heure"), Text(en="{n} hours ago", fr="il y a {n} heures"))
_DAYS = Plural(Text(en="{n} day ago", fr="il y a {n} jour"), Text(en="{n} days ago", fr="il y a {n} jours"))
