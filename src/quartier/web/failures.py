"""What a page says when something goes wrong on the way: what, where, what to do; never data, never a traceback."""

import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from quartier.engine.failures import QueryStopped
from quartier.errors import InvalidDefinition, QuartierError, Sentence, UnknownName, UserError
from quartier.language import Text
from quartier.web.desk import Desk, JobFailed, StillRunning, sent_on
from quartier.web.guard import Guard, NotAllowed, SignInNeeded
from quartier.web.visitor import Visitor

log = logging.getLogger("quartier.web")


@dataclass(frozen=True)
class FailurePage:
    """A page that says what went wrong."""

    what: str
    where: str
    remedy: str
    problems: tuple[str, ...] = ()


def add_to(app: FastAPI, desk: Desk, guard: Guard) -> None:
    """Answer every foreseen failure with a page of ours, and what nobody foresaw with one that says nothing of it."""
    pages = _Pages(desk, guard)
    handlers: dict[type[Exception], Callable[[Request, Exception], Response]] = {
        SignInNeeded: _to_sign_in, NotAllowed: pages.not_allowed, StillRunning: _to_job, HTTPException: pages.http,
        RequestValidationError: pages.not_there, QuartierError: pages.told,
        JobFailed: pages.ours, Exception: pages.unforeseen,
    }  # fmt: skip
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


@dataclass(frozen=True)
class _Pages:
    desk: Desk
    guard: Guard

    def not_allowed(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, NotAllowed)
        return self._page(request, error.reason, 403)

    def http(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return self._page(request, {405: _NO_METHOD, 413: _LARGE}.get(error.status_code, _NOT_THERE), error.status_code)

    def not_there(self, request: Request, _error: Exception) -> Response:
        return self._page(request, _NOT_THERE, 404)

    def told(self, request: Request, error: Exception) -> Response:
        """Our own errors are made to be read."""
        assert isinstance(error, QuartierError)
        status = 404 if isinstance(error, UnknownName) else 400 if isinstance(error, UserError) else 503
        if isinstance(error, QueryStopped):
            status = 503
        return self._page(request, error.what, status, error)

    def ours(self, request: Request, _error: Exception) -> Response:
        return self._page(request, _OURS, 500)

    def unforeseen(self, request: Request, error: Exception) -> Response:
        """The log gets the kind of the error and its place; its message may hold data and is kept out."""
        places = [f"{Path(each.filename).name}:{each.lineno}" for each in traceback.extract_tb(error.__traceback__)]
        log.error("%s at %s", type(error).__name__, " > ".join(places[-6:]))
        return self._page(request, _OURS, 500)

    def _page(self, request: Request, what: Sentence, status: int, error: QuartierError | None = None) -> Response:
        if not isinstance(getattr(request.state, "visitor", None), Visitor):  # no route was found, so nobody asked
            request.state.visitor = self.guard.recognised(request)
        language = request.state.visitor.language
        where = error.where if error else None
        page = FailurePage(
            what.to(language),
            "" if where is None else where if isinstance(where, str) else where.to(language),
            error.remedy.to(language) if error and error.remedy else "",
            tuple(each.to(language) for each in error.problems) if isinstance(error, InvalidDefinition) else (),
        )
        title = _TITLES.get(status, _TITLES[500]).to(language)
        return self.desk.page(request, "app/failure.html", page, words=WORDS, title=title, place="", status=status)


def _to_sign_in(request: Request, _error: Exception) -> Response:
    """What was asked for is shown after signing in; only a page can be, not a change."""
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    where = f"/sign-in?next={quote(back)}" if request.method == "GET" and back != "/" else "/sign-in"
    if request.headers.get("hx-request"):
        return Response(status_code=401, headers={"HX-Redirect": "/sign-in"})
    return RedirectResponse(where, 303)


def _to_job(request: Request, error: Exception) -> Response:
    assert isinstance(error, StillRunning)
    return sent_on(request, f"/jobs/{error.job.number}")


_NOT_THERE = Text(
    en="This address leads nowhere, or what was here has been taken away.",
    fr="Cette adresse ne mène nulle part, ou ce qui s'y trouvait a été retiré.",
)
_NO_METHOD = Text(en="This address does not take this.", fr="Cette adresse n'accepte pas cette demande.")
_LARGE = Text(en="This is too large to be taken.", fr="C'est trop volumineux pour être reçu.")
_OURS = Text(
    en="Something went wrong on our side. What you had asked for was not done; the server's log says where it failed.",
    fr="Une erreur s'est produite de notre côté. Votre demande n'a pas été exécutée ; le journal du serveur dit où.",
)
_TITLES = {
    400: Text(en="This cannot be done", fr="C'est impossible"),
    403: Text(en="This is not open to you", fr="Ceci ne vous est pas ouvert"),
    404: Text(en="Nothing here", fr="Rien ici"),
    413: Text(en="Too large", fr="Trop volumineux"),
    500: Text(en="Our mistake", fr="Une erreur de notre part"),
    503: Text(en="Not at the moment", fr="Pas pour l'instant"),
}
WORDS = {
    "at": Text(en="Where: {where}", fr="Où : {where}"),
    "remedy": Text(en="What to do: {remedy}", fr="Que faire : {remedy}"),
    "home": Text(en="To the home page", fr="Vers l'accueil"),
}
