"""`/segments/<name>` and its tabs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.govern.roles import May
from quartier.segment.health import Health
from quartier.web.desk import Desk
from quartier.web.guard import visitor_of
from quartier.web.segments import members, movement, overlaps, overview, persona_page, set_quality, versions_page, why
from quartier.web.segments.head import Head, Tab, head_of
from quartier.web.segments.seen import Seen, see
from quartier.web.segments.segment_words import WORDS
from quartier.web.segments.words import SEGMENTS
from quartier.web.shell import Step
from quartier.web.visitor import Visitor
from quartier.workspace import Workspace


@dataclass(frozen=True)
class Asking:
    """What a tab is made of."""

    ws: Workspace
    seen: Seen
    head: Head
    visitor: Visitor
    request: Request

    def number(self, name: str) -> int | None:
        """A whole number of the address."""
        written = self.request.query_params.get(name, "")
        return int(written) if written.isdecimal() and len(written) < 10 else None

    @property
    def sees_sensitive(self) -> bool:
        """Whether sensitive values may be shown."""
        return self.visitor.may(May.SEE_SENSITIVE)


def add_to(routes: APIRouter, desk: Desk) -> None:
    """The routes of the tabs."""

    @routes.get("/segments/{name}")
    def show(name: str, request: Request) -> Response:
        return _tab(desk, request, name, "", "overview", _overview)

    @routes.get("/segments/{name}/persona")
    def show_persona(name: str, request: Request) -> Response:
        return _tab(desk, request, name, "persona", "persona", _persona)

    @routes.get("/segments/{name}/movement")
    def show_movement(name: str, request: Request) -> Response:
        return _tab(desk, request, name, "movement", "movement", _movement)

    @routes.get("/segments/{name}/members")
    def show_members(name: str, request: Request) -> Response:
        return _tab(desk, request, name, "members", "members", _members)

    @routes.get("/segments/{name}/why")
    def show_why(name: str, request: Request) -> Response:
        return _tab(desk, request, name, "why", "why", _why)

    @routes.get("/segments/{name}/overlap")
    def show_overlap(name: str, request: Request) -> Response:
        return _tab(desk, request, name, "overlap", "overlap", _overlap)

    @routes.get("/segments/{name}/quality")
    def show_quality(name: str, request: Request) -> Response:
        return _tab(desk, request, name, "quality", "quality", _quality)

    @routes.get("/segments/{name}/versions")
    def show_versions(name: str, request: Request) -> Response:
        return _tab(desk, request, name, "versions", "versions", _versions)


def _tab(desk: Desk, request: Request, name: str, tab: Tab, template: str, make: Callable[[Asking], Any]) -> Response:
    visitor = visitor_of(request)
    with desk.aside() as ws:
        seen = see(ws, name)
        head = head_of(seen, tab, visitor, ws.config.currency, _health(ws, seen))
        page = make(Asking(ws, seen, head, visitor, request))
        # What is explained is evaluated now; all else is as of the last evaluation.
        at = ws.clock.now() if tab == "why" else seen.at
    return desk.page(
        request, f"segments/{template}.html", page, words=WORDS, title=head.label, place="segments",
        sentence=head.sentence, at=at, trail=[Step(SEGMENTS.to(visitor.language), "/segments")],
    )  # fmt: skip


def _health(ws: Workspace, seen: Seen) -> Health | None:
    return ws.health().get(seen.name) if seen.is_in_force else None


def _overview(asking: Asking) -> overview.Overview:
    return overview.overview(asking.ws, asking.seen, asking.head, asking.visitor)


def _persona(asking: Asking) -> persona_page.PersonaPage:
    return persona_page.persona_page(asking.ws, asking.seen, asking.head, asking.visitor)


def _movement(asking: Asking) -> movement.MovementPage:
    asked = movement.Asked.of(asking.request.query_params)
    return movement.movement_page(asking.ws, asking.seen, asking.head, asked, asking.visitor.language)


def _members(asking: Asking) -> members.MembersPage:
    parameters = asking.request.query_params
    asked = members.Asked.of(parameters, parameters.getlist("columns"))
    return members.members_page(
        asking.ws, asking.seen, asking.head, asked, asking.visitor.language, sensitive=asking.sees_sensitive
    )


def _why(asking: Asking) -> why.WhyPage:
    person = asking.request.query_params.get("person", "").strip()[:300]
    near = bool(asking.request.query_params.get("near")) and not person
    return why.why_page(
        asking.ws,
        asking.seen,
        asking.head,
        person,
        asking.visitor.language,
        near=near,
        sensitive=asking.sees_sensitive,
    )


def _overlap(asking: Asking) -> overlaps.OverlapPage:
    return overlaps.overlap_page(asking.ws, asking.seen, asking.head, asking.visitor.language)


def _quality(asking: Asking) -> set_quality.QualityPage:
    return set_quality.quality_page(asking.ws, asking.seen, asking.head, asking.visitor.language)


def _versions(asking: Asking) -> versions_page.VersionsPage:
    return versions_page.versions_page(
        asking.ws, asking.seen, asking.head, asking.number("old"), asking.number("new"), asking.visitor.language,
        may_edit=asking.visitor.may(May.EDIT_SEGMENTS),
    )  # fmt: skip
