"""A journal in a SQLite file of its own: WAL, synchronous FULL, one writer."""

import datetime as dt
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from quartier.errors import JournalDamaged
from quartier.language import Text
from quartier.store.journal.entry import DIGEST_BYTES, START, Entry, Receipt, Refusal, Submission, chained, id_digest

_SCHEMA = """
create table if not exists entries(
    first integer primary key, count integer not null, at text not null,
    ids blob not null, body blob not null, digest blob not null);
create table if not exists message_ids(digest blob primary key) without rowid;
create table if not exists refusals(
    number integer primary key autoincrement, raw blob not null, reason text not null, field text, source text not null,
    message_id text, received_at text not null, state text not null default 'open', settled_at text);
"""
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000")
_PAGE = 16
_BROKEN = Text(
    en="messages {first} to {last} cannot be trusted: the bytes differ from their digest",
    fr="les messages {first} à {last} ne sont pas fiables : les octets ne correspondent plus à leur empreinte",
)


class SqliteBook:
    """Where entries are written; all of it is called by one thread, but for `entries`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection = self._connect()
        self._connection.executescript(_SCHEMA)
        self.end, self._digest = self._tail()

    def write(self, submissions: Sequence[Submission], at: dt.datetime) -> list[Receipt]:
        """Keep all of them in one transaction; what is returned is durable."""
        written, instant = self._connection, at.isoformat(timespec="microseconds")
        written.execute("begin immediate")
        try:
            end, digest, receipts = self._written(submissions, at, instant)
            written.execute("commit")
        except BaseException:
            if written.in_transaction:
                written.execute("rollback")
            raise
        self.end, self._digest = end, digest
        return receipts

    def entries(self, after: int, until: int | None) -> Iterator[Entry]:
        """The entries that hold messages after a number and up to another, each held against its digest."""
        connection = self._connect()
        try:
            while page := connection.execute(_READ, (after, until, until, _PAGE)).fetchall():
                for before, *row in page:
                    yield _verified(before or START, *row)
                    after = row[0] + row[1] - 1
        finally:
            connection.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    def _tail(self) -> tuple[int, bytes]:
        row = self._connection.execute(
            "select first + count - 1, digest from entries order by first desc limit 1"
        ).fetchone()
        return row or (0, START)

    def _written(
        self, submissions: Sequence[Submission], at: dt.datetime, instant: str
    ) -> tuple[int, bytes, list[Receipt]]:
        ids, lines, receipts = [], [], []
        for submission in submissions:
            is_new = []
            for arrival in submission.arrivals:
                digest = id_digest(arrival.message_id)
                is_new.append(self._claimed(digest))
                if is_new[-1]:
                    ids.append(digest)
                    lines.append(arrival.line)
            refused = tuple(self._refused(refusal, instant) for refusal in submission.refusals)
            receipts.append(Receipt(at, tuple(is_new), refused))
        if not ids:
            return self.end, self._digest, receipts
        body, first = b"\n".join(lines), self.end + 1
        digest = chained(self._digest, first, len(ids), instant, ids, body)
        row = (first, len(ids), instant, b"".join(ids), body, digest)
        self._connection.execute("insert into entries values (?, ?, ?, ?, ?, ?)", row)
        return self.end + len(ids), digest, receipts

    def _claimed(self, digest: bytes) -> bool:
        return self._connection.execute("insert or ignore into message_ids values (?)", (digest,)).rowcount == 1

    def _refused(self, refusal: Refusal, instant: str) -> int:
        row = (refusal.raw, refusal.reason, refusal.field, refusal.source, refusal.message_id, instant)
        return self._connection.execute(_REFUSE, row).lastrowid or 0


_READ = """
select (select digest from entries b where b.first < e.first order by b.first desc limit 1),
    first, count, at, ids, body, digest
from entries e where first + count - 1 > ? and (? is null or first <= ?) order by first limit ?
"""
_REFUSE = "insert into refusals(raw, reason, field, source, message_id, received_at) values (?, ?, ?, ?, ?, ?)"


def _verified(before: bytes, first: int, count: int, at: str, ids: bytes, body: bytes, digest: bytes) -> Entry:
    if chained(before, first, count, at, [ids], body) != digest or len(ids) != count * DIGEST_BYTES:
        raise JournalDamaged(_BROKEN.with_(first=first, last=first + count - 1))
    return Entry(first, count, dt.datetime.fromisoformat(at), body)
