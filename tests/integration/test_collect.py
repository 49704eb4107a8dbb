"""Files go in, rows are counted, and nothing is stored twice or by half."""

import datetime as dt
import gzip
import hashlib

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import quartier
from quartier.collect import run as collecting
from quartier.collect.definition import Mapping
from quartier.collect.summary import ImportSummary
from quartier.engine import Query
from quartier.engine.feed import FEED, GENERATION
from quartier.errors import InvalidDefinition, WorkspaceDamaged

UTC_WALL = dt.datetime.fromisoformat
ORDERS = (
    "order_id,customer,date,total\nA1,7,2026-01-05 10:00,20.50\nA2,8,2026-01-06 11:30,5\nA3,7,2026-02-01 09:00,-4\n"
)
LINES = (
    "InvoiceNo,CustomerID,InvoiceDate,StockCode,Quantity,UnitPrice,Country\n"
    "1,17850,2026-01-05 10:00:00,X,2,2.5,France\n"
    "1,17850,2026-01-05 10:00:00,Y,1,3,France\n"
    "1,17850,2026-01-05 10:00:00,Y,1,3,France\n"
    "C2,17850,2026-01-07 10:00:00,X,-1,2.5,France\n"
    "3,,2026-01-07 10:00:00,X,1,2.5,France\n"
    "4,17851,2026-01-08 10:00:00,X,1,-2.5,Belgium\n"
)
Rows = list[tuple[object, ...]]


def collected(
    workspace: quartier.Workspace, text: str | bytes, name: str = "file.csv", **hints: object
) -> ImportSummary:
    path = workspace.folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return workspace.collect(path, workspace.propose(path, **hints).mapping)


def rows(workspace: quartier.Workspace, sql: str) -> Rows:
    return workspace.engine.rows(Query(sql))


def counts(summary: ImportSummary) -> tuple[int, int, int, int]:
    return summary.rows_in, summary.stored, summary.duplicates, summary.rejected


def content(workspace: quartier.Workspace) -> dict[str, str]:
    """A digest of every table, whatever the order of its columns and rows; what says which making it is differs."""
    digests = {}
    for name in sorted({*workspace.engine.tables()} - {FEED, GENERATION}):
        columns = ", ".join(sorted(workspace.engine.schema(name).names))
        found = sorted(map(repr, rows(workspace, f"select {columns} from {name}")))
        digests[name] = hashlib.sha256("\n".join(found).encode()).hexdigest()
    return digests


def test_orders_are_events_and_negative_ones_are_refunds(workspace: quartier.Workspace) -> None:
    summary = collected(workspace, ORDERS)
    assert counts(summary) == (3, 3, 0, 0)
    assert summary.events == {"Order Completed": 2, "Order Refunded": 1}
    found = rows(workspace, "select order_id, revenue, currency, occurred_at from event_order_completed")
    assert found == [
        ("A1", 20.5, "EUR", UTC_WALL("2026-01-05 09:00")),
        ("A2", 5.0, "EUR", UTC_WALL("2026-01-06 10:30")),
    ]
    assert rows(workspace, "select order_id, revenue from event_order_refunded") == [("A3", 4.0)]


def test_lines_become_one_order_and_returns_are_kept(workspace: quartier.Workspace) -> None:
    summary = collected(workspace, LINES)
    assert counts(summary) == (6, 4, 0, 2)
    assert [each.to("en").split(" (")[0] for each in summary.findings] == [
        "1 row repeats an earlier one of the same file and was kept"
    ]
    assert rows(workspace, "select order_id, revenue, len(products) from event_order_completed") == [("1", 11.0, 3)]
    assert rows(workspace, "select order_id, revenue from event_order_refunded") == [("C2", 2.5)]
    assert rows(workspace, "select user_id, country from person") == [("17850", "France")]


