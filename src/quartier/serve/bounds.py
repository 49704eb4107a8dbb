"""No request holds more of this process than it may: its body is cut off beyond a bound, which its address decides."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quartier.api.answers import Unserved, refused
from quartier.collect.tracking.limits import BODY_BYTES
from quartier.collect.tracking.reasons import REFUSALS
from quartier.serve.addresses import is_of_api

MEGABYTE = 1024 * 1024
MESSAGES, FORM = 2 * BODY_BYTES, 2 * MEGABYTE
"""Bytes of what programs send, which the tracking endpoints bound more narrowly, and of a form of a page."""
LARGER = {
    "/api/v1/imports": 1024 * MEGABYTE,
    "/data/import": 1024 * MEGABYTE,
    "/api/v1/catalog": 8 * MEGABYTE,
    "/api/v1/segments": 8 * MEGABYTE,
}
"""Where more may come, by how the address begins: files, which are kept on disk while they arrive, and documents."""
_DIGITS = 11
"""A length of more digits than this is beyond every bound, and is not worth reading."""


class Bounds:
    """Refuses bodies that are too large, whether their length was told or not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, told = scope["path"], Request(scope).headers.get("content-length", "")
        if told.isdecimal() and (len(told) > _DIGITS or int(told) > most_of(path)):
            await _refused(path)(scope, receive, send)
            return
        await self._app(scope, _counted(receive, most_of(path)), send)


def most_of(path: str) -> int:
    """The bytes that a body may have at an address."""
    larger = (most for start, most in LARGER.items() if path.startswith(start))
    return next(larger, MESSAGES if is_of_api(path) else FORM)


def _refused(path: str) -> ASGIApp:
    """A refusal in the form that each kind of address has."""
    if path.startswith("/api/"):
        return Unserved("body_too_large", REFUSALS["body_too_large"].text, 413).as_answer()
    return refused("body_too_large") if is_of_api(path) else _OF_PAGES


def _counted(receive: Receive, most: int) -> Receive:
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise HTTPException(413)  # told by the API or by the pages, as each tells its failures
        return message

    return counted


_OF_PAGES = PlainTextResponse("Too large. / Trop volumineux.", 413)
