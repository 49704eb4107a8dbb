"""Where users come in: by their password, by a link that works once, or because the provider introduced them."""

import secrets
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quartier.errors import UserError
from quartier.store.invitations import Invitation
from quartier.store.users import User
from quartier.web.addresses import own_path, with_query
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, give_session, is_secure, take_session, visitor_of
from quartier.web.pace import Pace
from quartier.web.signing import words
from quartier.web.signing.waiting import LASTS, Waiting, WaitingRoom

_TRIES, _PER_SECOND = 10.0, 1 / 60
"""Passwords that may be tried for one e-mail at once, and how many more as time passes."""
_TRIES_OF_ADDRESS, _PER_SECOND_OF_ADDRESS = 40.0, 1 / 10
CODES, CODES_PER_SECOND = 5.0, 1 / 120
"""Codes that may be tried for one user: a million of them, of which three hold, are not gone through in years."""
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
    provider: str = ""
    remedy: str = ""

    @property
    def elsewhere(self) -> str:
        """The way to the provider."""
        return with_query("/sign-in/elsewhere", next=self.next if self.next != "/" else "")


@dataclass(frozen=True)
class CodePage:
    """The form for the code of a second factor."""

    error: str


@dataclass(frozen=True)
class WelcomePage:
    """The form of who comes in by a link."""

    purpose: str
    email: str
    name: str
    error: str
    action: str


@dataclass(frozen=True)
class Door:
    """Where users come in."""

    desk: Desk
    by_email: Pace
    by_address: Pace
    by_code: Pace
    room: WaitingRoom

    @classmethod
    def of(cls, desk: Desk) -> "Door":
        """The door of an application."""
        return cls(
            desk, Pace(secrets.token_bytes(32), _TRIES, _PER_SECOND),
            Pace(secrets.token_bytes(32), _TRIES_OF_ADDRESS, _PER_SECOND_OF_ADDRESS),
            Pace(secrets.token_bytes(32), CODES, CODES_PER_SECOND), WaitingRoom(),
        )  # fmt: skip

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
        if not (self.has_pace(request) and self.by_email.allows(email.strip().casefold(), now)):
            return self._form(request, replace(page, error=words.TOO_OFTEN.to(language)), 429)
        user = self.desk.users.known(email, field_of(form, "password"))
        if user is None:
            return self._form(request, replace(page, error=words.WRONG.to(language)), 401)
        return self.let_in(request, user, page.next, by="password")

    def has_pace(self, request: Request) -> bool:
        """Whether an address may try once more; if so, that counts."""
        address = request.client.host if request.client else ""
        return self.by_address.allows(address, self.desk.workspace.clock.now())

    def let_in(self, request: Request, user: User, following: str, *, by: str) -> Response:
        """Go on as a user who has shown who they are: with a session, or to where a code is asked for."""
        if self.desk.users.second_factors.is_on(user.id):
            return self._ask_code(request, Waiting(user.id, following, by, self.desk.workspace.clock.now()))
        return self._begin(request, user, following, by)

    def show_code(self, request: Request) -> Response:
        """The form for the code; who owes none begins at the start."""
        if self._waiting(request) is None:
            return RedirectResponse("/sign-in", 303)
        return self._code_form(request)

    def take_code(self, request: Request) -> Response:
        """Let in who owed a code and has typed it."""
        waiting, language = self._waiting(request), visitor_of(request).language
        user = self.desk.users.of(waiting.user) if waiting else None
        if waiting is None or user is None:
            return self._form(request, replace(self._page(request), error=words.TOO_LATE.to(language)), 401)
        if not (self.has_pace(request) and self.by_code.allows(str(user.id), self.desk.workspace.clock.now())):
            return self._code_form(request, words.TOO_OFTEN.to(language), 429)
        if not self.desk.users.second_factors.takes(user, field_of(form_of(request), "code")):
            return self._code_form(request, words.WRONG_CODE.to(language), 401)
        if not self.room.leave(request.cookies.get(_code_cookie(request), "")):
            return RedirectResponse("/sign-in", 303)  # two forms at the same time: one of them came in
        answer = self._begin(request, user, waiting.following, f"{waiting.by}, code")
        answer.delete_cookie(_code_cookie(request), path="/", secure=is_secure(request), httponly=True, samesite="lax")
        return answer

    def _begin(self, request: Request, user: User, following: str, by: str) -> Response:
        answer = RedirectResponse(following, 303)
        give_session(request, answer, self.desk.users.begin(user, _agent(request), by=by))
        return answer

    def _ask_code(self, request: Request, waiting: Waiting) -> Response:
        answer = RedirectResponse("/sign-in/code", 303)
        answer.set_cookie(
            _code_cookie(request), self.room.enter(waiting), max_age=int(LASTS.total_seconds()), path="/",
            secure=is_secure(request), httponly=True, samesite="lax",
        )  # fmt: skip
        return answer

    def _waiting(self, request: Request) -> Waiting | None:
        token = request.cookies.get(_code_cookie(request))
        return self.room.find(token, self.desk.workspace.clock.now()) if token else None

    def _code_form(self, request: Request, error: str = "", status: int = 200) -> Response:
        language = visitor_of(request).language
        return self.desk.page(
            request, "app/sign_in_code.html", CodePage(error), words=words.WORDS, title=words.CODE.to(language),
            sentence=words.CODE_SENTENCE.to(language), place="", status=status,
        )  # fmt: skip

    def refused(self, request: Request, error: UserError, status: int) -> Response:
        """The form, with why nobody came in and what to do."""
        language = visitor_of(request).language
        remedy = error.remedy.to(language) if error.remedy else ""
        page = replace(self._page(request), error=error.what.to(language), remedy=remedy, next="/")
        return self._form(request, page, status)

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
        return self.let_in(request, user, "/", by="link")

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
        named = self.desk.workspace.config.open_id
        label = named.label if named else ""
        return SignInPage("", "", following, self.desk.users.is_new, is_open, label)

    def _form(self, request: Request, page: SignInPage, status: int = 200) -> Response:
        language = visitor_of(request).language
        if page.is_new:
            page = replace(page, error=words.NEW.to(language))
        title = words.SIGN_IN.to(language)
        return self.desk.page(
            request, "app/sign_in.html", page, words=words.WORDS, title=title, place="", status=status
        )


def _code_cookie(request: Request) -> str:
    return "__Host-quartier-code" if is_secure(request) else "quartier_code"


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")[:_LONGEST_AGENT]
