"""Who comes in: each request is let through by its session, the table of routes, and what its form carries."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from quartier.config import Config
from quartier.govern.run import SignedIn, Users
from quartier.language import LANGUAGES, Language, Text
from quartier.web.access import ROUTES
from quartier.web.languages import negotiated
from quartier.web.visitor import Visitor

FIELD, HEADER = "csrf", "x-csrf-token"
"""Where a change carries what proves that it comes from one of our pages."""
MOST_FIELDS = 3000
LARGEST_FIELD = 1024 * 1024
_WEEK = 7 * 24 * 3600
_SAFE = ("GET", "HEAD")


class SignInNeeded(Exception):
    """The page is for those who have signed in."""


@dataclass
class NotAllowed(Exception):
    """A request that is refused: with 403, and why."""

    reason: Text


@dataclass(frozen=True)
class Guard:
    """The dependency of every route; it leaves the visitor and the form in the request's state."""

    users: Users
    config: Config

    async def __call__(self, request: Request) -> None:
        """Let a request through. Raises SignInNeeded and NotAllowed."""
        visitor = request.state.visitor = self.recognised(request)
        self._check_role(request, visitor)
        if request.method not in _SAFE:
            _check_origin(request)
            request.state.form = await _form(request)
            _check_token(request)

    def recognised(self, request: Request) -> Visitor:
        """Who asks, by the cookies of their browser."""
        signed = self._signed_in(request)
        return Visitor(signed, self._language(request, signed), csrf_of(request), _theme(signed))

    def _signed_in(self, request: Request) -> SignedIn | None:
        token = request.cookies.get(session_cookie(request))
        return self.users.signed_in(token) if token else None

    def _check_role(self, request: Request, visitor: Visitor) -> None:
        method = "GET" if request.method == "HEAD" else request.method
        needs = ROUTES.get((method, request.scope["route"].path))
        if needs == "anyone":
            return
        if visitor.signed is None:
            raise SignInNeeded
        if needs is None or (needs != "user" and not visitor.may(needs)):
            raise NotAllowed(_NO_ROLE)

    def _language(self, request: Request, signed: SignedIn | None) -> Language:
        chosen = request.query_params.get("lang") or request.cookies.get("quartier_language")
        own = signed.user.language if signed else None
        asked = chosen if chosen in LANGUAGES else own
        return negotiated(asked, request.headers.get("accept-language"), self.config.language)


def visitor_of(request: Request) -> Visitor:
    """Who asks; the guard found out."""
    visitor = request.state.visitor
    assert isinstance(visitor, Visitor)
    return visitor


def form_of(request: Request) -> FormData:
    """The form that came with a request; the guard has read it."""
    form = request.state.form
    assert isinstance(form, FormData)
    return form


def field_of(form: FormData, name: str, otherwise: str = "") -> str:
    """A field of a form as text; what is not text is not it."""
    value = form.get(name, otherwise)
    return value if isinstance(value, str) else otherwise


def is_secure(request: Request) -> bool:
    """Whether the browser speaks to us over TLS; a proxy on this machine may have taken it off."""
    return request.url.scheme == "https"


def session_cookie(request: Request) -> str:
    """The name of the session's cookie: over TLS no other host can set it."""
    return "__Host-quartier" if is_secure(request) else "quartier"


def give_session(request: Request, response: Response, token: str) -> None:
    """Sign a browser in."""
    response.set_cookie(
        session_cookie(request),
        token,
        max_age=_WEEK,
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def take_session(request: Request, response: Response) -> None:
    """Sign a browser out."""
    response.delete_cookie(session_cookie(request), path="/", secure=is_secure(request), httponly=True, samesite="lax")


def csrf_of(request: Request) -> str:
    """What the forms of this browser carry: made from the session's cookie, or from one that stands in before it."""
    token = request.cookies.get(session_cookie(request)) or request.cookies.get(_form_cookie(request))
    if token is None:
        token = request.state.form_token = secrets.token_urlsafe(24)
    return hmac.new(token.encode(), b"quartier form", hashlib.sha256).hexdigest()


def keep_choices(request: Request, response: Response) -> None:
    """Leave in the browser what forms before signing in need, and the language that was chosen."""
    if token := getattr(request.state, "form_token", None):
        response.set_cookie(
            _form_cookie(request), token, path="/", secure=is_secure(request), httponly=True, samesite="lax"
        )
    if (chosen := request.query_params.get("lang")) in get_args(Language):
        assert chosen
        response.set_cookie(
            "quartier_language", chosen, max_age=52 * _WEEK, path="/", secure=is_secure(request), samesite="lax"
        )


async def _form(request: Request) -> FormData:
    return await request.form(max_files=1, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD)


def _check_origin(request: Request) -> None:
    """A change comes from our own pages: the browser says where from (Fetch Metadata), or at least its Origin."""
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise NotAllowed(_FORGED)
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise NotAllowed(_FORGED)


def _check_token(request: Request) -> None:
    given = request.headers.get(HEADER) or field_of(form_of(request), FIELD)
    if not hmac.compare_digest(given.encode(), visitor_of(request).csrf.encode()):
        raise NotAllowed(_FORGED)


def _form_cookie(request: Request) -> str:
    return "__Host-quartier-form" if is_secure(request) else "quartier_form"


def _theme(signed: SignedIn | None) -> str:
    return (signed.user.theme if signed else None) or "auto"


_NO_ROLE = Text(
    en="Your role does not allow this. An owner of the workspace can give you another one.",
    fr="Votre rôle ne le permet pas. Un propriétaire de l'espace peut vous en donner un autre.",
)
_FORGED = Text(
    en="This form was not sent from a page of ours that is still valid. Go back, load the page again and send it once "
    "more: nothing was changed.",
    fr="Ce formulaire ne vient pas d'une de nos pages encore valables. Revenez en arrière, rechargez la page et "
    "renvoyez-le : rien n'a été modifié.",
)
