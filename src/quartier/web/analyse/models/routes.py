"""The routes of models: the list, one kind, and running it."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.kinds import all_kinds, kind_of, read_model
from quartier.errors import UserError
from quartier.govern.deeds import Deeds
from quartier.govern.roles import May
from quartier.language import Language
from quartier.segment.run import defined, of_persons
from quartier.web.analyse import words as room
from quartier.web.analyse.models import words
from quartier.web.analyse.models.form import Form, document_of, form_of, shown_again
from quartier.web.analyse.models.pages import listed, model_page, told, url_of
from quartier.web.analyse.models.views import Looking, own, view_of
from quartier.web.desk import Desk
from quartier.web.guard import field_of, visitor_of
from quartier.web.guard import form_of as sent_by
from quartier.web.shell import Step
from quartier.workspace import Workspace
from quartier.workspace.work import Job


def router(desk: Desk) -> APIRouter:
    """The routes of models."""
    routes, pages = APIRouter(), Modelling(desk)

    @routes.get("/analyse/models")
    def kinds(request: Request) -> Response:
        return pages.kinds(request)

    @routes.get("/analyse/models/{kind}")
    def show(kind: str, request: Request) -> Response:
        return pages.show(request, kind_of(kind), request.query_params.get("name", ""))

    @routes.post("/analyse/models/{kind}")
    def run(kind: str, request: Request) -> Response:
        return pages.run(request, kind_of(kind))

    return routes


class Modelling:
    """The pages of models."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def kinds(self, request: Request) -> Response:
        """Which models there are, and when each last ran."""
        language = visitor_of(request).language
        page = listed(all_kinds(), self._desk.workspace.analysis.last_runs(), language)
        return self._desk.page(
            request, "analyse/models.html", page, words=room.ROOM | words.WORDS, title=room.TITLE.to(language),
            place="analyse", sentence=words.SENTENCE.to(language),
        )  # fmt: skip

    def show(self, request: Request, kind: Kind, name: str, error: Form | None = None) -> Response:
        """One kind with the last run of one of its models, and the form to run it; `error` is a form to be mended."""
        visitor, view = visitor_of(request), view_of(kind.name)
        with self._desk.aside() as ws:
            runs = [each for each in ws.analysis.last_runs() if each.parameters["model"] == kind.name]
            last = next((each for each in runs if each.model == (name or kind.name)), None)
            form = error or _form(kind, told(last), ws, visitor.language)
            figures = kind.figures_of(last) if last else None
            shown = own(view, figures, Looking(visitor, ws, last)) if last and figures else None
            page = model_page(
                kind, name or kind.name, runs, last, form if visitor.may(May.RUN_MODELS) else None, visitor.language,
                ws.config.currency, figures, view, shown,
            )  # fmt: skip
        said = {**room.ROOM, **words.WORDS, **(view.words if view else {})}
        trail = (Step(room.TITLE.to(visitor.language), "/analyse"), Step(words.MODELS.to(visitor.language), MODELS))
        return self._desk.page(
            request, "analyse/model.html", page, words=said, title=kind.label.to(visitor.language), place="analyse",
            sentence=kind.sentence.to(visitor.language), at=last.as_of if last else None, trail=trail,
            status=400 if error else 200,
        )  # fmt: skip

    def run(self, request: Request, kind: Kind) -> Response:
        """Run a model as it was asked, then bring the segments up to date."""
        sent, visitor = sent_by(request), visitor_of(request)
        name = field_of(sent, "name").strip()[:40]
        document = (
            self._kept(kind, name) | document_of(kind.document, kind.name, sent) | ({"name": name} if name else {})
        )
        try:
            asked = read_model(document)
            title = words.RUNNING.with_(model=kind.label)
            job = self._desk.start(request, title, lambda ws, job: _run(ws, job, document, visitor.author))
            scored, url = self._desk.outcome(job)
        except UserError as error:
            asked_again = _form(kind, {}, self._desk.workspace, visitor.language)
            said = _said(error, visitor.language)
            return self.show(request, kind, name, shown_again(asked_again, sent, said))
        self._desk.note(request, Deeds.MODEL_RUN, model=asked.name, persons=scored)
        return self._desk.go(request, url, words.RAN.with_(n=scored, model=kind.label))

    def _kept(self, kind: Kind, name: str) -> dict[str, Any]:
        """What the model was told last and no form asks, conditions and criteria: it stays as it was."""
        last = self._desk.workspace.analysis.last_run(name or kind.name)
        if last is None or last.parameters.get("model") != kind.name:
            return {}
        fields = set(kind.document.model_fields)
        return {key: value for key, value in last.parameters.items() if key in fields}


def _form(kind: Kind, filled: Mapping[str, Any], ws: Workspace, language: Language) -> Form:
    named = of_persons(defined(ws.store)).values()
    segments = tuple((each.name, each.label.to(language) if each.label else each.name) for each in named)
    return form_of(kind.document, filled, ws.catalog, language, segments)


def _said(error: UserError, language: Any) -> str:
    problems = [each.what for each in getattr(error, "problems", ())]
    parts: list[Any] = [error.what, *problems, error.remedy]
    return " ".join(each.to(language) for each in parts if each is not None)


def _run(ws: Workspace, job: Job, document: dict[str, Any], author: str) -> tuple[int, str]:
    asked = read_model(document)
    job.url = url_of(asked.model, asked.name)
    done = ws.run_model(document, author=author)
    job.tell(0.7)
    ws.apply_ready_made(author=author)
    ws.refresh()
    return done.scored, job.url


MODELS = "/analyse/models"
