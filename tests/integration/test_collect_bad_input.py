"""What bad input gets: a message that says what, where and what to do, and nothing half-stored."""

import gzip
from pathlib import Path

import pyarrow as pa
import pytest

import quartier
from quartier.collect.definition import Form, Mapping
from quartier.collect.readers import open_file, survey
from quartier.engine import Query
from quartier.errors import AmbiguousFile, InvalidDefinition, UnreadableFile, UserError

HEADER = "order_id,customer,date,total\n"
WIDE = ",".join(f"c{n}" for n in range(1_000_000)) + "\n"
UNUSABLE = {
    "empty": (b"", "the file is empty"),
    "empty once unpacked": (gzip.compress(b""), "the file is empty"),
    "binary": (bytes(range(256)) * 20, "this is not a text file"),
    "no header": (b"1,2026-01-05,3.5\n2,2026-01-06,4\n", "the first line holds values"),
    "header alone": (HEADER.encode(), "there is no row under the header"),
    "columns named twice": (b"customer_id,age,age\n1,2,3\n", "several columns are named age"),
    "columns that collide": ("customer_id,Prénom x,prenom_x\n1,a,b\n".encode(), "would have the same name"),
    "a million columns": (WIDE.encode(), "columns, more than 5,000"),
    "a corrupt gzip": (gzip.compress(HEADER.encode() * 500)[:60], "damaged or cut off"),
    "a broken workbook": (b"PK\x03\x04 and nothing more", "this workbook is broken"),
    "a protected workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "this workbook is"),
    "a broken document": (b'[{"customer_id": 1,', "not valid JSON at line 1"),
    "damaged Parquet": (b"PAR1 and nothing more", "this Parquet file is damaged"),
    "ambiguous dates": ((HEADER + "A,1,03/04/2026,5\nB,1,05/06/2026,5\n").encode(), "day/month or as month/day"),
    "two currencies": ((HEADER + "A,1,2026-01-05,12 €\nB,2,2026-01-05,$15\n").encode(), "several currencies"),
    "two currencies in a column": (
        b"order_id,customer,date,total,currency\nA,1,2026-01-05,12,EUR\nB,2,2026-01-05,15,USD\n", "several currencies"),
}  # fmt: skip


@pytest.mark.parametrize("kind", UNUSABLE)
def test_an_unusable_file_is_told_and_leaves_nothing(workspace: quartier.Workspace, kind: str) -> None:
    content, message = UNUSABLE[kind]
    path = workspace.folder / "given.csv"
    path.write_bytes(content)
    with pytest.raises(UserError, match=message) as caught:
        workspace.collect(path, workspace.propose(path).mapping)
    assert caught.value.exit_code == 2
    assert caught.value.to("fr") != caught.value.to("en")
    assert not any(name.startswith("event") for name in workspace.engine.tables())
    assert workspace.count_everyone() == 0
    assert list((workspace.folder / "imports").iterdir()) == []


def test_a_missing_file_is_told(workspace: quartier.Workspace) -> None:
    with pytest.raises(UnreadableFile, match="there is no such file"):
        workspace.propose(workspace.folder / "nowhere.csv")


def test_a_cell_that_never_ends_is_refused_in_bounded_memory(folder: Path) -> None:
    path = folder / "long.csv"
    path.write_text('a,b\n1,"' + "x" * 400_000)
    reading = open_file(path, Form(), survey(path), most_bytes=100_000)
    with pytest.raises(UnreadableFile, match="a row is longer than can be read"):
        list(reading.batches)


def test_the_order_of_dates_settles_what_is_ambiguous(workspace: quartier.Workspace) -> None:
    path = workspace.folder / "orders.csv"
    path.write_text(HEADER + "A,1,03/04/2026,5\n")
    workspace.collect(path, workspace.propose(path, date_order="dmy").mapping)
    assert workspace.engine.rows(Query("select month(occurred_at) from event_order_completed")) == [(4,)]


def test_impossible_values_are_rejected_row_by_row(workspace: quartier.Workspace) -> None:
    path = workspace.folder / "orders.csv"
    path.write_text(
        HEADER
        + "A,1,31/02/2026,5\nB,1,28/02/2026,abc\nC,inconnu,28/02/2026,5\nD,,28/02/2026,5\nE,1,,5\nF,1,28/02/2026,\n"
        "G,1,28/02/2026,7\n" + "H,1,28/02/2026,8\n" * 1
    )
    mapping = Mapping.read({"layout": "orders", "columns": {
        "order_id": "order_id", "customer": "user_id", "date": "time", "total": "property.revenue"}})  # fmt: skip
    summary = workspace.collect(path, mapping)
    assert (summary.rows_in, summary.stored, summary.rejected) == (8, 2, 6)


