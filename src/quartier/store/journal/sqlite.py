"""A journal in a SQLite file of its own: write-ahead log, synchronous FULL, moved into the file by our own hand.

SQLite swallows an error of the checkpoint that it does by itself after a commit, and would try the flush again; pages
that the system dropped after the first failure would be lost without a word (Rebello et al., "Can applications recover
from fsync failures?", USENIX ATC 2020). So the checkpoint is ours, and its failure ends the writer.
"""

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple
from functools import cache
from pathlib import Path

from quartier.errors import JournalFull, WorkspaceDamaged
from quartier.language import Text
from quartier.store.journal.damage import UNREADABLE, damaged
from quartier.store.journal.entry import KeptRefusal, Receipt, Refusal
from quartier.store.journal.group import Group, Head, Link, Row, Submission, digests_of, grouped, written
from quartier.store.journal.known import SCHEMA, IndexDamaged, KnownIds
from quartier.store.journal.mark import Mark

TABLES = f"""
create table if not exists entries(
    first integer primary key, count integer not null, at text not null, kind text not null,
    before blob not null, digest blob not null, ids blob not null, body blob not null);
create table if not exists refusals(
    number integer primary key autoincrement, raw blob not null, reason text not null, field text, source text not null,
    message_id text, received_at text not null, state text not null default 'open', settled_at text);
create index if not exists open_refusals on refusals(state, number);
{SCHEMA}"""
_PRAGMAS = ("page_size=16384", "journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "wal_autocheckpoint=0")
_CHECKPOINT_BYTES = 32_000_000
"""The write-ahead log is moved into the file after about so many bytes."""


class SqliteBook:
    """Entries in a SQLite file; other processes may write to it too."""

    def __init__(self, path: Path) -> None:
        self._path, self._mark = path, Mark.beside(path)
        with explained():
            self._connection = connect(path)
            self._connection.executescript(TABLES)
            _hold_schema(self._connection)
            self._connection.execute("pragma wal_checkpoint(passive)")
            self._side, self._side_lock = connect(path), threading.Lock()
        self._known = KnownIds(self._connection)
        self._unmoved = 0

    def write(self, submissions: Sequence[Submission], at: dt.datetime) -> list[Receipt]:
        """Keep all of them in one transaction; see `Book`."""
        digests = digests_of(submissions)
        with self._transaction():
            head = _tail(self._connection)
            group = grouped(head, submissions, digests, self._known_among(digests, head.end), at)
            refused = self._kept(group, submissions, written(at))
        for row in group.rows:
            self._known.add(row.ids, row.head.end)
            self._unmoved += len(row.body) + len(row.ids)
            self._mark.put(row.head.end)
        return [Receipt(at, is_new, numbers) for is_new, numbers in zip(group.is_new, refused, strict=True)]

    def tidy(self) -> None:
        """Make the index of ids smaller in memory, and the write-ahead log shorter."""
        if self._known.is_due:
            self._settle_ids()
        if self._unmoved > _CHECKPOINT_BYTES:
            with explained():
                self._connection.execute("pragma wal_checkpoint(passive)")
            self._unmoved = 0

    def probe(self) -> None:
        """Write the first page as it is."""
        with self._transaction():
            self._connection.execute("pragma user_version = 1")

    def head(self) -> Head:
        """The end of the journal, whoever wrote it; any thread may ask."""
        with explained(), self._side_lock:
            return _tail(self._side)

    def mark(self) -> int:
        """The highest number that was acknowledged, from a small file beside the journal."""
        return self._mark.get()

    @contextmanager
    def reader(self) -> Iterator["SqliteReader"]:
        """A connection of its own."""
        with reading(self._path) as reader:
            yield reader

    def close(self) -> None:
        """Close the file; the last to close it empties its write-ahead log."""
        self._side.close()
        self._connection.close()
        self._mark.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with explained():
            self._connection.execute("begin immediate")
            try:
                yield
                self._connection.execute("commit")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("rollback")
                self._known.forget()
                raise

    def _known_among(self, digests: Sequence[bytes], end: int) -> set[bytes]:
        try:
            self._known.refresh(end)
            return self._known.among(digests)
        except IndexDamaged:
            self._known.make_again(end)
            return self._known.among(digests)

    def _settle_ids(self) -> None:
        with self._transaction():
            end = _tail(self._connection).end
            self._known.refresh(end)
            try:
                runs = self._known.settle()
            except IndexDamaged:
                self._known.make_again(end)
                return
        self._known.settled(runs)

    def _kept(self, group: Group, submissions: Sequence[Submission], at: str) -> list[tuple[int, ...]]:
        """Insert the rows; the numbers of the refusals of each submission."""
        rows = map(astuple, group.rows)
        self._connection.executemany("insert into entries values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        for submission in submissions:
            settled = ((state, at, number) for number, state in submission.settled)
            self._connection.executemany(_SETTLE, settled)
        return [tuple(self._refused(each, at) for each in submission.refusals) for submission in submissions]

    def _refused(self, refusal: Refusal, at: str) -> int:
        row = (refusal.raw, refusal.reason, refusal.field, refusal.source, refusal.message_id, at)
        return self._connection.execute(_REFUSE, row).lastrowid or 0


class SqliteReader:
    """Reads one row at a time, so that no reader keeps the write-ahead log from being emptied."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def row(self, number: int) -> Row | None:
        """The entry that begins at a number, or the first after it."""
        try:
            return self._row(number)
        except sqlite3.DatabaseError as error:
            last = self._readable_after(number) - 1
            raise damaged(UNREADABLE, number, last) from error

    def link_before(self, number: int) -> Link | None:
        """The place and digest of the last entry that begins before a number; None where they cannot be read."""
        try:
            row = self._connection.execute(_BEFORE, (number,)).fetchone()
        except sqlite3.DatabaseError:  # that entry is told to be unreadable by who reads it
            return None
        return _link(row)

    def refusals(self, state: str | None, after: int, limit: int) -> list[KeptRefusal]:
        """A page of refusals, in order."""
        return [KeptRefusal.of(*row) for row in self._connection.execute(_REFUSALS, (after, state, state, limit))]

    def refusal(self, number: int) -> KeptRefusal | None:
        """One refusal, or None."""
        row = self._connection.execute(_REFUSAL, (number,)).fetchone()
        return KeptRefusal.of(*row) if row else None

    def _row(self, number: int) -> Row | None:
        row = self._connection.execute(_NEXT, (number,)).fetchone()
        return Row(*row) if row else None

    def _readable_after(self, number: int) -> int:
        """Where reading goes on after an entry that cannot be read; one more than its own number at the end."""
        step = 1
        while step < 1 << 62:
            try:
                row = self._row(number + step)
            except sqlite3.DatabaseError:
                step *= 2
                continue
            return row.first if row else number + 1
        return number + 1


@contextmanager
def reading(path: Path) -> Iterator[SqliteReader]:
    """Read the journal in a file, without anything else that opening it for messages does."""
    with explained(), closing(connect(path)) as connection:
        _hold_schema(connection)
        yield SqliteReader(connection)


def connect(path: Path) -> sqlite3.Connection:
    """A connection to a journal's file, as every part of Quartier opens it."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _hold_schema(connection: sqlite3.Connection) -> None:
    """Raise unless the tables are declared as we declare them: a byte that rotted there changes what columns mean."""
    if set(connection.execute(_DECLARED)) != _declared():
        raise WorkspaceDamaged(_DAMAGED, where="journal.sqlite", remedy=_ASIDE)


@cache
def _declared() -> frozenset[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(TABLES)
        return frozenset(connection.execute(_DECLARED))


def _tail(connection: sqlite3.Connection) -> Head:
    """The end; where the last entry is too rotten to tell its count, what follows is numbered after its first."""
    row = connection.execute(_TAIL).fetchone()
    link = _link(row)
    if link is not None:
        return Head(link.end, link.digest)
    return Head(row[0]) if row else Head()


def _link(row: tuple[int, int, str, bytes] | None) -> Link | None:
    """A byte that rotted in the head of a row changes the types of its columns: nothing is held against such a row."""
    if row is None or not isinstance(row[1], int) or not isinstance(row[3], bytes):
        return None
    return Link(*row)


_DECLARED = "select name, sql from sqlite_master where sql is not null"
_TAIL = "select first, count, kind, digest from entries order by first desc limit 1"
_NEXT = "select * from entries where first >= ? order by first limit 1"
_BEFORE = "select first, count, kind, digest from entries where first < ? order by first desc limit 1"
_REFUSE = "insert into refusals(raw, reason, field, source, message_id, received_at) values (?, ?, ?, ?, ?, ?)"
_REFUSALS = "select * from refusals where number > ? and (? is null or state = ?) order by number limit ?"
_REFUSAL = "select * from refusals where number = ?"
_SETTLE = "update refusals set state = ?, settled_at = ? where number = ? and state = 'open'"

_FULL = Text(en="the disk of the journal is full", fr="le disque du journal est plein")
_FREE = Text(en="free some space: nothing needs to be started again", fr="libérez de la place : rien n'est à relancer")
_BUSY = Text(en="another process is writing to the journal", fr="un autre processus écrit dans le journal")
_LATER = Text(en="try again a little later", fr="réessayez un peu plus tard")
_DAMAGED = Text(en="the journal cannot be read", fr="le journal est illisible")
_READ_ONLY = Text(
    en="the journal can only be read: its file is protected, or damaged",
    fr="le journal ne peut être que lu : son fichier est protégé, ou abîmé",
)
_ASIDE = Text(
    en="put it back from a backup with `quartier restore`; or move journal.sqlite away, and keep journal.sqlite-end: "
    "a new journal then goes on after the last number",
    fr="remettez-le depuis une sauvegarde avec `quartier restore` ; ou écartez journal.sqlite en gardant "
    "journal.sqlite-end : un nouveau journal reprendra après le dernier numéro",
)
_ROTTEN = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_ERROR)
"""SQLITE_ERROR is what a damaged header or a missing table gives; our own statements give it nowhere else."""

_SHM_FULL = 4874
"""SQLITE_IOERR_SHMSIZE: the index of the write-ahead log could not grow, which is a full disk too."""


@contextmanager
def explained() -> Iterator[None]:
    """What passes by itself becomes JournalFull, a file that is none becomes WorkspaceDamaged; other errors pass."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0)
        if code & 0xFF == sqlite3.SQLITE_FULL or code == _SHM_FULL:
            raise JournalFull(_FULL, remedy=_FREE) from error
        if code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise JournalFull(_BUSY, remedy=_LATER) from error
        if code & 0xFF in _ROTTEN:
            raise WorkspaceDamaged(_DAMAGED, where="journal.sqlite", remedy=_ASIDE) from error
        if code & 0xFF == sqlite3.SQLITE_READONLY:
            raise WorkspaceDamaged(_READ_ONLY, where="journal.sqlite", remedy=_ASIDE) from error
        raise
