"""The files of the example shop: as a shop would have them, byte for byte the same for a seed."""

import csv
import datetime as dt
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from quartier.collect.definition import Mapping
from quartier.example import SYNTHETIC, generate, mapping_of, respond, write, write_aftermath
from quartier.example.files import ABOUT, MANIFEST, README
from quartier.example.tables import PHONE_BLOCKS

END = dt.date(2026, 11, 1)
PERSONS = 400


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write(tmp_path_factory.mktemp("shop"), seed=5, end=END, persons=PERSONS)


def test_the_same_seed_writes_the_same_bytes_and_another_seed_does_not(written: list[Path], folder: Path) -> None:
    again = write(folder / "again", seed=5, end=END, persons=PERSONS)
    other = write(folder / "other", seed=6, end=END, persons=PERSONS)
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in written]
    for path, different in zip(written, other, strict=True):
        assert path.read_bytes() != different.read_bytes(), path.name


def test_the_customers_are_a_french_export(written: list[Path]) -> None:
    assert _path(written, "customers.csv").read_bytes().startswith(b"\xef\xbb\xbfN\xc2\xb0 client;")
    rows = _rows(_path(written, "customers.csv"), ";")
    dt.datetime.strptime(rows[0]["Date de naissance"], "%d/%m/%Y").replace(tzinfo=dt.UTC)
    assert all("," in row["Avoir fidélité"] for row in rows)


def test_every_person_behind_an_order_event_or_answer_is_among_the_customers(written: list[Path]) -> None:
    customers = {row["N° client"] for row in _rows(_path(written, "customers.csv"), ";")}
    assert len(customers) == PERSONS
    for name in ("order-lines.csv", "email-events.csv", "survey.csv"):
        assert {row["user_id"] for row in _rows(_path(written, name))} - {""} <= customers, name
    assert set(pq.read_table(_path(written, "web-events.parquet"))["user_id"].to_pylist()) <= customers


def test_every_account_of_a_customer_is_among_the_accounts(written: list[Path]) -> None:
    accounts = {row["account_id"] for row in _rows(_path(written, "accounts.csv"))}
    named = {row["N° compte"] for row in _rows(_path(written, "customers.csv"), ";")} - {""}
    assert named
    assert named <= accounts


def test_addresses_and_numbers_are_unique_and_reach_nobody(written: list[Path]) -> None:
    by_id = {row["N° client"]: row for row in _rows(_path(written, "customers.csv"), ";")}
    addresses = [row["E-mail"] for row in by_id.values()]
    phones = [row["Téléphone"] for row in by_id.values() if row["Téléphone"]]
    assert len(set(addresses)) == PERSONS
    assert all(address.endswith(("@example.com", "@example.org", "@example.net")) for address in addresses)
    assert len(set(phones)) == len(phones) > 100
    assert all(phone[:8] in {block[:8] for block in PHONE_BLOCKS} for phone in phones)


def test_the_manifest_counts_the_rows_and_the_faults_that_are_there(written: list[Path]) -> None:
    manifest = json.loads((written[0].parent / MANIFEST).read_text())
    rows = _rows(_path(written, "order-lines.csv"))
    told = manifest["files"]["order-lines.csv"]
    assert told["rows"] == len(rows)
    assert told["faults"]["no_customer"] == sum(not row["user_id"] for row in rows)
    assert told["faults"]["unreadable_number"] == sum(row["price"] == "12.9O" for row in rows)
    customers = _rows(_path(written, "customers.csv"), ";")
    assert manifest["files"]["customers.csv"]["rows"] == len(customers)
    assert len(customers) - PERSONS == sum(manifest["files"]["customers.csv"]["faults"].values())


def test_returned_lines_have_a_negative_quantity_and_a_number_of_their_own(written: list[Path]) -> None:
    rows = [row for row in _rows(_path(written, "order-lines.csv")) if row["quantity"].startswith("-")]
    assert rows
    assert all(row["order_id"].startswith("R") for row in rows)


def test_the_readme_says_in_both_languages_that_all_is_synthetic(written: list[Path]) -> None:
    notice = (written[0].parent / README).read_text(encoding="utf-8")
    assert SYNTHETIC.en in notice
    assert SYNTHETIC.fr in notice
    assert all(notice.count(name) == 2 for name in ABOUT)


def test_every_file_has_a_mapping_that_names_all_of_its_columns(written: list[Path]) -> None:
    for path in written:
        mapping = Mapping.read(mapping_of(path).read_text(encoding="utf-8"), path.name)
        if path.suffix == ".parquet":
            columns = pq.read_schema(path).names
        else:
            columns = list(_rows(path, ";" if path.name == "customers.csv" else ",")[0])
        assert list(mapping.columns) == columns, path.name


def test_the_orders_after_the_campaign_are_in_euros_and_have_new_numbers(written: list[Path]) -> None:
    shop = generate(seed=5, end=END, persons=PERSONS)
    aftermath = respond(shop, ["C000001", "C000002"], at=shop.ends_at, seed=1)
    path = write_aftermath(written[0].parent, aftermath)
    rows = _rows(path)
    assert {row["currency"] for row in rows} == {"EUR"}
    assert not {row["order_id"] for row in rows} & {row["order_id"] for row in _rows(_path(written, "order-lines.csv"))}
    assert mapping_of(path) == mapping_of(_path(written, "order-lines.csv"))


def _path(written: list[Path], name: str) -> Path:
    return next(path for path in written if path.name == name)


def _rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))
