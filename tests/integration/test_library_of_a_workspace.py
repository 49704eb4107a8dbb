"""The library in a workspace: kinds on request are put in force by name, in Python and at the command line."""

import json
from pathlib import Path

import pyarrow as pa
import pytest

import quartier
from quartier.errors import UnknownName
from tests.docs.shown import run


@pytest.fixture
def shop(workspace: quartier.Workspace) -> quartier.Workspace:
    workspace.collect(pa.table({"customer_id": ["C1", "C2"], "email": ["a@example.org", None], "nps": [10, 3]}))
    return workspace


def test_kinds_on_request_come_with_their_name_and_not_before(shop: quartier.Workspace) -> None:
    assert "promoters" not in {each.definition.name for each in shop.apply_ready_made()}
    assert [(each.definition.name, each.size) for each in shop.apply_ready_made(["promoters"])] == [("promoters", 1)]
    assert shop.apply_ready_made(["promoters"]) == []


def test_a_kind_that_the_library_lacks_is_refused(shop: quartier.Workspace) -> None:
    with pytest.raises(UnknownName):
        shop.apply_ready_made(["promoter"])


def test_the_command_lists_the_library_and_puts_kinds_in_force(tmp_path: Path) -> None:
    folder = quartier.create(tmp_path / "shop")
    with quartier.open(folder) as ws:
        ws.collect(pa.table({"customer_id": ["C1"], "email": ["a@example.org"]}))
    listed = run(["-w", "shop", "segment", "ready-made", "--json"], tmp_path)
    fits = {each["kind"]: each["data_support_it"] for each in json.loads(listed.stdout)}
    assert fits["reachable-by-email"]
    assert not fits["birthday-30-days"]
    done = run(["-w", "shop", "segment", "ready-made", "reachable-by-email", "--json"], tmp_path)
    assert "reachable-by-email" in json.loads(done.stdout)["segments_added"]
    assert "birthday-30-days" in run(["-w", "shop", "segment", "ready-made"], tmp_path).stdout
