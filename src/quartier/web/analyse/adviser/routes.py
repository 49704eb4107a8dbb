"""`/analyse/adviser`: what can be done with the data as they are; the surveys that would fill what is missing."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.catalog import Family
from quartier.errors import UnknownName, suggestion
from quartier.web.analyse import words as analysis
from quartier.web.analyse.adviser import words
from quartier.web.analyse.adviser.page import adviser_page, survey_text
from quartier.web.desk import Desk
from quartier.web.guard import visitor_of


def router(desk: Desk) -> APIRouter:
    """The routes of the adviser."""
    routes = APIRouter()

    @routes.get("/analyse/adviser")
    def adviser(request: Request) -> Response:
        language = visitor_of(request).language
        with desk.aside() as ws:
            found = ws.analysis.advice()
        return desk.page(
            request, "analyse/adviser.html", adviser_page(found, language), words=analysis.ROOM | words.WORDS,
            title=analysis.TITLE.to(language), place="analyse", sentence=words.SENTENCE.to(language), at=found.at,
        )  # fmt: skip

    @routes.get("/analyse/adviser/{family}/survey.yaml")
    def survey(family: str) -> Response:
        if family not in list(Family):
            raise UnknownName(words.NO_FAMILY.with_(name=family), remedy=suggestion(family, list(Family)))
        headers = {"Content-Disposition": f'attachment; filename="ask-{family}.yaml"'}
        return Response(survey_text(Family(family)), media_type="application/yaml; charset=utf-8", headers=headers)

    return routes
