"""`/sign-in/elsewhere`: to the OpenID provider, and back.

Both are addresses that are read: a browser is sent to the provider by a link, for what a form sends may go nowhere but
to us (`form-action 'self'`). Neither changes anything unless the provider says who somebody is, in this very browser.
"""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from quartier.config import OpenId
from quartier.govern.deeds import Deeds
from quartier.govern.elsewhere.provider import Provider
from quartier.govern.elsewhere.refusals import NotLetIn, Why
from quartier.govern.elsewhere.way import Way
from quartier.web.addresses import own_path
from quartier.web.guard import is_secure, visitor_of
from quartier.web.signing.door import Door

HERE, BACK = "/sign-in/elsewhere", "/sign-in/elsewhere/back"
_LASTS = 600  # seconds that a browser keeps its secret: time to sign in over there
_LONGEST = 2000
_STATUS = {Why.STALE: 400, Why.AWAY: 503, Why.NOT_SET_UP: 503, Why.TOO_OFTEN: 429}


def add(routes: APIRouter, door: Door, settings: OpenId | None) -> None:
    """The routes to the provider and back; they lead nowhere without one."""
    gate = Gate(door, Provider(settings, door.desk.workspace.clock)) if settings else None

    @routes.get(HERE)
    def go(request: Request) -> Response:
        return _open(gate).go(request)

    @routes.get(BACK)
    def back(request: Request) -> Response:
        return _open(gate).back(request)


def _open(gate: "Gate | None") -> "Gate":
    if gate is None:
        raise HTTPException(404)
    return gate


@dataclass(frozen=True)
class Gate:
    """Where those come in whom the provider knows."""

    door: Door
    provider: Provider

    def go(self, request: Request) -> Response:
        """Send the browser to the provider, with a secret of its own."""
        way, following = Way.begun(), own_path(request.query_params.get("next", "/"), "/")
        try:
            self._check_pace(request)
            answer = RedirectResponse(self.provider.address(way, _address_back(request)), 303)
        except NotLetIn as refused:
            return self._told(request, refused)
        kept = f"{way.secret}~{quote(following[:_LONGEST], safe='')}"
        answer.set_cookie(
            _cookie(request), kept, max_age=_LASTS, path="/", secure=is_secure(request), httponly=True, samesite="lax"
        )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    def back(self, request: Request) -> Response:
        """Let in whom the provider introduces, once; what the browser kept is used up in any case."""
        secret, _, following = request.cookies.get(_cookie(request), "").partition("~")
        try:
            self._check_pace(request)
            answer = self._let_in(request, secret, own_path(unquote(following), "/"))
        except NotLetIn as refused:
            answer = self._told(request, refused)
        answer.delete_cookie(_cookie(request), path="/", secure=is_secure(request), httponly=True, samesite="lax")
        return answer

    def _let_in(self, request: Request, secret: str, following: str) -> Response:
        way, asked = Way(secret), request.query_params
        if not secret or not way.is_answered_by(asked.get("state", "")):
            raise self._refused(Why.STALE)
        if "error" in asked or not asked.get("code"):
            raise self._refused(Why.DECLINED)
        person = self.provider.introduced(way, asked["code"], _address_back(request))
        language = visitor_of(request).language
        user = self.door.desk.users.introduced(person, self.provider.settings, language=language)
        return self.door.let_in(request, user, following, by="provider")

    def _check_pace(self, request: Request) -> None:
        if not self.door.has_pace(request):
            raise self._refused(Why.TOO_OFTEN)

    def _refused(self, why: Why) -> NotLetIn:
        return NotLetIn(why, provider=self.provider.settings.label)

    def _told(self, request: Request, refused: NotLetIn) -> Response:
        """The page of signing in, with what happened and what to do; the log of deeds has a word for it."""
        if refused.why is not Why.TOO_OFTEN:
            self.door.desk.users.note(Deeds.SIGN_IN_REFUSED, author="quartier", why=refused.why.value)
        return self.door.refused(request, refused, _STATUS.get(refused.why, 403))


def _address_back(request: Request) -> str:
    return f"{str(request.base_url).rstrip('/')}{BACK}"


def _cookie(request: Request) -> str:
    return "__Host-quartier-way" if is_secure(request) else "quartier_way"
