"""No request of a browser holds more of this process than it may: its body is cut off beyond a bound."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FORM, UPLOAD = 2 * 1024 * 1024, 1024 * 1024 * 1024
"""Bytes of a form, and of a file that is brought in; files are kept on disk while they arrive."""
UPLOADS = ("/data/import",)


class TooLarge(Exception):
    """A body that is larger than it may be."""


class Limits:
    """Refuses bodies that are too large, whether their length was told or not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = UPLOAD if scope["path"].startswith(UPLOADS) else FORM
        told = Request(scope).headers.get("content-length", "")
        if told.isdecimal() and (len(told) > 11 or int(told) > most):
            await _refused(scope, receive, send)
            return
        await self._app(scope, _counted(receive, most), send)


def _counted(receive: Receive, most: int) -> Receive:
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise TooLarge
        return message

    return counted


_refused = PlainTextResponse("Too large. / Trop volumineux.", 413)
