"""The tracking endpoints: those of the Segment HTTP API, and the short ones of its browser SDK."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response

from quartier.api.described import MESSAGE_ANSWERS, body_of
from quartier.api.intake import Intake
from quartier.collect.tracking.checking import TYPES
from quartier.collect.tracking.run import Address

SHORT = {each: each[0] for each in TYPES}
"""`/v1/t` for `/v1/track`: the browser SDK says them short."""

ADDRESSES = {
    **{each: Address(each) for each in TYPES},
    "batch": Address(),
    "import": Address(keeps_times=True),
}
"""What follows `/v1/`, and what it tells of a body."""


def also(name: str) -> tuple[str, ...]:
    """The other addresses of an endpoint."""
    return ("/v1/b", "/b") if name == "batch" else (f"/v1/{SHORT[name]}",) if name in SHORT else ()


def router(intake: Intake) -> APIRouter:
    """The routes that take messages."""
    made = APIRouter(tags=["tracking"])
    for name, address in ADDRESSES.items():
        endpoint = _endpoint(intake, address)
        made.add_api_route(
            f"/v1/{name}",
            endpoint,
            methods=["POST"],
            name=name,
            summary=f"Send {'messages' if address.type is None else f'one {name} message'}",
            responses=MESSAGE_ANSWERS,
            openapi_extra=body_of(name),
        )
        for path in also(name):
            made.add_api_route(path, endpoint, methods=["POST"], include_in_schema=False)
    return made


def _endpoint(intake: Intake, address: Address) -> Callable[[Request], Awaitable[Response]]:
    async def take(request: Request) -> Response:
        return await intake.take(request, address)

    return take
