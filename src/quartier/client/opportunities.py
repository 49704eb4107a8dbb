"""`client.opportunities`: where there is more to win, and the tables of the market it is held against."""

from dataclasses import dataclass
from typing import Any

from quartier.client.asking import Asking, part, place
from quartier.client.results import Document


@dataclass(frozen=True)
class Opportunities:
    """The opportunities of a workspace."""

    _asking: Asking

    def find(self, *, market: str | None = None, days: int = 90) -> dict[str, Any]:
        """Where there is more to win, as plain data.

        Args:
            market: a table in force; the one given last unless named.
            days: how far back a follow-up counts.
        """
        return self._asking.one("GET", "/opportunities", {"market": market, "days": days})

    def markets(self) -> list[dict[str, Any]]:
        """The tables of markets in force, as plain data."""
        return list(part(self._asking.one("GET", "/markets"), "markets"))

    def put_market(self, name: str, document: Document) -> dict[str, Any]:
        """Put a table of a market in force: `source`, `year`, `traits` and `cells`."""
        return self._asking.one("PUT", place("markets", name), body=dict(document))

    def retire_market(self, name: str) -> dict[str, Any]:
        """Take a table out of force."""
        return self._asking.one("DELETE", place("markets", name))
