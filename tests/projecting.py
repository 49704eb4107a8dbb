"""A journal in memory, and what the engine's tables hold in one canonical form."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from quartier.engine import DuckDBEngine, Query
from quartier.store.journal import Entry

OWN = ("quartier_feed", "quartier_generation", "quartier_unsorted", "quartier_shelved", "quartier_accounts_mark")
"""Tables that say how the others were made, not what arrived."""


class MessageBook:
    """A journal in memory: each call of `add` is one entry."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at
        self.kept: list[Entry] = []

    def add(self, *messages: Mapping[str, Any]) -> None:
        """Keep messages as one entry, a second after the last one."""
        first = self.end() + 1
        self.at += dt.timedelta(seconds=1)
        body = b"\n".join(json.dumps(each, ensure_ascii=False).encode() for each in messages)
        self.kept.append(Entry(first, len(messages), self.at, body))

    def end(self) -> int:
        """The number of the last message."""
        return self.kept[-1].last if self.kept else 0

    def entries(self, after: int, until: int | None = None) -> Iterator[Entry]:
        """The entries that hold messages after a number, up to another."""
        yield from (each for each in self.kept if each.last > after and (until is None or each.first <= until))

    def skip_to(self, number: int) -> None:
        """Record what is missing as lost."""
        self.kept.append(Entry(self.end() + 1, number - self.end(), self.at, b"", is_lost=True))

    def close(self) -> None:
        """Nothing to close."""


def canonical(engine: DuckDBEngine) -> dict[str, list[str]]:
    """Every table that holds what arrived: its columns by name, its rows in an order of their own."""
    return {name: _rows(engine, name) for name in engine.tables() if name not in OWN}


def _rows(engine: DuckDBEngine, name: str) -> list[str]:
    columns = sorted(engine.schema(name) or ())
    listed = ", ".join(f'"{each}"' for each in columns)
    rows = engine.fetch(Query(f'select {listed} from "{name}"')).to_pylist()
    types = [f"{each} {(engine.schema(name) or {})[each]}" for each in columns]
    return [*types, *sorted(json.dumps(row, default=str, ensure_ascii=False) for row in rows)]
