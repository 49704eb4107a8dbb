"""What is answered when something goes wrong on the way: never what was sent, never a traceback."""

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from quartier.api.answers import Unserved
from quartier.collect.tracking.reasons import REFUSALS
from quartier.errors import JournalFull, JournalStopped, UnknownName
from quartier.language import Text

_INVALID = Text(
    en="the request is not what this address takes", fr="la requête n'est pas celle qu'attend cette adresse"
)
_NOT_THERE = Text(en="there is nothing here", fr="il n'y a rien ici")
_NO_METHOD = Text(en="this address does not take this method", fr="cette adresse n'accepte pas cette méthode")
_UNKNOWN = Text(en="nothing has this number", fr="rien ne porte ce numéro")
_JOURNAL = Text(en="the journal cannot be written at the moment", fr="le journal ne peut pas être écrit pour l'instant")
_BY_STATUS = {
    404: ("not_found", _NOT_THERE),
    405: ("no_such_method", _NO_METHOD),
    413: ("body_too_large", REFUSALS["body_too_large"].text),
}


def add_to(app: FastAPI) -> None:
    """Answer every foreseen failure in the same form."""
    app.add_exception_handler(Unserved, _unserved)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(UnknownName, _unknown)
    app.add_exception_handler(JournalFull, _journal)
    app.add_exception_handler(JournalStopped, _journal)


def _unserved(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Unserved)
    return error.as_answer()


def _invalid(_request: Request, _error: Exception) -> Response:
    return Unserved("invalid_request", _INVALID, 400).as_answer()


def _http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code, text = _BY_STATUS.get(error.status_code, ("invalid_request", _INVALID))
    answer = Unserved(code, text, error.status_code).as_answer()
    answer.headers.update(error.headers or {})
    return answer


def _unknown(_request: Request, _error: Exception) -> Response:
    return Unserved("not_found", _UNKNOWN, 404).as_answer()


def _journal(_request: Request, _error: Exception) -> Response:
    return Unserved("journal_down", _JOURNAL, 503).as_answer()
