"""No request holds more of this process's memory than it may: its body is cut off beyond a bound."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quartier.api.answers import refused
from quartier.collect.tracking.limits import BODY_BYTES

MOST = 2 * BODY_BYTES


class Bounds:
    """Refuses bodies of more than a megabyte, whether their length was told or not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = Request(scope).headers.get("content-length", "")
        if told.isdecimal() and (len(told) > 11 or int(told) > MOST):
            await refused("body_too_large")(scope, receive, send)
            return
        await self._app(scope, _counted(receive), send)


def _counted(receive: Receive) -> Receive:
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MOST:
            raise HTTPException(413)
        return message

    return counted
