"""`/sign-in`, `/sign-out` and `/welcome/<token>`: the only pages open to those who have not signed in."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.web.desk import Desk
from quartier.web.signing import elsewhere
from quartier.web.signing.door import Door


def router(desk: Desk) -> APIRouter:
    """The routes of signing in."""
    door, routes = Door.of(desk), APIRouter()
    elsewhere.add(routes, door, desk.workspace.config.open_id)

    @routes.get("/sign-in")
    def show(request: Request) -> Response:
        return door.show(request)

    @routes.post("/sign-in")
    def sign_in(request: Request) -> Response:
        return door.sign_in(request)

    @routes.get("/sign-in/code")
    def show_code(request: Request) -> Response:
        return door.show_code(request)

    @routes.post("/sign-in/code")
    def take_code(request: Request) -> Response:
        return door.take_code(request)

    @routes.post("/sign-out")
    def sign_out(request: Request) -> Response:
        return door.sign_out(request)

    @routes.get("/welcome/{token}")
    def welcome(token: str, request: Request) -> Response:
        return door.welcome(token, request)

    @routes.post("/welcome/{token}")
    def come_in(token: str, request: Request) -> Response:
        return door.come_in(token, request)

    return routes