def test_rejected_rows_are_written_with_line_column_value_and_reason(workspace: quartier.Workspace) -> None:
    summary = collected(workspace, LINES)
    assert summary.rejected_file is not None
    assert summary.rejected_file.read_text().splitlines() == [
        "line,column,value,reason",
        "6,CustomerID,,nothing says whose row this is",
        "7,UnitPrice,-2.5,the price is negative",
    ]


@pytest.mark.parametrize("text", [ORDERS, LINES, "customer_id,name,age\n1,Ann,30\n2,Bo,41\n1,Ann,30\n"])
def test_the_same_file_twice_adds_nothing(workspace: quartier.Workspace, text: str) -> None:
    first = collected(workspace, text)
    before = content(workspace)
    second = collected(workspace, text)
    assert (second.stored, second.rejected) == (0, first.rejected)
    assert second.duplicates == first.stored + first.duplicates
    assert content(workspace) == before


def test_equal_rows_in_one_file_are_kept_unless_told_to_drop_them(workspace: quartier.Workspace) -> None:
    kept = collected(workspace, LINES, repeated_rows="drop")
    assert counts(kept) == (6, 3, 1, 2)
    assert rows(workspace, "select revenue from event_order_completed") == [(8.0,)]


def test_a_later_file_brings_further_lines_of_a_known_order(workspace: quartier.Workspace) -> None:
    collected(workspace, LINES, "first.csv")
    more = LINES + "1,17850,2026-01-05 10:00:00,Z,1,4,France\n"
    summary = collected(workspace, more, "second.csv")
    assert counts(summary) == (7, 1, 4, 2)
    assert rows(workspace, "select order_id, revenue, len(products) from event_order_completed") == [("1", 15.0, 4)]


def test_an_order_that_is_known_with_other_values_is_rejected(workspace: quartier.Workspace) -> None:
    collected(workspace, ORDERS, "first.csv")
    summary = collected(workspace, ORDERS.replace("20.50", "99"), "second.csv")
    assert counts(summary) == (3, 0, 2, 1)
    assert rows(workspace, "select revenue from event_order_completed where order_id = 'A1'") == [(20.5,)]


def test_rebuild_gives_the_same_tables(workspace: quartier.Workspace) -> None:
    collected(workspace, "customer_id,email,age\n7,A@x.fr,30\n,b@x.fr,31\n", "persons.csv")
    collected(workspace, ORDERS, "orders.csv")
    collected(workspace, LINES, "lines.csv")
    collected(workspace, LINES + "1,17850,2026-01-05 10:00:00,Z,1,4,France\n", "more.csv")
    before = content(workspace)
    collecting.rebuild(workspace.store, workspace.engine, workspace.config, workspace.folder)
    assert content(workspace) == before


