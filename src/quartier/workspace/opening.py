"""Open the workspace of a folder."""

import datetime as dt
from pathlib import Path

from quartier.clock import Clock, SystemClock
from quartier.config import Config
from quartier.errors import WorkspaceDamaged
from quartier.store.folder import existing
from quartier.workspace.workspace import ENGINE, Workspace


def open(folder: str | Path, *, clock: Clock | None = None) -> Workspace:  # noqa: A001 - read as quartier.open
    """Open the workspace in `folder`. Raises InvalidRequest when there is none and WorkspaceBusy when it is in use."""
    return Workspace(*_checked(folder), clock or SystemClock())


def open_to_rebuild(folder: str | Path, *, clock: Clock | None = None) -> Workspace:
    """Open the workspace in `folder` for `Workspace.rebuild`: its tables are as they were left.

    An engine file that cannot be read is put aside under another name, with a new one in its place: all that is in it
    can be made again. Raises as `open` does.
    """
    path, config = _checked(folder)
    found = clock or SystemClock()
    try:
        return Workspace(path, config, found, is_current=False)
    except WorkspaceDamaged:
        _put_aside(path / ENGINE, found.now())
        return Workspace(path, config, found, is_current=False)


def _put_aside(engine: Path, at: dt.datetime) -> None:
    for each in (engine, engine.with_name(f"{engine.name}.wal")):
        if each.exists():
            each.rename(each.with_name(f"{each.name}.damaged-{at:%Y%m%dT%H%M%S}"))


def _checked(folder: str | Path) -> tuple[Path, Config]:
    path = existing(folder)
    return path, Config.read(path)
