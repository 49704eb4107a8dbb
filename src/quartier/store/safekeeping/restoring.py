"""Make a workspace of a backup; every file is held against its digest before anything is written."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from quartier.errors import InvalidRequest, WorkspaceDamaged
from quartier.language import Text
from quartier.store.safekeeping.files import copied, digest_of, flush
from quartier.store.safekeeping.manifest import Kept, Manifest
from quartier.store.safekeeping.verification import Verification, verify

Advance = Callable[[float], None]


@dataclass(frozen=True)
class Restored:
    """A workspace made of a backup; `verification` where it was asked for."""

    folder: Path
    manifest: Manifest
    verification: Verification | None


def restore(
    backup: Path, folder: Path, at: dt.datetime, *, is_verified: bool = False, progress: Advance = lambda _: None
) -> Restored:
    """Make a workspace in a new or empty folder.

    Raises InvalidRequest when the folder holds something or the backup is none, WorkspaceDamaged, which names the
    files, when the backup is not what was written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidRequest(_NOT_EMPTY.with_(folder=str(folder)), remedy=_NEW_FOLDER)
    manifest = Manifest.read(backup)
    _refuse([each for each in manifest.files if not _is_sound(backup, each)], backup)
    progress(0.4)
    part = folder.absolute().with_name(folder.absolute().name + ".unfinished")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    _refuse([each for each in manifest.files if copied(backup / each.path, part / each.path) != each.digest], backup)
    flush(part)
    if folder.exists():
        folder.rmdir()
    part.rename(folder)
    flush(folder.absolute().parent)
    progress(0.8)
    return Restored(folder, manifest, verify(folder, at) if is_verified else None)


def _is_sound(backup: Path, each: Kept) -> bool:
    path = backup / each.path
    return path.is_file() and path.stat().st_size == each.bytes and digest_of(path) == each.digest


def _refuse(damaged: list[Kept], backup: Path) -> None:
    if damaged:
        raise WorkspaceDamaged(_DAMAGED.with_(files=[each.path for each in damaged]), where=str(backup), remedy=_OTHER)


_NOT_EMPTY = Text(en="{folder} is not an empty folder", fr="{folder} n'est pas un dossier vide")
_NEW_FOLDER = Text(en="give a folder that is new or empty", fr="donnez un dossier neuf ou vide")
_DAMAGED = Text(
    en="the backup is damaged, nothing was written: {files}",
    fr="la sauvegarde est abîmée, rien n'a été écrit : {files}",
)
_OTHER = Text(en="restore another backup", fr="restaurez une autre sauvegarde")
