"""DuckDB: opens the workspace's engine file, runs compiled SQL, appends and merges Arrow tables.

The file is a projection: what is in it can be made again from the store and the imported files. It belongs to one
process at a time.
"""

import functools
import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb
import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.engine.columns import Columns
from quartier.engine.compiler import Query, Scalar
from quartier.engine.dialects import Dialect, quoted
from quartier.engine.duckdb_failures import DAMAGED, REBUILD, kind, says_damage, shown, translated
from quartier.engine.failures import EngineFailure, too_large, too_long
from quartier.engine.own import Own
from quartier.engine.schema import KEY, OCCURRED_AT
from quartier.engine.shelf import ROWS_AT_ONCE, Noted, Range, Shelf, within
from quartier.engine.watch import Watch
from quartier.errors import WorkspaceDamaged
from quartier.language import Text

LARGE, ASKED_BEFORE = 2_000_000, 2
"""From so many rows on, a table whose rows of some persons were asked for so often is copied in their order."""
SHELVED = "quartier_shelved"
_SHELVED_SCHEMA = ibis.schema({"name": "string", "token": "string", "until": "int64"})
LONGEST = 1800.0
"""Seconds that a query may take unless told otherwise."""

_ALLOW_LONGER = Text(
    en="narrow the condition, or raise `query_seconds` in quartier.toml",
    fr="restreignez la condition, ou augmentez `query_seconds` dans quartier.toml",
)