def test_a_crash_between_store_and_engine_loses_nothing(
    workspace: quartier.Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(collecting, "project", crash)
        with pytest.raises(KeyboardInterrupt):
            collected(workspace, ORDERS)
    assert workspace.engine.schema("event_order_completed") is None
    assert collecting.catch_up(workspace.store, workspace.engine, workspace.config, workspace.folder) == 1
    assert rows(workspace, "select count(*) from event_order_completed") == [(2,)]
    assert collected(workspace, ORDERS).stored == 0


def test_an_original_that_was_not_copied_must_stay_as_it_was(workspace: quartier.Workspace) -> None:
    path = workspace.folder / "orders.csv"
    path.write_text(ORDERS)
    workspace.collect(path, workspace.propose(path).mapping, copy=False)
    assert list((workspace.folder / "imports").iterdir()) == []
    path.write_text(ORDERS + "A9,9,2026-03-01,1\n")
    with pytest.raises(WorkspaceDamaged, match="has changed since its import"):
        collecting.rebuild(workspace.store, workspace.engine, workspace.config, workspace.folder)


def test_one_person_is_found_by_every_identifier(workspace: quartier.Workspace) -> None:
    collected(workspace, "email,city\nann@x.fr,Lyon\n", "leads.csv")
    collected(workspace, "customer_id,email,age\n7,ANN@x.fr,30\n8,ann@x.fr,31\n", "customers.csv")
    found = rows(workspace, "select user_id, email, city, age from person order by person_key")
    assert found == [("7", "ANN@x.fr", "Lyon", 30), ("8", "ann@x.fr", None, 31)]


def test_later_values_replace_and_types_widen(workspace: quartier.Workspace) -> None:
    collected(workspace, "customer_id,spend\n1,10\n2,20\n", "a.csv")
    collected(workspace, "customer_id,spend\n1,10.5\n", "b.csv")
    assert rows(workspace, "select user_id, spend from person order by 1") == [("1", 10.5), ("2", 20.0)]
    trait = workspace.catalog.trait("spend")
    assert trait is not None
    assert trait.type == "number"


def test_french_files_are_read_as_they_are_written(workspace: quartier.Workspace) -> None:
    text = (
        "N° commande;Code client;Date de commande;Montant TTC;Prénom;Pays\r\n"
        "F1;0012;25/12/2025 14:05;1 234,50 €;Zoé;Belgique\r\nF2;0013;03/01/2026 08:00;7,00 €;Éloïse;France\r\n"
    )
    summary = collected(workspace, text.encode("cp1252"))
    assert counts(summary) == (2, 2, 0, 0)
    assert rows(workspace, "select order_id, revenue, occurred_at from event_order_completed") == [
        ("F1", 1234.5, UTC_WALL("2025-12-25 13:05")), ("F2", 7.0, UTC_WALL("2026-01-03 07:00")),
    ]  # fmt: skip
    assert rows(workspace, "select user_id, first_name from person order by 1") == [("0012", "Zoé"), ("0013", "Éloïse")]


def test_lines_are_counted_with_breaks_inside_quotes_blank_lines_and_bad_rows(workspace: quartier.Workspace) -> None:
    text = 'customer_id,note,age\n1,"two\nlines",30\n\n2\n3,x,abc\n4,"y\nz",5\n,w,6\n'
    mapping = Mapping.read({"layout": "persons", "columns": {
        "customer_id": "user_id", "note": "trait.note", "age": {"to": "trait.age", "type": "integer"}}})  # fmt: skip
    path = workspace.folder / "notes.csv"
    path.write_text(text)
    summary = workspace.collect(path, mapping)
    assert counts(summary) == (5, 2, 0, 3)
    assert summary.rejected_file is not None
    told = [line.split(",")[0] for line in summary.rejected_file.read_text().splitlines()[1:]]
    assert told == ["5", "6", "9"]


def test_a_line_of_delimiters_alone_is_no_row_however_many_there_are(workspace: quartier.Workspace) -> None:
    summary = collected(workspace, "customer_id,age\n1,30\n,\n,,,,\n;;\n2,31\n", "exported.csv")
    assert counts(summary) == (3, 2, 0, 1)


@pytest.mark.parametrize("frame", ["pandas", "polars", "pyarrow"])
def test_frames_are_collected_and_kept(workspace: quartier.Workspace, frame: str) -> None:
    table = pa.table({"customer_id": [1, 2], "spend": [1.5, None], "since": [dt.date(2025, 1, 31), None]})
    source = {
        "pandas": table.to_pandas,
        "polars": lambda: __import__("polars").from_arrow(table),
        "pyarrow": lambda: table,
    }
    given_frame = source[frame]()
    summary = workspace.collect(given_frame, workspace.propose(given_frame).mapping)
    assert counts(summary) == (2, 2, 0, 0)
    assert rows(workspace, "select user_id, spend from person order by 1") == [("1", 1.5), ("2", None)]
    assert workspace.rebuild().files == 1


def test_compressed_json_and_excel_give_the_same_rows_as_csv(workspace: quartier.Workspace) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (
        ["customer_id", "age", "signup_date"],
        [1, 30, UTC_WALL("2025-01-31 00:00")],
        [2, 31, UTC_WALL("2025-02-01 00:00")],
    ):
        book.active.append(row)
    book.save(workspace.folder / "p.xlsx")
    workspace.collect(workspace.folder / "p.xlsx")
    same = {
        "p.csv.gz": gzip.compress(b"customer_id,age,signup_date\n1,30,2025-01-31\n2,31,2025-02-01\n"),
        "p.json": b'[{"customer_id": 1, "age": 30, "signup_date": "2025-01-31"}]',
        "p.ndjson": b'{"customer_id": 1, "age": 30}\n{"customer_id": "2", "age": 31, "signup_date": "2025-02-01"}\n',
        "p.tsv": b"customer_id\tage\tsignup_date\n1\t30\t31/01/2025\n",
    }
    for name, text in same.items():
        assert collected(workspace, text, name).stored == 0, name


cells = st.sampled_from(["1", "2", "3", "", "x", "2026-01-05", "31/12/2025", "-3", "4.5", '"a\nb"', "inconnu"])


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.lists(cells, min_size=1, max_size=5), min_size=1, max_size=12))
def test_every_row_is_stored_a_duplicate_or_rejected(workspace: quartier.Workspace, lines: list[list[str]]) -> None:
    path = workspace.folder / "any.csv"
    path.write_text("order_id,customer,date,total\n" + "\n".join(",".join(line) for line in lines) + "\n")
    mapping = Mapping.read({"layout": "orders", "date_order": "dmy", "columns": {
        "order_id": "order_id", "customer": "user_id", "date": "time", "total": "property.revenue"}})  # fmt: skip
    summary = workspace.collect(path, mapping)
    assert summary.rows_in == sum(any(cell for cell in line) for line in lines)
    again = workspace.collect(path, mapping)
    assert (again.stored, again.rejected) == (0, summary.rejected)


