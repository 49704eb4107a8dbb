"""The way out for a journal that rotted: a new file with all that is sound, in which the rest is recorded as lost."""

import datetime as dt
import os
import sqlite3
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path

from quartier.errors import JournalDamaged, WorkspaceBusy
from quartier.language import Text
from quartier.store.journal.entry import Lost
from quartier.store.journal.group import Head, lost_row
from quartier.store.journal.reading import verified_rows
from quartier.store.journal.sqlite import TABLES, SqliteReader, connect, explained
from quartier.store.safekeeping.files import flush

_INSERT = "insert into entries values (?, ?, ?, ?, ?, ?, ?, ?)"
_REFUSALS_AT_ONCE = 1000
_IN_USE = Text(en="another process has the journal open", fr="un autre processus a ouvert le journal")
_END_IT = Text(en="end it, then try again", fr="arrêtez-le, puis recommencez")


@dataclass(frozen=True)
class Salvaged:
    """What was given up, and where the damaged file is kept."""

    lost: tuple[Lost, ...]
    set_aside: Path


def salvage(path: Path, at: dt.datetime) -> Salvaged:
    """Write a journal again without what is damaged, which is recorded as lost; the damaged file is kept beside it.

    The index of message ids is left out: it is made again at the next message. Raises WorkspaceBusy when another
    process has the journal open, WorkspaceDamaged when nothing of the file can be read.
    """
    fresh, aside = path.with_name(path.name + ".mended"), path.with_name(f"{path.name}.damaged-{at:%Y%m%dT%H%M%SZ}")
    fresh.unlink(missing_ok=True)
    with explained(), closing(connect(path)) as connection:
        _take_alone(connection)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as target:
            lost = _copied(connection, target, at)
    flush(fresh)
    os.link(path, aside)
    _set_log_aside(path, aside)
    fresh.replace(path)
    flush(path.parent)
    return Salvaged(tuple(lost), aside)


def _take_alone(connection: sqlite3.Connection) -> None:
    connection.execute("pragma busy_timeout = 0")
    connection.execute("pragma locking_mode = exclusive")
    try:
        connection.execute("begin exclusive")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise WorkspaceBusy(_IN_USE, where="journal.sqlite", remedy=_END_IT) from error
        raise
    connection.execute("commit")


def _copied(connection: sqlite3.Connection, target: sqlite3.Connection, at: dt.datetime) -> list[Lost]:
    target.execute("pragma page_size = 16384")
    target.executescript(TABLES)
    target.execute("begin")
    reader, head, lost = SqliteReader(connection), Head(), list[Lost]()
    while True:
        try:
            for row in verified_rows(reader, head.end):
                target.execute(_INSERT, astuple(row))
                head = row.head
            break
        except JournalDamaged as damage:
            given_up = lost_row(head, damage.last, at)
            target.execute(_INSERT, astuple(given_up))
            lost.append(Lost(given_up.first, damage.last))
            head = given_up.head
    _copy_refusals(connection, target)
    target.execute("commit")
    return lost


def _copy_refusals(connection: sqlite3.Connection, target: sqlite3.Connection) -> None:
    rows = connection.execute("select * from refusals order by number")
    while some := rows.fetchmany(_REFUSALS_AT_ONCE):
        target.executemany("insert into refusals values (?, ?, ?, ?, ?, ?, ?, ?, ?)", some)


def _set_log_aside(path: Path, aside: Path) -> None:
    """A write-ahead log left behind would be played into the new file."""
    for suffix in ("-wal", "-shm"):
        left = path.with_name(path.name + suffix)
        if left.exists():
            left.replace(aside.with_name(aside.name + suffix))
