"""No request holds more of this process's memory than it may: its body is cut off beyond a bound."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quartier.api.answers import Unserved, refused
from quartier.collect.tracking.limits import BODY_BYTES
from quartier.collect.tracking.reasons import REFUSALS

MOST = 2 * BODY_BYTES
UPLOAD, UPLOADS = 1024 * 1024 * 1024, ("/api/v1/imports",)
"""Bytes of a file that is brought in, and where; it is kept on disk while it arrives."""
DOCUMENTS, OF_DOCUMENTS = 8 * 1024 * 1024, ("/api/v1/catalog", "/api/v1/segments")
"""Bytes of a document."""


class Bounds:
    """Refuses bodies that are too large, whether their length was told or not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = _most(scope["path"])
        told = Request(scope).headers.get("content-length", "")
        if told.isdecimal() and (len(told) > 11 or int(told) > most):
            await _refused(scope["path"])(scope, receive, send)
            return
        await self._app(scope, _counted(receive, most), send)


def _refused(path: str) -> Response:
    """In the form that each of the two kinds of addresses has."""
    if not path.startswith("/api/"):
        return refused("body_too_large")
    return Unserved("body_too_large", REFUSALS["body_too_large"].text, 413).as_answer()


def _most(path: str) -> int:
    if path.startswith(UPLOADS):
        return UPLOAD
    return DOCUMENTS if path.startswith(OF_DOCUMENTS) else MOST


def _counted(receive: Receive, most: int) -> Receive:
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise HTTPException(413)
        return message

    return counted
