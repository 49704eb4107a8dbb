"""Accounts under /api/v1: found, and all that is known of one. A secret key opens this; a write key does not."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Path, Query, Response

from quartier.api.account_models import Account, FoundAccounts
from quartier.api.answers import json_answer
from quartier.api.aside import served
from quartier.api.keys import KeyRing, secret_key_needed
from quartier.api.models import Failed
from quartier.identify.accounts.shown import AccountPage, AccountProfile

LONGEST = 500
"""Characters of an identifier."""


class Accounts(Protocol):
    """What answers: `workspace.accounts.Accounts`."""

    def find(self, text: str, *, limit: int = ..., after: str | None = ...) -> AccountPage:
        """Accounts with a number or a name."""

    def profile(self, account: str, *, members: int = ..., events: int = ..., sensitive: bool = ...) -> AccountProfile:
        """All that is known of an account."""


_ANSWERS: dict[int | str, dict[str, Any]] = {
    400: {"model": Failed, "description": "the request is not what this address takes, or several accounts have this"},
    401: {"model": Failed, "description": "no secret key, or one that is unknown or revoked"},
    503: {"model": Failed, "description": "the tables could not answer in time"},
}
_NOT_THERE: dict[int | str, dict[str, Any]] = {404: {"model": Failed, "description": "no account has this identifier"}}


def router(keys: KeyRing, aside: Callable[[], AbstractContextManager[Accounts]]) -> APIRouter:
    """The routes of accounts; `aside` opens them for one request, in a thread of its own, while tables are written."""
    needed = [Depends(secret_key_needed(keys))]
    made = APIRouter(prefix="/api/v1/accounts", tags=["accounts"], dependencies=needed, responses=_ANSWERS)

    @made.get("", response_model=FoundAccounts, summary="Find accounts by number, domain, or words of the name")
    def find(
        query: Annotated[str, Query(min_length=2, max_length=LONGEST, examples=["garage morel"])],
        limit: Annotated[int, Query(ge=1, le=1000)] = 25,
        after: Annotated[str | None, Query(max_length=LONGEST)] = None,
    ) -> Response:
        """Which has exactly this public id, number or domain; when none has, those in whose names each word occurs."""
        with served(aside) as accounts:
            return json_answer(accounts.find(query, limit=limit, after=after).as_json())

    @made.get("/{account_id}", response_model=Account, summary="All that is known of an account", responses=_NOT_THERE)
    def show(
        account_id: Annotated[str, Path(max_length=LONGEST, examples=["a_hucbvvgwnxhwmslt"])],
        members: Annotated[int, Query(ge=0, le=10_000, description="how many members at most")] = 100,
        events: Annotated[int, Query(ge=0, le=10_000, description="how many of the newest events")] = 20,
        sensitive: Annotated[bool, Query(description="whether sensitive values are told, too")] = False,
    ) -> Response:
        """Traits, hierarchy, members with roles, what they did, segments."""
        with served(aside) as accounts:
            found = accounts.profile(account_id, members=members, events=events, sensitive=sensitive)
        return json_answer(found.as_json())

    return made
