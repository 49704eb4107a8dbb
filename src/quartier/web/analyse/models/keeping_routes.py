"""`/analyse/models/<kind>/segments`: all that a model found, chosen and named, saved by one button."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.kinds import kind_of
from quartier.errors import UserError
from quartier.web.analyse import words as room
from quartier.web.analyse.models import keeping_words as words
from quartier.web.analyse.models.keeping import Choice, choice_of, keep, keeping_page, run_of, way_of
from quartier.web.analyse.models.pages import url_of
from quartier.web.analyse.models.settings import said
from quartier.web.analyse.models.words import MODELS
from quartier.web.desk import Desk
from quartier.web.guard import form_of, visitor_of
from quartier.web.shell import Step
from quartier.workspace import Workspace
from quartier.workspace.work import Job

_SEGMENTS = "/segments"


def add_to(routes: APIRouter, desk: Desk) -> None:
    """The page and its button."""

    @routes.get("/analyse/models/{kind}/segments")
    def offered(kind: str, request: Request) -> Response:
        return _shown(desk, request, kind_of(kind))

    @routes.post("/analyse/models/{kind}/segments")
    def save(kind: str, request: Request) -> Response:
        return _saved(desk, request, kind_of(kind))


def _shown(desk: Desk, request: Request, kind: Kind, choice: Choice | None = None, error: str = "") -> Response:
    language = visitor_of(request).language
    way = way_of(kind, choice.way if choice else request.query_params.get("way", ""))
    with desk.aside() as ws:
        last = run_of(ws, kind, _model(request, kind))
        seen = choice if choice and choice.run == last.at.isoformat() else None  # what was ticked of another run is not
        page = keeping_page(ws, kind, last, way, language, seen, error)
    label = kind.label.to(language)
    trail = (
        Step(room.TITLE.to(language), "/analyse"), Step(MODELS.to(language), "/analyse/models"),
        Step(label, url_of(kind.name, last.model)),
    )  # fmt: skip
    return desk.page(
        request, "analyse/models/keeping.html", page, words=words.WORDS, title=words.TITLE.to(language),
        place="analyse", sentence=words.SENTENCE.to(language, label=label), at=last.as_of, trail=trail,
        status=400 if error else 200,
    )  # fmt: skip


def _saved(desk: Desk, request: Request, kind: Kind) -> Response:
    choice, model, author = choice_of(form_of(request)), _model(request, kind), visitor_of(request).author

    def save(ws: Workspace, job: Job) -> int:
        job.url = _SEGMENTS
        return keep(ws, kind, model, choice, author)

    try:
        kept = desk.outcome(desk.start(request, words.SAVING, save))
    except UserError as error:
        return _shown(desk, request, kind, choice, said(error, visitor_of(request).language))
    return desk.go(request, _SEGMENTS, words.SAVED.with_(n=kept))


def _model(request: Request, kind: Kind) -> str:
    return request.query_params.get("name") or kind.name
