"""Persons under /api/v1: found, and all that is known of one. A secret key opens this; a write key does not."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Path, Query, Response

from quartier.api.answers import json_answer
from quartier.api.aside import served
from quartier.api.keys import KeyRing, secret_key_needed
from quartier.api.models import Failed
from quartier.api.person_models import FoundPersons, Person
from quartier.identify.profile import FoundPage, Profile

LONGEST = 500
"""Characters of an identifier; the ledger has no longer one."""


class Persons(Protocol):
    """What answers: `workspace.persons.Persons`."""

    def find(self, text: str, *, limit: int = ..., after: str | None = ...) -> FoundPage:
        """Persons with an identifier or a name."""

    def profile(
        self,
        person: str,
        *,
        timeline: int = ...,
        similar: int = ...,
        at: dt.datetime | None = ...,
        sensitive: bool = ...,
    ) -> Profile:
        """All that is known of a person."""


Aside = Callable[[], AbstractContextManager[Persons]]
"""Opens the persons for one request, in a thread of its own, while tables are written."""

_ANSWERS: dict[int | str, dict[str, Any]] = {
    400: {"model": Failed, "description": "the request is not what this address takes, or several persons have this"},
    401: {"model": Failed, "description": "no secret key, or one that is unknown or revoked"},
    503: {"model": Failed, "description": "the tables could not answer in time"},
}
_NOT_THERE: dict[int | str, dict[str, Any]] = {404: {"model": Failed, "description": "nobody has this identifier"}}


def router(keys: KeyRing, aside: Aside) -> APIRouter:
    """The routes of persons."""
    made = APIRouter(
        prefix="/api/v1/persons", tags=["persons"], dependencies=[Depends(secret_key_needed(keys))], responses=_ANSWERS
    )

    @made.get("", response_model=FoundPersons, summary="Find persons by public id, identifier, or parts of a name")
    def find(
        query: Annotated[str, Query(min_length=2, max_length=LONGEST, examples=["ana dupont"])],
        limit: Annotated[int, Query(ge=1, le=1000)] = 25,
        after: Annotated[str | None, Query(max_length=LONGEST)] = None,
    ) -> Response:
        """Who has exactly this public id or identifier; when nobody has, those in whose names each word occurs."""
        with served(aside) as persons:
            return json_answer(persons.find(query, limit=limit, after=after).as_json())

    @made.get("/{person_id}", response_model=Person, summary="All that is known of a person", responses=_NOT_THERE)
    def show(
        person_id: Annotated[str, Path(max_length=LONGEST, examples=["p_jfqvmgcus5ss2yk2"])],
        timeline: Annotated[int, Query(ge=0, le=10_000, description="how many of the newest events")] = 50,
        similar: Annotated[int, Query(ge=0, le=100, description="how many similar persons")] = 5,
        at: Annotated[dt.datetime | None, Query(description="as of this instant, UTC where no zone is said")] = None,
        sensitive: Annotated[bool, Query(description="whether sensitive values are told, too")] = False,
    ) -> Response:
        """Traits with source and history, events, segments, identifiers with links, similar persons."""
        as_of = at.replace(tzinfo=dt.UTC) if at and not at.tzinfo else at
        with served(aside) as persons:
            found = persons.profile(person_id, timeline=timeline, similar=similar, at=as_of, sensitive=sensitive)
        return json_answer(found.as_json())

    return made
