"""What a backup holds: its files with their digests. A folder without a manifest is no backup."""

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Self

from quartier.errors import InvalidRequest, WorkspaceDamaged
from quartier.language import Text
from quartier.store.store import HEAD

NAME = "manifest.json"
_KIND, _FORMAT = "quartier backup", 1


@dataclass(frozen=True)
class Kept:
    """One file of a backup: its path inside, its size and its SHA-256 digest."""

    path: str
    bytes: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        at: the instant at which it was begun; all that was acknowledged before is in it.
        messages: the number of the journal's last message.
        files: every file.
        elsewhere: imported files that stay where they are, outside of the workspace, and are not in the backup.
    """

    at: dt.datetime
    messages: int
    files: tuple[Kept, ...]
    elsewhere: tuple[str, ...]

    @property
    def bytes(self) -> int:
        """The size of all files."""
        return sum(each.bytes for each in self.files)

    def write(self, folder: Path) -> None:
        """Write it into the folder of a backup."""
        content = {
            "kind": _KIND, "format": _FORMAT, "schema": HEAD, "at": self.at.isoformat(),
            "messages": self.messages, "files": [vars(each) for each in self.files], "elsewhere": list(self.elsewhere),
        }  # fmt: skip
        (folder / NAME).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest of a backup. Raises InvalidRequest where there is none, WorkspaceDamaged where it is broken."""
        path = folder / NAME
        if not path.is_file():
            raise InvalidRequest(_NO_BACKUP.with_(folder=str(folder)), remedy=_OTHER)
        try:
            content = json.loads(path.read_bytes())
            return cls._of(content)
        except (ValueError, KeyError, TypeError) as error:
            raise WorkspaceDamaged(_BROKEN, where=str(path), remedy=_OTHER) from error

    @classmethod
    def _of(cls, content: dict[str, Any]) -> Self:
        if (content["kind"], content["format"]) != (_KIND, _FORMAT):
            raise ValueError(content["format"])
        files = tuple(Kept(**each) for each in content["files"])
        if any(_leads_outside(each.path) for each in files):
            raise ValueError("path")
        return cls(dt.datetime.fromisoformat(content["at"]), content["messages"], files, tuple(content["elsewhere"]))


def _leads_outside(path: str) -> bool:
    found = PurePosixPath(path)
    return found.is_absolute() or ".." in found.parts or not found.parts


_NO_BACKUP = Text(
    en="{folder} is no backup, or one that was not finished",
    fr="{folder} n'est pas une sauvegarde, ou en est une qui n'a pas été terminée",
)
_BROKEN = Text(en="the manifest of the backup is damaged", fr="le manifeste de la sauvegarde est abîmé")
_OTHER = Text(en="give another backup", fr="donnez une autre sauvegarde")
