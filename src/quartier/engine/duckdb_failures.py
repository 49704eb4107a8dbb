"""What DuckDB says when something fails, as Quartier tells it: never with the value of a row."""

from pathlib import Path

import duckdb

from quartier.errors import QuartierError, WorkspaceBusy, WorkspaceDamaged
from quartier.language import Text

_BUSY = Text(en="another process is using this workspace", fr="un autre processus utilise cet espace de travail")
_WAIT = Text(
    en="close the other Quartier or notebook that has it open (`quartier serve` has an API), then try again",
    fr="fermez l'autre Quartier ou le notebook qui l'a ouvert (`quartier serve` a une API), puis recommencez",
)
DAMAGED = Text(en="the engine file cannot be read", fr="le fichier du moteur est illisible")
REBUILD = Text(
    en="nothing is lost: run `quartier rebuild`",
    fr="rien n'est perdu\N{NO-BREAK SPACE}: lancez `quartier rebuild`",
)


def shown(error: duckdb.Error) -> duckdb.Error | None:
    """The error itself where its message speaks of the SQL only; None where it may quote the value of a row."""
    return (
        error if isinstance(error, duckdb.BinderException | duckdb.ParserException | duckdb.CatalogException) else None
    )


def kind(error: duckdb.Error) -> str:
    """The class of an error, with its message where that may be shown."""
    return f"{type(error).__name__}: {error}" if shown(error) else type(error).__name__


def says_damage(error: duckdb.Error) -> bool:
    """DuckDB checks a block when it is first read, and has no class of its own for a block that fails."""
    return str(error).startswith(("Corrupt database file", "IO Error: Could not read enough bytes"))


def translated(error: duckdb.Error, path: Path | None) -> QuartierError:
    """Why a file could not be opened."""
    if "set lock on file" in str(error):
        return WorkspaceBusy(_BUSY, remedy=_WAIT)
    return WorkspaceDamaged(DAMAGED, where=path.name if path else None, remedy=REBUILD)
