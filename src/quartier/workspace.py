"""One open workspace: store, engine, catalog and clock; the stages hang on it."""

from pathlib import Path
from types import TracebackType
from typing import Self

from quartier.catalog import Catalog
from quartier.clock import Clock, SystemClock
from quartier.config import FILE_NAME, Config
from quartier.engine import DuckDBEngine
from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.store import Store, catalogs

STORE, ENGINE, IMPORTS = "store.sqlite", "engine.duckdb", "imports"


class Workspace:
    """A folder with `quartier.toml`, `store.sqlite`, `engine.duckdb` and `imports/`, open in this process."""

    def __init__(self, folder: Path, config: Config, clock: Clock) -> None:
        self.folder, self.config, self.clock = folder, config, clock
        self.engine = DuckDBEngine(folder / ENGINE, memory_limit=config.memory_limit, threads=config.threads)
        self.store = Store(f"sqlite:///{folder / STORE}", clock.now())

    @property
    def catalog(self) -> Catalog:
        """What is known of the data."""
        with self.store.begin() as connection:
            return catalogs.load(connection)

    def close(self) -> None:
        """Let the files go, so that another process can open the workspace."""
        self.engine.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def create(folder: str | Path, config: Config | None = None) -> Path:
    """Make a workspace in a new or empty folder. Raises InvalidRequest when one is there already."""
    path = Path(folder)
    if (path / FILE_NAME).exists():
        there = Text(en="there is a workspace in {folder} already", fr="{folder} contient déjà un espace de travail")
        raise InvalidRequest(there.with_(folder=str(path)), remedy=_USE_IT.with_(folder=str(path)))
    path.mkdir(parents=True, exist_ok=True)
    (path / IMPORTS).mkdir(exist_ok=True)
    (config or Config(name=path.resolve().name)).write(path)
    return path


def open(folder: str | Path, *, clock: Clock | None = None) -> Workspace:  # noqa: A001 - read as quartier.open
    """Open the workspace in `folder`. Raises InvalidRequest when there is none and WorkspaceBusy when it is in use."""
    path = Path(folder)
    if not (path / FILE_NAME).is_file():
        absent = Text(en="there is no workspace in {folder}", fr="{folder} ne contient pas d'espace de travail")
        raise InvalidRequest(absent.with_(folder=str(path)), remedy=_MAKE_IT.with_(folder=str(path)))
    return Workspace(path, Config.read(path), clock or SystemClock())


_MAKE_IT = Text(en="make one with `quartier init {folder}`", fr="créez-en un avec `quartier init {folder}`")
_USE_IT = Text(en="use it with `quartier -w {folder} …`", fr="utilisez-le avec `quartier -w {folder} …`")