def test_a_trait_that_is_an_instant_comes_with_a_second_file(workspace: quartier.Workspace) -> None:
    for place, seen in enumerate(("2026-01-05T10:00:01Z", "2026-01-06T10:00:02Z")):
        path = workspace.folder / f"persons-{place}.csv"
        path.write_text(f"user_id,last_seen_at\n7,{seen}\n")
        columns = {"user_id": "user_id", "last_seen_at": {"to": "trait.last_seen_at", "type": "instant"}}
        workspace.collect(path, Mapping.read({"layout": "persons", "columns": columns}))
    assert rows(workspace, "select last_seen_at from person") == [(UTC_WALL("2026-01-06T10:00:02"),)]


def test_events_may_have_properties_named_as_those_of_orders(workspace: quartier.Workspace) -> None:
    path = workspace.folder / "events.csv"
    path.write_text("who,at,number,money\n7,2026-01-05T10:00:00Z,o1,EUR\n")
    columns = {"who": "user_id", "at": "time", "number": "property.order_id", "money": "property.currency"}
    workspace.collect(path, Mapping.read({"layout": "events", "event": "Order Shipped", "columns": columns}))
    assert rows(workspace, "select order_id, currency from event_order_shipped") == [("o1", "EUR")]


def test_a_mapping_names_new_traits_in_both_languages_and_the_catalog_keeps_the_label_that_it_has(
    workspace: quartier.Workspace,
):
    labels = ({"en": "Mood", "fr": "Humeur"}, {"en": "Temper", "fr": "Tempérament"})
    for k, label in enumerate(labels):
        columns = {"id": "user_id", "mood": {"to": "trait.mood", "label": label}}
        path = workspace.folder / f"moods-{k}.csv"
        path.write_text(f"id,mood\n{k},calm\n", encoding="utf-8")
        workspace.collect(path, Mapping.read({"layout": "persons", "columns": columns}))
    trait = workspace.catalog.trait("mood")
    assert (trait.label.en, trait.label.fr) == ("Mood", "Humeur")


def test_only_traits_take_a_label_in_a_mapping():
    with pytest.raises(InvalidDefinition, match="takes no label"):
        Mapping.read({"layout": "persons", "columns": {"id": {"to": "user_id", "label": {"en": "No", "fr": "Non"}}}})
