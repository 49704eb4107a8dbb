"""Accounts under /api/v1: found, and all that is known of one. A secret key opens this; a write key does not."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from quartier.api.account_models import Account, FoundAccounts
from quartier.api.answers import json_answer
from quartier.api.desk import Desk

LONGEST = 500
"""Characters of an identifier."""


def router(desk: Desk) -> APIRouter:
    """The routes of accounts."""
    made = APIRouter(prefix="/api/v1/accounts", tags=["accounts"])

    @made.get("", response_model=FoundAccounts, summary="Find accounts by number, domain, or words of the name")
    def find(
        query: Annotated[str, Query(min_length=2, max_length=LONGEST, examples=["garage morel"])],
        limit: Annotated[int, Query(ge=1, le=1000)] = 25,
        after: Annotated[str | None, Query(max_length=LONGEST)] = None,
    ) -> Response:
        """Which has exactly this public id, number or domain; when none has, those in whose names each word occurs."""
        with desk.aside() as ws:
            return json_answer(ws.accounts.find(query, limit=limit, after=after).as_json())

    @made.get("/{account_id}", response_model=Account, summary="All that is known of an account")
    def show(
        request: Request,
        account_id: Annotated[str, Path(max_length=LONGEST, examples=["a_hucbvvgwnxhwmslt"])],
        members: Annotated[int, Query(ge=0, le=10_000, description="how many members at most")] = 100,
        events: Annotated[int, Query(ge=0, le=10_000, description="how many of the newest events")] = 20,
        sensitive: Annotated[bool, Query(description="whether sensitive values are told, too")] = False,
    ) -> Response:
        """Traits, hierarchy, members with roles, what they did, segments."""
        desk.check_sensitive(request, sensitive)
        with desk.aside() as ws:
            found = ws.accounts.profile(account_id, members=members, events=events, sensitive=sensitive)
        return json_answer(found.as_json())

    return made
