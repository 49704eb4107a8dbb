"""The store: migrated to what the code declares, durable, and refused when it is newer than this version."""

import contextlib
import datetime as dt
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from quartier.errors import WorkspaceBusy, WorkspaceDamaged
from quartier.store import Store
from quartier.store.store import HEAD, MIGRATIONS
from quartier.store.tables import metadata, workspace

AT = dt.datetime(2026, 11, 21, 14, 5, 6, 789, tzinfo=dt.UTC)


@pytest.fixture
def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'store.sqlite'}"


def test_the_migrations_make_exactly_the_tables_that_the_code_declares(url: str):
    migrated(url)
    store = Store(url, AT)
    with store.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == HEAD
    store.close()


def test_a_new_store_is_what_all_migrations_one_after_the_other_make(folder: Path):
    made = []
    for name in ("new", "migrated"):
        url = f"sqlite:///{folder / name}.sqlite"
        if name == "migrated":
            migrated(url)
        Store(url, AT).close()
        with contextlib.closing(sqlite3.connect(folder / f"{name}.sqlite")) as connection:
            made.append(described(connection))
    assert made[0] == made[1]


def described(connection: sqlite3.Connection) -> dict[str, object]:
    """Columns, keys and indexes of every table, whatever the order in which they were added."""
    names = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    return {
        name: {
            kind: sorted(row[1:] if kind != "foreign_key_list" else row[2:5] for row in rows)
            for kind in ("table_info", "index_list", "foreign_key_list")
            if (rows := [tuple(map(str, each)) for each in connection.execute(f"pragma {kind}('{name}')")]) is not None
        }
        for name in names
    }


def migrated(url: str) -> None:
    """An empty database after every migration."""
    engine, config = sa.create_engine(url), Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def test_a_table_that_lacked_a_migration_would_be_seen(url: str):
    changed = sa.MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(changed)
    changed.tables["definitions"].append_column(sa.Column("colour", sa.String(9)))
    store = Store(url, AT)
    with store.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), changed)
    store.close()


def test_the_migrations_end_at_one_head_and_it_is_the_one_expected():
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_a_store_opened_again_is_the_same_store(url: str):
    first = Store(url, AT)
    first.close()
    second = Store(url, AT + dt.timedelta(days=1))
    assert second.secret == first.secret
    assert len(first.secret) == 32
    with second.begin() as connection:
        assert connection.execute(sa.select(workspace.c.created_at)).scalars().all() == [AT]
    second.close()


def test_two_stores_have_different_secrets(folder: Path):
    stores = [Store(f"sqlite:///{folder / name}", AT) for name in ("a.sqlite", "b.sqlite")]
    assert stores[0].secret != stores[1].secret
    for store in stores:
        store.close()


def test_a_newer_schema_is_refused_and_left_as_it_is(folder: Path, url: str):
    Store(url, AT).close()
    with sqlite3.connect(folder / "store.sqlite") as connection:
        connection.execute("update alembic_version set version_num = '9999'")
    connection.close()

    with pytest.raises(WorkspaceDamaged) as caught:
        Store(url, AT)

    assert "9999" in str(caught.value)
    assert caught.value.to("fr") != caught.value.to("en")
    with sqlite3.connect(folder / "store.sqlite") as connection:
        assert connection.execute("select version_num from alembic_version").fetchall() == [("9999",)]
    connection.close()


def test_a_file_that_is_no_store_is_damaged(folder: Path, url: str):
    (folder / "store.sqlite").write_bytes(b"no database " * 1000)
    with pytest.raises(WorkspaceDamaged) as caught:
        Store(url, AT)
    assert caught.value.exit_code == 5
    assert caught.value.remedy is not None


def test_a_store_that_breaks_while_it_is_open_is_damaged(folder: Path, url: str):
    store = Store(url, AT)
    store.close()
    content = (folder / "store.sqlite").read_bytes()
    (folder / "store.sqlite").write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(WorkspaceDamaged):
        read_all(store)
    store.close()


def read_all(store: Store) -> None:
    with store.begin() as connection:
        for table in metadata.sorted_tables:
            connection.execute(sa.select(table)).all()


def test_a_store_that_another_connection_is_writing_to_is_busy(folder: Path, url: str):
    store = Store(url, AT)
    writer = sqlite3.connect(folder / "store.sqlite", isolation_level=None)
    writer.execute("begin immediate")
    with pytest.raises(WorkspaceBusy) as caught:
        write_without_patience(store)
    assert caught.value.exit_code == 4
    writer.execute("rollback")
    writer.close()
    store.close()


def write_without_patience(store: Store) -> None:
    with store.begin() as connection:
        connection.exec_driver_sql("pragma busy_timeout = 0")
        connection.execute(sa.update(workspace).values(created_at=AT))


def test_what_is_not_about_the_file_passes_as_it_is(url: str):
    store = Store(url, AT)
    with pytest.raises(sa.exc.OperationalError, match="no such table"):
        select_from_nowhere(store)
    store.close()


def select_from_nowhere(store: Store) -> None:
    with store.begin() as connection:
        connection.exec_driver_sql("select * from nowhere")


def test_a_block_that_fails_is_rolled_back(url: str):
    store = Store(url, AT)
    with pytest.raises(RuntimeError):
        moved_and_failed(store)
    with store.begin() as connection:
        assert connection.execute(sa.select(workspace.c.created_at)).scalar() == AT
    store.close()


def moved_and_failed(store: Store) -> None:
    with store.begin() as connection:
        connection.execute(sa.update(workspace).values(created_at=AT + dt.timedelta(days=9)))
        raise RuntimeError


def test_every_connection_is_durable_and_checks_its_keys(url: str):
    store = Store(url, AT)
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}
    with store.begin() as connection:
        found = {name: connection.exec_driver_sql(f"pragma {name}").scalar() for name in expected}
    assert found == expected
    store.close()


def test_instants_are_aware_and_come_back_in_utc(url: str):
    store = Store(url, AT)
    paris = dt.datetime(2026, 11, 21, 15, 5, 6, 789, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    with store.begin() as connection:
        connection.execute(sa.update(workspace).values(created_at=paris))
        found = connection.execute(sa.select(workspace.c.created_at)).scalar()
    assert found == AT
    assert found.tzinfo is dt.UTC
    store.close()


def test_a_naive_instant_is_refused(url: str):
    store = Store(url, AT)
    with store.begin() as connection, pytest.raises(sa.exc.StatementError, match="aware instants only"):
        connection.execute(sa.update(workspace).values(created_at=AT.replace(tzinfo=None)))
    store.close()


def test_instants_kept_as_text_sort_in_order_of_time(url: str):
    kind = workspace.c.created_at.type
    instants = [AT, AT + dt.timedelta(microseconds=1), AT.replace(microsecond=0), AT - dt.timedelta(days=4000)]
    dialect = sa.create_engine(url).dialect
    assert sorted(instants, key=lambda each: kind.process_bind_param(each, dialect)) == sorted(instants)
