"""Associations and drivers under /api/v1."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from quartier.api.answers import json_answer
from quartier.api.desk import Desk
from quartier.api.documents import Document, Job
from quartier.language import Text

_LATER: dict[int | str, dict[str, Any]] = {202: {"model": Job, "description": "it takes long: its job"}}
Names = Annotated[list[str], Field(max_length=200)]


class Driven(BaseModel):
    """Of what drivers are looked for: `traits` are all ordinary ones unless given."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"outcome": "churned=true", "traits": ["country", "plan"]}}
    )

    outcome: str = Field(max_length=300)
    traits: Names = []


def router(desk: Desk) -> APIRouter:
    """The routes of associations and drivers."""
    made = APIRouter(prefix="/api/v1", tags=["analyse"])

    @made.get("/associations", response_model=Document, summary="Say which traits go together")
    def associations(
        trait: Annotated[list[str] | None, Query(max_length=60)] = None, among: str | None = None
    ) -> Response:
        """Every pair of the named traits, or of those known of most persons; among everybody or a segment's members."""
        with desk.aside() as ws:
            return json_answer(ws.analysis.associations(trait or (), among=among).as_json())

    @made.post("/drivers", response_model=Document, responses=_LATER, summary="Say what goes with an outcome")
    def drivers(request: Request, body: Driven) -> Response:
        """What goes with an outcome; learns for some seconds.

        `churned=true` is a value of a trait, `segment:loyal` membership now; `event:Order Completed@90`,
        `silence:Order Completed@90` and `segment:loyal@90` come after a cut 90 days ago.
        """
        return desk.change(request, _LOOKING, lambda ws, _job: ws.analysis.drivers(body.outcome, body.traits).as_json())

    return made


_LOOKING = Text(en="Looking for drivers", fr="Recherche des moteurs")
