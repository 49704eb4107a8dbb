"""`/analyse`: RFM, revenue, cohorts, surveys; what is clicked there opens as a segment."""

import datetime as dt
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.analyse.modelling.kinds import read_model
from quartier.analyse.rfm_model import KIND as RFM
from quartier.errors import UserError
from quartier.govern.deeds import Deeds
from quartier.govern.roles import May
from quartier.web import answers
from quartier.web.analyse import words
from quartier.web.analyse.adviser import routes as adviser
from quartier.web.analyse.cohorts import cohorts_page
from quartier.web.analyse.grid import RfmPage, grid_view, run_view
from quartier.web.analyse.journeys import routes as journeys
from quartier.web.analyse.models import routes as models
from quartier.web.analyse.models.form import document_of, has_purchases
from quartier.web.analyse.models.settings import Sent, Settings
from quartier.web.analyse.opportunities import routes as opportunities
from quartier.web.analyse.relations import routes as relations
from quartier.web.analyse.revenue import revenue_page
from quartier.web.analyse.surveys import EACH, named_for, survey_page, surveys_page
from quartier.web.desk import Desk
from quartier.web.guard import form_of, visitor_of
from quartier.web.shell import Step
from quartier.workspace import Workspace
from quartier.workspace.work import Job


def router(desk: Desk) -> APIRouter:
    """The routes of the analysis."""
    routes, room = APIRouter(), Analysing(desk)

    @routes.get("/analyse")
    def rfm(request: Request) -> Response:
        return room.rfm(request)

    @routes.post("/analyse/rfm")
    def run(request: Request) -> Response:
        return room.run(request)

    @routes.get("/analyse/revenue")
    def revenue(request: Request) -> Response:
        return room.revenue(request)

    @routes.get("/analyse/cohorts")
    def cohorts(request: Request) -> Response:
        return room.cohorts(request)

    @routes.get("/analyse/surveys")
    def surveys(request: Request) -> Response:
        return room.surveys(request)

    @routes.get("/analyse/surveys/{name}")
    def survey(name: str, request: Request) -> Response:
        return room.survey(request, name)

    routes.include_router(models.router(desk))
    routes.include_router(journeys.router(desk))
    routes.include_router(adviser.router(desk))
    routes.include_router(relations.router(desk))
    routes.include_router(opportunities.router(desk))
    return routes


class Analysing:
    """The pages of the analysis."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._settings = desk, Settings()

    def rfm(self, request: Request, sent: Sent | None = None) -> Response:
        """The grid and the classes of the last run, and the settings of the next; `sent` is a form to be mended."""
        visitor = visitor_of(request)
        with self._desk.aside() as ws:
            grid, run = ws.analysis.grid(), ws.analysis.last_run()
            form = self._settings.form(RFM, run, None, ws, visitor, sent or Sent())
            page = RfmPage(
                grid_view(grid, ws.config, visitor), run_view(run, visitor.language),
                form if visitor.may(May.RUN_MODELS) else None, has_purchases(ws.catalog),
            )  # fmt: skip
        return self._page(request, "rfm", page, grid.as_of if grid else None, status=400 if sent else 200)

    def run(self, request: Request) -> Response:
        """Run RFM with the settings that were sent, then bring the segments up to date."""
        sent, visitor = form_of(request), visitor_of(request)
        document = document_of(RFM.document, RFM.name, sent)
        try:
            read_model(document)
            job = self._desk.start(request, words.RUNNING, lambda ws, job: _run(ws, job, document, visitor.author))
            customers = self._desk.outcome(job)
        except UserError as error:
            return self.rfm(request, Sent(sent, error=error))
        self._desk.note(request, Deeds.MODEL_RUN, model=RFM.name, customers=customers)
        return self._desk.go(request, "/analyse", words.RAN.with_(n=customers))

    def revenue(self, request: Request) -> Response:
        """Revenue by month, and how concentrated it is."""
        with self._desk.aside() as ws:
            overview, concentration = answers.overview(ws), answers.concentration(ws)
            has_run = ws.analysis.last_run() is not None
        page = revenue_page(
            overview, concentration, self._desk.workspace.config, visitor_of(request), has_run=has_run
        )  # fmt: skip
        return self._page(request, "revenue", page, overview.at)

    def cohorts(self, request: Request) -> Response:
        """Customers by month of first order; all of them with `?all=1`."""
        with self._desk.aside() as ws:
            found = answers.cohorts(ws)
        page = cohorts_page(found, visitor_of(request), is_whole=request.query_params.get("all") == "1")
        return self._page(request, "cohorts", page, found.at)

    def surveys(self, request: Request) -> Response:
        """The surveys in force."""
        with self._desk.aside() as ws:
            page = surveys_page(ws.surveys.all(), visitor_of(request).language)
        return self._page(request, "surveys", page, self._desk.workspace.clock.now())

    def survey(self, request: Request, name: str) -> Response:
        """What one survey found; among the members of a segment with `?by=`."""
        language, by = visitor_of(request).language, request.query_params.get("by", "")
        with self._desk.aside() as ws:
            segments = ws.segments()
            asked = [each for each, _ in named_for(segments, language)] if by == EACH else [by] if by else []
            found = ws.surveys.results(name, by=asked)
        page, tab = survey_page(found, segments, by, language), words.TABS["tab_surveys"]
        return self._desk.page(
            request, "analyse/survey.html", page, words=words.ROOM, title=page.title, place="analyse",
            sentence=words.SENTENCES["surveys"].to(language), at=found.at,
            trail=(Step(words.TITLE.to(language), "/analyse"), Step(tab.to(language), "/analyse/surveys")),
        )  # fmt: skip

    def _page(self, request: Request, side: str, page: Any, at: dt.datetime | None, *, status: int = 200) -> Response:
        language = visitor_of(request).language
        return self._desk.page(
            request, f"analyse/{side}.html", page, words=words.ROOM, title=words.TITLE.to(language), place="analyse",
            sentence=words.SENTENCES[side].to(language), at=at, status=status,
        )  # fmt: skip


def _run(ws: Workspace, job: Job, document: dict[str, Any], author: str) -> int:
    job.url = "/analyse"
    done = ws.run_model(document, author=author)
    job.tell(0.5)
    ws.apply_ready_made(author=author)
    ws.refresh()
    return done.scored
