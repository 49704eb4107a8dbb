"""`/`: the base at a glance."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.language import Text
from quartier.web.desk import Desk
from quartier.web.guard import visitor_of


@dataclass(frozen=True)
class HomePage:
    """The base in figures."""

    persons: int


def router(desk: Desk) -> APIRouter:
    """The route of the home page."""
    routes = APIRouter()

    @routes.get("/")
    def show(request: Request) -> Response:
        with desk.aside() as reading:
            page = HomePage(reading.count_everyone())
        title, at = TITLE.to(visitor_of(request).language), desk.workspace.clock.now()
        return desk.page(request, "home/home.html", page, words=WORDS, title=title, place="home", at=at)

    return routes


TITLE = Text(en="Your customers at a glance", fr="Vos clients en un coup d'œil")
WORDS = {"persons": Text(en="persons", fr="personnes")}
