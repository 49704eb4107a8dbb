"""Back a workspace up while it is in use.

The store is copied before the journal: what the store knows of messages is then in the copy of the journal. The
imported files come last, by the copied store's own list. All is written beside the target, and takes its name only
when it is whole and on the disk.
"""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from quartier.config import FILE_NAME
from quartier.errors import InvalidRequest, WorkspaceDamaged
from quartier.language import Text
from quartier.store.folder import STORE
from quartier.store.journal import FILE
from quartier.store.safekeeping.files import copied, digest_of, flush
from quartier.store.safekeeping.manifest import NAME, Kept, Manifest
from quartier.store.safekeeping.verification import Verification, verify

Advance = Callable[[float], None]


@dataclass(frozen=True)
class Backup:
    """A backup that was written, and what was found when it was read again."""

    path: Path
    manifest: Manifest
    verification: Verification


def back_up(folder: Path, target: Path, at: dt.datetime, progress: Advance = lambda _: None) -> Backup:
    """Write a backup of a workspace into a new folder, then read it all again.

    What is damaged in the workspace is damaged in the backup too, and told. Raises InvalidRequest when the target is
    there already.
    """
    if target.exists():
        raise InvalidRequest(_THERE.with_(path=str(target)), remedy=_NEW_NAME)
    part = target.with_name(target.name + ".unfinished")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    elsewhere = _copied(folder, part)
    progress(0.5)
    verification = verify(part, at, lambda share: progress(0.5 + share / 2))
    manifest = _manifest(part, at, elsewhere)
    manifest.write(part)
    flush(part / NAME)
    flush(part)
    part.rename(target)
    flush(target.absolute().parent)
    return Backup(target, manifest, verification)


def _copied(folder: Path, part: Path) -> list[str]:
    """Copy everything; gives the names of imported files that are elsewhere."""
    _copy_database(folder / STORE, part / STORE)
    if (folder / FILE).exists():
        _copy_database(folder / FILE, part / FILE)
    copied(folder / FILE_NAME, part / FILE_NAME)
    elsewhere = []
    for name, kept_at, is_copied in _imports(part / STORE):
        if not is_copied:
            elsewhere.append(name)
        elif (folder / kept_at).is_file():  # one that is gone is told by the verification
            copied(folder / kept_at, part / kept_at)
    return elsewhere


def _manifest(part: Path, at: dt.datetime, elsewhere: list[str]) -> Manifest:
    """What is there, once nothing will open it any more."""
    messages = _messages(part / FILE)
    for name in (STORE, FILE):
        if (part / name).exists():
            _close_up(part / name)
    files = tuple(_kept(part, path) for path in sorted(part.rglob("*")) if path.is_file())
    return Manifest(at, messages, files, tuple(elsewhere))


def _kept(part: Path, path: Path) -> Kept:
    return Kept(path.relative_to(part).as_posix(), path.stat().st_size, digest_of(path))


def _copy_database(origin: Path, target: Path) -> None:
    """SQLite's own copy of a moment, while others write; one file that needs no write-ahead log."""
    try:
        with closing(sqlite3.connect(origin)) as read, closing(sqlite3.connect(target)) as written:
            read.backup(written)
    except sqlite3.DatabaseError as error:
        raise WorkspaceDamaged(_NOT_COPIED, where=origin.name, remedy=_VERIFY) from error


def _close_up(path: Path) -> None:
    """Have a database in one file, without a write-ahead log beside it, on the disk."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma journal_mode = delete")
    flush(path)


def _imports(store: Path) -> Iterator[tuple[str, str, bool]]:
    with closing(sqlite3.connect(store)) as connection:
        yield from connection.execute("select name, kept_at, is_copied from imports order by seq").fetchall()


def _messages(journal: Path) -> int:
    if not journal.exists():
        return 0
    with closing(sqlite3.connect(journal)) as connection:
        row = connection.execute("select first + count - 1 from entries order by first desc limit 1").fetchone()
    return int(row[0]) if row else 0


_THERE = Text(en="there is something at {path} already", fr="il y a déjà quelque chose à {path}")
_NEW_NAME = Text(en="give a name that is not taken", fr="donnez un nom qui n'est pas pris")
_NOT_COPIED = Text(en="the file cannot be copied", fr="le fichier ne peut pas être copié")
_VERIFY = Text(en="see what is damaged with `quartier verify`", fr="voyez ce qui est abîmé avec `quartier verify`")
