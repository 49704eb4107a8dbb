"""`/`: the base at a glance, or the first steps in an empty one."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.web.desk import Desk, is_fragment
from quartier.web.guard import visitor_of
from quartier.web.home.attention import points
from quartier.web.home.page import home_page
from quartier.web.home.words import SENTENCE, TITLE, WELCOME, WELCOME_SENTENCE, WORDS


def router(desk: Desk) -> APIRouter:
    """The route of the home page."""
    routes = APIRouter()

    @routes.get("/")
    def show(request: Request) -> Response:
        visitor, is_whole = visitor_of(request), request.query_params.get("points") == "all"
        with desk.aside() as ws:
            if not ws.count_everyone():
                return _welcome(desk, request)
            health = ws.health()
            found = points(ws, visitor, health, desk.work.recent(), is_whole=is_whole)
            if is_whole and is_fragment(request):
                return desk.fragment(request, "home/points.html", found, words=WORDS)
            page = home_page(ws, visitor, health, request.query_params.get("area", "persons"))
        return desk.page(
            request, "home/home.html", replace(page, points=found), words=WORDS, title=TITLE.to(visitor.language),
            place="home", at=page.at,
            sentence=SENTENCE.to(visitor.language),
        )  # fmt: skip

    return routes


def _welcome(desk: Desk, request: Request) -> Response:
    language = visitor_of(request).language
    return desk.page(
        request, "home/welcome.html", words=WORDS, title=WELCOME.to(language), place="home",
        sentence=WELCOME_SENTENCE.to(language),
    )  # fmt: skip
