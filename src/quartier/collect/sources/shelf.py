"""A source's own folder: how far each stream has been read, and what was fetched and is not yet imported.

A load is a file of rows with a slip beside it that says what it is and how far its stream has been read once it is
imported. The slip is written last, all at once: a load without one is not there. It goes when the state it tells has
been written, so that after a crash at any point a load is imported again or not at all, and an import that the store
has recorded is not done twice.
"""

import datetime as dt
import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from quartier.collect.sources.columns import Change, Kinds
from quartier.collect.sources.cursors import Value

STATE, LOADS = "state.json", "loads"


@dataclass(frozen=True)
class Progress:
    """How far a stream has been read: the cursor, the columns it had, the files that are collected.

    What a load says of files is of its own file alone.
    """

    cursor: Value = None
    columns: Kinds = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Load:
    """Rows that were fetched: the file, and what is true of its stream once it is imported.

    `path` is a name on the shelf where the file is ours, else the place of a file that stays where it is.
    """

    stream: str
    path: str
    is_ours: bool
    rows: int
    after: Progress
    imports_before: int
    newest_at: dt.datetime | None = None
    digest: str | None = None
    changes: tuple[Change, ...] = ()
    number: int = 0

    @property
    def name(self) -> str:
        """The name under which it is imported."""
        return Path(self.path).name


class Shelf:
    """The folder of one source in the workspace."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.loads = folder, folder / LOADS
        self.loads.mkdir(parents=True, exist_ok=True)

    def progress(self) -> dict[str, Progress]:
        """How far each stream has been read, by name."""
        path = self.folder / STATE
        known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        return {name: Progress(**each) for name, each in known.items()}

    def pending(self) -> list[Load]:
        """The loads that are not yet imported, in order; files that nothing tells of are removed."""
        slips = sorted(self.loads.glob("*.slip"))
        found = [_read(path) for path in slips]
        told = {each.name for each in found if each.is_ours} | {path.name for path in slips}
        for path in self.loads.iterdir():
            if path.name not in told:
                path.unlink()
        return found

    def reached(self, stream: str) -> Progress:
        """How far a stream has been fetched, with what is not yet imported."""
        found = self.progress().get(stream, Progress())
        for load in self.pending():
            if load.stream == stream:
                found = _joined(found, load.after)
        return found

    def file(self, load: Load) -> Path:
        """The file of a load."""
        return self.loads / load.path if load.is_ours else Path(load.path)

    def next_number(self) -> int:
        """The number that the next load will have."""
        numbers = [int(path.stem) for path in self.loads.glob("*.slip")]
        return max(numbers, default=0) + 1

    def put(self, load: Load) -> Load:
        """Make a load that is whole known; its file is on disk before its slip is."""
        if load.is_ours:
            _sync(self.file(load))
        numbered = replace(load, number=self.next_number())
        _write(self._slip(numbered), _as_json(numbered))
        return numbered

    def done(self, load: Load) -> None:
        """Take a load away that is imported: first its stream has been read so far, then it is gone."""
        progress = self.progress()
        progress[load.stream] = _joined(progress.get(load.stream, Progress()), load.after)
        _write(self.folder / STATE, {name: vars(each) for name, each in progress.items()})
        self.drop(load)

    def drop(self, load: Load) -> None:
        """Take a load away without moving its stream."""
        self._slip(load).unlink(missing_ok=True)
        if load.is_ours:
            self.file(load).unlink(missing_ok=True)

    def _slip(self, load: Load) -> Path:
        return self.loads / f"{load.number:08d}.slip"


def _joined(before: Progress, after: Progress) -> Progress:
    """Files add up: one of them may be imported while an earlier one still cannot be."""
    return replace(after, files={**before.files, **after.files})


def _as_json(load: Load) -> dict[str, Any]:
    return vars(load) | {
        "after": vars(load.after), "changes": [each.as_json() for each in load.changes],
        "newest_at": load.newest_at.isoformat() if load.newest_at else None,
    }  # fmt: skip


def _read(path: Path) -> Load:
    known = json.loads(path.read_text(encoding="utf-8"))
    newest = dt.datetime.fromisoformat(known["newest_at"]) if known["newest_at"] else None
    changes = tuple(Change(**each) for each in known["changes"])
    return Load(**{**known, "after": Progress(**known["after"]), "changes": changes, "newest_at": newest})


def _write(path: Path, content: dict[str, Any]) -> None:
    """Write a file so that it is there whole or not at all, whatever happens."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    _sync(draft)
    draft.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
