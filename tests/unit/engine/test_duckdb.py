"""The engine file: tables that grow, rows that merge, transactions, and what a person is told when it cannot be had."""

import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pytest

from quartier.engine import DuckDBEngine, EngineFailure, Query
from quartier.errors import WorkspaceBusy, WorkspaceDamaged

PERSON = ibis.schema({"person_key": "int32", "country": "string"})
ALL = Query("select * from person order by person_key")


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    opened = DuckDBEngine(threads=1)
    opened.ensure("person", PERSON)
    yield opened
    opened.close()


def persons(*rows: tuple[int, str | None]) -> pa.Table:
    keys, countries = zip(*rows, strict=True)
    return pa.table({"person_key": pa.array(keys, pa.int32()), "country": pa.array(countries, pa.string())})


def test_ensure_makes_a_table_and_later_adds_the_columns_it_lacks(engine):
    engine.append("person", persons((1, "FR")))
    engine.ensure("person", ibis.schema({**PERSON, "visits": "int64", "tags": "array<string>"}))
    assert engine.schema("person") == ibis.schema({**PERSON, "visits": "int64", "tags": "array<string>"})
    assert engine.rows(ALL) == [(1, "FR", None, None)]


def test_what_is_told_of_columns_is_what_is_there_however_a_table_was_changed(engine):
    def told() -> list[str]:
        return list(engine.schema("person") or ())

    assert told() == ["person_key", "country"]
    engine.execute(Query("alter table person add column plan varchar"))
    assert told() == ["person_key", "country", "plan"]

    def fail() -> None:
        with engine.transaction():
            assert engine.schema("nowhere") is None
            engine.ensure("person", ibis.schema({**PERSON, "visits": "int64"}))
            assert told() == ["person_key", "country", "plan", "visits"]
            raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        fail()
    assert told() == ["person_key", "country", "plan"]
    with engine.shadowed({"person": persons((1, "FR"))}):
        assert told() == ["person_key", "country"]
    assert told() == ["person_key", "country", "plan"]
    engine.drop("person")
    assert engine.schema("person") is None
    engine.ensure('a "name"', PERSON)
    assert engine.schema('a "name"') == PERSON


def test_a_table_that_is_not_there_has_no_schema(engine):
    assert engine.schema("event_order_completed") is None
    assert engine.tables() == ["person"]


def test_append_matches_columns_by_name_and_leaves_the_others_empty(engine):
    engine.append("person", pa.table({"country": ["BE"]}))
    engine.append("person", pa.table({"country": ["CH"], "person_key": pa.array([1], pa.int32())}))
    assert engine.rows(ALL) == [(1, "CH"), (None, "BE")]


def test_names_are_quoted_so_that_any_name_is_a_column(engine):
    schema = ibis.schema({"person_key": "int32", 'a "b"; drop table person': "string", "order": "string"})
    engine.ensure("odd", schema)
    engine.append("odd", pa.table({'a "b"; drop table person': ["x"], "order": ["y"]}))
    assert engine.schema("odd") == schema
    assert engine.tables() == ["odd", "person"]


def test_merge_replaces_given_values_keeps_the_rest_and_adds_new_keys(engine):
    engine.append("person", persons((1, "FR"), (2, "BE")))
    engine.merge("person", "person_key", persons((1, "CH"), (2, None), (3, "LU")))
    assert engine.rows(ALL) == [(1, "CH"), (2, "BE"), (3, "LU")]


def test_merging_keys_alone_adds_only_those_that_are_new(engine):
    engine.append("person", persons((1, "FR")))
    engine.merge("person", "person_key", pa.table({"person_key": pa.array([1, 2], pa.int32())}))
    assert engine.rows(ALL) == [(1, "FR"), (2, None)]


def test_a_sorted_table_reads_in_that_order(engine):
    engine.append("person", persons((3, "FR"), (1, "BE"), (2, "FR")))
    engine.sort("person", "country", "person_key")
    assert engine.rows(Query("select person_key from person")) == [(1,), (2,), (3,)]


def test_a_failing_block_leaves_nothing_behind(engine):
    with pytest.raises(KeyboardInterrupt):
        append_and(engine, interrupted)
    assert engine.rows(ALL) == []


def test_a_block_whose_query_fails_leaves_nothing_behind(engine):
    with pytest.raises(EngineFailure):
        append_and(engine, lambda: engine.append("person", pa.table({"person_key": ["not a number"]})))
    assert engine.rows(ALL) == []
    engine.append("person", persons((2, "BE")))
    assert engine.rows(ALL) == [(2, "BE")]


def append_and(engine: DuckDBEngine, then: Callable[[], None]) -> None:
    with engine.transaction():
        engine.append("person", persons((1, "FR")))
        then()


