"""`/analyse/associations` and `/analyse/drivers`. The address holds the question; drivers are looked for as a job."""

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.analyse.drivers.asking import AFTER, outcome_of
from quartier.analyse.drivers.finding import Drivers
from quartier.catalog import Sensitivity, ValueType
from quartier.engine.feed import reached
from quartier.errors import NoAnswer, UserError
from quartier.segment.run import value_shares
from quartier.web import answers
from quartier.web.addresses import address
from quartier.web.analyse import words as analysis
from quartier.web.analyse.relations import words
from quartier.web.analyse.relations.association_pages import association_page, associations_page, no_associations
from quartier.web.analyse.relations.drivers_page import DriversPage, choices, found_view, parted
from quartier.web.desk import Desk, error_said
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.kept import ANSWERS
from quartier.web.shell import Step
from quartier.workspace import Workspace
from quartier.workspace.work import Job

MOST_VALUES = 6
"""A category of more values is not offered as an outcome; an address can still ask for it."""


def router(desk: Desk) -> APIRouter:
    """The routes of associations and drivers."""
    routes, room = APIRouter(), Relating(desk)

    @routes.get("/analyse/associations")
    def associations(request: Request) -> Response:
        return room.associations(request)

    @routes.get("/analyse/associations/{first}/{second}")
    def association(first: str, second: str, request: Request) -> Response:
        return room.association(request, first, second)

    @routes.get("/analyse/drivers")
    def drivers(request: Request) -> Response:
        return room.drivers(request)

    @routes.post("/analyse/drivers")
    def find(request: Request) -> Response:
        return room.find(request)

    return routes


class Relating:
    """The pages of associations and drivers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def associations(self, request: Request) -> Response:
        """The matrix; among the members of a segment with `?among=`."""
        language, among = visitor_of(request).language, request.query_params.get("among", "")
        with self._desk.aside() as ws:
            at, segments = ws.clock.now(), ws.segments()
            try:
                found = answers.associations(ws, among)
                at, page = found.at, associations_page(found, among, segments, language)
            except NoAnswer as reason:
                page = no_associations(reason, among, segments, language)
        return self._page(request, "associations", page, at)

    def association(self, request: Request, first: str, second: str) -> Response:
        """One pair in detail."""
        visitor, among = visitor_of(request), request.query_params.get("among", "")
        with self._desk.aside() as ws:
            found = ws.analysis.association(first, second, among=among or None)
            page = association_page(found, ws.catalog, among, visitor)
            at = ws.clock.now()
        trail = Step(analysis.TABS["tab_associations"].to(visitor.language, n=1), address("analyse", "associations"))
        return self._page(request, "association", page, at, trail=(trail,))

    def drivers(self, request: Request, error: str = "", status: int = 200, asked: str = "") -> Response:
        """The outcomes to choose from, and what goes with the one that the address names, or that was `asked`."""
        visitor, outcome = visitor_of(request), asked or request.query_params.get("outcome", "")
        with self._desk.aside() as ws:
            found, at = None, ws.clock.now()
            if outcome and not error:
                try:
                    found = found_view(_found(ws, outcome), outcome, ws.catalog, visitor, ws.config.zone)
                except UserError as refused:
                    error, status = error_said(refused, visitor.language), 400
            offered = choices(ws.catalog, _values(ws), ws.segments(), visitor.language)
        return self._page(request, "drivers", DriversPage(*parted(outcome), offered, error, found), at, status=status)

    def find(self, request: Request) -> Response:
        """Look for the drivers of an outcome, then show them."""
        outcome = field_of(form_of(request), "outcome").strip()[:300]
        if outcome.endswith(AFTER):
            outcome += field_of(form_of(request), "days").strip()[:10]
        try:
            outcome_of(outcome)
            job = self._desk.start(request, words.RUNNING, lambda ws, job: _look(ws, job, outcome))
            self._desk.outcome(job)
        except UserError as error:
            return self.drivers(request, error_said(error, visitor_of(request).language), 400, outcome)
        return self._desk.go(request, address("analyse", "drivers", outcome=outcome))

    def _page(
        self,
        request: Request,
        side: str,
        page: Any,
        at: dt.datetime,
        *,
        status: int = 200,
        trail: tuple[Step, ...] = (),
    ) -> Response:
        language = visitor_of(request).language
        title = analysis.TITLE if not trail else words.ASSOCIATION
        home = (Step(analysis.TITLE.to(language), "/analyse"), *trail) if trail else ()
        return self._desk.page(
            request, f"analyse/relations/{side}.html", page, words=analysis.ROOM | words.WORDS,
            title=title.to(language), place="analyse", sentence=words.SENTENCES[side].to(language), at=at,
            status=status, trail=home,
        )  # fmt: skip


def _look(ws: Workspace, job: Job, outcome: str) -> None:
    job.url = address("analyse", "drivers", outcome=outcome)
    _found(ws, outcome)


def _found(ws: Workspace, outcome: str) -> Drivers:
    return ANSWERS.get(("drivers", str(ws.folder), outcome), _state(ws), lambda: ws.analysis.drivers(outcome))


def _state(ws: Workspace) -> object:
    """What an answer hangs on: the tables, the catalog and the day."""
    return reached(ws.engine), ws.catalog.model_dump_json(), ws.clock.now().date()


def _values(ws: Workspace) -> list[tuple[str, str]]:
    """Values of ordinary traits that may be outcomes: yes, and those of categories of few values."""
    found = []
    for each in ws.catalog.traits:
        if each.of == "person" and each.sensitivity is Sensitivity.ORDINARY and each.origin == "given":
            if each.type is ValueType.BOOLEAN:
                found.append((each.name, "true"))
            elif each.type is ValueType.TEXT:
                shares = value_shares(ws.engine, each.name, ws.catalog)[: MOST_VALUES + 1]
                found += [(each.name, str(value)) for value, _ in shares] if len(shares) <= MOST_VALUES else []
    return found
