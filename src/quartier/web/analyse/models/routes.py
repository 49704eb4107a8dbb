"""The routes of models: the list, one kind, and running it."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.kinds import all_kinds, kind_of, read_model
from quartier.errors import UserError
from quartier.govern.deeds import Deeds
from quartier.govern.roles import May
from quartier.web.analyse import words as room
from quartier.web.analyse.models import keeping_routes as keeping
from quartier.web.analyse.models import words
from quartier.web.analyse.models.form import document_of
from quartier.web.analyse.models.pages import listed, model_page, url_of
from quartier.web.analyse.models.settings import Sent, Settings, form_words, stated_of
from quartier.web.analyse.models.views import Looking, own, view_of
from quartier.web.desk import Desk, is_fragment
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
        asked = request.query_params
        return pages.show(request, kind_of(kind), asked.get("name", ""), Sent(command=asked.get("do", "")))

    @routes.post("/analyse/models/{kind}")
    def run(kind: str, request: Request) -> Response:
        return pages.run(request, kind_of(kind))

    keeping.add_to(routes, desk)
    return routes


class Modelling:
    """The pages of models."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._settings = desk, Settings()

    def kinds(self, request: Request) -> Response:
        """Which models there are, and when each last ran."""
        language = visitor_of(request).language
        page = listed(all_kinds(), self._desk.workspace.analysis.last_runs(), language)
        return self._desk.page(
            request, "analyse/models.html", page, words=room.ROOM | words.WORDS, title=room.TITLE.to(language),
            place="analyse", sentence=words.SENTENCE.to(language),
        )  # fmt: skip

    def show(self, request: Request, kind: Kind, name: str, sent: Sent | None = None) -> Response:
        """One kind with the last run of one of its models, and the form to run it; `sent` is a form to go on with.

        Without a script the whole page is made anew; htmx asks for the form alone.
        """
        visitor, view, sent = visitor_of(request), view_of(kind.name), sent or Sent()
        with self._desk.aside() as ws:
            runs = [each for each in ws.analysis.last_runs() if each.parameters["model"] == kind.name]
            last = next((each for each in runs if each.model == (name or kind.name)), None)
            figures = kind.figures_of(last) if last else None
            may_run = visitor.may(May.RUN_MODELS)
            form = self._settings.form(kind, last, figures, ws, visitor, sent) if may_run else None
            is_part = is_fragment(request) and form is not None
            shown = own(view, figures, Looking(visitor, ws, last)) if last and figures and not is_part else None
            page = model_page(
                kind, name or kind.name, runs, last, form, visitor.language, ws.config.currency, figures, view, shown,
                may_keep=visitor.may(May.EDIT_SEGMENTS),
            )  # fmt: skip
        said = {**form_words(kind.name), **room.ROOM, **words.WORDS, **(view.words if view else {})}
        if is_part:
            part = self._desk.fragment(request, "analyse/models/settings.html", page, words=said)
            if sent.command != SHOW:  # conditions may have other paths now: nothing of the form before is kept
                part.headers["HX-Reswap"] = "outerHTML"
            return part
        trail = (Step(room.TITLE.to(visitor.language), "/analyse"), Step(words.MODELS.to(visitor.language), MODELS))
        return self._desk.page(
            request, "analyse/model.html", page, words=said, title=kind.label.to(visitor.language), place="analyse",
            sentence=kind.sentence.to(visitor.language), at=last.as_of if last else None, trail=trail,
            status=400 if sent.error else 200,
        )  # fmt: skip

    def run(self, request: Request, kind: Kind) -> Response:
        """Run a model as it was asked, then bring the segments up to date; or change its form as a button says."""
        sent, visitor = sent_by(request), visitor_of(request)
        name = field_of(sent, "name").strip()[:40]
        command = field_of(sent, "do", SHOW if is_fragment(request) else RUN)
        if command != RUN:
            return self.show(request, kind, name, Sent(sent, command))
        try:
            document = self._document(kind, name, sent)
            asked = read_model(document)
            title = words.RUNNING.with_(model=kind.label)
            job = self._desk.start(request, title, lambda ws, job: _run(ws, job, document, visitor.author))
            scored, url = self._desk.outcome(job)
        except UserError as error:
            return self.show(request, kind, name, Sent(sent, error=error))
        self._desk.note(request, Deeds.MODEL_RUN, model=asked.name, persons=scored)
        return self._desk.go(request, url, words.RAN.with_(n=scored, model=kind.label))

    def _document(self, kind: Kind, name: str, sent: FormData) -> dict[str, Any]:
        """The document that a form says, with what no form asks as it was. Raises InvalidDefinition."""
        with self._desk.aside() as ws:
            stated = stated_of(kind, sent, ws)
        found = self._kept(kind, name) | document_of(kind.document, kind.name, sent) | stated
        return found | ({"name": name} if name else {})

    def _kept(self, kind: Kind, name: str) -> dict[str, Any]:
        """What the model was told last and no form asks, conditions and criteria: it stays as it was."""
        last = self._desk.workspace.analysis.last_run(name or kind.name)
        if last is None or last.parameters.get("model") != kind.name:
            return {}
        fields = set(kind.document.model_fields)
        return {key: value for key, value in last.parameters.items() if key in fields}


def _run(ws: Workspace, job: Job, document: dict[str, Any], author: str) -> tuple[int, str]:
    asked = read_model(document)
    job.url = url_of(asked.model, asked.name)
    done = ws.run_model(document, author=author)
    job.tell(0.7)
    ws.apply_ready_made(author=author)
    ws.refresh()
    return done.scored, job.url


MODELS = "/analyse/models"
RUN, SHOW = "run", "show"
"""What the button says that runs a model, and what is done when a field was changed: the form is made anew."""