def interrupted() -> None:
    raise KeyboardInterrupt


def test_a_block_that_ends_is_kept(engine):
    with engine.transaction():
        engine.append("person", persons((1, "FR")))
    assert engine.rows(ALL) == [(1, "FR")]


def test_results_come_as_arrow_as_tuples_and_as_dense_keys(engine):
    engine.append("person", persons((1, "FR"), (2, "BE")))
    query = Query("select person_key from person where country = $country", {"country": "BE"})
    assert engine.fetch(query).to_pydict() == {"person_key": [2]}
    assert engine.rows(query) == [(2,)]
    keys = engine.keys(query)
    assert keys.dtype == np.uint32
    assert keys.tolist() == [2]
    assert engine.keys(Query("select person_key from person where false")).tolist() == []


def test_a_view_is_gone_after_its_block(engine):
    with engine.view(pa.table({"a": [1, 2]})) as name:
        assert engine.rows(Query(f"select sum(a) from {name}")) == [(3,)]
    with pytest.raises(EngineFailure):
        engine.rows(Query(f"select * from {name}"))


def test_what_was_written_is_there_when_the_file_is_opened_again(folder: Path):
    first = DuckDBEngine(folder / "engine.duckdb")
    first.ensure("person", PERSON)
    first.append("person", persons((1, "FR")))
    first.close()
    second = DuckDBEngine(folder / "engine.duckdb")
    assert second.rows(ALL) == [(1, "FR")]
    second.close()


SECRET = "marie.curie@example.org"


@pytest.mark.parametrize(
    "failing",
    [
        lambda engine: engine.rows(Query("select cast(country as integer) from person")),
        lambda engine: engine.fetch(Query("select cast(country as integer) from person")),
        lambda engine: engine.keys(Query("select cast($given as integer)", {"given": SECRET})),
        lambda engine: engine.execute(Query("select error(country) from person")),
        lambda engine: engine.append("person", pa.table({"person_key": [SECRET]})),
        lambda engine: engine.merge("person", "person_key", pa.table({"person_key": [SECRET]})),
        lambda engine: engine.append("person", pa.table({SECRET: [SECRET]}).rename_columns(["nowhere"])),
    ],
    ids=["rows", "fetch", "parameter", "execute", "append", "merge", "unknown column"],
)
def test_a_failing_query_shows_its_sql_and_never_the_value_of_a_row(engine, failing):
    engine.append("person", persons((1, SECRET)))
    with pytest.raises(EngineFailure) as caught:
        failing(engine)
    written = "".join(traceback.format_exception(caught.value))
    assert SECRET not in written
    assert SECRET not in caught.value.to("fr")
    assert any(word in str(caught.value) for word in ("select", "insert", "merge"))


def test_a_file_held_by_another_process_is_busy_and_not_damaged(folder: Path):
    path = folder / "engine.duckdb"
    DuckDBEngine(path).close()
    with held(path), pytest.raises(WorkspaceBusy) as caught:
        DuckDBEngine(path)
    assert caught.value.exit_code == 4
    assert caught.value.remedy is not None
    DuckDBEngine(path).close()


@pytest.mark.parametrize("content", [b"", b"short", b"no database " * 4000], ids=["empty", "short", "garbage"])
def test_a_file_that_is_no_database_is_damaged(folder: Path, content: bytes):
    (folder / "engine.duckdb").write_bytes(content)
    with pytest.raises(WorkspaceDamaged) as caught:
        DuckDBEngine(folder / "engine.duckdb")
    assert "quartier rebuild" in str(caught.value)
    assert caught.value.exit_code == 5


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: overwritten(content, 4096, 8192),
        lambda content: content[: len(content) // 2],
        lambda content: overwritten(content, 12288 + 1000, 200),
        lambda content: overwritten(content, len(content) // 2, 200),
    ],
    ids=["headers", "half missing", "first block", "middle block"],
)
def test_a_database_that_is_broken_is_damaged_when_opened_or_when_read(folder: Path, spoil):
    path = filled(folder)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(WorkspaceDamaged, match="quartier rebuild"):
        longest_country(path)


def longest_country(path: Path) -> object:
    opened = DuckDBEngine(path)
    try:
        return opened.rows(Query("select max(country), sum(person_key) from person"))
    finally:
        opened.close()


def filled(folder: Path) -> Path:
    path = folder / "engine.duckdb"
    opened = DuckDBEngine(path)
    opened.ensure("person", PERSON)
    opened.append("person", persons(*((key, f"country {key * 7919}") for key in range(60_000))))
    opened.close()
    return path


def overwritten(content: bytes, start: int, length: int) -> bytes:
    return content[:start] + b"\xff" * length + content[start + length :]


@contextmanager
def held(path: Path) -> Iterator[None]:
    program = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield
        process.communicate()
