"""Known records: in whatever order and parts records come, change and go, the same pairs are found as from scratch."""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from benchmarks.matching_people import people
from quartier.errors import InvalidRequest
from quartier.identify.matching import blocking, kept, shelf
from quartier.identify.matching.kept import Kept, in_order, nothing_kept
from quartier.identify.matching.run import Matched, keep, match, match_new
from tests.needs import requires_module

Found = dict[tuple[str, str], float]


@pytest.fixture(scope="module")
def customers() -> pa.Table:
    requires_module("splink")
    return people(1_200, 0.3, seed=5)


@pytest.fixture(scope="module")
def matched(customers: pa.Table) -> Matched:
    return match(customers, record="id")


@pytest.fixture
def crowding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that so few share are crowded already, so that keys are crowded and free again in a small table."""
    for module in (blocking, kept):
        monkeypatch.setattr(module, "LARGEST", 6)


def told(pairs: pa.Table) -> Found:
    rows = zip(*(pairs[name].to_pylist() for name in ("a", "b", "probability")), strict=True)
    return {(a, b): p for a, b, p in rows}


def same(one: pa.Table, other: pa.Table) -> bool:
    here, there = told(one), told(other)
    return here.keys() == there.keys() and all(abs(here[each] - there[each]) < 1e-9 for each in here)


def parts(table: pa.Table, rng: np.random.Generator, n: int) -> list[pa.Table]:
    mixed = table.take(pa.array(rng.permutation(table.num_rows)))
    ends = [0, *sorted(rng.choice(np.arange(1, table.num_rows), n - 1, replace=False).tolist()), table.num_rows]
    return [mixed.slice(low, high - low) for low, high in pairwise(ends)]


def all_at_once(empty: Kept, table: pa.Table) -> pa.Table:
    return match_new(table, empty).kept.pairs


def test_what_was_matched_at_once_is_found_again_one_part_after_the_other(customers: pa.Table, matched: Matched):
    assert matched.model.rules
    known = nothing_kept(customers, matched.model, record="id")
    for part in parts(customers, np.random.default_rng(1), 3):
        known = match_new(part, known).kept
    assert len(told(known.pairs)) > 300
    assert same(known.pairs, in_order(matched.pairs))
    assert same(known.pairs, keep(customers, matched, record="id").pairs)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_records_that_come_change_and_go_leave_what_one_run_finds(
    seed: int, customers: pa.Table, matched: Matched, crowding: None
):
    rng = np.random.default_rng(seed)
    empty = nothing_kept(customers, matched.model, record="id")
    known, here = empty, dict[str, dict[str, object]]()
    for part in parts(customers, rng, 4):
        others = rng.permutation(list(here))
        gone, changed = others[:60].tolist(), others[60:120].tolist()
        rows = part.to_pylist()
        again = [{**rows[int(rng.integers(len(rows)))], "id": name} for name in changed]
        new = pa.Table.from_pylist([*rows, *again], schema=part.schema)
        known = match_new(new, known, gone=pa.chunked_array([pa.array(gone, pa.string())])).kept
        here = {name: row for name, row in here.items() if name not in gone}
        here |= {row["id"]: row for row in new.to_pylist()}
    assert known.n == len(here)
    final = pa.Table.from_pylist(list(here.values()), schema=customers.schema)
    once = all_at_once(empty, final)
    assert once.num_rows > 100
    assert same(known.pairs, once)


def test_a_key_that_too_many_come_to_share_links_nobody_and_again_when_they_go(
    customers: pa.Table, matched: Matched, crowding: None
):
    empty = nothing_kept(customers, matched.model, record="id")
    row = {**customers.slice(0, 1).to_pylist()[0]}
    alike = [{**row, "id": f"x{place}"} for place in range(8)]
    few, more = (pa.Table.from_pylist(each, schema=customers.schema) for each in (alike[:5], alike[5:]))
    known = match_new(few, empty).kept
    assert known.pairs.num_rows == 10
    crowded = match_new(more, known).kept
    assert crowded.pairs.num_rows == 0
    left = match_new(few.slice(0, 0), crowded, gone=pa.chunked_array([["x0", "x6"]])).kept
    assert left.pairs.num_rows == 15
    assert "x0" not in left.pairs["a"].to_pylist()


def test_of_a_small_table_all_are_compared(customers: pa.Table):
    few = customers.slice(0, 300).take(pa.array(np.random.default_rng(0).permutation(300)))
    found = match(few, record="id")
    assert not found.model.rules
    known = match_new(few.slice(0, 200), nothing_kept(few, found.model, record="id")).kept
    assert same(match_new(few.slice(200), known).kept.pairs, in_order(found.pairs))


def test_a_folder_keeps_what_is_known_and_the_files_that_it_needs(
    customers: pa.Table, matched: Matched, tmp_path: Path
):
    folder = tmp_path / "known"
    assert shelf.read(folder) is None
    known = nothing_kept(customers, matched.model, record="id").with_records(customers.slice(0, 1_150))
    shelf.write(known, folder)
    first = {path.name for path in folder.iterdir()}
    held = shelf.read(folder)
    assert held is not None
    later = match_new(customers.slice(1_150, 50), held, gone=customers["id"].slice(3, 2))
    shelf.write(later.kept, folder)
    again = shelf.read(folder)
    assert again is not None
    assert again.pairs.equals(later.kept.pairs)
    assert again.pairs.num_rows > 10
    assert {name for name in first if "records" in name} <= {path.name for path in folder.iterdir()}
    assert not list(folder.glob("*.new"))
    ours = again.rows(again.named(customers["id"].slice(1_150, 3)))
    assert set(ours["record_id"].to_pylist()) == set(customers["id"].slice(1_150, 3).to_pylist())
    shelf.forget(folder)
    assert list(folder.iterdir()) == []


def test_small_parts_are_merged_so_that_there_are_but_a_few(customers: pa.Table, matched: Matched):
    known = nothing_kept(customers, matched.model, record="id")
    for start in range(0, 600, 20):
        known = known.with_records(customers.slice(start, 20)).tidied()
    assert len(known.segments) <= 4
    assert known.n == 600
    names = customers["id"].slice(100, 40)
    assert pc.all(pc.is_in(known.rows(known.named(names))["record_id"], names.combine_chunks())).as_py()


def test_new_records_without_the_column_that_names_them_are_told(customers: pa.Table, matched: Matched):
    with pytest.raises(InvalidRequest, match="id"):
        match_new(customers.drop_columns(["id"]), nothing_kept(customers, matched.model, record="id"))
