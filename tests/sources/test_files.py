"""Files of a folder: each once, again when it changes; and the export of Google Analytics 4."""

import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import quartier
from tests.sources.workspaces import counts, rows, run, said

COLUMNS = {"id": "order_id", "customer": "user_id", "at": "time", "total": "property.revenue"}
HEADER = "id,customer,at,total\n"


def document(**settings: Any) -> dict[str, Any]:
    into = {"layout": "orders", "columns": COLUMNS}
    return {"kind": "source", "source": "crm", "from": {"files": {"folder": "in", **settings}}, "into": into}


@pytest.fixture
def inbox(workspace: quartier.Workspace) -> Path:
    (workspace.folder / "in").mkdir()
    return workspace.folder / "in"


def write(path: Path, text: str, at: int) -> None:
    path.write_text(text)
    os.utime(path, (at, at))


def test_each_file_is_collected_once_and_again_when_it_changes(workspace: quartier.Workspace, inbox: Path) -> None:
    write(inbox / "a.csv", HEADER + "1,7,2026-01-01,2\n2,8,2026-01-02,3\n", 1000)
    write(inbox / "b.csv", HEADER + "3,7,2026-01-03,4\n", 1001)
    assert counts(run(workspace, document(pattern="*.csv"))) == (3, 3, 0)
    assert counts(run(workspace)) == (0, 0, 0)
    write(inbox / "b.csv", HEADER + "3,7,2026-01-03,4\n4,7,2026-01-04,5\n", 1002)
    assert counts(run(workspace)) == (2, 1, 0)


def test_a_file_that_cannot_be_read_stops_no_other_and_is_tried_again(
    workspace: quartier.Workspace, inbox: Path
) -> None:
    write(inbox / "a.csv", "", 1000)
    write(inbox / "b.csv", "id,customer,total\n3,7,4\n", 1001)
    write(inbox / "c.csv", HEADER + "5,7,2026-01-03,4\n", 1002)
    done = run(workspace, document())
    assert counts(done) == (1, 1, 0)
    assert "the file is empty" in said(done) or "is gone" in said(done)
    write(inbox / "a.csv", HEADER + "6,7,2026-01-03,4\n", 1003)
    (inbox / "b.csv").unlink()
    done = run(workspace)
    assert (counts(done), done.error) == ((1, 1, 0), None)


def test_a_folder_that_is_not_there_is_named(workspace: quartier.Workspace) -> None:
    assert "there is no folder that can be read here" in said(run(workspace, document()))


def test_files_in_a_store_of_objects_are_brought_here_first(workspace: quartier.Workspace, inbox: Path) -> None:
    pytest.importorskip("dlt")
    write(inbox / "a.csv", HEADER + "1,7,2026-01-01,2\n", 1000)
    own = document(folder=inbox.as_uri(), pattern="*.csv")
    assert counts(run(workspace, own)) == (1, 1, 0)
    assert counts(run(workspace)) == (0, 0, 0)


def hit(number: int, name: str, **more: Any) -> dict[str, Any]:
    return {
        "event_date": "20260105", "event_timestamp": str(1_767_600_000_000_000 + number), "event_name": name,
        "event_params": [
            {"key": "page_location", "value": {"string_value": "https://example.org/a", "int_value": None}},
            {"key": "ga_session_id", "value": {"string_value": None, "int_value": "123"}},
        ],
        "user_id": None, "user_pseudo_id": f"{number % 2}.1", "device": {"category": "mobile", "web_info": None},
        "geo": {"country": "France"}, "user_properties": [], **more,
    }  # fmt: skip


def test_the_export_of_google_analytics_becomes_events(workspace: quartier.Workspace, inbox: Path) -> None:
    lines = [hit(1, "page_view"), hit(2, "add_to_cart"), hit(3, "purchase", ecommerce={"purchase_revenue": 12.5})]
    (inbox / "events_20260105.json").write_text("\n".join(map(json.dumps, lines)) + "\nno json\n")
    pq.write_table(pa.Table.from_pylist([hit(4, "page_view"), hit(5, "scroll")]), inbox / "events_20260106.parquet")
    done = run(workspace, {"kind": "source", "source": "crm", "from": {"ga4": {"folder": "in"}}})
    assert (counts(done), done.error) == ((6, 5, 1), None)
    found = rows(workspace, "select url, session_id, device, country, count(*) from event_page_viewed group by all")
    assert found == [("https://example.org/a", "123", "mobile", "France", 2)]
    assert rows(workspace, "select revenue from event_order_completed") == [(12.5,)]
    assert rows(workspace, "select count(*) from person") == [(2,)]
    assert counts(run(workspace)) == (0, 0, 0)
