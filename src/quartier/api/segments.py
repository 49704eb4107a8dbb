"""Segments under /api/v1: listed, read, evaluated, put in force, undone, taken out of force."""

from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Query, Request, Response

from quartier.api import segment_models as models
from quartier.api.answers import json_answer
from quartier.api.cursors import LONGEST, cursor, place_of
from quartier.api.desk import Desk
from quartier.api.documents import Document, Job
from quartier.api.failures import Stale, unserved
from quartier.api.keys import caller_of
from quartier.api.segment_figures import add_figures
from quartier.api.segment_reading import add_reading
from quartier.errors import InvalidDefinition
from quartier.govern.roles import May
from quartier.identify.profile.plain import plain
from quartier.language import LANGUAGES, Text
from quartier.segment import run as segments
from quartier.segment.contradiction_words import plain_finding
from quartier.segment.remembering import campaigns
from quartier.segment.run import Preview, Standing
from quartier.workspace import Workspace

LONGEST_NAME = 200
Name = Annotated[str, Path(max_length=LONGEST_NAME, examples=["frequent-buyers"])]
_LATER: dict[int | str, dict[str, Any]] = {202: {"model": Job, "description": "it takes long: its job"}}


def router(desk: Desk) -> APIRouter:
    """The routes of segments."""
    made = APIRouter(prefix="/api/v1/segments", tags=["segments"])
    _add_trying(made, desk)
    _add_changing(made, desk)
    _add_taking_back(made, desk)
    _add_listing(made, desk)
    add_reading(made, desk)
    add_figures(made, desk)
    return made


def _add_listing(made: APIRouter, desk: Desk) -> None:
    @made.get("", response_model=models.Standings, summary="List the segments in force by name")
    def listed(
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        cursor_: Annotated[str | None, Query(alias="cursor", max_length=LONGEST)] = None,
    ) -> Response:
        """As they stood when they were last evaluated, with how many persons and accounts there are."""
        after = place_of(cursor_, name="")["name"]
        with desk.aside() as ws:
            found = sorted(ws.segments(), key=lambda each: each.definition.name)
            sizes = {"persons": ws.count_everyone(), "accounts": ws.count_accounts()}
        rest = [each for each in found if each.definition.name > after]
        page = rest[:limit]
        following = cursor(name=page[-1].definition.name) if len(rest) > limit else None
        return json_answer({**sizes, "segments": [each.as_json() for each in page], "next": following})

    @made.get("/{name}", response_model=models.Segment, summary="Read one segment in force")
    def read(name: Name) -> Response:
        """Its document, its sentence in both languages, how it is doing; `ETag` is its version, for `If-Match`."""
        with desk.aside() as ws:
            (definition,) = ws.definitions([name])
            standing = next(each for each in ws.segments() if each.definition.name == name)
            told = standing.as_json() | {
                "document": definition.model_dump(mode="json", exclude_defaults=True),
                "sentence": _sentences(ws, name),
                "health": ws.health()[name].as_json(),
            }
        return json_answer(told, headers={"etag": f'"{standing.version}"'})


def _add_trying(made: APIRouter, desk: Desk) -> None:
    @made.post("/validate", response_model=models.Validated, summary="Look whether definitions could be put in force")
    def validate(body: models.SegmentDocuments) -> Response:
        """Nothing is evaluated and nothing is stored; all that is wrong is told at once."""
        with desk.aside() as ws:
            problems = _problems(ws, body.segments)
        return json_answer({"valid": not problems, "problems": problems})

    @made.post("/preview", response_model=models.Previews, summary="Evaluate definitions without storing them")
    def preview(body: models.PreviewRequest, request: Request) -> Response:
        """Exact counts now; with `rows`, some of the members, whose sensitive values are left out."""
        if body.rows:
            caller_of(request).check(May.SEE_PERSONS)
        with desk.aside() as ws:
            return json_answer({"previews": [_previewed(ws, each, body.rows) for each in ws.preview(body.segments)]})

    @made.post("/dry-run", response_model=models.DryRuns, summary="See what putting definitions in force would change")
    def dry_run(body: models.SegmentDocuments) -> Response:
        """Who would enter and leave, what they are worth, which segments and campaigns hang on it."""
        with desk.aside() as ws:
            return json_answer({"segments": [each.as_json(ws.config.currency) for each in ws.dry_run(body.segments)]})


