"""`client.persons` and `client.accounts`: found, and all that is known of one."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quartier.client.asking import Asking, place
from quartier.client.results import FoundAccount, FoundPerson

PAGE = 100


@dataclass(frozen=True)
class Persons:
    """The persons of a workspace."""

    _asking: Asking

    def find(self, query: str, *, page: int = PAGE) -> Iterator[FoundPerson]:
        """Who has this public id or identifier, or else those in whose names each word occurs; page after page."""
        _, rows = self._asking.pages("/persons", {"query": query, "limit": page}, "persons", then="after")
        return map(FoundPerson.of_json, rows)

    def get(
        self, person_id: str, *, timeline: int = 50, similar: int = 5, at: dt.datetime | None = None,
        sensitive: bool = False,
    ) -> dict[str, Any]:  # fmt: skip
        """All that is known of a person, as plain data (`Person` in the description of the API).

        Args:
            person_id: the public id.
            timeline: how many of the newest events.
            similar: how many similar persons.
            at: as of when; now unless given.
            sensitive: whether sensitive values are told, too.
        """
        query = {"timeline": timeline, "similar": similar, "at": at, "sensitive": sensitive}
        return self._asking.one("GET", place("persons", person_id), query)

    def match(
        self, *, certain: float = 0.99, doubtful: float = 0.5, anew: bool = False, is_tried: bool = False,
        examples: int = 0,
    ) -> dict[str, Any]:  # fmt: skip
        """Link identifiers by likeness, or try it, as plain data.

        Args:
            certain: from this probability on they are linked.
            doubtful: from this one on somebody is asked.
            anew: whether it is learnt again how much each field says, and all are compared with all.
            is_tried: whether it is only told what would change.
            examples: so many pairs of each kind, with their identifiers.
        """
        body = {"certain": certain, "doubtful": doubtful, "anew": anew, "try": is_tried, "examples": examples}
        return self._asking.one("POST", "/links/matching", body=body)


@dataclass(frozen=True)
class Accounts:
    """The accounts of a workspace."""

    _asking: Asking

    def find(self, query: str, *, page: int = PAGE) -> Iterator[FoundAccount]:
        """Which has this public id, number or domain, or else those in whose names each word occurs."""
        _, rows = self._asking.pages("/accounts", {"query": query, "limit": page}, "accounts", then="after")
        return map(FoundAccount.of_json, rows)

    def get(self, account_id: str, *, members: int = 100, events: int = 20, sensitive: bool = False) -> dict[str, Any]:
        """All that is known of an account, as plain data (`Account` in the description of the API).

        Args:
            account_id: the public id.
            members: how many members at most.
            events: how many of the newest events.
            sensitive: whether sensitive values are told, too.
        """
        query = {"members": members, "events": events, "sensitive": sensitive}
        return self._asking.one("GET", place("accounts", account_id), query)
