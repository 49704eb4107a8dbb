"""`/data/import`: a file sent, its mapping settled on its first rows, tried, imported."""

from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from quartier.collect.definition import Layout, Mapping
from quartier.errors import InvalidDefinition, QuartierError, UserError
from quartier.web.data.imports import pages, words
from quartier.web.data.imports.sheet import typed
from quartier.web.data.imports.steps import Steps, address, sheet_in
from quartier.web.data.imports.uploads import Begun, Uploads
from quartier.web.data.words import DATA
from quartier.web.desk import PATIENCE, Desk
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.shell import Step
from quartier.workspace.work import Job

PLACE = "import"


def router(desk: Desk) -> APIRouter:
    """The routes of imports."""
    room, routes = Imports(desk, Steps(desk.workspace, Uploads(desk.workspace))), APIRouter()

    @routes.get("/data/import")
    def begin(request: Request) -> Response:
        return room.begin(request)

    @routes.post("/data/import")
    def send(request: Request) -> Response:
        return room.send(request)

    @routes.get("/data/import/{number}")
    def show(number: str, request: Request) -> Response:
        return room.show(number, request)

    @routes.post("/data/import/{number}")
    def go_on(number: str, request: Request) -> Response:
        return room.go_on(number, request)

    @routes.get("/data/import/{number}/yaml")
    def yaml(number: str, request: Request) -> Response:
        return room.yaml(number, request)

    @routes.post("/data/import/{number}/yaml")
    def use_yaml(number: str, request: Request) -> Response:
        return room.use_yaml(number, request)

    return routes