def _add_changing(made: APIRouter, desk: Desk) -> None:
    @made.post("", response_model=models.Applied, responses=_LATER, summary="Put segments in force, all or none")
    def apply(body: models.SegmentDocuments, request: Request) -> Response:
        """A segment that is in force already gets a new version."""
        return desk.change(
            request, _APPLY, lambda ws, _job: _told(ws.apply_segments(body.segments, author=caller_of(request).author))
        )

    @made.put("/{name}", response_model=models.Standing, responses=_LATER, summary="Put one segment in force")
    def put(
        name: Name,
        body: Document,
        request: Request,
        if_match: Annotated[str | None, Header(max_length=40, description="the `ETag` of the version read")] = None,
    ) -> Response:
        """With `If-Match`, only while the version that was read is still in force: nobody's change is lost unseen."""

        def do(ws: Workspace, _job: object) -> dict[str, Any]:
            check_version(ws, name, if_match)
            (done,) = ws.apply_segments([{**body, "segment": name}], author=caller_of(request).author)
            return done.as_json()

        return desk.change(request, _APPLY, do)

    @made.post("/refresh", response_model=models.Applied, responses=_LATER, summary="Bring every segment to now")
    def refresh(request: Request) -> Response:
        """Who entered and who left is written into the membership log."""
        return desk.change(request, _REFRESH, lambda ws, _job: _told(ws.refresh()))


def _add_taking_back(made: APIRouter, desk: Desk) -> None:
    @made.post("/{name}/undo", response_model=models.Standing, responses=_LATER, summary="Put an earlier version back")
    def undo(name: Name, request: Request, body: models.UndoRequest | None = None) -> Response:
        """It becomes a new version; the last other one unless `to` says which."""
        to, author = body.to if body else None, caller_of(request).author
        return desk.change(request, _UNDO, lambda ws, _job: ws.undo(name, to, author=author).as_json())

    @made.delete("/{name}", response_model=models.Version, responses=_LATER, summary="Take a segment out of force")
    def retire(name: Name, request: Request) -> Response:
        """Its versions and its log stay; `undo` puts it in force again."""
        author = caller_of(request).author
        return desk.change(request, _RETIRE, lambda ws, _job: ws.retire(name, author=author).as_json())


def check_version(ws: Workspace, name: str, wanted: str | None) -> None:
    """Raise Stale where another version is in force than the one that `If-Match` names."""
    if wanted is None:
        return
    present = {each.definition.name: each.version for each in ws.segments()}
    if wanted.strip().removeprefix("W/").strip('"') != str(present.get(name, "")):
        raise Stale(_CHANGED.with_(name=name), remedy=_READ_AGAIN)


def _told(standings: list[Standing]) -> dict[str, Any]:
    return {"segments": [each.as_json() for each in standings]}


def _sentences(ws: Workspace, segment: Any) -> dict[str, str]:
    return {language: ws.sentence(segment, language) for language in LANGUAGES}


def _problems(ws: Workspace, documents: list[Document]) -> list[dict[str, Any]]:
    try:
        written, before = segments.read_all(documents), segments.defined(ws.store)
        others = before | {each.name: each for each in written}
        segments.bound_all(others, ws.catalog, written, before, campaigns(ws.store))
    except InvalidDefinition as error:
        problems: list[dict[str, Any]] = unserved(error).as_json()["problems"]
        return problems
    return []


def _previewed(ws: Workspace, found: Preview, rows: int) -> dict[str, Any]:
    shown = [each.name for each in ws.catalog.traits if each.of == found.of and not each.sensitivity.is_masked]
    sample = ws.members_table(found, traits=shown, limit=rows).to_pylist() if rows else []
    return {
        "segment": found.segment.name, "of": found.of, "size": found.size, "population": found.population,
        "at": found.at.isoformat(), "sentence": _sentences(ws, found.segment),
        "findings": [plain_finding(each, ws.config.currency) for each in found.findings],
        "sample": [{name: plain(value) for name, value in row.items()} for row in sample],
    }  # fmt: skip


_APPLY = Text(en="Put segments in force", fr="Mettre des segments en vigueur")
_REFRESH = Text(en="Evaluate every segment", fr="Évaluer tous les segments")
_UNDO = Text(en="Put an earlier version in force", fr="Remettre une version en vigueur")
_RETIRE = Text(en="Take a segment out of force", fr="Retirer un segment")
_CHANGED = Text(
    en="the segment “{name}” has another version than the one that was read",
    fr="le segment « {name} » n'a plus la version qui a été lue",
)
_READ_AGAIN = Text(en="read it again, then send your change", fr="relisez-le, puis renvoyez votre modification")
