"""`/accounts`: companies and households found, and each with its persons, its place among others, its figures."""

from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from quartier.errors import InvalidRequest, UnknownName
from quartier.govern.deeds import Deeds
from quartier.govern.roles import May
from quartier.language import Text
from quartier.web.accounts.pages import ListPage, account_view, list_page
from quartier.web.accounts.words import TABS, TITLE, WORDS
from quartier.web.addresses import part
from quartier.web.desk import Desk, is_fragment
from quartier.web.guard import visitor_of
from quartier.web.shell import Step
from quartier.workspace import Workspace

FOUND, MEMBERS, EVENTS = 50, 200, 50
"""How many accounts a page lists, and how many members and events one account shows."""


def router(desk: Desk) -> APIRouter:
    """The routes of accounts."""
    routes, room = APIRouter(), _Accounts(desk)
    routes.add_api_route("/accounts", room.all)
    routes.add_api_route("/accounts/{account}", room.one)
    return routes


@dataclass(frozen=True)
class _Accounts:
    desk: Desk

    def all(self, request: Request) -> Response:
        """Those searched for, or all of them."""
        query, after = request.query_params.get("query", "").strip(), request.query_params.get("after") or None
        with self.desk.aside() as ws:
            try:
                page = _found(ws, query, after)
            except InvalidRequest as error:
                problem = error.what.to(visitor_of(request).language)
                page = replace(_found(ws, "", None), query=query, problem=problem)
        if is_fragment(request):
            return self.desk.fragment(request, "accounts/found.html", page, words=WORDS)
        return self.desk.page(
            request, "accounts/list.html", page, words=WORDS, title=TITLE.to(visitor_of(request).language),
            place="accounts", at=self.desk.workspace.clock.now(),
        )  # fmt: skip

    def one(self, account: str, request: Request) -> Response:
        """One side of an account."""
        query, visitor, config = request.query_params, visitor_of(request), self.desk.workspace.config
        tab = query.get("tab", "")
        tab = tab if tab in TABS else "traits"
        shows_all = query.get("sensitive") == "1" and visitor.may(May.SEE_SENSITIVE)
        with self.desk.aside() as ws:
            try:
                found = ws.accounts.profile(
                    account, members=MEMBERS, events=EVENTS if tab == "activity" else 0, sensitive=shows_all
                )
            except UnknownName as error:
                raise UnknownName(_NONE, remedy=_SEARCH) from error
            if found.account != account:
                return RedirectResponse(f"/accounts/{part(found.account)}", 303)
            tree = ws.accounts.tree(found.account)
        if shows_all:
            self.desk.note(request, Deeds.SENSITIVE_SEEN, account=found.account, side=tab)
        page = account_view(found, tree, tab, visitor.language, config, shows_all=shows_all)
        return self.desk.page(
            request, "accounts/account.html", page, words=WORDS, title=found.name, place="accounts",
            sentence=found.account, at=found.at, trail=(Step(TITLE.to(visitor.language), "/accounts"),),
        )  # fmt: skip


def _found(ws: Workspace, query: str, after: str | None) -> ListPage:
    found = ws.accounts.find(query, limit=FOUND, after=after) if query else ws.accounts.page(limit=FOUND, after=after)
    return list_page(query, found, after=after, everyone=ws.count_accounts())


_NONE = Text(en="No account here has this identifier", fr="Aucun compte ici n'a cet identifiant")
_SEARCH = Text(
    en="Search by name or number on the page of accounts.", fr="Cherchez par nom ou numéro sur la page des comptes."
)
