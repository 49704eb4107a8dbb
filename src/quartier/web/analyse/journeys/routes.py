"""`/analyse/journeys`: funnels, paths, coming back, common sequences. The address holds the question."""

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
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
from quartier.workspace import Workspace


def router(desk: Desk) -> APIRouter:
    """The routes of journeys."""
    routes, room = APIRouter(), Journeying(desk)

    @routes.get("/analyse/journeys")
    def funnel(request: Request) -> Response:
        return room.funnel(request)

    @routes.get("/analyse/journeys/paths")
    def paths(request: Request) -> Response:
        return room.paths(request)

    @routes.get("/analyse/journeys/retention")
    def retention(request: Request) -> Response:
        return room.retention(request)

    @routes.get("/analyse/journeys/sequences")
    def sequences(request: Request) -> Response:
        return room.sequences(request)

    return routes


class Journeying:
    """The pages of journeys."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def funnel(self, request: Request) -> Response:
        """A funnel, the usual one to begin with."""
        visitor = visitor_of(request)
        with self._desk.aside() as ws:
            if not (usual := _usual(ws)):
                return self._page(request, "funnel", None, None)
            asked = read(Funnel, asking.funnel_document(request.query_params, usual))
            (found, at), segments = answers.funnel(ws, asked), ws.segments()
            labels = {each: ws.label(each).to(visitor.language) for each in asked.segments}
            choices = asking.choices(ws.catalog, segments, visitor.language)
            page = funnel_page(found, asked, ws.catalog, choices, visitor, labels)
        return self._page(request, "funnel", page, at)

    def paths(self, request: Request) -> Response:
        """Paths around an event, after a purchase to begin with."""
        visitor = visitor_of(request)
        with self._desk.aside() as ws:
            if not (usual := _usual(ws)):
                return self._page(request, "paths", None, None)
            first = PURCHASE if PURCHASE in usual else usual[0]
            fields = asking.given(
                request.query_params, event=first, side="after", places="3", within="30 days", during=None
            )
            asked = read(Paths, fields)
            choices, (found, at) = asking.choices(ws.catalog, (), visitor.language), answers.paths(ws, asked)
            page = paths_page(found, asked, ws.catalog, choices, visitor)
        return self._page(request, "paths", page, at)

    def retention(self, request: Request) -> Response:
        """Who comes back, by the month of a first event."""
        visitor = visitor_of(request)
        with self._desk.aside() as ws:
            if not (usual := _usual(ws)):
                return self._page(request, "retention", None, None)
            asked = read(Retention, asking.given(request.query_params, start=usual[0], back=usual[-1]))
            choices, found = asking.choices(ws.catalog, (), visitor.language), answers.retention(ws, asked)
            page = retention_page(found, asked, choices, visitor)
        return self._page(request, "retention", page, found.at)

    def sequences(self, request: Request) -> Response:
        """What many do one after the other."""
        visitor = visitor_of(request)
        with self._desk.aside() as ws:
            if not _usual(ws):
                return self._page(request, "sequences", None, None)
            fields = asking.given(request.query_params, during="365 days", support="0.05", ending=None)
            asked = read(Sequences, fields)
            choices, (found, at) = asking.choices(ws.catalog, (), visitor.language), answers.sequences(ws, asked)
            page = sequences_page(found, asked, ws.catalog, choices, visitor)
        return self._page(request, "sequences", page, at)

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


_WORDS = words.WORDS | {f"tab_{side}": label for side, (label, _url) in words.SIDES.items()}
