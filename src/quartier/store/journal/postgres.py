"""A journal in PostgreSQL, to which several nodes write: one at a time, under a lock of the transaction.

The lock makes the order of numbers the order of commits: who reads up to a number has seen all that will ever be below.
"""

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from typing import TYPE_CHECKING

from quartier.errors import JournalFull
from quartier.language import Text
from quartier.store.journal.entry import DIGEST_BYTES, KeptRefusal, Receipt, Refusal
from quartier.store.journal.group import Group, Head, Link, Row, Submission, digests_of, grouped, written

if TYPE_CHECKING:
    import psycopg

_SCHEMA = """
create table if not exists journal_entries(
    first bigint primary key, count bigint not null, at text not null, kind text not null,
    before bytea not null, digest bytea not null, ids bytea not null, body bytea not null);
create table if not exists journal_ids(digest bytea primary key);
create table if not exists journal_refusals(
    number bigint primary key generated always as identity, raw bytea not null, reason text not null, field text,
    source text not null, message_id text, received_at text not null, state text not null default 'open',
    settled_at text);
create index if not exists journal_open_refusals on journal_refusals(state, number);
"""
_LOCK = 0x51_4A_4F_55  # any number will do, as long as every node takes the same


class PostgresBook:
    """Entries in tables of a PostgreSQL database. `url` is a SQLAlchemy URL."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("postgresql+psycopg://", "postgresql://")
        self._connection: psycopg.Connection | None = None
        self._side_lock = threading.Lock()
        self._side: psycopg.Connection | None = None
        with self._transaction() as connection:
            connection.execute(_SCHEMA)

    def write(self, submissions: Sequence[Submission], at: dt.datetime) -> list[Receipt]:
        """Keep all of them in one transaction; see `Book`."""
        digests = digests_of(submissions)
        with self._transaction() as connection:
            known = connection.execute(_KNOWN, (digests,), binary=True).fetchall()
            group = grouped(_head(connection), submissions, digests, {digest for (digest,) in known}, at)
            refused = _kept(connection, group, submissions, written(at))
        return [Receipt(at, is_new, numbers) for is_new, numbers in zip(group.is_new, refused, strict=True)]

    def tidy(self) -> None:
        """Nothing: the server does it."""

    def probe(self) -> None:
        """Take the lock and give it back."""
        with self._transaction():
            pass

    def head(self) -> Head:
        """The end of the journal, whichever node wrote it; any thread may ask."""
        with self._side_lock, _explained():
            if self._side is None or self._side.closed:
                self._side = _connected(self._url)
            return _head(self._side)

    def mark(self) -> int:
        """None outside of the database: its own log is checked by the server."""
        return 0

    @contextmanager
    def reader(self) -> Iterator["PostgresReader"]:
        """A connection of its own."""
        with _explained():
            connection = _connected(self._url)
        try:
            yield PostgresReader(connection)
        finally:
            connection.close()

    def close(self) -> None:
        """Give the connections back."""
        for connection in (self._connection, self._side):
            if connection is not None:
                connection.close()

    @contextmanager
    def _transaction(self) -> Iterator["psycopg.Connection"]:
        """A transaction that holds the lock; on a new connection where the last one was lost."""
        with _explained():
            if self._connection is None or self._connection.closed:
                self._connection = _connected(self._url)
            with self._connection.transaction():
                self._connection.execute("select pg_advisory_xact_lock(%s)", (_LOCK,))
                yield self._connection


class PostgresReader:
    """Reads one row at a time."""

    def __init__(self, connection: "psycopg.Connection") -> None:
        self._connection = connection

    def row(self, number: int) -> Row | None:
        """The entry that begins at a number, or the first after it."""
        found = self._connection.execute(_NEXT, (number,), binary=True).fetchone()
        return Row(*found) if found else None

    def link_before(self, number: int) -> Link | None:
        """The place and digest of the last entry that begins before a number."""
        found = self._connection.execute(_BEFORE, (number,), binary=True).fetchone()
        return Link(*found) if found else None

    def refusals(self, state: str | None, after: int, limit: int) -> list[KeptRefusal]:
        """A page of refusals, in order."""
        rows = self._connection.execute(_REFUSALS, {"after": after, "state": state, "limit": limit}, binary=True)
        return [KeptRefusal.of(*row) for row in rows]

    def refusal(self, number: int) -> KeptRefusal | None:
        """One refusal, or None."""
        row = self._connection.execute(_REFUSAL, (number,), binary=True).fetchone()
        return KeptRefusal.of(*row) if row else None


def _kept(
    connection: "psycopg.Connection", group: Group, submissions: Sequence[Submission], at: str
) -> list[tuple[int, ...]]:
    """Insert the rows; the numbers of the refusals of each submission."""
    for row in group.rows:
        connection.execute(_INSERT, astuple(row))
        ids = [row.ids[start : start + DIGEST_BYTES] for start in range(0, len(row.ids), DIGEST_BYTES)]
        connection.execute("insert into journal_ids select unnest(%s::bytea[])", (sorted(ids),))
    for submission in submissions:
        for number, state in submission.settled:
            connection.execute(_SETTLE, (state, at, number))
    return [tuple(_refused(connection, each, at) for each in submission.refusals) for submission in submissions]


def _refused(connection: "psycopg.Connection", refusal: Refusal, at: str) -> int:
    row = (refusal.raw, refusal.reason, refusal.field, refusal.source, refusal.message_id, at)
    found = connection.execute(_REFUSE, row).fetchone()
    return int(found[0]) if found else 0


def _head(connection: "psycopg.Connection") -> Head:
    row = connection.execute(_TAIL, binary=True).fetchone()
    return Head(*row) if row else Head()


def _connected(url: str) -> "psycopg.Connection":
    import psycopg

    connection = psycopg.connect(url, autocommit=True)
    connection.execute("set synchronous_commit = on")
    return connection


_TAIL = "select first + count - 1, digest from journal_entries order by first desc limit 1"
_NEXT = "select * from journal_entries where first >= %s order by first limit 1"
_BEFORE = "select first, count, kind, digest from journal_entries where first < %s order by first desc limit 1"
_KNOWN = "select digest from journal_ids where digest = any(%s)"
_INSERT = "insert into journal_entries values (%s, %s, %s, %s, %s, %s, %s, %s)"
_REFUSE = """
insert into journal_refusals(raw, reason, field, source, message_id, received_at)
values (%s, %s, %s, %s, %s, %s) returning number"""
_REFUSALS = """
select * from journal_refusals
where number > %(after)s and (%(state)s::text is null or state = %(state)s) order by number limit %(limit)s"""
_REFUSAL = "select * from journal_refusals where number = %s"
_SETTLE = "update journal_refusals set state = %s, settled_at = %s where number = %s and state = 'open'"

_FULL = Text(en="the disk of the database server is full", fr="le disque du serveur de base de données est plein")
_GONE = Text(en="the database server cannot be reached", fr="le serveur de base de données est injoignable")
_LATER = Text(
    en="see to the server: nothing needs to be started again here",
    fr="voyez du côté du serveur : rien n'est à relancer ici",
)


@contextmanager
def _explained() -> Iterator[None]:
    """A server that is full or gone comes back, and the messages that were not acknowledged are sent again.

    A commit whose answer was lost may have been kept: then those messages are duplicates when they come again.
    """
    import psycopg

    try:
        yield
    except psycopg.errors.DiskFull as error:
        raise JournalFull(_FULL, remedy=_LATER) from error
    except psycopg.OperationalError as error:
        raise JournalFull(_GONE, remedy=_LATER) from error
