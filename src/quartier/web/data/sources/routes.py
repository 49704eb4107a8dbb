"""`/data/sources`: sources listed, written as documents, fetched now, paused."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import yaml
from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.collect.sources.definition import KIND, read_source
from quartier.collect.sources.run import Standing
from quartier.collect.sources.streams import streams
from quartier.errors import InvalidDefinition, Problem, UnknownName, UserError
from quartier.govern.deeds import Deeds
from quartier.web.data.sources import pages, words
from quartier.web.data.sources.masking import MASK, restored
from quartier.web.data.words import DATA
from quartier.web.desk import Desk, is_fragment
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.shell import Step

RUNS = 30


def router(desk: Desk) -> APIRouter:
    """The routes of sources."""
    room, routes = Sources(desk), APIRouter()

    @routes.get("/data/sources")
    def show(request: Request) -> Response:
        return room.show(request)

    @routes.get("/data/sources/new")
    def begin(request: Request) -> Response:
        return room.edit(request, "", words.EXAMPLE)

    @routes.post("/data/sources/new")
    def create(request: Request) -> Response:
        return room.save(request, "")

    @routes.get("/data/sources/{name}")
    def source(name: str, request: Request) -> Response:
        return room.source(name, request)

    @routes.post("/data/sources/{name}")
    def act(name: str, request: Request) -> Response:
        return room.act(name, request)

    @routes.get("/data/sources/{name}/edit")
    def edit(name: str, request: Request) -> Response:
        return room.edit(request, name, pages.written(room.standing(name)))

    @routes.post("/data/sources/{name}/edit")
    def save(name: str, request: Request) -> Response:
        return room.save(request, name)

    return routes


@dataclass(frozen=True)
class Sources:
    """Where sources are kept."""

    desk: Desk

    def show(self, request: Request) -> Response:
        """Every source in force."""
        language = visitor_of(request).language
        found = tuple(pages.shown(each, language) for each in self.desk.workspace.sources.standings())
        page = pages.ListPage(found, words.EXAMPLE)
        return self._page(request, "list", page, words.TITLE.to(language), words.SENTENCE.to(language), is_top=True)

    def source(self, name: str, request: Request) -> Response:
        """One source; htmx asks for its runs alone."""
        standing, language = self.standing(name), visitor_of(request).language
        page = pages.source_page(standing, self.desk.workspace.sources.runs(name, RUNS), language)
        if is_fragment(request):
            return self.desk.fragment(request, "data/source_runs.html", page, words=words.WORDS)
        return self._page(request, "one", page, name)

    def act(self, name: str, request: Request) -> Response:
        """Fetch it, pause it, go on with it, take it out of force."""
        deed, where = field_of(form_of(request), "do"), f"/data/sources/{quote(name)}"
        sources, standing = self.desk.workspace.sources, self.standing(name)
        if deed == "run":
            sources.ask(name)
            return self.desk.go(request, where, words.ASKED.with_(name=name))
        if deed == "retire":
            self.desk.do(
                request, words.RETIRED.with_(name=name),
                lambda ws: ws.sources.retire(name, author=visitor_of(request).author),
            )  # fmt: skip
            self.desk.note(request, Deeds.SOURCE_RETIRED, source=name)
            return self.desk.go(request, "/data/sources", words.RETIRED.with_(name=name))
        if deed in ("pause", "resume"):
            changed = standing.source.model_copy(update={"is_paused": deed == "pause"})
            self._apply(request, name, changed.as_json())
            told = words.PAUSED if deed == "pause" else words.RESUMED
            return self.desk.go(request, where, told.with_(name=name))
        return self.desk.go(request, where)

    def edit(
        self, request: Request, name: str, text: str, problems: tuple[str, ...] = (), *, is_sound: bool = False
    ) -> Response:
        """A document in a form."""
        language = visitor_of(request).language
        action = f"/data/sources/{quote(name)}/edit" if name else "/data/sources/new"
        back = f"/data/sources/{quote(name)}" if name else "/data/sources"
        page = pages.EditPage(action, back, text, problems, is_sound)
        title = (words.EDIT if name else words.NEW).to(language)
        return self._page(request, "edit", page, title, words.EDIT_SENTENCE.to(language),
                          status=400 if problems else 200)  # fmt: skip

    def save(self, request: Request, name: str) -> Response:
        """Check a document, and put it in force if that is asked for."""
        form, language = form_of(request), visitor_of(request).language
        text = field_of(form, "text")
        try:
            document = self._read(text, name)
            if field_of(form, "do") != "save":
                return self.edit(request, name, text, is_sound=True)
            self._apply(request, str(document["source"]), document)
        except UserError as error:
            told = error.problems if isinstance(error, InvalidDefinition) else ()
            return self.edit(request, name, text, tuple(each.to(language) for each in told) or (error.to(language),))
        own = str(document["source"])
        return self.desk.go(request, f"/data/sources/{quote(own)}", words.SAVED.with_(name=own))

    def standing(self, name: str) -> Standing:
        """A source in force. Raises UnknownName."""
        self.desk.workspace.sources.named(name)
        return next(each for each in self.desk.workspace.sources.standings() if each.source.source == name)

    def _read(self, text: str, name: str) -> dict[str, Any]:
        """A sound document with the secrets that are masked in it. Raises InvalidDefinition."""
        try:
            given = yaml.safe_load(text)
        except yaml.YAMLError as error:
            raise InvalidDefinition(name or KIND, [Problem("", words.NO_YAML)]) from error
        if not isinstance(given, dict):
            raise InvalidDefinition(name or KIND, [Problem("", words.NOT_ONE)])
        document = restored(given, self._kept(str(given.get("source", ""))))
        if name and document.get("source") != name:
            raise InvalidDefinition(name, [Problem("source", words.OTHER_NAME.with_(name=name))])
        if MASK in yaml.safe_dump(document, allow_unicode=True):
            raise InvalidDefinition(name or KIND, [Problem("", words.MASKED)])
        streams(read_source(document))
        return document

    def _kept(self, name: str) -> dict[str, Any]:
        try:
            return self.desk.workspace.sources.named(name).as_json()
        except UnknownName:
            return {}

    def _apply(self, request: Request, name: str, document: dict[str, Any]) -> None:
        author = visitor_of(request).author
        self.desk.do(request, words.SAVING.with_(name=name), lambda ws: ws.sources.apply([document], author=author))
        self.desk.note(request, Deeds.SOURCE_CHANGED, source=name)

    def _page(
        self, request: Request, template: str, page: Any, title: str, sentence: str = "", *, status: int = 200,
        is_top: bool = False,
    ) -> Response:  # fmt: skip
        language = visitor_of(request).language
        above = [Step(DATA.to(language), "/data")]
        return self.desk.page(
            request, f"data/source_{template}.html", page, words=words.WORDS, title=title, sentence=sentence,
            place="sources", trail=above if is_top else [*above, Step(words.TITLE.to(language), "/data/sources")],
            at=self.desk.workspace.clock.now() if template in ("list", "one") else None, status=status,
        )  # fmt: skip
