"""PostgreSQL: runs compiled SQL on a server, and holds the engine's tables in a schema there.

The session is in UTC, every statement has a limit of time, results that are large come in batches from a cursor of the
server. Lines are arrays of JSON objects; texts are in order of their characters' numbers, as everywhere else.
"""

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.engine import postgres_types as types
from quartier.engine.compiler import Query
from quartier.engine.dialects import Dialect
from quartier.engine.failures import EngineFailure, EngineUnreachable, too_long
from quartier.engine.lacks import Capability, refuse
from quartier.errors import InvalidRequest
from quartier.language import Text

if TYPE_CHECKING:
    import psycopg

OLDEST = 17
"""The first version that compares letters the same way in every database."""

_HEADER, _TRAILER = 19, 2
_ROW = np.dtype([("columns", ">i2"), ("length", ">i4"), ("key", ">i4")])
"""A row of one key in PostgreSQL's binary COPY format."""


class PostgresEngine:
    """A connection to PostgreSQL, whose tables are those of one schema."""

    dialect: Dialect = "postgres"

    def __init__(self, url: str, *, schema: str = "public", seconds: float = 300) -> None:
        self._seconds = seconds
        self._connection = _connected(url)
        self._names = itertools.count()
        try:
            self._check_version()
        except BaseException:
            self.close()
            raise
        self._connection.execute("set timezone = 'UTC'")
        self._connection.execute(f"set statement_timeout = {int(seconds * 1000)}")
        self._connection.execute(f"create schema if not exists {types.quoted(schema)}")
        self._connection.execute(f"set search_path = {types.quoted(schema)}")

    def close(self) -> None:
        """Let the connection go."""
        self._connection.close()

    def fetch(self, query: Query) -> pa.Table:
        """The result of a query as an Arrow table."""
        with self._explained(query):
            cursor = self._connection.cursor(binary=True).execute(query.sql, types.given(query.parameters))
            return pa.Table.from_batches([types.batch(cursor.description, cursor.fetchall())])

    def batches(self, query: Query, rows_at_once: int = 50_000) -> Iterator[pa.RecordBatch]:
        """The result of a query, part by part, from a cursor that the server keeps."""
        name = f"batches_{next(self._names)}"
        opened = self._connection.cursor(name=name, binary=True)
        with self._explained(query), self._connection.transaction(), opened as cursor:
            cursor.execute(query.sql, types.given(query.parameters))
            while rows := cursor.fetchmany(rows_at_once):
                yield types.batch(cursor.description, rows)

    def rows(self, query: Query) -> list[tuple[object, ...]]:
        """The result of a small query as tuples."""
        with self._explained(query):
            return self._connection.execute(query.sql, types.given(query.parameters)).fetchall()

    def keys(self, query: Query) -> npt.NDArray[np.uint32]:
        """The one column of dense keys that a query gives, as numbers."""
        copied = f"copy (select cast(key as integer) from ({query.sql}) as found(key)) to stdout (format binary)"
        copying = self._connection.cursor().copy(copied, types.given(query.parameters))
        with self._explained(query), copying as copy:
            found = b"".join(bytes(part) for part in copy)
        rows = np.frombuffer(
            found, dtype=_ROW, offset=_HEADER, count=(len(found) - _HEADER - _TRAILER) // _ROW.itemsize
        )
        return rows["key"].astype(np.uint32)

    def execute(self, query: Query) -> None:
        """Run a statement for its effect."""
        with self._explained(query):
            self._connection.execute(query.sql, types.given(query.parameters))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing of it."""
        with self._connection.transaction():
            yield

    @contextmanager
    def view(self, data: pa.Table, name: str | None = None) -> Iterator[str]:
        """An Arrow table as a temporary table for the length of the block."""
        name = name or f"arrow_{next(self._names)}"
        self._do(f"create temp table {types.quoted(name)} ({types.columns(types.schema_of(data.schema))})")
        try:
            self._copy(name, data)
            self._do(f"analyze {types.quoted(name)}")
            yield name
        finally:
            self._do(f"drop table if exists pg_temp.{types.quoted(name)}")

    def rows_of(self, table: str, columns: tuple[str, ...], keys: npt.NDArray[np.uint32]) -> pa.Table | None:
        """None: an index leads the query of a small world to the rows of its persons."""
        return None

    def keys_within(
        self, table: str, ranges: Sequence[tuple[dt.datetime, dt.datetime]]
    ) -> npt.NDArray[np.uint32] | None:
        """None: an index leads the query to the slices."""
        return None

    @contextmanager
    def shadowed(self, tables: Mapping[str, Query | pa.Table]) -> Iterator[None]:
        """For the length of the block, names mean the results of queries over the tables of these names, or Arrow data.

        Temporary tables go before all others of their name.
        """
        with ExitStack() as made:
            for name, data in tables.items():
                made.enter_context(self._result(name, data) if isinstance(data, Query) else self.view(data, name))
            yield

    def schema(self, table: str) -> ibis.Schema | None:
        """The columns of a table or view, None when there is none of that name."""
        query = (
            "select attname, format_type(atttypid, null) from pg_attribute "
            "where attrelid = to_regclass(%(table)s) and attnum > 0 and not attisdropped order by attnum"
        )
        found = self.rows(Query(query, {"table": types.quoted(table)}))
        return types.schema_from([(str(name), str(type_)) for name, type_ in found]) if found else None

    def tables(self) -> list[str]:
        """The names of the tables and views of the schema, sorted."""
        query = "select table_name from information_schema.tables where table_schema = current_schema() order by 1"
        return [str(name) for (name,) in self.rows(Query(query))]

    def ensure(self, table: str, schema: ibis.Schema) -> None:
        """Make the table, or add the columns that it lacks."""
        present = self.schema(table)
        if present is None:
            self._do(f"create table {types.quoted(table)} ({types.columns(schema)})")
            return
        for name, dtype in schema.items():
            if name not in present:
                self._do(f"alter table {types.quoted(table)} add column {types.column(name, dtype)}")

    def append(self, table: str, data: pa.Table) -> None:
        """Add rows; columns are matched by name, those that the data lacks stay empty."""
        self._copy(table, data)

    def merge(self, table: str, key: str, data: pa.Table) -> None:
        """Put rows in by key: values that are given replace, empty ones leave what is there, new keys are added."""
        own, known = types.quoted(table), types.quoted(key)
        columns = [types.quoted(name) for name in data.schema.names]
        updates = ", ".join(f"{each} = coalesce(fresh.{each}, {own}.{each})" for each in columns if each != known)
        matched = f"when matched then update set {updates}" if updates else ""
        with self.view(data) as fresh:
            self._do(
                f"merge into {own} using {types.quoted(fresh)} as fresh on {own}.{known} = fresh.{known} {matched} "
                f"when not matched then insert ({', '.join(columns)}) "
                f"values ({', '.join(f'fresh.{each}' for each in columns)})"
            )

    def sort(self, table: str, *columns: str) -> None:
        """Give each of the columns an index, so that slices by it are read and not all of the table."""
        for column in columns:
            name = "by_" + hashlib.sha256(f"{table}.{column}".encode()).hexdigest()[:24]
            self._do(f"create index if not exists {name} on {types.quoted(table)} ({types.quoted(column)})")
        self._do(f"analyze {types.quoted(table)}")

    def stage(self, table: str, data: object) -> NoReturn:
        """Collecting into PostgreSQL is not built. Raises Lacking."""
        refuse(self.dialect, Capability.STAGING)

    def drop(self, table: str) -> None:
        """Drop a table if it is there."""
        self._do(f"drop table if exists {types.quoted(table)}")

    @contextmanager
    def _result(self, name: str, query: Query) -> Iterator[str]:
        """The result of a query as a temporary table for the length of the block."""
        self.execute(Query(f"create temp table {types.quoted(name)} as {query.sql}", query.parameters))
        try:
            self._do(f"analyze pg_temp.{types.quoted(name)}")
            yield name
        finally:
            self._do(f"drop table if exists pg_temp.{types.quoted(name)}")

    def _copy(self, table: str, data: pa.Table) -> None:
        names = ", ".join(types.quoted(name) for name in data.schema.names)
        statement = f"copy {types.quoted(table)} ({names}) from stdin"
        makers = [types.sent(each.type) for each in data.schema]
        with self._explained(Query(statement)), self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for rows in data.to_batches(50_000):
                for row in zip(*(column.to_pylist() for column in rows.columns), strict=True):
                    copy.write_row([make(value) for make, value in zip(makers, row, strict=True)])

    def _check_version(self) -> None:
        found = self._connection.info.server_version // 10_000
        if found < OLDEST:
            raise InvalidRequest(_TOO_OLD.with_(found=found, oldest=OLDEST), remedy=_UPGRADE)

    def _do(self, statement: str) -> None:
        self.execute(Query(statement.replace("%", "%%")))

    @contextmanager
    def _explained(self, query: Query) -> Iterator[None]:
        """A failing query shows its SQL, never the values of rows: what the server said is kept out where it may."""
        import psycopg

        try:
            yield
        except psycopg.errors.QueryCanceled:
            raise too_long(query, self._seconds, _RAISE_THE_LIMIT) from None
        except psycopg.Error as error:
            # Class 42 speaks of the SQL (a name, its syntax); every other class may quote the value of a row.
            spoken = (error.sqlstate or "").startswith("42")
            said = f"{type(error).__name__}: {error.diag.message_primary}" if spoken else type(error).__name__
            raise EngineFailure(_REFUSED, where=f"{said}\n{query.sql}") from (error if spoken else None)


def _connected(url: str) -> "psycopg.Connection[Any]":
    try:
        import psycopg
    except ImportError as error:
        raise InvalidRequest(_NO_DRIVER, remedy=_INSTALL) from error
    try:
        return psycopg.connect(url, autocommit=True, application_name="quartier")
    except psycopg.Error as error:
        # What the driver says repeats the address, and an address may hold a password.
        raise EngineUnreachable(_UNREACHABLE, where=type(error).__name__, remedy=_CHECK_THE_ADDRESS) from None


_NO_DRIVER = Text(en="PostgreSQL's driver is not installed", fr="le pilote de PostgreSQL n'est pas installé")
_INSTALL = Text(
    en='install it with `pip install "quartier[postgres]"`', fr='installez-le : `pip install "quartier[postgres]"`'
)
_UNREACHABLE = Text(en="PostgreSQL cannot be reached", fr="PostgreSQL est injoignable")
_CHECK_THE_ADDRESS = Text(
    en="check the address, the user and that the server runs",
    fr="vérifiez l'adresse, l'utilisateur et que le serveur est démarré",
)
_TOO_OLD = Text(
    en="this is PostgreSQL {found}; {oldest} is the oldest that serves",
    fr="ceci est PostgreSQL {found} ; il faut au moins la version {oldest}",
)
_UPGRADE = Text(en="use a newer server", fr="utilisez un serveur plus récent")
_REFUSED = Text(en="PostgreSQL refused a query", fr="PostgreSQL a refusé une requête")
_RAISE_THE_LIMIT = Text(
    en="ask for less, or give the engine a longer limit",
    fr="demandez moins, ou donnez au moteur une limite plus longue",
)
