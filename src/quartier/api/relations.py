"""Associations and drivers under /api/v1."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from quartier.api.answers import json_answer
from quartier.api.desk import Desk
from quartier.api.documents import Document


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

    @made.get("/drivers", response_model=Document, summary="Say what goes with an outcome")
    def drivers(
        outcome: Annotated[str, Query(max_length=300)], trait: Annotated[list[str] | None, Query(max_length=200)] = None
    ) -> Response:
        """`outcome`: `churned=true` (a value of a trait) or `segment:loyal`. Learns for some seconds."""
        with desk.aside() as ws:
            return json_answer(ws.analysis.drivers(outcome, trait or ()).as_json())

    return made
