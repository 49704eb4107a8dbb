"""Where Splink works: a DuckDB connection of its own in a scratch folder, with a bound on its memory.

Never the workspace's engine: a run takes minutes and memory, and leaves nothing behind.
"""

from __future__ import annotations

import random
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

RECORDS, BLOCKS = "records", "blocks"
MIXED = ("join_key_l", 7919, "join_key_r", 104_729)
"""A pair's place among its like, by the places of its two records: which part of the pairs is looked at."""


@contextmanager
def nothing_drawn() -> Iterator[None]:
    """Leaves the global random generator as it was: Splink names its tables by it, and others may count on it."""
    state = random.getstate()
    try:
        yield
    finally:
        random.setstate(state)


@dataclass(frozen=True)
class Limits:
    """What a run may take of the machine: memory, threads, and the folder where it spills."""

    memory: str = "2GB"
    threads: int | None = None
    folder: Path | None = None


class Workbench(Protocol):
    """What matching asks of an engine on which Splink runs."""

    def load(self, name: str, table: pa.Table) -> None:
        """Keep a table under a name."""

    def linker(self, name: str, settings: Any) -> Any:
        """Splink's linker over a table that is kept."""

    def blocked(self, linker: Any) -> Any:
        """The pairs that the rules find."""

    def part(self, pairs: Any, most: int) -> Any:
        """All pairs, or about `most` of them, always the same."""

    def pairs(self, pairs: pa.Table) -> Any:
        """Pairs given by the places of their records."""

    def count(self, pairs: Any) -> int:
        """How many pairs there are."""

    def grouped(self, linker: Any, pairs: Any, columns: list[str]) -> pa.Table:
        """How many pairs show each combination of weights, as `n`."""

    def frequencies(self, linker: Any, column: str, shares: pa.Table) -> None:
        """Let the linker weigh a column by these frequencies."""

    def scored(self, linker: Any, pairs: Any, least: float, columns: list[str]) -> pa.Table:
        """The pairs with at least this probability: the columns asked for."""


class DuckDBWorkbench:
    """Splink on DuckDB."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        from splink import DuckDBAPI

        self._connection = connection
        self._api = DuckDBAPI(connection=connection)
        self._made = 0

    @classmethod
    def open(cls, limits: Limits, scratch: Path) -> DuckDBWorkbench:
        """A connection to a file of its own in a scratch folder, so that what memory cannot hold is spilled there."""
        import duckdb

        settings: dict[str, Any] = {"memory_limit": limits.memory, "temp_directory": str(scratch / "spill")}
        if limits.threads:
            settings["threads"] = limits.threads
        connection = duckdb.connect(str(scratch / "matching.duckdb"), config=settings)
        connection.execute("SET enable_progress_bar = false")
        connection.execute("SET preserve_insertion_order = false")
        return cls(connection)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def load(self, name: str, table: pa.Table) -> None:
        """Keep a table as one of DuckDB's own: it is read many times."""
        self._connection.from_arrow(table).create(name)

    def linker(self, name: str, settings: Any) -> Any:
        """Splink's linker over a table that is kept."""
        from splink import Linker

        return Linker(self._api.register(name), settings, log_level=None, validate_settings=False)

    def blocked(self, linker: Any) -> Any:
        """The pairs that the rules find."""
        return linker.inference.compute_blocked_pairs_for_predict()

    def part(self, pairs: Any, most: int) -> Any:
        """All pairs, or about `most` of them: those whose mixed places are multiples of a number."""
        every = -(-self.count(pairs) // most)
        if every < 2:
            return pairs
        left, by, right, and_by = MIXED
        chosen = pairs.as_duckdbpyrelation().filter(f"({left} * {by} + {right} * {and_by}) % {every} = 0")
        return self._kept(chosen)

    def pairs(self, pairs: pa.Table) -> Any:
        """Pairs given by the places of their records."""
        return self._kept(self._connection.from_arrow(pairs))

    def count(self, pairs: Any) -> int:
        """How many pairs there are."""
        return int(pairs.as_duckdbpyrelation().aggregate("count(*)").fetchall()[0][0])

    def grouped(self, linker: Any, pairs: Any, columns: list[str]) -> pa.Table:
        """How many pairs show each combination of weights."""
        scored = self._predicted(linker, pairs, None)
        names = ", ".join(columns)
        found = scored.as_duckdbpyrelation().aggregate(f"{names}, count(*) AS n", names).to_arrow_table()
        scored.drop_table_from_database_and_remove_from_cache()
        return found

    def frequencies(self, linker: Any, column: str, shares: pa.Table) -> None:
        """Let the linker weigh a column by these frequencies."""
        name = f"frequencies_{column}"
        self._connection.from_arrow(shares).create(name)
        linker.table_management.register_term_frequency_lookup(self._api.register(name), column)

    def scored(self, linker: Any, pairs: Any, least: float, columns: list[str]) -> pa.Table:
        """The pairs with at least this probability."""
        scored = self._predicted(linker, pairs, least)
        return scored.as_duckdbpyrelation().project(", ".join(columns)).to_arrow_table()

    def _predicted(self, linker: Any, pairs: Any, least: float | None) -> Any:
        linker.table_management.register_blocked_pairs_for_predict(pairs)
        return linker.inference.predict(threshold_match_probability=least, warning_mode="never")

    def _kept(self, relation: Any) -> Any:
        self._made += 1
        name = f"pairs_{self._made}"
        relation.create(name)
        return self._api.register(name)
