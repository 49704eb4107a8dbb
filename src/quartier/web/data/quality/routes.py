"""`/data/quality`: what needs attention in the data."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.web.answers import quality
from quartier.web.data.quality import words
from quartier.web.data.quality.pages import quality_page
from quartier.web.data.words import DATA
from quartier.web.desk import Desk
from quartier.web.guard import visitor_of
from quartier.web.shell import Step


def router(desk: Desk) -> APIRouter:
    """The route of quality."""
    routes = APIRouter()

    @routes.get("/data/quality")
    def show(request: Request) -> Response:
        language = visitor_of(request).language
        with desk.aside() as reading:
            found = quality(reading)
        page = quality_page(found, language)
        return desk.page(
            request, "data/quality.html", page, words=words.WORDS, title=words.TITLE.to(language),
            sentence=words.SENTENCE.to(language, n=len(page.findings)), place="quality", at=found.at,
            trail=[Step(DATA.to(language), "/data")],
        )  # fmt: skip

    return routes
