"""A copy in order of persons gives the rows that a query over the table gives, or says that it cannot."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pytest

from quartier.engine import DuckDBEngine, Query, shelf
from quartier.engine.duckdb import ASKED_BEFORE

SCHEMA = ibis.schema({"person_key": "int32", "event_id": "string", "occurred_at": "timestamp", "tags": "array<string>"})
COLUMNS = ("event_id", "person_key", "tags")
START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DuckDBEngine]:
    monkeypatch.setattr("quartier.engine.duckdb.ROWS_AT_ONCE", 2_048)
    opened = DuckDBEngine(tmp_path / "engine.duckdb", memory_limit="256MB", threads=1)
    opened.ensure("event_x", SCHEMA)
    opened.append("event_x", events(range(5_000)))
    yield opened
    opened.close()


def events(numbers: range) -> pa.Table:
    return pa.table({
        "person_key": pa.array([n * 7919 % 997 for n in numbers], pa.int32()),
        "event_id": [f"e{n}" for n in numbers],
        "occurred_at": [START + dt.timedelta(hours=n) for n in numbers],
        "tags": [None if n % 5 == 0 else [f"t{n % 3}"] for n in numbers],
    })  # fmt: skip


def found(engine: DuckDBEngine, *keys: int) -> list[str]:
    rows = engine.rows_of("event_x", COLUMNS, np.array(sorted(keys), np.uint32))
    assert rows is not None
    assert tuple(rows.column_names) == COLUMNS
    return sorted(rows["event_id"].to_pylist())


def expected(numbers: range, *keys: int) -> list[str]:
    rows = zip(events(numbers)["event_id"].to_pylist(), events(numbers)["person_key"].to_pylist(), strict=True)
    return sorted(event for event, key in rows if key in keys)


def test_a_table_that_was_not_copied_has_no_rows_at_hand(engine: DuckDBEngine) -> None:
    assert engine.rows_of("event_x", COLUMNS, np.array([1], np.uint32)) is None


@pytest.mark.parametrize("keys", [(0,), (3, 500, 996), (996,), tuple(range(0, 997, 3)), (2_000,), ()])
def test_the_copy_gives_all_rows_of_some_persons(engine: DuckDBEngine, keys: tuple[int, ...]) -> None:
    engine.shelve("event_x")
    assert found(engine, *keys) == expected(range(5_000), *keys)


def test_rows_that_were_added_since_are_found_too(engine: DuckDBEngine) -> None:
    engine.shelve("event_x")
    engine.append("event_x", events(range(5_000, 5_500)))
    assert found(engine, 3, 500, 996) == expected(range(5_500), 3, 500, 996)


def test_what_changes_rows_in_place_makes_the_copy_of_no_use(engine: DuckDBEngine) -> None:
    engine.shelve("event_x")
    engine.sort("event_x", "event_id")
    assert engine.rows_of("event_x", COLUMNS, np.array([3], np.uint32)) is None
    engine.shelve("event_x")
    assert found(engine, 3) == expected(range(5_000), 3)


def test_a_change_that_is_rolled_back_leaves_the_copy_as_it_was(engine: DuckDBEngine) -> None:
    engine.shelve("event_x")
    with pytest.raises(ZeroDivisionError):
        sort_and_fail(engine)
    assert found(engine, 3) == expected(range(5_000), 3)


def sort_and_fail(engine: DuckDBEngine) -> None:
    with engine.transaction():
        engine.sort("event_x", "event_id")
        raise ZeroDivisionError


def test_rows_that_were_removed_before_do_not_shift_what_was_added_since(engine: DuckDBEngine) -> None:
    engine.stage("gone", events(range(100)))
    engine.remove("event_x", "gone", "event_id")
    engine.shelve("event_x")
    engine.append("event_x", events(range(100)))
    assert found(engine, 3, 500) == expected(range(5_000), 3, 500)


def test_a_copy_whose_file_was_deleted_is_not_used(engine: DuckDBEngine, tmp_path: Path) -> None:
    engine.shelve("event_x")
    for path in (tmp_path / "shelf").iterdir():
        path.unlink()
    assert engine.rows_of("event_x", COLUMNS, np.array([3], np.uint32)) is None


def test_a_column_that_was_added_since_is_not_in_the_copy(engine: DuckDBEngine) -> None:
    engine.shelve("event_x")
    engine.ensure("event_x", ibis.schema({"revenue": "float64"}))
    assert engine.rows_of("event_x", (*COLUMNS, "revenue"), np.array([3], np.uint32)) is None
    assert found(engine, 3) == expected(range(5_000), 3)


def test_a_large_table_is_copied_when_it_is_asked_for_again_and_again(
    engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quartier.engine.duckdb.LARGE", 4_000)
    asked = [engine.rows_of("event_x", COLUMNS, np.array([3], np.uint32)) for _ in range(3)]
    assert [each is None for each in asked] == [True, True, False]
    assert found(engine, 3) == expected(range(5_000), 3)


def test_an_engine_in_memory_copies_nothing() -> None:
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    engine.ensure("event_x", SCHEMA)
    engine.append("event_x", events(range(10)))
    engine.shelve("event_x")
    assert engine.rows_of("event_x", COLUMNS, np.array([3], np.uint32)) is None
    assert shelf.ROWS_AT_ONCE > 0


def test_the_copy_gives_the_persons_of_ranges_of_time(engine: DuckDBEngine) -> None:
    hours = [(0, 3), (100, 100), (4_990, 5_200)]
    ranges = [(START + dt.timedelta(hours=low), START + dt.timedelta(hours=high)) for low, high in hours]
    assert engine.keys_within("event_x", ranges) is None
    engine.shelve("event_x")
    engine.append("event_x", events(range(5_000, 5_500)))
    wanted = {n * 7919 % 997 for low, high in hours for n in range(low, high + 1)}
    found_keys = engine.keys_within("event_x", ranges)
    assert found_keys is not None
    assert set(found_keys.tolist()) == wanted


def test_a_large_table_without_instants_is_never_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quartier.engine.duckdb.LARGE", 2)
    engine = DuckDBEngine(tmp_path / "engine.duckdb")
    engine.execute(Query("create table person as select i::int as person_key from range(5) r(i)"))
    for _ in range(ASKED_BEFORE + 2):
        assert engine.rows_of("person", ("person_key",), np.array([1], np.uint32)) is None
    engine.close()
