"""`/segments/new`, `/segments/<name>/edit` and drafts: writing a segment, trying it, and putting it in force."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.catalog import Subject
from quartier.errors import InvalidDefinition
from quartier.govern.roles import May
from quartier.language import Text
from quartier.segment import run as segments
from quartier.web.desk import Desk, is_fragment
from quartier.web.editor import commands, drafts, saving
from quartier.web.editor.documents import opened
from quartier.web.editor.drafts import Begun
from quartier.web.editor.offering import Offers
from quartier.web.editor.page import EditorPage, answer_of, node_view, population_options, problems_of
from quartier.web.editor.samples import sample_of
from quartier.web.editor.sketch import EMPTY, Sketch, read_form
from quartier.web.editor.trying import Tried, at_place, tried
from quartier.web.editor.words import SENTENCES, WORDS
from quartier.web.editor.yaml_text import yaml_of
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.shell import Step
from quartier.workspace import Workspace


def router(desk: Desk) -> APIRouter:
    """The routes of the editor."""
    routes, room = APIRouter(), _Editor(desk)

    @routes.get("/segments/new")
    def new(request: Request, definition: str = "") -> Response:
        return room.show(request, Begun(room.prefilled(definition)))

    @routes.get("/segments/{name}/edit")
    def edit(request: Request, name: str) -> Response:
        return room.show(request, room.begun(name))

    @routes.post("/segments/drafts")
    def begin(request: Request) -> Response:
        form = form_of(request)
        version = field_of(form, "version")
        seen = int(version) if version.isdecimal() and len(version) < 10 else 0
        return room.change(request, Begun(EMPTY, "", field_of(form, "base") if seen else "", seen))

    @routes.get("/segments/drafts/{number}")
    def draft(request: Request, number: str, at: str = "") -> Response:
        return room.show(request, drafts.find(desk, request, number), at)

    @routes.post("/segments/drafts/{number}")
    def change(request: Request, number: str) -> Response:
        return room.change(request, drafts.find(desk, request, number))

    @routes.get("/segments/drafts/{number}/review")
    def review(request: Request, number: str) -> Response:
        return room.review(request, drafts.find(desk, request, number))

    @routes.post("/segments/drafts/{number}/save")
    def save(request: Request, number: str) -> Response:
        return room.save(request, drafts.find(desk, request, number), field_of(form_of(request), "over"))

    @routes.post("/segments/drafts/{number}/theirs")
    def theirs(request: Request, number: str) -> Response:
        return room.take_theirs(request, drafts.find(desk, request, number))

    return routes


@dataclass(frozen=True)
class _Editor:
    desk: Desk
    offers: Offers = field(default_factory=Offers)

    # ---- where a sketch comes from

    def prefilled(self, definition: str) -> Sketch:
        """The sketch of a definition that an address carries; what is no JSON is shown as it came."""
        if not definition:
            return EMPTY
        try:
            document = json.loads(definition)
        except (ValueError, RecursionError):
            return replace(EMPTY, text=definition)
        catalog = self.desk.workspace.catalog
        return opened(document, catalog) if isinstance(document, dict) else replace(EMPTY, text=definition)

    def begun(self, name: str) -> Begun:
        """A segment in force, to be edited. Raises UnknownName."""
        ws = self.desk.workspace
        definition = segments.named(name, segments.defined(ws.store))
        stored = saving.last_version(ws, name)
        assert stored is not None  # it is in force
        return Begun(opened(definition.model_dump(mode="json"), ws.catalog), "", name, stored.version)

    # ---- the form

    def show(
        self, request: Request, begun: Begun, focus: str = "", *,
        error: InvalidDefinition | None = None, status: int = 200,
    ) -> Response:  # fmt: skip
        """The form as a page, with what was refused."""
        page, language = (
            self._page(request, begun, focus, error, is_refused=status != 200),
            visitor_of(request).language,
        )
        title = WORDS["edit"].to(language, label=page.label) if begun.name else WORDS["new"].to(language)
        return self.desk.page(
            request, "editor/editor.html", page, words=SENTENCES, title=title, place="segments", status=status,
            sentence=WORDS["lead"].to(language), at=self.desk.workspace.clock.now(), trail=self._trail(request, begun),
        )  # fmt: skip

    def change(self, request: Request, begun: Begun) -> Response:
        """What was typed is kept, then done what the button says."""
        form, catalog = form_of(request), self.desk.workspace.catalog
        typed = read_form({key: _texts(form.getlist(key)) for key in form})
        command = field_of(form, "do")
        if command == "discard":
            drafts.remove(self.desk, begun.number)
            return self.desk.go(request, begun.back, WORDS["discarded"])
        found = commands.done(commands.settled_sketch(typed, catalog), command, catalog)
        kept = drafts.keep(self.desk, request, replace(begun, sketch=found.sketch))
        if command == "review":
            return self.desk.go(request, f"{kept.url}/review")
        if not is_fragment(request):
            at = f"?at={found.path}#n-{found.path}" if found.path else ""
            return self.desk.go(request, f"{kept.url}{at}")
        page = self._page(request, kept, found.path)
        answer = self.desk.fragment(request, "editor/form.html", page, words=SENTENCES)
        answer.headers["HX-Replace-Url"] = kept.url
        if found.is_moved:
            answer.headers["HX-Reswap"] = "outerHTML"
        return answer

    def _page(
        self, request: Request, begun: Begun, focus: str = "", error: InvalidDefinition | None = None, *,
        is_refused: bool = False,
    ) -> EditorPage:  # fmt: skip
        visitor, currency = visitor_of(request), self.desk.workspace.config.currency
        language, sketch = visitor.language, begun.sketch
        with self.desk.aside() as ws:
            found = tried(ws, sketch)
            if not is_refused:
                found.spare_name()  # whoever is writing still names it when it is done
            for each in error.problems if error else ():
                found.tell("", at_place(each))
            around = self.offers.around(ws, visitor)
            root = node_view(sketch, found, around, currency)
            sample = self._sample(ws, found, request)
        of: Subject = "account" if sketch.of == "account" else "person"
        populations = population_options(around.segments, of, sketch.population, language)
        problems = problems_of(found, language)
        label = (sketch.label_fr if language == "fr" else sketch.label_en) or sketch.name or begun.name
        return EditorPage(
            begun.url, begun.number, begun.version, label, begun.name, sketch, root, tuple(populations), problems,
            answer_of(found, root, language, currency, sample), focus,
        )  # fmt: skip

    def _sample(self, ws: Workspace, found: Tried, request: Request) -> Any:
        visitor = visitor_of(request)
        if found.weighed is None or not visitor.may(May.SEE_PERSONS):
            return None
        return sample_of(ws, found.weighed.preview, visitor.language, sensitive=visitor.may(May.SEE_SENSITIVE))

    # ---- review and save

    def review(self, request: Request, begun: Begun) -> Response:
        """What saving would change; the form again where it cannot be saved."""
        language = visitor_of(request).language
        with self.desk.aside() as ws:
            document = self._whole(ws, begun)
            if document is None:
                return self._refused(request, begun)
            try:
                (dry,) = ws.dry_run([document])
            except InvalidDefinition as error:
                return self._refused(request, begun, error)
            seen = begun.seen(dry.moved.segment)
            page = saving.review_page(ws, dry, document, begun.number, seen, language, yaml_of(document))
        title = WORDS["review_title"].to(language, label=dry.new.label.to(language))
        return self.desk.page(
            request, "editor/review.html", page, words=SENTENCES, title=title, place="segments", at=dry.at,
            sentence=WORDS["review_lead"].to(language), trail=self._trail(request, begun),
        )  # fmt: skip

    def save(self, request: Request, begun: Begun, over: str) -> Response:
        """Put a draft in force, if nobody else has put another version in force that its author has not seen."""
        with self.desk.aside() as ws:
            document = self._whole(ws, begun)
        if document is None:
            return self._refused(request, begun)
        name, author = str(document["segment"]), visitor_of(request).author
        seen = int(over) if over.isdecimal() and len(over) < 10 else begun.seen(name)
        try:
            self.desk.do(request, SAVING.with_(name=name), lambda ws: saving.save(ws, document, seen, author))
        except saving.Overtaken as error:
            return self._stale(request, begun, error, document)
        except InvalidDefinition as error:
            return self._refused(request, begun, error)
        drafts.remove(self.desk, begun.number)
        return self.desk.go(request, f"/segments/{name}", WORDS["saved"])

    def take_theirs(self, request: Request, begun: Begun) -> Response:
        """Go on from the version in force instead of one's own."""
        with self.desk.aside() as ws:
            name = str(tried(ws, begun.sketch).document.get("segment", ""))
        drafts.keep(self.desk, request, replace(self.begun(name), number=begun.number))
        return self.desk.go(request, begun.url)

    def _whole(self, ws: Workspace, begun: Begun) -> dict[str, Any] | None:
        found = tried(ws, begun.sketch)
        return found.document if found.is_whole else None

    def _refused(self, request: Request, begun: Begun, error: InvalidDefinition | None = None) -> Response:
        """The form again, with what stands against saving."""
        return self.show(request, begun, error=error, status=400)

    def _stale(self, request: Request, begun: Begun, error: saving.Overtaken, document: dict[str, Any]) -> Response:
        language = visitor_of(request).language
        with self.desk.aside() as ws:
            seen = begun.seen(error.theirs.name)
            page = saving.stale_page(ws, error.theirs, document, begun.number, seen, language)
        title = WORDS["stale_title"].to(language, label=error.theirs.name)
        return self.desk.page(
            request, "editor/stale.html", page, words=SENTENCES, title=title, place="segments", status=409,
            trail=self._trail(request, begun),
        )  # fmt: skip

    def _trail(self, request: Request, begun: Begun) -> list[Step]:
        language = visitor_of(request).language
        first = Step(WORDS["segments"].to(language), "/segments")
        return [first, Step(begun.name, f"/segments/{begun.name}")] if begun.name else [first]


def _texts(values: list[Any]) -> tuple[str, ...]:
    return tuple(each for each in values if isinstance(each, str))


SAVING = Text(en="Save the segment {name}", fr="Enregistrer le segment {name}")
