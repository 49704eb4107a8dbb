"""`/sign-in`, `/sign-out` and `/welcome/<token>`: the only pages open to those who have not signed in."""

import secrets
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from quartier.errors import UserError
from quartier.store.invitations import Invitation
from quartier.web.addresses import own_path
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, give_session, is_secure, take_session, visitor_of
from quartier.web.pace import Pace
from quartier.web.signing import words

_TRIES, _PER_SECOND = 10.0, 1 / 60
"""Passwords that may be tried for one e-mail at once, and how many more as time passes."""
_TRIES_OF_ADDRESS, _PER_SECOND_OF_ADDRESS = 40.0, 1 / 10
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1", "testserver")
_LONGEST_AGENT = 200


@dataclass(frozen=True)
class SignInPage:
    """The form of signing in, with what was typed but the password."""

    email: str
    error: str
    next: str
    is_new: bool
    is_unencrypted: bool


@dataclass(frozen=True)
class WelcomePage:
    """The form of who comes in by a link."""

    purpose: str
    email: str
    name: str
    error: str
    action: str


def router(desk: Desk) -> APIRouter:
    """The routes of signing in."""
    door = Door(desk, Pace(secrets.token_bytes(32), _TRIES, _PER_SECOND),
                Pace(secrets.token_bytes(32), _TRIES_OF_ADDRESS, _PER_SECOND_OF_ADDRESS))  # fmt: skip
    routes = APIRouter()

    @routes.get("/sign-in")
    def show(request: Request) -> Response:
        return door.show(request)

    @routes.post("/sign-in")
    def sign_in(request: Request) -> Response:
        return door.sign_in(request)

    @routes.post("/sign-out")
    def sign_out(request: Request) -> Response:
        return door.sign_out(request)

    @routes.get("/welcome/{token}")
    def welcome(token: str, request: Request) -> Response:
        return door.welcome(token, request)

    @routes.post("/welcome/{token}")
    def come_in(token: str, request: Request) -> Response:
        return door.come_in(token, request)

    return routes


@dataclass(frozen=True)
class Door:
    """Where users come in."""

    desk: Desk
    by_email: Pace
    by_address: Pace

    def show(self, request: Request) -> Response:
        """The form; who is signed in already goes on."""
        if visitor_of(request).signed is not None:
            return RedirectResponse(own_path(request.query_params.get("next", "/"), "/"), 303)
        return self._form(request, self._page(request))

    def sign_in(self, request: Request) -> Response:
        """Let a user in, or say that it was not them: in the same words whether there is such a user or not."""
        form, now = form_of(request), self.desk.workspace.clock.now()
        email, page = field_of(form, "email"), self._page(request)
        page = replace(page, email=email, next=own_path(field_of(form, "next", "/"), "/"))
        language = visitor_of(request).language
        address = request.client.host if request.client else ""
        if not (self.by_address.allows(address, now) and self.by_email.allows(email.strip().casefold(), now)):
            return self._form(request, replace(page, error=words.TOO_OFTEN.to(language)), 429)
        token = self.desk.users.sign_in(email, field_of(form, "password"), _agent(request))
        if token is None:
            return self._form(request, replace(page, error=words.WRONG.to(language)), 401)
        answer = RedirectResponse(page.next, 303)
        give_session(request, answer, token)
        return answer

    def sign_out(self, request: Request) -> Response:
        """End the session."""
        signed = visitor_of(request).signed
        if signed is not None:
            self.desk.users.sign_out(signed)
        answer = RedirectResponse("/sign-in", 303)
        take_session(request, answer)
        return answer

    def welcome(self, token: str, request: Request) -> Response:
        """What a link is for; 404 once it was used."""
        return self._welcome(request, self._invitation(token), token)

    def come_in(self, token: str, request: Request) -> Response:
        """Use the link up."""
        found, form = self._invitation(token), form_of(request)
        typed = {name: field_of(form, name) for name in ("email", "name", "password")}
        try:
            user = self.desk.users.accept(token, **typed, language=visitor_of(request).language)
        except UserError as error:
            told = error.what.to(visitor_of(request).language)
            return self._welcome(request, found, token, email=typed["email"], name=typed["name"], error=told)
        answer = RedirectResponse("/", 303)
        give_session(request, answer, self.desk.users.begin(user, _agent(request)))
        return answer

    def _invitation(self, token: str) -> Invitation:
        found = self.desk.users.invitation(token)
        if found is None:
            raise HTTPException(404)
        return found

    def _welcome(
        self, request: Request, found: Invitation, token: str, *, email: str = "", name: str = "", error: str = ""
    ) -> Response:
        language = visitor_of(request).language
        page = WelcomePage(found.purpose, found.email or email, name, error, f"/welcome/{token}")
        return self.desk.page(
            request, "app/welcome.html", page, words=words.WORDS, title=words.TITLES[found.purpose].to(language),
            sentence=words.SENTENCES[found.purpose].to(language, owner=self.desk.workspace.config.name), place="",
            status=400 if error else 200,
        )  # fmt: skip

    def _page(self, request: Request) -> SignInPage:
        following = own_path(request.query_params.get("next", "/"), "/")
        is_open = not is_secure(request) and (request.url.hostname or "") not in _LOOPBACK
        return SignInPage("", "", following, self.desk.users.is_new, is_open)

    def _form(self, request: Request, page: SignInPage, status: int = 200) -> Response:
        language = visitor_of(request).language
        if page.is_new:
            page = replace(page, error=words.NEW.to(language))
        title = words.SIGN_IN.to(language)
        return self.desk.page(
            request, "app/sign_in.html", page, words=words.WORDS, title=title, place="", status=status
        )


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")[:_LONGEST_AGENT]
