"""What is read of one segment under /api/v1: members page by page, its past, its versions, why somebody is in it."""

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pyroaring import BitMap

from quartier.api import segment_models as models
from quartier.api.answers import json_answer
from quartier.api.cursors import LONGEST, cursor, place_of
from quartier.api.desk import Desk
from quartier.api.keys import Caller, caller_of
from quartier.catalog import Subject
from quartier.govern.deeds import Deeds
from quartier.govern.roles import May
from quartier.identify.profile.plain import plain
from quartier.segment import log
from quartier.segment import run as segments
from quartier.segment.of_person import is_sensitive
from quartier.store import membership
from quartier.workspace import Workspace

_Name = Annotated[str, Path(max_length=200, examples=["frequent-buyers"])]
_Instant = Annotated[dt.datetime | None, Query(description="ISO 8601, UTC where no zone is said")]
MOST = 10_000
"""Members of a page."""


def add_reading(made: APIRouter, desk: Desk) -> None:
    """The routes that only read."""
    _add_members(made, desk)
    _add_past(made, desk)
    _add_versions(made, desk)


def _add_members(made: APIRouter, desk: Desk) -> None:
    @made.get("/{name}/members", response_model=models.Members, summary="List the members of a segment")
    def members(
        name: _Name,
        request: Request,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 1000,
        traits: Annotated[str | None, Query(max_length=5000, description="names, separated by commas")] = None,
        as_of: _Instant = None,
        cursor_: Annotated[str | None, Query(alias="cursor", max_length=LONGEST)] = None,
    ) -> Response:
        """As they were when the segment was last evaluated, or at an instant; traits are as they are now.

        All pages are of the same instant, whatever happens between them. Sensitive values are told to keys with the
        scope `see_sensitive`, where they are asked for by name.
        """
        wanted = [each.strip() for each in traits.split(",") if each.strip()] if traits else None
        with desk.aside() as ws:
            place = place_of(cursor_, **_start(ws, name, as_of))
            of, keys = _members_at(ws, name, place["position"])
            columns = _columns(ws, of, wanted, caller_of(request))
            page = keys[keys.rank(place["after"]) if place["after"] else 0 :][:limit]
            rows = segments.persons(ws.engine, ws.catalog, page, columns, of).to_pylist()
        is_last = not page or page.max() == keys.max()
        following = None if is_last else cursor(**place | {"after": page.max()})
        shown = [{column: plain(value) for column, value in row.items()} for row in rows]
        desk.note(request, Deeds.MEMBERS_READ, segment=name, persons=len(rows))
        told = {"segment": name, "of": of, "size": len(keys), "at": place["at"]}
        return json_answer({**told, "members": shown, "next": following})

    @made.get("/{name}/explanation", response_model=models.Explanation, summary="Why somebody is a member or not")
    def explain(
        name: _Name, request: Request, person: Annotated[str, Query(min_length=1, max_length=500, examples=["C1"])]
    ) -> Response:
        """Each condition with what was observed of a person (public id, user id, e-mail) or an account."""
        with desk.aside() as ws:
            known = segments.defined(ws.store)
            segments.named(name, known)
            if is_sensitive(name, ws.catalog, known):
                caller_of(request).check(May.SEE_SENSITIVE)
                desk.note(request, Deeds.SENSITIVE_SEEN, segment=name)
            return json_answer(ws.explain(name, person).as_json())


def _add_past(made: APIRouter, desk: Desk) -> None:
    @made.get("/{name}/history", response_model=models.History, summary="The sizes of a segment over time")
    def history(name: _Name, since: _Instant = None, until: _Instant = None) -> Response:
        """As they were observed, with what entered and left each time."""
        with desk.aside() as ws:
            return json_answer(ws.size_history(name, since=_utc(since), until=_utc(until)).as_json())

    @made.get("/{name}/movement", response_model=models.Movement, summary="What entered and left between two instants")
    def movement(
        name: _Name, since: Annotated[dt.datetime, Query(description="ISO 8601")], until: _Instant = None
    ) -> Response:
        """Counted; the second instant is now unless given."""
        with desk.aside() as ws:
            return json_answer(ws.movement(name, _utc(since) or since, _utc(until)).as_json())


def _add_versions(made: APIRouter, desk: Desk) -> None:
    number = Query(ge=1, le=2**31)

    @made.get("/{name}/versions", response_model=models.Versions, summary="Every version of a segment")
    def versions(name: _Name) -> Response:
        """With its author, oldest first; those of a segment out of force, too."""
        with desk.aside() as ws:
            return json_answer({"versions": [each.as_json() for each in ws.versions(name)]})

    @made.get("/{name}/difference", response_model=models.Difference, summary="What changed between two versions")
    def difference(
        name: _Name, old: Annotated[int | None, number] = None, new: Annotated[int | None, number] = None
    ) -> Response:
        """The last one and the one before unless they are given."""
        with desk.aside() as ws:
            return json_answer(ws.difference(name, old, new).as_json())


def _start(ws: Workspace, name: str, as_of: dt.datetime | None) -> dict[str, Any]:
    """Where a first page begins: before everybody, at a position of the membership log."""
    segments.named(name, segments.defined(ws.store))
    at = _utc(as_of)
    last = next((each.at for each in ws.segments() if each.definition.name == name), ws.clock.now())
    with ws.store.begin() as connection:
        position = log.position_at(connection, name, at) if at else membership.position(connection)
    return {"after": 0, "position": position, "at": (at or last).isoformat()}


def _members_at(ws: Workspace, name: str, position: int) -> tuple[Subject, BitMap]:
    definition = segments.named(name, segments.defined(ws.store))
    with ws.store.begin() as connection:
        return definition.subject, membership.members_at(connection, name, position)


def _columns(ws: Workspace, of: Subject, wanted: list[str] | None, caller: Caller) -> list[str]:
    """The traits to tell: those asked for if the key opens them, or all that are not sensitive."""
    known = {each.name: each for each in ws.catalog.traits if each.of == of}
    if wanted is None:
        return [name for name, each in known.items() if not each.sensitivity.is_masked]
    if any(name in known and known[name].sensitivity.is_masked for name in wanted):
        caller.check(May.SEE_SENSITIVE)
    return wanted


def _utc(at: dt.datetime | None) -> dt.datetime | None:
    return at.replace(tzinfo=dt.UTC) if at is not None and at.tzinfo is None else at