@dataclass(frozen=True)
class Imports:
    """Where files come in."""

    desk: Desk
    steps: Steps
    jobs: dict[str, Job] = field(default_factory=dict)

    def begin(self, request: Request, error: UserError | None = None) -> Response:
        """The form that takes a file; after an error it says what is wrong with the one that was sent."""
        language, user = visitor_of(request).language, self._user(request)
        layout = field_of(form_of(request), "layout") if error else ""
        page = pages.BeginPage(
            error.to(language) if error else "", tuple(self.steps.uploads.of_user(user)),
            (("", words.WORDS["guess"].to(language)), *pages.layouts(language)), layout,  # type: ignore[call-arg]  # no plural
        )  # fmt: skip
        return self._page(request, "begin", page, words.BEGIN.to(language), words.BEGIN_SENTENCE.to(language),
                          status=400 if error else 200)  # fmt: skip

    def send(self, request: Request) -> Response:
        """Keep the file that was sent and guess its mapping; what cannot be read leaves nothing."""
        form, uploads = form_of(request), self.steps.uploads
        file = form.get("file")
        try:
            begun = uploads.begin(self._user(request), file if isinstance(file, UploadFile) else None)
            try:
                layout = field_of(form, "layout")
                self.steps.guess(begun, layout=layout if layout in tuple(Layout) else "")
            except BaseException:
                uploads.forget(begun)
                raise
        except UserError as error:
            return self.begin(request, error)
        return self.desk.go(request, address(begun))

    def show(self, number: str, request: Request) -> Response:
        """The mapping, or the summary once the file is in."""
        begun, language = self._begun(number, request), visitor_of(request).language
        if "summary" in begun.said:
            page: Any = pages.SummaryPage(number, begun.name, pages.told(begun.said["summary"], language))
            return self._page(request, "summary", page, begun.name, words.SUMMARY_SENTENCE.to(language))
        if self._is_under_way(begun):
            return RedirectResponse(f"/jobs/{self.jobs[number].number}", 303)
        sheet = sheet_in(begun)
        page = pages.mapping_page(begun, sheet, self.steps.preview(begun, sheet), language)
        return self._page(request, "mapping", page, begun.name, words.MAPPING_SENTENCE.to(language))

    def go_on(self, number: str, request: Request) -> Response:
        """Keep what was typed, then do what was asked for."""
        begun, form = self._begun(number, request), form_of(request)
        deed = field_of(form, "do")
        if deed == "forget":
            self.steps.uploads.forget(begun)
            return self.desk.go(request, "/data/import", words.FORGOTTEN)
        if "summary" in begun.said:
            return self.desk.go(request, address(begun))
        if self._is_under_way(begun):
            return self.desk.go(request, f"/jobs/{self.jobs[number].number}", words.UNDER_WAY, tone="attention")
        begun = self.steps.keep(begun, typed(form, sheet_in(begun)))
        return self._do(deed, begun, request)

    def yaml(self, number: str, request: Request) -> Response:
        """The mapping as a document; where the form holds no sound one, what it holds."""
        begun = self._begun(number, request)
        return self._yaml(request, begun, _document(begun))

    def use_yaml(self, number: str, request: Request) -> Response:
        """Take a document in place of the form."""
        begun, text = self._begun(number, request), field_of(form_of(request), "text")
        try:
            self.steps.keep_yaml(begun, text)
        except InvalidDefinition as error:
            problems = tuple(each.to(visitor_of(request).language) for each in error.problems)
            return self._yaml(request, begun, text, problems)
        return self.desk.go(request, address(begun), words.KEPT)

    def _do(self, deed: str, begun: Begun, request: Request) -> Response:
        if deed == "again" and not pages.is_of_form(begun.said.get("problem")):
            sheet = sheet_in(begun)
            try:
                self.steps.guess(begun, layout=sheet.layout, settings=dict(sheet.settings))
            except UserError as error:
                self.steps.uploads.keep(begun.saying(problem=pages.problem_of(error)))
        elif deed in ("try", "import") and "problem" not in begun.said:
            return self._work(deed, begun, request)
        elif deed == "keep" and "problem" not in begun.said:
            return self.desk.go(request, address(begun), words.KEPT)
        return self.desk.go(request, address(begun))

    def _work(self, deed: str, begun: Begun, request: Request) -> Response:
        """A trial is waited for; an import shows at once how far it is."""
        author = visitor_of(request).author
        if deed == "try":
            job = self.desk.start(
                request, words.TRYING.with_(name=begun.name), lambda ws, job: self.steps.try_it(begun, ws, job)
            )
        else:
            job = self.desk.start(
                request, words.IMPORTING.with_(name=begun.name),
                lambda ws, job: self.steps.bring_in(begun, author, ws, job),
            )  # fmt: skip
        self.jobs[begun.number] = job
        if job.wait(PATIENCE if deed == "try" else 0) and job.state == "done":
            return self.desk.go(request, address(begun))
        return self.desk.go(request, f"/jobs/{job.number}")

    def _is_under_way(self, begun: Begun) -> bool:
        job = self.jobs.get(begun.number)
        return job is not None and not job.has_ended

    def _begun(self, number: str, request: Request) -> Begun:
        found = self.steps.uploads.find(number, self._user(request))
        if found is None or "sheet" not in found.said:
            raise HTTPException(404)
        return found

    def _user(self, request: Request) -> int:
        signed = visitor_of(request).signed
        assert signed is not None  # the guard lets nobody else in
        return signed.user.id

    def _yaml(self, request: Request, begun: Begun, text: str, problems: tuple[str, ...] = ()) -> Response:
        language = visitor_of(request).language
        page = pages.YamlPage(begun.number, begun.name, text, problems)
        return self._page(request, "yaml", page, begun.name, words.WORDS["yaml"].to(language),  # type: ignore[call-arg]  # no plural
                          status=400 if problems else 200, below=(Step(begun.name, address(begun)),))  # fmt: skip

    def _page(
        self, request: Request, template: str, page: Any, title: str, sentence: str, *, status: int = 200,
        below: tuple[Step, ...] = (),
    ) -> Response:  # fmt: skip
        language = visitor_of(request).language
        trail = [Step(DATA.to(language), "/data"), *below]
        if template != "begin":
            trail.insert(1, Step(words.BEGIN.to(language), "/data/import"))
        return self.desk.page(
            request, f"data/import_{template}.html", page, words=words.WORDS, title=title, sentence=sentence,
            place=PLACE, trail=trail, status=status,
        )  # fmt: skip


def _document(begun: Begun) -> str:
    import yaml

    sheet = sheet_in(begun)
    try:
        return Mapping.read(sheet.document(), begun.name).as_yaml()
    except QuartierError:
        return yaml.safe_dump(sheet.document(), sort_keys=False, allow_unicode=True)
