"""What the peers count: the conditions of the benchmark's segments in a form that any tool can be told."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.shop import NOW, Wanted

AT = dt.datetime.fromisoformat(NOW)


@dataclass(frozen=True)
class Counted:
    """The events of one type in the last days, of one category or all: how many, or the sum of their amounts."""

    type: str
    days: int
    category: str | None
    is_sum: bool

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Counted":
        """What a condition over events counts."""
        days = int(document["within"].split()[0])
        return cls(document["event"], days, document.get("where", {}).get("category"), "sum" in document)

    @property
    def since(self) -> dt.datetime:
        """Events after this instant count."""
        return AT - dt.timedelta(days=self.days)

    @property
    def measure(self) -> str:
        """In SQL."""
        return "sum(amount)" if self.is_sum else "count(*)"

    @property
    def rows(self) -> str:
        """Which rows of the type's table count, in SQL."""
        own = f" and category = '{self.category}'" if self.category else ""
        return f"occurred_at > timestamp '{self.since}'{own}"


@dataclass(frozen=True)
class Bound:
    """What a count is compared with."""

    counted: Counted
    is_below: bool
    bound: float

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> "Bound":
        """The comparison of a condition over events."""
        compared = document.get("count") or document
        is_below = "less_than" in compared
        return cls(Counted.of(document), is_below, compared["less_than" if is_below else "at_least"])


def counts(wanted: Iterable[Wanted]) -> list[Counted]:
    """Every distinct count of some segments."""
    documents = [part.document for each in wanted for part in each.parts if "event" in part.document]
    return list(dict.fromkeys(map(Counted.of, documents)))


def years_before(years: int) -> dt.date:
    """The latest birth of those who have completed so many years."""
    return AT.date().replace(year=AT.year - years)
