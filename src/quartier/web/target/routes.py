"""`/target`: audiences, frozen for good, with a holdout; their lists."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from quartier.errors import UserError
from quartier.evaluate.suggestions import suggestions
from quartier.govern.deeds import Deeds
from quartier.target.definition import Campaign
from quartier.target.run import Exported
from quartier.web.desk import HEADERS, Desk, is_fragment
from quartier.web.guard import NotAllowed, field_of, form_of, visitor_of
from quartier.web.shell import Step
from quartier.web.target import words
from quartier.web.target.audience import audience_page, chosen_columns, may_export
from quartier.web.target.links import target_url
from quartier.web.target.lists import FORMS, Lists
from quartier.web.target.overview import campaigns_page
from quartier.web.target.trying import document_of, new_campaign_page, typed
from quartier.workspace import Workspace
from quartier.workspace.campaigns import Trial
from quartier.workspace.work import Job


def router(desk: Desk) -> APIRouter:
    """The routes of targeting."""
    routes, room = APIRouter(), Targeting(desk, Lists())

    @routes.get("/target")
    def campaigns(request: Request) -> Response:
        return room.campaigns(request)

    @routes.get("/target/new")
    def new(request: Request) -> Response:
        return room.new(request)

    @routes.post("/target")
    def freeze(request: Request) -> Response:
        return room.freeze(request)

    @routes.post("/target/{campaign:path}/export")
    def export(campaign: str, request: Request) -> Response:
        return room.export(request, campaign)

    @routes.get("/target/{campaign:path}/lists/{number}")
    def fetch(campaign: str, number: str, request: Request) -> Response:
        return room.fetch(request, campaign, number)

    @routes.get("/target/{campaign:path}")
    def audience(campaign: str, request: Request) -> Response:
        return room.audience(request, campaign)

    return routes


class Targeting:
    """The pages of campaigns."""

    def __init__(self, desk: Desk, lists: Lists) -> None:
        self._desk, self._lists = desk, lists

    def campaigns(self, request: Request) -> Response:
        """Every campaign."""
        language = visitor_of(request).language
        with self._desk.aside() as ws:
            page = campaigns_page(ws.campaigns.all(), ws.label, language)
        return self._desk.page(
            request, "target/campaigns.html", page, words=words.WORDS, title=words.TITLE.to(language), place="target",
            sentence=words.SENTENCE.to(language), at=self._desk.workspace.clock.now(),
        )  # fmt: skip

    def new(self, request: Request) -> Response:
        """The form, and what the audience would hold; nothing is kept."""
        return self._form(request, self._typed(request, request.query_params))

    def freeze(self, request: Request) -> Response:
        """Fix the audience for good."""
        values, author = self._typed(request, form_of(request)), visitor_of(request).author
        try:
            campaign = document_of(values)
            audience = self._desk.do(request, words.FREEZING, lambda ws: ws.freeze(campaign, author=author))
        except UserError as error:
            return self._form(request, values, error)
        self._desk.note(
            request, Deeds.AUDIENCE_FROZEN, campaign=audience.campaign, segment=audience.segment,
            targeted=len(audience.targeted), held_out=len(audience.held_out),
        )  # fmt: skip
        return self._desk.go(request, target_url(audience.campaign), words.FROZEN)

    def audience(self, request: Request, campaign: str) -> Response:
        """One audience; with `?list=`, the list that waits to be fetched."""
        visitor, number = visitor_of(request), request.query_params.get("list", "")
        waits = number and self._lists.find(
            number, campaign=campaign, by=visitor.author, now=self._desk.workspace.clock.now()
        )
        ready = f"{target_url(campaign)}/lists/{number}" if waits else ""
        with self._desk.aside() as ws:
            page = audience_page(ws, ws.campaigns.find(campaign), visitor, ready=ready)
        return self._desk.page(
            request, "target/audience.html", page, words=words.WORDS, title=page.name, place="target",
            sentence=words.AUDIENCE.to(visitor.language, segment=page.segment), at=page.at,
            trail=(Step(words.TITLE.to(visitor.language), "/target"),),
        )  # fmt: skip

    def export(self, request: Request, campaign: str) -> Response:
        """Write the list of the targeted; from the first one on they count as reached."""
        visitor, form = visitor_of(request), form_of(request)
        if not may_export(visitor):
            raise NotAllowed(words.NO_EXPORT)
        wanted = [each for each in form.getlist("traits") if isinstance(each, str)]
        traits = chosen_columns(self._desk.workspace.catalog, visitor, wanted)
        kind = field_of(form, "form")
        if kind not in FORMS:
            raise HTTPException(400)
        job = self._desk.start(
            request, words.WRITING, lambda ws, job: self._write(ws, job, campaign, traits, kind, visitor.author)
        )
        written: Exported = self._desk.outcome(job)
        return self._desk.go(request, job.url, words.WRITTEN.with_(n=written.persons))

    def fetch(self, request: Request, campaign: str, number: str) -> Response:
        """The file of a list, for who asked for it."""
        visitor, now = visitor_of(request), self._desk.workspace.clock.now()
        found = self._lists.find(number, campaign=campaign, by=visitor.author, now=now)
        if found is None or not may_export(visitor):
            raise HTTPException(404)
        return FileResponse(found.path, media_type=found.media_type, filename=found.name, headers=HEADERS)

    def _write(
        self, ws: Workspace, job: Job, campaign: str, traits: Sequence[str], kind: str, author: str
    ) -> Exported:  # fmt: skip
        path = self._lists.path(job.number, kind)
        done = ws.export(campaign, path, traits=traits)
        self._lists.keep(job.number, path, campaign=campaign, by=author, at=done.at)
        ws.users.note(
            Deeds.EXPORTED, author=author, campaign=campaign, persons=done.persons, columns=list(done.columns)
        )
        job.url = f"{target_url(campaign)}?list={job.number}"
        return done

    def _typed(self, request: Request, given: object) -> dict[str, str]:
        today = self._desk.workspace.clock.now().astimezone(self._desk.workspace.config.zone)
        return typed(given, f"{today:%Y-%m-%d}")  # type: ignore[arg-type]  # both a form and a query are mappings

    def _form(self, request: Request, values: dict[str, str], error: UserError | None = None) -> Response:
        language = visitor_of(request).language
        with self._desk.aside() as ws:
            standings = ws.segments()
            trial, wrong = self._try(ws, values)
            found = error or wrong
            page = new_campaign_page(values, standings, language, trial=trial, error=found)
        if is_fragment(request) and request.method == "GET":
            return self._desk.fragment(request, "target/trial.html", page, words=words.WORDS)
        return self._desk.page(
            request, "target/new.html", page, words=words.WORDS, title=words.NEW.to(language), place="target",
            sentence=words.NEW_SENTENCE.to(language), at=self._desk.workspace.clock.now(),
            trail=(Step(words.TITLE.to(language), "/target"),), status=400 if error else 200,
        )  # fmt: skip

    def _try(self, ws: Workspace, values: dict[str, str]) -> tuple[Trial | None, UserError | None]:
        if not values["segment"]:
            return None, None
        try:
            campaign: Campaign = document_of(values)
            outcomes = tuple(each.outcome for each in suggestions(ws.catalog)[:2])
            return ws.campaigns.rehearse(campaign, outcomes), None
        except UserError as error:
            return None, error
