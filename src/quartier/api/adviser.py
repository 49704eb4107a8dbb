"""The adviser under /api/v1: which segmentations the data bear, and the surveys that would fill what is missing."""

from fastapi import APIRouter, Response

from quartier.analyse.adviser.questions import survey_for
from quartier.api.answers import json_answer
from quartier.api.desk import Desk
from quartier.api.documents import Document
from quartier.catalog import Family


def router(desk: Desk) -> APIRouter:
    """The routes of the adviser."""
    made = APIRouter(prefix="/api/v1", tags=["analyse"])

    @made.get("/advice", response_model=Document, summary="Say which segmentations the data bear")
    def advice() -> Response:
        """For each family whether it is feasible, by which methods, what is missing; how many segments are borne."""
        with desk.aside() as ws:
            return json_answer(ws.analysis.advice().as_json())

    @made.get("/advice/{family}/survey", response_model=Document, summary="The survey that would fill a family")
    def survey(family: Family) -> Response:
        """A document in both languages, to be put in force as it is or changed."""
        return json_answer(survey_for(family).as_json())

    return made
