import csv
import datetime as dt
import json
import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from quartier.channels import file
from quartier.errors import InvalidRequest

LIST = pa.table(
    {
        "person_id": ["p1", "p2", "p3"],
        "name": ["Zoé “la” Roux, fils", "=1+1", None],
        "balance": [-12.5, 0.0, None],
        "orders": pa.array([-3, 2, None], pa.int64()),
        "since": pa.array([dt.datetime.fromisoformat("2026-01-02T03:04:05.6"), None, None], pa.timestamp("us")),
        "birth_date": [dt.date(1990, 2, 28), None, None],
        "interests": [["=a", "b"], [], None],
        "is_member": [True, False, None],
    }
)


def _csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as text:
        return list(csv.reader(text))


def test_csv_is_utf8_with_harmless_texts_and_numbers_that_stay_numbers(folder: Path) -> None:
    file.write(LIST, folder / "list.csv")
    head, zoe, formula, empty = _csv(folder / "list.csv")
    assert head == LIST.column_names
    assert zoe == [
        "p1", "Zoé “la” Roux, fils", "-12.5", "-3", "2026-01-02T03:04:05Z", "1990-02-28", "'=a; b", "true",
    ]  # fmt: skip
    assert formula[1] == "'=1+1"
    assert empty == ["p3", "", "", "", "", "", "", ""]


def test_a_list_for_a_machine_can_keep_its_texts_exactly(folder: Path) -> None:
    file.write(LIST, folder / "list.csv", neutralise=False)
    assert _csv(folder / "list.csv")[2][1] == "=1+1"


def test_parquet_keeps_types_and_values(folder: Path) -> None:
    file.write(LIST, folder / "list.parquet")
    assert pyarrow.parquet.read_table(folder / "list.parquet").equals(LIST)


def test_json_is_a_list_of_objects_with_iso_instants(folder: Path) -> None:
    file.write(LIST, folder / "list.json")
    rows = json.loads((folder / "list.json").read_text(encoding="utf-8"))
    assert rows[0]["since"] == "2026-01-02T03:04:05.600000+00:00"
    assert [row["name"] for row in rows] == ["Zoé “la” Roux, fils", "=1+1", None]


def test_ndjson_has_one_object_per_line(folder: Path) -> None:
    file.write(LIST, folder / "list.ndjson")
    lines = (folder / "list.ndjson").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["orders"] for line in lines] == [-3, 2, None]


def test_an_empty_list_is_still_json(folder: Path) -> None:
    file.write(LIST.slice(0, 0), folder / "list.json")
    assert json.loads((folder / "list.json").read_text()) == []


def test_an_unknown_extension_is_refused_with_those_that_are_known(folder: Path) -> None:
    with pytest.raises(InvalidRequest, match=r"list\.xml: a list cannot be written as \.xml") as refused:
        file.write(LIST, folder / "list.xml")
    assert ".csv, .parquet, .json, .ndjson or .jsonl" in str(refused.value)
    assert not list(folder.iterdir())


def test_a_folder_that_is_not_there_is_said(folder: Path) -> None:
    with pytest.raises(InvalidRequest, match="this folder is not there"):
        file.write(LIST, folder / "nowhere" / "list.csv")


def test_a_file_that_is_there_is_kept_unless_its_replacement_is_asked_for(folder: Path) -> None:
    path = folder / "list.csv"
    path.write_text("mine")
    with pytest.raises(InvalidRequest, match="this file is there already"):
        file.write(LIST, path)
    assert path.read_text() == "mine"
    file.write(LIST, path, replace=True)
    assert len(_csv(path)) == 4


def test_a_write_that_fails_half_way_leaves_nothing_and_keeps_what_was_there(folder: Path) -> None:
    path = folder / "list.json"
    path.write_text("mine")
    unwritable = pa.table({"name": ["a", "b"], "photo": pa.array([None, b"\x00"], pa.binary())})
    with pytest.raises(TypeError, match="a bytes has no form in JSON"):
        file.write(unwritable, path, replace=True)
    assert [path.name for path in folder.iterdir()] == ["list.json"]
    assert path.read_text() == "mine"


def test_the_list_is_flushed_to_the_disk_before_it_takes_its_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    sync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda handle: (seen.append("sync"), sync(handle))[1])
    monkeypatch.setattr(Path, "replace", lambda self, to: (seen.append("rename"), replace(self, to))[1])
    file.write(LIST, folder / "list.csv")
    assert seen == ["sync", "rename", "sync"]
