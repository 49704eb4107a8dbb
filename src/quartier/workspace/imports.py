"""The files that an open workspace took in: what came of each, a trial before it, rejected rows mended after it."""

import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quartier.collect import definition, mending
from quartier.collect import run as collecting
from quartier.collect.mending import RejectedRow
from quartier.collect.preview import Preview, preview
from quartier.collect.summary import ImportSummary
from quartier.errors import InvalidRequest, UnknownName
from quartier.language import Text
from quartier.store import imports
from quartier.store.imports import Import

if TYPE_CHECKING:
    from quartier.workspace.workspace import Workspace

SOMEONE = "quartier"
_STEM = re.compile(r"^(\d{6,})-(.+)\.csv$")


@dataclass(frozen=True)
class RejectedFile:
    """A file that tells rejected rows, and the import that it is of; None where nothing of that file was stored."""

    name: str
    of: str
    path: Path
    rows: int
    one: Import | None


class Imports:
    """The files that a workspace took in; reached as `ws.imports`."""

    def __init__(self, workspace: "Workspace") -> None:
        self._ws = workspace

    def latest(self, most: int = 50) -> list[Import]:
        """The imports that came last, the newest first."""
        with self._ws.store.begin() as connection:
            return imports.latest(connection, most)

    def preview(self, path: Path, form: definition.Form | None = None) -> Preview:
        """The first rows of a file as text. Raises UserError where it cannot be read."""
        return preview(path, form or definition.Form(), opener=self._ws.opener)

    def trial(
        self, path: Path, mapping: definition.Mapping, *, progress: collecting.Progress | None = None
    ) -> ImportSummary:
        """What an import would store and reject; nothing is stored. Raises as `Workspace.collect` does."""
        ws = self._ws
        return collecting.trial(
            ws.store,
            ws.engine,
            ws.config,
            ws.folder,
            path,
            mapping,
            progress=progress,
            journal=ws.kept_journal,
            opener=ws.opener,
        )

    def rejected_files(self) -> list[RejectedFile]:
        """The files that tell rejected rows, the newest first."""
        folder = self._ws.folder / collecting.REJECTED
        found = sorted(folder.glob("*.csv"), key=lambda path: path.name, reverse=True) if folder.is_dir() else []
        return [self._file(path) for path in found]

    def rejected_file(self, name: str) -> RejectedFile:
        """One of them. Raises UnknownName."""
        folder = self._ws.folder / collecting.REJECTED
        path = next((each for each in folder.glob("*.csv") if each.name == name), None)
        if path is None:
            raise UnknownName(_NO_FILE.with_(name=name))
        return self._file(path)

    def rejected_rows(self, name: str, *, after: int = 0, most: int = mending.MOST) -> list[RejectedRow]:
        """Some rejected rows of a file, those after a line of the original. Raises UnknownName."""
        return mending.rejected_rows(self.rejected_file(name).path, after=after, most=most)

    def mend(self, name: str, mended: Mapping[int, Mapping[str, str]], *, author: str = SOMEONE) -> ImportSummary:
        """Import rejected rows again with what was mended in them, by line of the original and column.

        Raises UnknownName, InvalidRequest where the original was not kept, and as `Workspace.collect` does.
        """
        ws, found = self._ws, self.rejected_file(name)
        if found.one is None or not mended:
            raise InvalidRequest(_NOT_KEPT, where=found.of, remedy=_IMPORT_AGAIN)
        original = ws.folder / found.one.kept_at if found.one.is_copied else Path(found.one.kept_at)
        with tempfile.TemporaryDirectory(dir=ws.folder) as folder:
            path = Path(folder) / f"{Path(found.of).stem}-mended.csv"
            mapping = mending.write_mended(original, definition.Mapping.read(found.one.mapping), mended, path)
            done = ws.collect(path, mapping, author=author)
        self._settle(found, mended, done)
        return done

    def drop(self, name: str, lines: Sequence[int]) -> None:
        """Give rejected rows up; their file stays. Raises UnknownName."""
        mending.settle(self.rejected_file(name).path, lines, "dropped")

    def _settle(self, found: RejectedFile, mended: Mapping[int, Mapping[str, str]], done: ImportSummary) -> None:
        """Those that are rejected again wait in a file of their own, but where none was stored: there all stay."""
        if done.stored + done.duplicates:
            mending.settle(found.path, mended, "mended")
        elif done.rejected_file is not None:
            done.rejected_file.unlink()

    def _file(self, path: Path) -> RejectedFile:
        """The number in a name is also that of a later import where nothing of this file was stored."""
        matched = _STEM.match(path.name)
        of, seq = (re.sub(r"-\d+$", "", matched[2]), int(matched[1])) if matched else (path.stem, 0)
        with self._ws.store.begin() as connection:
            one = imports.find(connection, seq)
        return RejectedFile(path.name, of, path, mending.count_rejected(path), one if one and one.name == of else None)


_NO_FILE = Text(en="there are no rejected rows “{name}”", fr="il n'y a pas de lignes rejetées « {name} »")
_NOT_KEPT = Text(
    en="nothing of this file was stored: its rows cannot be mended here",
    fr="rien de ce fichier n'a été gardé : ses lignes ne peuvent pas être corrigées ici",
)
_IMPORT_AGAIN = Text(en="mend the file and import it again", fr="corrigez le fichier et importez-le de nouveau")
