"""The folder of a workspace: its settings, its store, and room for the imported files."""

from pathlib import Path

from quartier.clock import Clock, SystemClock
from quartier.config import FILE_NAME, Config
from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.store.store import Store

STORE, IMPORTS = "store.sqlite", "imports"


def create(
    folder: str | Path, config: Config | None = None, *, clock: Clock | None = None, secret: bytes | None = None
) -> Path:
    """Make a workspace in a new or empty folder. Raises InvalidRequest when one is there already.

    `secret` salts public ids and holdouts; it is drawn unless given, and only examples should give it.
    """
    path = Path(folder)
    if (path / FILE_NAME).exists():
        there = Text(en="there is a workspace in {folder} already", fr="{folder} contient déjà un espace de travail")
        raise InvalidRequest(there.with_(folder=str(path)), remedy=_USE_IT.with_(folder=str(path)))
    path.mkdir(parents=True, exist_ok=True)
    (path / IMPORTS).mkdir(exist_ok=True)
    (config or Config(name=path.resolve().name)).write(path)
    Store(f"sqlite:///{path / STORE}", (clock or SystemClock()).now(), secret).close()
    return path


def existing(folder: str | Path) -> Path:
    """The folder of a workspace, which need not be opened. Raises InvalidRequest where there is none."""
    path = Path(folder)
    if not (path / FILE_NAME).is_file():
        absent = Text(en="there is no workspace in {folder}", fr="{folder} ne contient pas d'espace de travail")
        raise InvalidRequest(absent.with_(folder=str(path)), remedy=_MAKE_IT.with_(folder=str(path)))
    return path


_MAKE_IT = Text(en="make one with `quartier init {folder}`", fr="créez-en un avec `quartier init {folder}`")
_USE_IT = Text(en="use it with `quartier -w {folder} …`", fr="utilisez-le avec `quartier -w {folder} …`")
