"""What a stage may ask of any engine. DuckDB, PostgreSQL and Spark differ in how they run SQL, not in what is asked."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.engine.compiler import Query
from quartier.engine.dialects import Dialect


class Reads(Protocol):
    """What an evaluation needs: the answers of queries over tables that are there."""

    @property
    def dialect(self) -> Dialect:
        """How its SQL is written."""

    def fetch(self, query: Query) -> pa.Table:
        """The result of a query as an Arrow table."""

    def batches(self, query: Query, rows_at_once: int = 50_000) -> Iterator[pa.RecordBatch]:
        """The result of a query, part by part."""

    def rows(self, query: Query) -> list[tuple[object, ...]]:
        """The result of a small query as tuples."""

    def keys(self, query: Query) -> npt.NDArray[np.uint32]:
        """The one column of dense keys that a query gives, as numbers."""

    def view(self, data: pa.Table, name: str | None = None) -> AbstractContextManager[str]:
        """An Arrow table that queries can read by the name given back, for the length of the block."""


class Shadows(Protocol):
    """What a small world needs: for a while, the names of tables mean a few of their rows."""

    def shadowed(self, tables: Mapping[str, Query | pa.Table]) -> AbstractContextManager[None]:
        """For the length of the block, names mean the results of queries over the tables of these names, or Arrow data.

        They are made in the order given: each query sees what was made before it.
        """

    def rows_of(self, table: str, columns: tuple[str, ...], keys: npt.NDArray[np.uint32]) -> pa.Table | None:
        """All rows of some persons, their keys in order; None where only a query over all rows finds them."""

    def keys_within(
        self, table: str, ranges: Sequence[tuple[dt.datetime, dt.datetime]]
    ) -> npt.NDArray[np.uint32] | None:
        """The persons with an event in some ranges of time, ends included; None where only a query finds them."""


class Engine(Reads, Protocol):
    """What a stage needs that also writes: tables made, filled, completed by key, kept in order."""

    def execute(self, query: Query) -> None:
        """Run a statement for its effect."""

    def schema(self, table: str) -> ibis.Schema | None:
        """The columns of a table, None when there is no such table."""

    def tables(self) -> list[str]:
        """The names of the tables, sorted."""

    def ensure(self, table: str, schema: ibis.Schema) -> None:
        """Make the table, or add the columns that it lacks."""

    def append(self, table: str, data: pa.Table) -> None:
        """Add rows; columns are matched by name, those that the data lacks stay empty."""

    def merge(self, table: str, key: str, data: pa.Table) -> None:
        """Put rows in by key: values that are given replace, empty ones leave what is there, new keys are added."""

    def sort(self, table: str, *columns: str) -> None:
        """Keep a table so that slices by some columns are read and not all of it."""

    def drop(self, table: str) -> None:
        """Drop a table if it is there."""

    def close(self) -> None:
        """Let the engine go."""
