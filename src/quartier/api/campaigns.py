"""Campaigns under /api/v1: frozen, exported, measured."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from quartier.api import campaign_models as models
from quartier.api.answers import json_answer
from quartier.api.cursors import LONGEST, cursor, place_of
from quartier.api.desk import Desk
from quartier.api.documents import Document, Job
from quartier.api.files import Files
from quartier.api.keys import caller_of
from quartier.govern.deeds import Deeds
from quartier.govern.roles import May
from quartier.language import Text
from quartier.store import audiences
from quartier.store.audiences import Audience
from quartier.workspace import Workspace
from quartier.workspace.scratch import Scratch
from quartier.workspace.work import Job as Asked

Name = Annotated[str, Path(max_length=200, examples=["autumn-2026"])]
_LATER: dict[int | str, dict[str, Any]] = {202: {"model": Job, "description": "it takes long: its job"}}


def router(desk: Desk, files: Files) -> APIRouter:
    """The routes of campaigns."""
    made = APIRouter(prefix="/api/v1", tags=["target and evaluate"])
    _add_reading(made, desk)
    _add_freezing(made, desk)
    _add_exporting(made, desk, files)
    return made


def _add_reading(made: APIRouter, desk: Desk) -> None:
    @made.get("/campaigns", response_model=models.Campaigns, summary="List the campaigns, in order of time")
    def listed(
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        cursor_: Annotated[str | None, Query(alias="cursor", max_length=LONGEST)] = None,
    ) -> Response:
        """Each with its frozen audience in figures."""
        place = place_of(cursor_, at="", campaign="")
        with desk.workspace.store.begin() as connection:
            found = audiences.all_frozen(connection)
        rest = [each for each in found if _place(each) > (place["at"], place["campaign"])]
        page = rest[:limit]
        at, campaign = _place(page[-1]) if page else ("", "")
        following = cursor(at=at, campaign=campaign) if len(rest) > limit else None
        return json_answer({"campaigns": [_told(each) for each in page], "next": following})

    @made.get("/campaigns/{name}", response_model=models.Campaign, summary="Read one campaign")
    def read(name: Name) -> Response:
        """Its frozen audience in figures, and when whom it reached."""
        audience = desk.workspace.audience(name)
        with desk.workspace.store.begin() as connection:
            exposed = audiences.exposures_of(connection, name)
        reached = [
            {"at": each.at.isoformat(), "channel": each.channel, "persons": len(each.persons)} for each in exposed
        ]
        return json_answer({**_told(audience), "exposures": reached})

    @made.post("/campaigns/{name}/effects", response_model=Document, summary="Measure what a campaign changed")
    def effects(name: Name, body: models.EffectRequest) -> Response:
        """Against its holdout, with intervals, overall and per segment as it was when the audience was frozen."""
        with desk.aside() as ws:
            return json_answer(ws.evaluate(name, body.outcome, segments_named=body.segments).as_json())


def _add_freezing(made: APIRouter, desk: Desk) -> None:
    @made.post(
        "/campaigns", response_model=models.Frozen, status_code=201, responses=_LATER, summary="Freeze an audience"
    )
    def freeze(body: models.CampaignDocument, request: Request) -> Response:
        """The members of a segment now, with a holdout; it never changes afterwards."""
        author, document = caller_of(request).author, body.model_dump(exclude_unset=True)
        answer = desk.change(request, _FREEZE, lambda ws, _job: _told(ws.freeze(document, author=author)), status=201)
        desk.note(request, Deeds.AUDIENCE_FROZEN, campaign=body.name, segment=body.segment)
        return answer


def _add_exporting(made: APIRouter, desk: Desk, files: Files) -> None:
    @made.post("/campaigns/{name}/exports", response_model=models.Exported, responses=_LATER, summary="Write the list")
    def export(
        name: Name,
        request: Request,
        form: Annotated[Literal["csv", "parquet", "json"], Query(alias="format")] = "csv",
        traits: Annotated[str | None, Query(max_length=5000, description="names, separated by commas")] = None,
    ) -> Response:
        """Those targeted, never the holdout; it is recorded that they are exposed. `file` is where the list is got."""
        caller = caller_of(request)
        wanted = [each.strip() for each in traits.split(",") if each.strip()] if traits else None
        masked = {each.name for each in desk.workspace.catalog.traits if each.sensitivity.is_masked}
        if masked.intersection(wanted or ()):
            caller.check(May.SEE_SENSITIVE)

        def do(ws: Workspace, job: Asked) -> Any:
            folder = Scratch(".leaving-", ws.folder)
            path = folder.path / f"{_plain(name)}.{form}"
            done = ws.export(name, path, traits=wanted)
            ws.users.note(Deeds.EXPORTED, author=caller.author, campaign=name, persons=done.persons)
            told = {key: value for key, value in done.as_json().items() if key != "path"}
            return told | {"file": files.keep(job, folder, path)}

        return desk.change(request, _EXPORT, do)


def _place(each: Audience) -> tuple[str, str]:
    return each.at.isoformat(), each.campaign


def _told(each: Audience) -> dict[str, Any]:
    return {
        "campaign": each.campaign, "segment": each.segment, "at": each.at.isoformat(), "holdout": each.holdout,
        "targeted": len(each.targeted), "held_out": len(each.held_out),
    }  # fmt: skip


def _plain(name: str) -> str:
    """A campaign's name as the name of a file."""
    return "".join(each if each.isalnum() or each in "-_" else "-" for each in name)[:100]


_FREEZE = Text(en="Freeze an audience", fr="Figer une audience")
_EXPORT = Text(en="Write a list", fr="Écrire une liste")
