"""`/settings`: one's own profile, and the pages for owners beside it."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.errors import UserError
from quartier.language import LANGUAGES
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.settings import keys, second_factor, users, words, workspace
from quartier.web.settings.pages import ProfilePage, tabs
from quartier.web.settings.showing import shown
from quartier.web.visitor import Visitor

HERE = "/settings"
_THEMES = ("light", "dark")


def router(desk: Desk) -> APIRouter:
    """The routes of settings."""
    routes = APIRouter()
    _add_profile(routes, desk)
    second_factor.add(routes, desk)
    users.add(routes, desk)
    keys.add(routes, desk)
    workspace.add(routes, desk)
    return routes


def _add_profile(routes: APIRouter, desk: Desk) -> None:
    @routes.get(HERE)
    def show(request: Request) -> Response:
        return _profile(desk, request)

    @routes.post(HERE)
    def save(request: Request) -> Response:
        form, user = form_of(request), _signed(visitor_of(request)).user
        language, theme = field_of(form, "language"), field_of(form, "theme")
        try:
            desk.users.rename(user.id, field_of(form, "name"))
        except UserError as error:
            return _profile(desk, request, error, "f-name")
        desk.users.prefer(
            user.id, language=language if language in LANGUAGES else None, theme=theme if theme in _THEMES else None
        )
        return desk.go(request, HERE, words.SAVED)

    @routes.post(f"{HERE}/password")
    def password(request: Request) -> Response:
        form = form_of(request)
        try:
            desk.users.change_password(_signed(visitor_of(request)), field_of(form, "old"), field_of(form, "new"))
        except UserError as error:
            return _profile(desk, request, error, "f-new")
        return desk.go(request, HERE, words.PASSWORD_CHANGED)

    @routes.post(f"{HERE}/sessions")
    def elsewhere(request: Request) -> Response:
        desk.users.sign_out_elsewhere(_signed(visitor_of(request)))
        return desk.go(request, HERE, words.SIGNED_OUT)


def _signed(visitor: Visitor) -> Any:
    assert visitor.signed is not None  # the table of routes lets nobody else in
    return visitor.signed


def _profile(desk: Desk, request: Request, error: UserError | None = None, field: str = "") -> Response:
    visitor = visitor_of(request)
    signed = _signed(visitor)
    name = field_of(form_of(request), "name", signed.user.name) if field == "f-name" else signed.user.name
    page = ProfilePage(
        tabs(HERE, visitor), signed.user, name, desk.users.second_factors.is_on(signed.user.id),
        desk.users.sessions(signed.user.id), signed.session.digest,
        [(field, error.what.to(visitor.language))] if error else [],
    )  # fmt: skip
    return shown(desk, request, HERE, "profile", page, status=400 if error else 200)
