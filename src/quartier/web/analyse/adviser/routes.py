"""`/analyse/adviser`: what can be done with the data as they are; the surveys that would fill what is missing."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.analyse.adviser.questions import survey_for
from quartier.catalog import Family
from quartier.collect.surveys.definition import Survey
from quartier.errors import InvalidRequest, UnknownName, suggestion
from quartier.web.addresses import address
from quartier.web.analyse import words as analysis
from quartier.web.analyse.adviser import words
from quartier.web.analyse.adviser.page import adviser_page, survey_text
from quartier.web.desk import Desk
from quartier.web.guard import visitor_of
from quartier.workspace import Workspace


def router(desk: Desk) -> APIRouter:
    """The routes of the adviser."""
    routes = APIRouter()

    @routes.get("/analyse/adviser")
    def adviser(request: Request) -> Response:
        language = visitor_of(request).language
        with desk.aside() as ws:
            found, in_force = ws.analysis.advice(), {each.survey.survey for each in ws.surveys.all()}
        return desk.page(
            request, "analyse/adviser.html", adviser_page(found, in_force, language), words=analysis.ROOM | words.WORDS,
            title=analysis.TITLE.to(language), place="analyse", sentence=words.SENTENCE.to(language), at=found.at,
        )  # fmt: skip

    @routes.get("/analyse/adviser/{family}/survey.yaml")
    def survey(family: str) -> Response:
        _check(family)
        headers = {"Content-Disposition": f'attachment; filename="ask-{family}.yaml"'}
        return Response(survey_text(Family(family)), media_type="application/yaml; charset=utf-8", headers=headers)

    @routes.post("/analyse/adviser/{family}/survey")
    def put_in_force(family: str, request: Request) -> Response:
        proposed, author = survey_for(_check(family)), visitor_of(request).author
        desk.do(request, words.PUTTING, lambda ws: _put(ws, proposed, author))
        return desk.go(request, address("analyse", "surveys", proposed.survey), words.PUT.with_(name=proposed.survey))

    return routes


def _check(family: str) -> Family:
    if family not in list(Family):
        raise UnknownName(words.NO_FAMILY.with_(name=family), remedy=suggestion(family, list(Family)))
    return Family(family)


def _put(ws: Workspace, proposed: Survey, author: str) -> None:
    """Put a survey in force, never over one that somebody made of it."""
    if any(each.survey.survey == proposed.survey for each in ws.surveys.all()):
        raise InvalidRequest(words.IN_FORCE_ALREADY.with_(name=proposed.survey), remedy=words.CHANGE_IT)
    ws.surveys.apply([proposed.as_json()], author=author)
