"""What is read whole is limited, and said to be; sources with types keep them."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quartier.collect.definition import Form
from quartier.collect.readers import excel, json_rows, open_file, survey
from quartier.collect.readers.parquet import as_text, kept_type, read_parquet
from quartier.errors import UnreadableFile


def test_a_json_document_that_is_too_large_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rows.json"
    path.write_text('[{"id": 1}, {"id": 2}]')
    monkeypatch.setattr(json_rows, "MOST_BYTES", 10)
    with pytest.raises(UnreadableFile, match="too large") as told:
        open_file(path, Form(), survey(path))
    assert "ndjson" in told.value.to("fr")


def test_a_workbook_that_is_too_large_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "rows.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(100))
    monkeypatch.setattr(excel, "MOST_BYTES", 10)
    with pytest.raises(UnreadableFile, match="save the sheet as CSV"):
        open_file(path, Form(), survey(path))


def test_parquet_keeps_the_types_of_its_columns_and_counts_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "rows.parquet"
    pq.write_table(
        pa.table({"n": [1, 2], "x": [0.5, None], "day": [dt.date(2026, 1, 5), None], "t": ["a", None]}), path
    )
    reading = open_file(path, Form(), survey(path))
    (batch,) = reading.batches
    assert [str(type_) for type_ in batch.schema.types] == ["int64", "double", "date32[day]", "string", "int64"]
    assert batch.column("line_").to_pylist() == [1, 2]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (pa.int8(), pa.int8()), (pa.float32(), pa.string()), (pa.decimal128(12, 2), pa.float64()),
        (pa.decimal128(20, 0), pa.string()), (pa.timestamp("ns"), pa.timestamp("us")),
        (pa.timestamp("s", tz="Europe/Paris"), pa.timestamp("us", tz="UTC")), (pa.list_(pa.int8()), pa.string()),
        (pa.dictionary(pa.int8(), pa.string()), pa.string()),
    ],
)  # fmt: skip
def test_types_that_no_trait_can_hold_become_text(given: pa.DataType, kept: pa.DataType) -> None:
    assert kept_type(given) == kept


def test_cells_are_written_as_a_csv_file_would_have_them() -> None:
    at = dt.datetime(2026, 1, 5, 10, tzinfo=dt.UTC)
    assert as_text(pa.array([17850.0, None])).to_pylist() == ["17850", None]
    assert as_text(pa.array([at], pa.timestamp("us", tz="UTC"))).to_pylist() == ["2026-01-05 10:00:00.000000Z"]
    assert as_text(pa.array([[1, 2]])).to_pylist() == ["[1, 2]"]


def test_a_decimal_is_the_number_that_its_digits_say(tmp_path: Path) -> None:
    column = pa.array([Decimal(n) / 100 for n in range(1, 500)], pa.decimal128(38, 9))
    pq.write_table(pa.table({"price": column}), tmp_path / "prices.parquet")
    reading = read_parquet(tmp_path / "prices.parquet")
    (batch,) = reading.batches
    assert batch.column("price").to_pylist() == [n / 100 for n in range(1, 500)]
