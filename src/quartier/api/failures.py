"""What is answered when something goes wrong on the way: never what was sent, never a traceback."""

import logging
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from quartier.api.answers import Unserved
from quartier.collect.tracking.reasons import REFUSALS
from quartier.config import place_of, problem
from quartier.engine.failures import QueryStopped
from quartier.errors import (
    InvalidDefinition,
    JournalFull,
    JournalStopped,
    NoAnswer,
    Problem,
    QuartierError,
    UnknownName,
    UserError,
)
from quartier.language import Text

log = logging.getLogger("quartier.api")


class Stale(UserError):
    """Somebody else has put another version in force since the one that was read."""


def add_to(app: FastAPI) -> None:
    """Answer every failure in the same form, those too that nobody foresaw."""
    app.add_exception_handler(Unserved, _unserved)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(QuartierError, _told)
    app.add_exception_handler(Exception, _unforeseen)


def unserved(error: QuartierError) -> Unserved:
    """One of our own errors as an answer; their words hold no data."""
    if isinstance(error, UnknownName):
        return Unserved("not_found", error.what, 404, remedy=error.remedy)
    if isinstance(error, InvalidDefinition):
        return Unserved("invalid_definition", error.what, 422, problems=error.problems)
    if isinstance(error, QueryStopped):
        return Unserved("too_long", _TOO_LONG, 503)
    if isinstance(error, JournalFull | JournalStopped):
        return Unserved("journal_down", _JOURNAL, 503)
    if isinstance(error, Stale):
        return Unserved("stale", error.what, 412, remedy=error.remedy)
    if isinstance(error, NoAnswer):
        return Unserved("no_answer", error.what, 422, remedy=error.remedy)
    if isinstance(error, UserError):
        return Unserved("invalid_request", error.what, 400, remedy=error.remedy)
    return Unserved("not_now", error.what, 503, remedy=error.remedy)


def ours() -> Unserved:
    """A defect of ours: of it nothing is told."""
    return Unserved("server_error", _OURS, 500)


def _told(_request: Request, error: Exception) -> Response:
    assert isinstance(error, QuartierError)
    return unserved(error).as_answer()


def _unserved(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Unserved)
    return error.as_answer()


def _invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    problems = [_problem(each) for each in error.errors()]
    field = next((each.place for each in problems if each.place), None)
    return Unserved("invalid_request", _INVALID, 400, field=field, problems=problems).as_answer()


def _problem(error: Mapping[str, Any]) -> Problem:
    """One error of FastAPI's; a place begins where the body, the query or the path does."""
    if error["type"] == "json_invalid":
        return Problem("", _NO_JSON)
    return problem(place_of(tuple(error["loc"][1:])), error)


def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code, text = _BY_STATUS.get(error.status_code, ("invalid_request", _INVALID))
    answer = Unserved(code, text, error.status_code).as_answer()
    answer.headers.update(error.headers or {})
    return answer


def _unforeseen(_request: Request, error: Exception) -> Response:
    """The log gets the kind of the error and its place; its message may hold data and is kept out."""
    places = [f"{Path(each.filename).name}:{each.lineno}" for each in traceback.extract_tb(error.__traceback__)]
    log.error("%s at %s", type(error).__name__, " > ".join(places[-6:]))
    return ours().as_answer()


_INVALID = Text(
    en="the request is not what this address takes", fr="la requête n'est pas celle qu'attend cette adresse"
)
_NO_JSON = Text(en="this is not valid JSON", fr="ceci n'est pas du JSON correct")
_NOT_THERE = Text(en="there is nothing here", fr="il n'y a rien ici")
_NO_METHOD = Text(en="this address does not take this method", fr="cette adresse n'accepte pas cette méthode")
_JOURNAL = Text(en="the journal cannot be written at the moment", fr="le journal ne peut pas être écrit pour l'instant")
_TOO_LONG = Text(en="the tables could not answer in time", fr="les tables n'ont pas pu répondre à temps")
_OURS = Text(
    en="something went wrong on our side; the server's log says where",
    fr="une erreur s'est produite de notre côté ; le journal du serveur dit où",
)
_BY_STATUS = {
    404: ("not_found", _NOT_THERE),
    405: ("no_such_method", _NO_METHOD),
    413: ("body_too_large", REFUSALS["body_too_large"].text),
}
