"""A store of an earlier version is brought to the present schema with all that it holds, or left as it is."""

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from pyroaring import BitMap

from quartier.store import Store, definitions, membership, refreshes
from quartier.store.store import MIGRATIONS

AT = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
LOG = [("loyal", 1, [1, 2, 3], []), ("new", 1, [9], []), ("loyal", 1, [], []), ("loyal", 2, [4], [1])]


@pytest.fixture
def first_schema(folder: Path) -> Path:
    """A store as the first version wrote it: two segments, four rows of log."""
    path = folder / "store.sqlite"
    engine = sa.create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    fill(path)
    return path


def fill(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        at = AT.isoformat(timespec="microseconds")
        connection.execute("insert into workspace values (1, ?, ?)", (b"s" * 32, at))
        connection.execute(
            "insert into definitions (kind, name, version, digest, document, author, at) values (?, ?, ?, ?, ?, ?, ?)",
            ("segment", "loyal", 1, "d" * 64, '{"a": 1}', "ann", at),
        )
        size = 0
        for segment, version, entered, left in LOG:
            size += len(entered) - len(left)
            row = (segment, version, at, BitMap(entered).serialize(), BitMap(left).serialize(), size)
            connection.execute(
                'insert into membership_log (segment, version, at, entered, "left", size) values (?, ?, ?, ?, ?, ?)',
                row,
            )
    connection.close()


def version_of(path: Path) -> str:
    connection = sqlite3.connect(path)
    ((version,),) = connection.execute("select version_num from alembic_version").fetchall()
    connection.close()
    return version


def test_an_old_store_keeps_its_log_and_its_definitions(first_schema: Path):
    store = Store(f"sqlite:///{first_schema}", AT)
    with store.begin() as connection:
        assert membership.members_now(connection) == {"loyal": BitMap([2, 3, 4]), "new": BitMap([9])}
        assert set(membership.members_at(connection, "loyal", 3)) == {1, 2, 3}
        assert membership.position(connection) == 4
        assert membership.last_changes(connection)["loyal"].version == 2
        (kept,) = definitions.all_latest(connection, "segment")
        assert (kept.document, kept.author, kept.is_retired) == ({"a": 1}, "ann", False)
        assert refreshes.last(connection) is None
        membership.append(connection, "loyal", 2, BitMap([2, 3]), at=AT)
        assert set(membership.members_at(connection, "loyal")) == {2, 3}
    assert store.secret == b"s" * 32
    store.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(first_schema: Path):
    with sqlite3.connect(first_schema) as connection:
        connection.execute("update membership_log set entered = 'no bitmap' where position = 1")
    connection.close()
    with pytest.raises(Exception):  # noqa: B017, PT011 - whatever the bitmap says of itself
        Store(f"sqlite:///{first_schema}", AT)
    assert version_of(first_schema) == "0001"
    connection = sqlite3.connect(first_schema)
    tables = {name for (name,) in connection.execute("select name from sqlite_master")}
    connection.close()
    assert "membership_snapshots" not in tables
    assert "ix_membership_log_segment" in tables
