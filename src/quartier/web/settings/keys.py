"""`/settings/keys`: write keys and secret keys."""

import datetime as dt
from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.errors import InvalidRequest, UserError
from quartier.govern.deeds import Deeds
from quartier.govern.roles import May
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.settings import words
from quartier.web.settings.pages import KeysPage, scope_labels, tabs
from quartier.web.settings.showing import shown

HERE = "/settings/keys"
MOST_DAYS = 3660


def add(routes: APIRouter, desk: Desk) -> None:
    """The routes of keys."""
    keys = desk.workspace.keys

    @routes.get(HERE)
    def show(request: Request) -> Response:
        return shown(desk, request, HERE, "keys", _page(desk, request))

    @routes.post(f"{HERE}/write")
    def write(request: Request) -> Response:
        form = form_of(request)
        typed = {name: field_of(form, name) for name in ("source", "origins")}
        try:
            made = keys.create(typed["source"].strip(), typed["origins"].split())
        except UserError as error:
            return _refused(desk, request, error, typed, "f-source")
        desk.note(request, Deeds.KEY_MADE, start=made.key[:8])
        return desk.go(request, HERE, words.KEY_MADE)

    @routes.post(f"{HERE}/secret")
    def secret(request: Request) -> Response:
        form = form_of(request)
        typed = {name: field_of(form, name) for name in ("name", "days")}
        chosen = [each for each in May if field_of(form, f"scope-{each}")]
        typed |= {f"scope-{each}": "1" for each in chosen}
        try:
            made = keys.create_secret(typed["name"].strip(), scopes=_scopes(chosen), lasts=_lasts(typed["days"]))
        except UserError as error:
            return _refused(desk, request, error, typed, "f-name")
        desk.note(request, Deeds.KEY_MADE, start=made[:8])
        return shown(desk, request, HERE, "keys", replace(_page(desk, request), made=made))

    @routes.post(f"{HERE}/revoke")
    def revoke(request: Request) -> Response:
        key = field_of(form_of(request), "key")
        keys.revoke(key)
        desk.note(request, Deeds.KEY_REVOKED, start=key[:8])
        return desk.go(request, HERE, words.REVOKED)


def _scopes(chosen: list[May]) -> list[May]:
    if not chosen:
        raise InvalidRequest(words.NO_SCOPE)
    return chosen


def _lasts(written: str) -> dt.timedelta | None:
    """How long a key is in force; for ever where nothing is written."""
    if not written.strip():
        return None
    days = int(written) if written.strip().isdecimal() and len(written.strip()) < 6 else 0
    if not 1 <= days <= MOST_DAYS:
        raise InvalidRequest(words.NO_DAYS)
    return dt.timedelta(days=days)


def _page(desk: Desk, request: Request) -> KeysPage:
    visitor, keys = visitor_of(request), desk.workspace.keys
    return KeysPage(
        tabs(HERE, visitor), keys.all(), keys.secrets(), scope_labels(visitor.language), desk.workspace.clock.now()
    )


def _refused(desk: Desk, request: Request, error: UserError, typed: dict[str, str], field: str) -> Response:
    page = replace(_page(desk, request), typed=typed, problems=[(field, error.what.to(visitor_of(request).language))])
    return shown(desk, request, HERE, "keys", page, status=400)
