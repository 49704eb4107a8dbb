"""Open the workspace of a folder."""

from pathlib import Path

from quartier.clock import Clock, SystemClock
from quartier.config import FILE_NAME, Config
from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.workspace.workspace import Workspace


def open(folder: str | Path, *, clock: Clock | None = None) -> Workspace:  # noqa: A001 - read as quartier.open
    """Open the workspace in `folder`. Raises InvalidRequest when there is none and WorkspaceBusy when it is in use."""
    path = Path(folder)
    if not (path / FILE_NAME).is_file():
        absent = Text(en="there is no workspace in {folder}", fr="{folder} ne contient pas d'espace de travail")
        raise InvalidRequest(absent.with_(folder=str(path)), remedy=_MAKE_IT.with_(folder=str(path)))
    return Workspace(path, Config.read(path), clock or SystemClock())


_MAKE_IT = Text(en="make one with `quartier init {folder}`", fr="créez-en un avec `quartier init {folder}`")
