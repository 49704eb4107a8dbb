"""Is all that cannot be computed again still there, as it was written? Reads everything, changes nothing."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from quartier.config import FILE_NAME, Config
from quartier.errors import JournalDamaged, QuartierError, Sentence, WorkspaceDamaged
from quartier.language import LANGUAGES, Text
from quartier.store import imports
from quartier.store.folder import STORE
from quartier.store.imports import Import
from quartier.store.journal import FILE, Lost
from quartier.store.journal.damage import MISSING, damaged
from quartier.store.journal.entry import LOST
from quartier.store.journal.known import index_agrees
from quartier.store.journal.mark import Mark
from quartier.store.journal.reading import sound_rows
from quartier.store.journal.sqlite import connect, explained, reading
from quartier.store.safekeeping.files import digest_of
from quartier.store.store import Store

Part = Literal["settings", "store", "journal", "index", "imports"]
Advance = Callable[[float], None]


@dataclass(frozen=True)
class Damage:
    """One thing that is not as it was written.

    Attributes:
        part: of the workspace.
        what: in both languages.
        file: the file at fault.
        first, last: the numbers of the messages that are touched, for the journal.
    """

    part: Part
    what: Sentence
    file: str
    first: int | None = None
    last: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The damage as plain data with stable keys."""
        said = {str(language): self.what.to(language) for language in LANGUAGES}
        return {"part": self.part, "file": self.file, "first": self.first, "last": self.last, **said}


@dataclass(frozen=True)
class Verification:
    """What was read, what is damaged, and what was recorded as lost before.

    Attributes:
        messages: that were read and are sound.
        entries: that hold them.
        refusals: refused messages that are kept, settled or not.
        imports: files whose digests were compared.
    """

    at: dt.datetime
    messages: int
    entries: int
    refusals: int
    imports: int
    lost: tuple[Lost, ...]
    damages: tuple[Damage, ...]

    @property
    def is_well(self) -> bool:
        """Whether nothing is damaged; what was recorded as lost is known already."""
        return not self.damages

    def as_json(self) -> dict[str, Any]:
        """The verification as plain data with stable keys."""
        return {
            "is_well": self.is_well, "at": self.at.isoformat(), "messages": self.messages, "entries": self.entries,
            "refusals": self.refusals, "imports": self.imports,
            "lost": [{"first": each.first, "last": each.last} for each in self.lost],
            "damages": [each.as_json() for each in self.damages],
        }  # fmt: skip


def verify(folder: Path, at: dt.datetime, progress: Advance = lambda _: None) -> Verification:
    """Read the settings, the store, the journal and the imported files of a workspace, also while it is in use."""
    found = _Found()
    _settings(folder, found)
    _journal(folder / FILE, found, progress)
    for one in _store(folder, found, at):
        _import(folder, one, found)
    return Verification(
        at, found.messages, found.entries, found.refusals, found.imports, tuple(found.lost), tuple(found.damages)
    )


@dataclass
class _Found:
    messages: int = 0
    entries: int = 0
    refusals: int = 0
    imports: int = 0
    lost: list[Lost] = field(default_factory=list)
    damages: list[Damage] = field(default_factory=list)


def _settings(folder: Path, found: _Found) -> None:
    try:
        Config.read(folder)
    except (QuartierError, OSError):
        found.damages.append(Damage("settings", _NO_SETTINGS, FILE_NAME))


def _journal(path: Path, found: _Found, progress: Advance) -> None:
    """Every entry against its digest, its number and the one before it; the end against the mark beside it."""
    mark, end = Mark.beside(path).get(), 0
    if path.exists():
        try:
            end = _entries(path, found, mark, progress)
            _rest(path, found)
        except WorkspaceDamaged as error:
            found.damages.append(Damage("journal", error.what, FILE, end + 1, max(mark, end + 1)))
            return
    if end < mark:
        found.damages.append(_told(damaged(MISSING, end + 1, mark)))


def _entries(path: Path, found: _Found, mark: int, progress: Advance) -> int:
    """Read all entries; gives the number of the last message, damaged or not."""
    end, damages = 0, list[JournalDamaged]()
    with reading(path) as reader:
        for row in sound_rows(reader, damages):
            end = row.head.end
            progress(min(end / mark, 1.0) if mark else 0.0)
            if row.kind == LOST:
                found.lost.append(Lost(row.first, end))
            else:
                found.messages += row.count
                found.entries += 1
    found.damages += [_told(damage) for damage in damages]
    return max([end, *(damage.last for damage in damages)])


def _rest(path: Path, found: _Found) -> None:
    """The refused messages, each read whole, and the index of message ids."""
    with explained(), closing(connect(path)) as connection:
        try:
            found.refusals = sum(1 for _ in connection.execute("select * from refusals order by number"))
        except sqlite3.DatabaseError:
            found.damages.append(Damage("journal", _NO_REFUSALS, FILE))
        if not any(each.part == "journal" for each in found.damages) and not index_agrees(connection):
            found.damages.append(Damage("index", _INDEX, FILE))


def _store(folder: Path, found: _Found, at: dt.datetime) -> list[Import]:
    """Check the store's file; gives the imports that it lists."""
    try:
        with closing(sqlite3.connect(f"file:{folder / STORE}?mode=rw", uri=True)) as connection:
            troubles = [row[0] for row in connection.execute("pragma integrity_check")]
            broken = connection.execute("pragma foreign_key_check").fetchall()
        if troubles == ["ok"] and not broken:
            return _imports(folder, at)
    except (sqlite3.DatabaseError, WorkspaceDamaged):  # which is what was asked: told below
        pass
    found.damages.append(Damage("store", _NO_STORE, STORE))
    return []


def _imports(folder: Path, at: dt.datetime) -> list[Import]:
    store = Store(f"sqlite:///{folder / STORE}", at)
    try:
        with store.begin() as connection:
            return imports.after(connection, 0)
    finally:
        store.close()


def _import(folder: Path, one: Import, found: _Found) -> None:
    path = folder / one.kept_at if one.is_copied else Path(one.kept_at)
    if not path.is_file():
        found.damages.append(Damage("imports", _GONE.with_(name=one.name), str(path)))
    elif digest_of(path) != one.digest:
        found.damages.append(Damage("imports", _CHANGED.with_(name=one.name), str(path)))
    else:
        found.imports += 1


def _told(damage: JournalDamaged) -> Damage:
    return Damage("journal", damage.what, FILE, damage.first, damage.last)


_NO_SETTINGS = Text(en="the settings cannot be read", fr="les réglages sont illisibles")
_NO_STORE = Text(
    en="the store is not whole: its own check finds faults in it",
    fr="la base n'est pas intacte : son propre contrôle y trouve des défauts",
)
_NO_REFUSALS = Text(en="some refused messages cannot be read", fr="des messages refusés sont illisibles")
_INDEX = Text(
    en="the index of message ids differs from the messages: `quartier verify --give-up` makes it again, nothing is "
    "lost",
    fr="l'index des identifiants de messages diffère des messages : `quartier verify --give-up` le refait, rien "
    "n'est perdu",
)
_GONE = Text(en="the imported file {name} is gone", fr="le fichier importé {name} a disparu")
_CHANGED = Text(
    en="the imported file {name} is not the one that was imported",
    fr="le fichier importé {name} n'est plus celui qui a été importé",
)
