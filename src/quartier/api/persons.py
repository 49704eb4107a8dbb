"""Persons under /api/v1: found, and all that is known of one. A secret key opens this; a write key does not."""

import datetime as dt
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from quartier.api.answers import json_answer
from quartier.api.desk import Desk
from quartier.api.person_models import FoundPersons, Person

LONGEST = 500
"""Characters of an identifier; the ledger has no longer one."""


def router(desk: Desk) -> APIRouter:
    """The routes of persons."""
    made = APIRouter(prefix="/api/v1/persons", tags=["persons"])

    @made.get("", response_model=FoundPersons, summary="Find persons by public id, identifier, or parts of a name")
    def find(
        query: Annotated[str, Query(min_length=2, max_length=LONGEST, examples=["ana dupont"])],
        limit: Annotated[int, Query(ge=1, le=1000)] = 25,
        after: Annotated[str | None, Query(max_length=LONGEST)] = None,
    ) -> Response:
        """Who has exactly this public id or identifier; when nobody has, those in whose names each word occurs."""
        with desk.aside() as ws:
            return json_answer(ws.persons.find(query, limit=limit, after=after).as_json())

    @made.get("/{person_id}", response_model=Person, summary="All that is known of a person")
    def show(
        request: Request,
        person_id: Annotated[str, Path(max_length=LONGEST, examples=["p_jfqvmgcus5ss2yk2"])],
        timeline: Annotated[int, Query(ge=0, le=10_000, description="how many of the newest events")] = 50,
        similar: Annotated[int, Query(ge=0, le=100, description="how many similar persons")] = 5,
        at: Annotated[dt.datetime | None, Query(description="as of this instant, UTC where no zone is said")] = None,
        sensitive: Annotated[bool, Query(description="whether sensitive values are told, too")] = False,
    ) -> Response:
        """Traits with source and history, events, segments, identifiers with links, similar persons."""
        desk.check_sensitive(request, sensitive)
        as_of = at.replace(tzinfo=dt.UTC) if at and not at.tzinfo else at
        with desk.aside() as ws:
            found = ws.persons.profile(person_id, timeline=timeline, similar=similar, at=as_of, sensitive=sensitive)
        return json_answer(found.as_json())

    return made