class DuckDBEngine:
    """One open DuckDB file (or memory, for `path=None`), in UTC, closed to files and network of its own."""

    dialect: Dialect = "duckdb"

    def __init__(
        self,
        path: Path | None = None,
        *,
        memory_limit: str = "4GB",
        threads: int | None = None,
        seconds: float = LONGEST,
    ) -> None:
        settings: dict[str, str | int] = {"memory_limit": memory_limit.replace(" ", "")}
        if threads:
            settings["threads"] = threads
        try:
            connection = duckdb.connect(str(path or ":memory:"), config=settings)
        except duckdb.Error as error:
            raise translated(error, path) from error
        self._ask_by(connection, Shelf(path.parent / "shelf" if path else None), seconds)

    def _ask_by(
        self, connection: duckdb.DuckDBPyConnection, shelf: Shelf, seconds: float, before: float = ASKED_BEFORE
    ) -> None:
        self._connection, self._before_shelving, self._shelf = connection, before, shelf
        self._asked: Counter[str] = Counter()
        self.define = Own(self._connection).define
        self._lengths: dict[str, int] = {}
        self._columns = Columns(self._connection)
        self._watch = Watch(self._connection.interrupt, seconds)
        self._connection.execute("set timezone = 'UTC'")
        self._connection.execute("set enable_progress_bar = false")  # progress is told by whoever asks
        self._connection.execute("set preserve_insertion_order = true")
        self._names = itertools.count()

    def close(self) -> None:
        """Checkpoint and let the file go."""
        self._connection.close()

    @contextmanager
    def reader(self, seconds: float) -> Iterator["DuckDBEngine"]:
        """The same tables to be read by another thread, whose questions may each take some seconds.

        Inside `transaction` they are as they stood at the first question, whatever is written meanwhile.
        """
        other = object.__new__(DuckDBEngine)
        other._ask_by(self._connection.cursor(), self._shelf, seconds, math.inf)  # it writes no copies
        other.define = self.define  # a function lives as long as the connection that was given it
        with closing(other):
            yield other

    def fetch(self, query: Query) -> pa.Table:
        """The result of a query as an Arrow table."""
        with self._explained(query), self._watch.limited():
            return self._connection.sql(query.sql, params=_given(query.parameters)).to_arrow_table()

    def batches(self, query: Query, rows_at_once: int = 50_000) -> Iterator[pa.RecordBatch]:
        """The result of a query, part by part; nothing else can be asked of the engine before the last of them."""
        with self._explained(query), self._watch.limited():
            yield from self._connection.sql(query.sql, params=_given(query.parameters)).to_arrow_reader(rows_at_once)

    def rows(self, query: Query) -> list[tuple[object, ...]]:
        """The result of a small query as tuples."""
        return list(self._run(query))

    def keys(self, query: Query) -> npt.NDArray[np.uint32]:
        """The one column of dense keys that a query gives, as numbers."""
        (column,) = self._run(query, duckdb.DuckDBPyConnection.fetchnumpy).values()
        return np.ma.getdata(column).astype(np.uint32, copy=False)

    def execute(self, query: Query) -> None:
        """Run a statement for its effect."""
        self._columns.heed(query.sql)
        self._lengths.clear()
        self._run(query)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it."""
        self._connection.execute("begin")
        self._columns.in_transaction = True
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            self._forget()
            raise
        finally:
            self._columns.in_transaction = False
        try:
            self._connection.execute("commit")
        except BaseException:  # a full disk: DuckDB has taken all of it back
            self._forget()
            raise

    @contextmanager
    def view(self, data: pa.Table | pa.RecordBatchReader, name: str | None = None) -> Iterator[str]:
        """An Arrow table as a view for the length of the block; name it so that SQL that reads it can be kept."""
        name = name or f"arrow_{next(self._names)}"
        self._connection.register(name, data)
        self._columns.forget(name)
        try:
            yield name
        finally:
            self._columns.forget(name)
            with suppress(duckdb.TransactionException):  # a refused statement; the rollback takes the view with it
                self._connection.unregister(name)

    def schema(self, table: str) -> ibis.Schema | None:
        """The columns of a table, None when there is no such table."""
        found = self._columns.of(table)
        return ibis.schema({name: _ibis_type(type_) for name, type_ in found.items()}) if found else None

    def tables(self) -> list[str]:
        """The names of the tables, sorted."""
        query = "select table_name from duckdb_tables() where not internal and not temporary order by 1"
        return [name for (name,) in self._connection.execute(query).fetchall()]

    def ensure(self, table: str, schema: ibis.Schema) -> None:
        """Make the table, or add the columns that it lacks."""
        present = self._columns.of(table)
        if not present:
            columns = ", ".join(f"{_quoted(name)} {_sql_type(type_)}" for name, type_ in schema.items())
            self._change(table, f"create table {_quoted(table)} ({columns})")
            return
        for name, type_ in schema.items():
            if name not in present:
                self._change(table, f"alter table {_quoted(table)} add column {_quoted(name)} {_sql_type(type_)}")

    def append(self, table: str, data: pa.Table | pa.RecordBatchReader) -> None:
        """Add rows; columns are matched by name, those that the data lacks stay empty."""
        with self.view(data) as view:
            columns = ", ".join(_quoted(name) for name in data.schema.names)
            self._do(f"insert into {_quoted(table)} ({columns}) select {columns} from {view}")

    def merge(self, table: str, key: str, data: pa.Table | pa.RecordBatchReader) -> None:
        """Put rows in by key: values that are given replace, empty ones leave what is there, new keys are added."""
        with self.view(data) as view:
            self.merge_staged(table, key, view, data.schema.names)

    def merge_staged(self, table: str, key: str, staged: str, names: Sequence[str]) -> None:
        """The same from a staged table, of which some columns are taken."""
        columns, into, own = [_quoted(name) for name in names], _quoted(table), _quoted(key)
        changed = [name for name in columns if name != own]
        updates = ", ".join(f"{name} = coalesce(fresh.{name}, t.{name})" for name in changed)
        # A row that holds the values already is left alone: writing it costs its whole block.
        news = " or ".join(f"coalesce(fresh.{name}, t.{name}) is distinct from t.{name}" for name in changed)
        matched = f"when matched and ({news}) then update set {updates}" if updates else ""
        made = f"insert ({', '.join(columns)}) values ({', '.join(f'fresh.{name}' for name in columns)})"
        using = f"using {_quoted(staged)} as fresh on t.{own} = fresh.{own}"
        self._do(f"merge into {into} as t {using} {matched} when not matched then {made}")

    def stage(self, table: str, data: Query | pa.Table | pa.RecordBatchReader) -> None:
        """Keep a result or Arrow data as a temporary table of this process, in place of an earlier one."""
        if isinstance(data, Query):
            return self._change(table, f"create or replace temp table {_quoted(table)} as {data.sql}", data.parameters)
        with self.view(data) as view:
            return self._change(table, f"create or replace temp table {_quoted(table)} as select * from {view}")

    def insert(self, table: str, query: Query) -> None:
        """Add the rows of a query; columns are matched by name, those that it lacks stay empty."""
        self.execute(Query(f"insert into {_quoted(table)} by name {query.sql}", query.parameters))

    def remove(self, table: str, staged: str, *columns: str) -> None:
        """Remove the rows that have the same values in some columns as a row of a staged table."""
        same = " and ".join(f"{_quoted(table)}.{_quoted(each)} = gone.{_quoted(each)}" for each in columns)
        self._do(f"delete from {_quoted(table)} using {_quoted(staged)} as gone where {same}")
        self._unshelve(table)

    def remove_keys(self, table: str, key: str, staged: str) -> None:
        """Remove the rows whose key is among the column `key` of a staged table."""
        self._do(f"delete from {_quoted(table)} where {_quoted(key)} in (select key from {_quoted(staged)})")
        self._unshelve(table)

    def reassign(self, table: str, staged: str, on: Sequence[str], columns: Sequence[str]) -> int:
        """Give some columns the values of the staged row with the same values in others. Returns how many rows."""
        same = " and ".join(f"{_quoted(table)}.{_quoted(each)} = given.{_quoted(each)}" for each in on)
        taken = ", ".join(f"{_quoted(each)} = given.{_quoted(each)}" for each in columns)
        ((n,),) = self.rows(Query(f"update {_quoted(table)} set {taken} from {_quoted(staged)} as given where {same}"))
        if n:
            self._unshelve(table)
        return int(str(n))

    def widen(self, table: str, schema: ibis.Schema) -> None:
        """Make or complete the table and give columns of another type the type asked for (lines match by field)."""
        self.ensure(table, schema)
        for name, present in (self.schema(table) or {}).items():
            wanted = schema.get(name, present)
            if _sql_type(present) != _sql_type(wanted):
                altered = f"alter table {_quoted(table)} alter column {_quoted(name)} type {_sql_type(wanted)}"
                self._change(table, altered)
                self._unshelve(table)

    def clear(self, table: str, *columns: str) -> None:
        """Empty some columns in every row: what a computed trait held before it is computed again."""
        emptied = ", ".join(f"{_quoted(column)} = null" for column in columns)
        self._do(f"update {_quoted(table)} set {emptied}")

    def remove_up_to(self, table: str, column: str, bound: int) -> None:
        """Remove the rows whose number in a column is at most a bound."""
        self.execute(Query(f"delete from {_quoted(table)} where {_quoted(column)} <= $bound", {"bound": bound}))

    @contextmanager
    def shadowed(self, tables: Mapping[str, Query | pa.Table]) -> Iterator[None]:
        """For the length of the block, names mean the results of queries over the tables of these names, or Arrow data.

        They are made in the order given: each query sees what was made before it.
        """
        with ExitStack() as shadowing:
            for name, rows in tables.items():
                shadowing.enter_context(self.view(self.fetch(rows) if isinstance(rows, Query) else rows, name))
            yield

    def drop(self, table: str) -> None:
        """Drop a table if it is there."""
        self._change(table, f"drop table if exists {_quoted(table)}")
        self._unshelve(table)

    def sort(self, table: str, *columns: str) -> None:
        """Write a table anew in order of some columns, so that slices of it are read and not all of it."""
        order = ", ".join(_quoted(column) for column in columns)
        name = _quoted(table)
        self._change(table, f"create or replace table {name} as select * from {name} order by {order}")
        self._unshelve(table)

    def rows_of(self, table: str, columns: tuple[str, ...], keys: npt.NDArray[np.uint32]) -> pa.Table | None:
        """All rows of some persons, their keys in order, without reading the others'; None where that is not possible.

        It is for event tables that `shelve` has copied in order of persons; a large one that is asked for again and
        again in one process is copied then.
        """
        self._asked[table] += 1
        is_often, is_noted = self._asked[table] > self._before_shelving, table in self._noted
        if is_often and not is_noted and self._length(table) >= LARGE and self._holds_events(table):
            self.shelve(table)
        copied = self._shelf.rows(table, self._noted.get(table), columns, keys)
        added = None if copied is None else self._added(table, columns)
        if copied is None or added is None:
            return copied
        of_some = np.isin(added[KEY["person"]].to_numpy(), keys)
        return pa.concat_tables([copied.cast(added.schema), added.filter(pa.array(of_some))])

    def keys_within(self, table: str, ranges: Sequence[Range]) -> npt.NDArray[np.uint32] | None:
        """The persons with an event in one of some ranges of time, both ends included; None as for `rows_of`."""
        copied = self._shelf.keys_within(table, self._noted.get(table), ranges)
        added = None if copied is None else self._added(table, (KEY["person"], OCCURRED_AT))
        if copied is None or added is None:
            return copied
        return np.concatenate([copied, within(added, ranges)])

    def _added(self, table: str, columns: tuple[str, ...]) -> pa.Table | None:
        """The rows that were added since the table was copied."""
        until = self._noted[table].until
        if self._length(table) == until:
            return None
        names = ", ".join(_quoted(name) for name in columns)
        return self.fetch(Query(f"select {names} from {_quoted(table)} where rowid >= $until", {"until": until}))

    def shelve(self, table: str) -> None:
        """Copy an event table for `rows_of` and `keys_within`; what changes rows in place makes the copy of no use."""
        if self._length(table) != self._count(table, "max(rowid) + 1"):
            self._do(f"create or replace table {_quoted(table)} as select * from {_quoted(table)}")
        until = self._length(table)
        rows, key, time = f"from {_quoted(table)} where rowid < {until}", _quoted(KEY["person"]), _quoted(OCCURRED_AT)
        by_person = Query(f"select * {rows} order by {key}")
        by_time = Query(f"select {key}, {time} {rows} order by {time}")
        if until:
            token = self._shelf.put(table, self.batches(by_person, ROWS_AT_ONCE), self.batches(by_time, ROWS_AT_ONCE))
            self._unshelve(table)
            self.ensure(SHELVED, _SHELVED_SCHEMA)
            self.append(SHELVED, pa.table({"name": [table], "token": [token], "until": [until]}))
            self._noted[table] = Noted(token, until)

    @functools.cached_property
    def _noted(self) -> dict[str, Noted]:
        """The copies that are up to date; the file belongs to this process, so nobody else changes it."""
        if self.schema(SHELVED) is None:
            return {}
        rows = self.rows(Query(f"select name, token, until from {SHELVED}"))
        return {str(name): Noted(str(token), int(str(until))) for name, token, until in rows}

    def _unshelve(self, table: str) -> None:
        if self._noted.pop(table, None):
            self.execute(Query(f"delete from {SHELVED} where name = $table", {"table": table}))

    def _holds_events(self, table: str) -> bool:
        return OCCURRED_AT in self._columns.of(table)

    def _length(self, table: str) -> int:
        """How many rows a table has, counted once between two statements that write."""
        if table not in self._lengths:
            self._lengths[table] = self._count(table, "count(*)")
        return self._lengths[table]

    def _count(self, table: str, measure: str) -> int:
        return int(str(self.rows(Query(f"select coalesce({measure}, 0) from {_quoted(table)}"))[0][0]))

    def _do(self, statement: str) -> None:
        self.execute(Query(statement))

    def _forget(self) -> None:
        """Everything is as it was before a transaction; what is known of it is asked for anew."""
        self._lengths.clear()
        self._columns.forget()
        self.__dict__.pop("_noted", None)

    def _change(self, table: str, statement: str, parameters: Mapping[str, Scalar] | None = None) -> None:
        """Make, alter or drop one table."""
        self._columns.forget(table)
        self._lengths.clear()
        self._run(Query(statement, parameters or {}))

    def _run(self, query: Query, taken: Callable[..., Any] = duckdb.DuckDBPyConnection.fetchall) -> Any:
        """All of the result: DuckDB still works on it while it is taken, so that belongs to the query."""
        with self._explained(query), self._watch.limited():
            return taken(self._connection.execute(query.sql, _given(query.parameters)))

    @contextmanager
    def _explained(self, query: Query) -> Iterator[None]:
        """A failing query shows its SQL, never the values of rows: what DuckDB said is kept out of the trace too."""
        try:
            yield
        except duckdb.Error as error:
            if says_damage(error):
                raise WorkspaceDamaged(DAMAGED, remedy=REBUILD) from error
            if self._watch.has_expired:
                raise too_long(query, self._watch.seconds, _ALLOW_LONGER) from None
            if isinstance(error, duckdb.OutOfMemoryException):
                raise too_large(query) from None
            failed = Text(en="DuckDB refused a query", fr="DuckDB a refusé une requête")
            raise EngineFailure(failed, where=f"{kind(error)}\n{query.sql}") from shown(error)


def _given(parameters: Mapping[str, Scalar]) -> dict[str, Scalar] | None:
    return dict(parameters) or None


def _quoted(name: str) -> str:
    return quoted(name, "duckdb")


@functools.lru_cache(maxsize=1024)
def _sql_type(type_: ibis.expr.datatypes.DataType) -> str:
    from ibis.backends.sql.datatypes import DuckDBType

    return str(DuckDBType.to_string(type_))


@functools.lru_cache(maxsize=1024)
def _ibis_type(type_: str) -> ibis.expr.datatypes.DataType:
    from ibis.backends.sql.datatypes import DuckDBType

    return DuckDBType.from_string(type_)