def test_rates_bring_several_currencies_into_one(workspace: quartier.Workspace) -> None:
    path = workspace.folder / "orders.csv"
    path.write_text("order_id,customer,date,total,currency\nA,1,2026-01-05,12,EUR\nB,2,2026-01-05,10,USD\n")
    workspace.collect(path, workspace.propose(path, rates={"EUR": 1, "USD": 0.5}).mapping)
    found = workspace.engine.rows(Query("select revenue, currency from event_order_completed order by order_id"))
    assert found == [(12.0, "EUR"), (5.0, "EUR")]


def test_a_wrong_extension_misleads_nobody(workspace: quartier.Workspace) -> None:
    path = workspace.folder / "orders.xlsx"
    path.write_text(HEADER + "A,1,2026-01-05,5\n")
    assert workspace.collect(path).stored == 1


def test_half_characters_and_nul_are_rejected(workspace: quartier.Workspace) -> None:
    path = workspace.folder / "persons.ndjson"
    path.write_text(
        '{"customer_id": 1, "city": "Lyon"}\n'
        '{"customer_id": 2, "city": "\\ud800"}\n{"customer_id": 3, "city": "a\\u0000b"}\n'
    )
    summary = workspace.collect(path)
    assert (summary.rows_in, summary.stored, summary.rejected) == (3, 1, 2)


def test_a_mapping_tells_every_mistake_at_once() -> None:
    with pytest.raises(InvalidDefinition) as caught:
        Mapping.read("kind: mapping\nlayout: people\ncolour: red\ncolumns: {a: nonsense}\n")
    assert len(caught.value.problems) == 3


def test_a_mapping_for_another_file_names_the_nearest_columns(workspace: quartier.Workspace) -> None:
    path = workspace.folder / "persons.csv"
    path.write_text("customer_id,age\n1,30\n")
    mapping = Mapping.read({"layout": "persons", "columns": {"custmer_id": "user_id"}})
    with pytest.raises(InvalidDefinition, match="did you mean customer_id"):
        workspace.collect(path, mapping)


def test_a_trait_may_not_take_a_name_that_quartier_keeps(workspace: quartier.Workspace) -> None:
    path = workspace.folder / "persons.csv"
    path.write_text("customer_id,key\n1,30\n")
    mapping = Mapping.read({"layout": "persons", "columns": {"customer_id": "user_id", "key": "trait.person_key"}})
    with pytest.raises(InvalidDefinition, match="keeps for itself"):
        workspace.collect(path, mapping)


def test_a_file_without_header_is_read_with_names_from_the_mapping(workspace: quartier.Workspace) -> None:
    path = workspace.folder / "orders.txt"
    path.write_text(" 00004 19970101  2   29.33\n 00005 19970118  2   29.73\n")
    form = Form(columns=("customer", "date", "cds", "total"))
    mapping = workspace.propose(path, form=form).mapping
    summary = workspace.collect(path, mapping)
    assert (summary.stored, mapping.layout) == (2, "orders")


def test_dates_in_both_orders_cannot_be_guessed(workspace: quartier.Workspace) -> None:
    path = workspace.folder / "orders.csv"
    path.write_text(HEADER + "A,1,31/01/2026,5\nB,1,01/31/2026,5\n")
    with pytest.raises(AmbiguousFile, match="in the same file"):
        workspace.collect(path, workspace.propose(path).mapping)


def test_a_column_that_the_catalog_holds_as_lists_takes_lists_in_json_and_single_texts(
    workspace: quartier.Workspace,
) -> None:
    sent = {"type": "identify", "userId": "u1", "traits": {"tags": ["a", "b"], "size": 1}}
    workspace.arrivals.take([sent], source="web")
    workspace.arrivals.project()
    people = ["u1", "u2", "u3", "u4", "u5"]
    done = workspace.collect(pa.table({"user_id": people, "tags": ["c", '["d", "e"]', "[f", None, "[]"]}))
    assert (done.stored, done.rejected) == (5, 0)
    tags = workspace.engine.rows(Query("select user_id, tags from person order by 1"))
    assert tags == [("u1", ["c"]), ("u2", ["d", "e"]), ("u3", ["[f"]), ("u4", None), ("u5", [])]


def test_a_column_for_a_property_that_holds_lines_is_refused_with_what_to_do(workspace: quartier.Workspace) -> None:
    products = [{"product_id": "p1", "price": 2.5}]
    sent = {"type": "track", "userId": "u1", "event": "Seen", "properties": {"products": products}}
    workspace.arrivals.take([sent], source="web")
    workspace.arrivals.project()
    columns = {"who": "user_id", "at": "time", "products": "property.products"}
    mapping = Mapping.read({"kind": "mapping", "layout": "events", "event": "Seen", "columns": columns})
    rows = pa.table({"who": ["u1"], "at": ["2026-01-01T00:00:00Z"], "products": ["[]"]})
    with pytest.raises(InvalidDefinition, match="holds the lines of an order"):
        workspace.collect(rows, mapping)
