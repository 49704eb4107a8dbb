"""`/analyse/journeys`: funnels, paths, coming back, common sequences. The address holds the question."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import QueryParams
from starlette.responses import Response

from quartier.analyse.journeys.definition import Funnel, Paths, Retention, Sequences, read
from quartier.segment.population import PURCHASE
from quartier.web import answers
from quartier.web.analyse import words as analysis
from quartier.web.analyse.journeys import asking, words
from quartier.web.analyse.journeys.funnel_page import funnel_page
from quartier.web.analyse.journeys.pages import paths_page, retention_page, sequences_page
from quartier.web.desk import Desk
from quartier.web.guard import visitor_of
from quartier.web.shell import Step
from quartier.web.visitor import Visitor
from quartier.workspace import Workspace

Shown = tuple[Any, dt.datetime | None]
"""A page, and the instant of its figures."""


def router(desk: Desk) -> APIRouter:
    """The routes of journeys."""
    routes, room = APIRouter(), Journeying(desk)

    @routes.get("/analyse/journeys")
    def funnel(request: Request) -> Response:
        return room.shown(request, "funnel")

    @routes.get("/analyse/journeys/paths")
    def paths(request: Request) -> Response:
        return room.shown(request, "paths")

    @routes.get("/analyse/journeys/retention")
    def retention(request: Request) -> Response:
        return room.shown(request, "retention")

    @routes.get("/analyse/journeys/sequences")
    def sequences(request: Request) -> Response:
        return room.shown(request, "sequences")

    return routes


class Journeying:
    """The pages of journeys."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def shown(self, request: Request, side: str) -> Response:
        """One side of journeys; a base without two kinds of events is told what to bring."""
        visitor = visitor_of(request)
        with self._desk.aside() as ws:
            usual = _usual(ws)
            page, at = _SIDES[side](ws, request.query_params, visitor, usual) if usual else (None, None)
        return self._page(request, side, page, at)

    def _page(self, request: Request, side: str, page: Any, at: dt.datetime | None) -> Response:
        language = visitor_of(request).language
        return self._desk.page(
            request, f"analyse/journeys/{side}.html", page, words=_WORDS, title=words.TITLE.to(language),
            place="analyse", sentence=words.SENTENCES[side].to(language), at=at,
            trail=(Step(analysis.TITLE.to(language), "/analyse"),),
        )  # fmt: skip


def _usual(ws: Workspace) -> tuple[str, ...]:
    """The steps to begin with; none where there are not two kinds of events."""
    found = ws.journeys.steps()
    return found if len(found) > 1 else ()


def _funnel(ws: Workspace, query: QueryParams, visitor: Visitor, usual: Sequence[str]) -> Shown:
    """A funnel, the usual one to begin with."""
    asked = read(Funnel, asking.funnel_document(query, usual))
    (found, at), segments = answers.funnel(ws, asked), ws.segments()
    labels = {each: ws.label(each).to(visitor.language) for each in asked.segments}
    choices = asking.choices(ws.catalog, segments, visitor.language)
    return funnel_page(found, asked, ws.catalog, choices, visitor, labels), at


def _paths(ws: Workspace, query: QueryParams, visitor: Visitor, usual: Sequence[str]) -> Shown:
    """Paths around an event, after a purchase to begin with."""
    first = PURCHASE if PURCHASE in usual else usual[0]
    asked = read(Paths, asking.given(query, event=first, side="after", places="3", within="30 days", during=None))
    choices, (found, at) = asking.choices(ws.catalog, (), visitor.language), answers.paths(ws, asked)
    return paths_page(found, asked, ws.catalog, choices, visitor), at


def _retention(ws: Workspace, query: QueryParams, visitor: Visitor, usual: Sequence[str]) -> Shown:
    """Who comes back, by the month of a first event."""
    asked = read(Retention, asking.given(query, start=usual[0], back=usual[-1]))
    choices, found = asking.choices(ws.catalog, (), visitor.language), answers.retention(ws, asked)
    return retention_page(found, asked, choices, visitor), found.at


def _sequences(ws: Workspace, query: QueryParams, visitor: Visitor, _usual: Sequence[str]) -> Shown:
    """What many do one after the other."""
    asked = read(Sequences, asking.given(query, during="365 days", support="0.05", ending=None))
    choices, (found, at) = asking.choices(ws.catalog, (), visitor.language), answers.sequences(ws, asked)
    return sequences_page(found, asked, ws.catalog, choices, visitor), at


_SIDES: dict[str, Callable[[Workspace, QueryParams, Visitor, Sequence[str]], Shown]] = {
    "funnel": _funnel, "paths": _paths, "retention": _retention, "sequences": _sequences,
}  # fmt: skip
_WORDS = words.WORDS | {f"tab_{side}": label for side, (label, _url) in words.SIDES.items()}
