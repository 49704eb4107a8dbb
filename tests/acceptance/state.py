"""All that a workspace holds, as one value to compare: rows of the store, rows of the engine, files."""

import hashlib
import sqlite3
from pathlib import Path

import duckdb

Rows = dict[str, list[str]]


def state_of(folder: Path) -> dict[str, object]:
    """The rows of every table and the digest of every kept file; kept SQL only saves time and may differ."""
    return {
        "store": _store(folder / "store.sqlite"),
        "engine": _engine(folder / "engine.duckdb"),
        "files": _files(folder),
    }


def _store(path: Path) -> Rows:
    connection = sqlite3.connect(path)
    try:
        names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
        return {name: sorted(map(repr, connection.execute(f'select * from "{name}"'))) for name in names}
    finally:
        connection.close()


def _engine(path: Path) -> Rows:
    with duckdb.connect(str(path), read_only=True) as connection:
        names = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        return {name: sorted(map(repr, connection.execute(f'from "{name}"').fetchall())) for name in names}


def _files(folder: Path) -> dict[str, str]:
    kept = [path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".duckdb", ".sqlite")]
    kept = [path for path in kept if not path.name.endswith(("-wal", "-shm")) and path.name != "compiled.json"]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}
