"""Files that users began to bring in: on disk under the workspace's folder, what was said of them in a draft.

Each belongs to its user and is forgotten after a day, the file with what was said of it.
"""

import datetime as dt
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from starlette.datastructures import UploadFile

from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.store import drafts
from quartier.store.drafts import Draft
from quartier.workspace import Workspace

FOLDER, KIND = "uploads", "import"
LASTS = dt.timedelta(days=1)
_LONGEST_NAME = 120
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Begun:
    """A file that a user began to bring in.

    Attributes:
        number: what it is found by; nobody can guess it.
        user: whose it is.
        path: where the file is.
        said: the mapping as typed, questions, what came of a trial or of the import: plain data.
        changed_at: when any of it changed last.
    """

    number: str
    user: int
    path: Path
    said: dict[str, Any]
    changed_at: dt.datetime

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    def saying(self, **more: Any) -> "Begun":
        """The same with something said of it, or no longer (None)."""
        said = {**self.said, **more}
        return replace(self, said={name: value for name, value in said.items() if value is not None})


class Uploads:
    """The files that were begun."""

    def __init__(self, workspace: Workspace) -> None:
        self._ws, self._folder = workspace, workspace.folder / FOLDER

    def begin(self, user: int, file: UploadFile | None) -> Begun:
        """Keep a file that was sent. Raises InvalidRequest for none; what cannot be written leaves nothing."""
        self.forget_old()
        name = safe_name(file.filename or "") if file else ""
        if file is None or not name:
            raise InvalidRequest(_NO_FILE)
        with self._ws.store.begin() as connection:
            draft = drafts.begin(connection, user, KIND, {}, self._ws.clock.now(), name=name)
        found = self._of(draft)
        try:
            found.path.parent.mkdir(parents=True)
            _write(file, found.path)
        except BaseException:
            self.forget(found)
            raise
        return found

    def find(self, number: str, user: int) -> Begun | None:
        """A file of this user; None where it is another's, unknown or forgotten."""
        with self._ws.store.begin() as connection:
            draft = drafts.find(connection, number, user)
        if draft is None or draft.kind != KIND or self._ws.clock.now() - draft.changed_at > LASTS:
            return None
        found = self._of(draft)
        return found if found.path.exists() or "summary" in found.said else None

    def of_user(self, user: int) -> list[Begun]:
        """What a user has begun and not ended, the last changed first."""
        with self._ws.store.begin() as connection:
            found = [self._of(each) for each in drafts.of_user(connection, user, KIND)]
        return [each for each in found if each.path.exists()]

    def keep(self, begun: Begun) -> Begun:
        """Keep what was said of a file."""
        with self._ws.store.begin() as connection:
            drafts.keep(connection, begun.number, begun.said, self._ws.clock.now(), name=begun.name)
        return begun

    def forget(self, begun: Begun) -> None:
        """Take the file and what was said of it away."""
        self.remove_file(begun)
        with self._ws.store.begin() as connection:
            drafts.remove(connection, begun.number)

    def remove_file(self, begun: Begun) -> None:
        """Take the file away: it was imported, and its original is kept with the others."""
        shutil.rmtree(begun.path.parent, ignore_errors=True)

    def forget_old(self) -> None:
        """Take away the files that nobody touched for a day."""
        oldest = (self._ws.clock.now() - LASTS).timestamp()
        for each in self._folder.glob("*/"):
            if each.stat().st_mtime < oldest:
                shutil.rmtree(each, ignore_errors=True)

    def _of(self, draft: Draft) -> Begun:
        path = self._folder / draft.number / draft.name
        return Begun(draft.number, draft.user, path, dict(draft.document), draft.changed_at)


def safe_name(given: str) -> str:
    """The last part of a file's name, without what a file system or a reader could take for something else."""
    last = given.replace("\\", "/").rpartition("/")[2].strip()
    visible = "".join(each for each in last if each.isprintable() and each not in '<>:"|?*')
    return visible.lstrip(".")[-_LONGEST_NAME:]


def _write(file: UploadFile, path: Path) -> None:
    file.file.seek(0)
    with file.file, path.open("wb") as target:
        shutil.copyfileobj(file.file, target, _CHUNK)
        target.flush()
        os.fsync(target.fileno())


_NO_FILE = Text(en="choose a file first", fr="choisissez d'abord un fichier")
