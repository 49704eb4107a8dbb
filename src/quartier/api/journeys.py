"""Journeys under /api/v1: funnels, paths, coming back, common sequences. Each takes the document that asks."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Response

from quartier.api.answers import json_answer
from quartier.api.desk import Desk
from quartier.api.documents import Document
from quartier.workspace import Workspace


def router(desk: Desk) -> APIRouter:
    """The routes of journeys."""
    made = APIRouter(prefix="/api/v1/journeys", tags=["journeys"])

    @made.post("/funnel", response_model=Document, summary="Count who gets from step to step")
    def funnel(body: Document) -> Response:
        """`steps` in order; `within`, `during`, and `by` a trait or `segments`: counts, intervals, times, groups."""
        return _told(desk, lambda ws: ws.journeys.funnel(body).as_json())

    @made.post("/paths", response_model=Document, summary="Follow what happens around an event")
    def paths(body: Document) -> Response:
        """After or before the first time of `event`: a tree of what comes next, rare branches together."""
        return _told(desk, lambda ws: ws.journeys.paths(body).as_json())

    @made.post("/retention", response_model=Document, summary="Count who comes back, by the month of a first event")
    def retention(body: Document) -> Response:
        """`start` makes the cohorts, `back` is what counts in each month after."""
        return _told(desk, lambda ws: ws.journeys.retention(body).as_json())

    @made.post("/sequences", response_model=Document, summary="Find ordered events that many persons share")
    def sequences(body: Document) -> Response:
        """Closed sequences of at least `support`, other events between them allowed."""
        return _told(desk, lambda ws: ws.journeys.sequences(body).as_json())

    return made


def _told(desk: Desk, ask: Callable[[Workspace], dict[str, Any]]) -> Response:
    with desk.aside() as ws:
        return json_answer(ask(ws))
