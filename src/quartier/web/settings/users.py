"""`/settings/users`: who signs in, with which role; `/settings/audit`: what they did."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from quartier.errors import UnknownName, UserError
from quartier.language import Text
from quartier.store.users import User
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.settings import words
from quartier.web.settings.pages import AuditPage, UsersPage, deed_row, role_names, role_table, tabs
from quartier.web.settings.showing import shown

HERE, AUDIT = "/settings/users", "/settings/audit"
MOST = 50
_HIGHEST = 2**63 - 1  # what a database takes for a number


def add(routes: APIRouter, desk: Desk) -> None:
    """The routes of users and of the audit log."""
    _add_inviting(routes, desk)
    _add_changing(routes, desk)

    @routes.get(AUDIT)
    def audit(request: Request, before: Annotated[int | None, Query(ge=1, le=_HIGHEST)] = None) -> Response:
        visitor = visitor_of(request)
        found = desk.users.deeds(MOST + 1, before)
        following = f"{AUDIT}?before={found[MOST - 1].number}" if len(found) > MOST else ""
        rows = [deed_row(each, visitor.language) for each in found[:MOST]]
        changed = desk.users.first_changed_deed()
        page = AuditPage(tabs(AUDIT, visitor), rows, changed, following, AUDIT if before is not None else "")
        return shown(desk, request, AUDIT, "audit", page)


def _add_inviting(routes: APIRouter, desk: Desk) -> None:
    @routes.get(HERE)
    def show(request: Request) -> Response:
        return shown(desk, request, HERE, "users", _page(desk, request))

    @routes.post(HERE)
    def invite(request: Request) -> Response:
        form, visitor = form_of(request), visitor_of(request)
        typed = {name: field_of(form, name) for name in ("email", "role")}
        try:
            token = desk.users.invite(typed["email"], typed["role"], author=visitor.author)
        except UserError as error:
            return _refused(desk, request, error, typed, "f-email")
        return _told(desk, request, token)


def _add_changing(routes: APIRouter, desk: Desk) -> None:
    @routes.post(f"{HERE}/{{number}}")
    def change(number: int, request: Request) -> Response:
        form, author = form_of(request), visitor_of(request).author
        try:
            match field_of(form, "deed"):
                case "close":
                    desk.users.close(number, author=author)
                case "reopen":
                    desk.users.reopen(number, author=author)
                case "take_off":
                    desk.users.second_factors.take_off(_user(desk, number), author=author)
                case "forget_provider":
                    desk.users.forget_provider(number, author=author)
                case _:
                    desk.users.give_role(number, field_of(form, "role"), author=author)
        except UnknownName:
            raise
        except UserError as error:
            return _refused(desk, request, error)
        return desk.go(request, HERE, words.SAVED)

    @routes.post(f"{HERE}/{{number}}/password")
    def offer(number: int, request: Request) -> Response:
        user = _user(desk, number)
        return _told(desk, request, desk.users.offer_password(user.email, author=visitor_of(request).author))


def _told(desk: Desk, request: Request, token: str) -> Response:
    """The page with a link that is shown this once."""
    link = f"{str(request.base_url).rstrip('/')}/welcome/{token}"
    return shown(desk, request, HERE, "users", replace(_page(desk, request), link=link))


def _refused(
    desk: Desk, request: Request, error: UserError, typed: dict[str, str] | None = None, field: str = ""
) -> Response:
    problems = [(field, error.what.to(visitor_of(request).language))]
    page = replace(_page(desk, request), typed=typed or {}, problems=problems)
    return shown(desk, request, HERE, "users", page, status=400)


def _page(desk: Desk, request: Request) -> UsersPage:
    visitor = visitor_of(request)
    own = visitor.signed.user.id if visitor.signed else 0
    language = visitor.language
    return UsersPage(
        tabs(HERE, visitor),
        desk.users.all(),
        desk.users.invitations(),
        role_names(language),
        role_table(language),
        own,
        desk.users.second_factors.all_on(),
    )


def _user(desk: Desk, number: int) -> User:
    found = next((each for each in desk.users.all() if each.id == number), None)
    if found is None:
        raise UnknownName(_NOBODY)
    return found


_NOBODY = Text(en="there is no such user", fr="cet utilisateur n'existe pas")
