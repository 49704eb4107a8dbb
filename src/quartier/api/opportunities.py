"""Opportunities and the tables of markets under /api/v1."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import BaseModel

from quartier.api.answers import json_answer
from quartier.api.desk import Desk
from quartier.api.documents import Document, Job
from quartier.api.keys import caller_of
from quartier.govern.deeds import Deeds
from quartier.language import Text
from quartier.workspace import Workspace
from quartier.workspace.work import Job as Asked

Name = Annotated[str, Path(max_length=60, examples=["population-2025"])]
_LATER: dict[int | str, dict[str, Any]] = {202: {"model": Job, "description": "it takes long: its job"}}
_MARKET = Body(
    examples=[
        {
            "source": "Eurostat, demo_pjan", "year": 2025, "traits": ["country"],
            "cells": [{"values": ["FR"], "persons": 68600000}, {"values": ["BE"], "persons": 11800000}],
        }
    ]
)  # fmt: skip


class Markets(BaseModel):
    """The tables of markets in force, the one given last first."""

    markets: list[Document]


def router(desk: Desk) -> APIRouter:
    """The routes of opportunities."""
    made = APIRouter(prefix="/api/v1", tags=["analyse"])

    @made.get("/opportunities", response_model=Document, summary="Say where there is more to win")
    def opportunities(
        market: Annotated[str | None, Query(max_length=60)] = None, days: Annotated[int, Query(ge=1, le=730)] = 90
    ) -> Response:
        """Against a table of the market (the one given last unless named), without contact for `days`, in growth."""
        with desk.aside() as ws:
            return json_answer(ws.analysis.opportunities(market, days=days).as_json())

    @made.get("/markets", response_model=Markets, summary="The tables of markets in force")
    def markets() -> Response:
        """Each with its source, its year and its cells."""
        with desk.aside() as ws:
            return json_answer({"markets": [each.as_json() for each in ws.markets.all()]})

    @made.put("/markets/{name}", response_model=Document, responses=_LATER, summary="Put a table of a market in force")
    def put(name: Name, request: Request, body: Annotated[Document, _MARKET]) -> Response:
        """One that is in force already gets a new version."""
        author = caller_of(request).author

        def do(ws: Workspace, _job: Asked) -> dict[str, Any]:
            kept = ws.markets.apply({**body, "market": name}, author=author)
            ws.users.note(Deeds.MARKET_KEPT, author=author, market=name)
            return kept.as_json()

        return desk.change(request, _KEEP, do)

    @made.delete("/markets/{name}", response_model=Document, responses=_LATER, summary="Take a table out of force")
    def retire(name: Name, request: Request) -> Response:
        """Its versions stay; putting it again brings it back."""
        author = caller_of(request).author

        def do(ws: Workspace, _job: Asked) -> dict[str, Any]:
            retired = ws.markets.retire(name, author=author)
            ws.users.note(Deeds.MARKET_RETIRED, author=author, market=name)
            return retired.as_json()

        return desk.change(request, _RETIRE, do)

    return made


_KEEP = Text(en="Keeping a table of a market", fr="Enregistrement d'un tableau de marché")
_RETIRE = Text(en="Taking a table out of force", fr="Retrait d'un tableau")
