"""The files of the example shop go in with their mappings, and exactly the planted faults come out."""

import datetime as dt
import json
from pathlib import Path

import quartier
from quartier.catalog import Meaning
from quartier.collect.definition import Mapping
from quartier.collect.summary import ImportSummary
from quartier.engine import Query
from quartier.example.files import mapping_of, write

REPEATED, NO_NUMBER = "repeated", "unreadable_number"


def collected(workspace: quartier.Workspace, folder: Path) -> dict[str, ImportSummary]:
    files = write(folder, seed=7, end=dt.date(2026, 11, 1), persons=400)
    return {path.name: workspace.collect(path, Mapping.read(mapping_of(path).read_text("utf-8"))) for path in files}


def test_exactly_the_planted_faults_are_rejected_and_everyone_can_be_found(
    workspace: quartier.Workspace, tmp_path: Path
) -> None:
    summaries = collected(workspace, tmp_path / "files")
    manifest = json.loads((tmp_path / "files" / "manifest.json").read_text("utf-8"))
    for name, file in manifest["files"].items():
        faults = dict(file["faults"])
        duplicates = faults.pop(REPEATED, 0)
        found = summaries[name]
        assert (found.rows_in, found.duplicates, found.rejected) == (
            file["rows"], duplicates, sum(faults.values()),
        ), name  # fmt: skip
        assert found.stored == file["rows"] - duplicates - sum(faults.values()), name
    assert _without_a_row(workspace) == 0
    assert workspace.catalog.trait("user_id").meaning is Meaning.USER_ID  # type: ignore[union-attr]  # it is there
    assert "C000007" in [row[0] for row in workspace.engine.rows(Query("select user_id from person"))]


def _without_a_row(workspace: quartier.Workspace) -> int:
    """Events of persons who are not in `person`."""
    tables = [name for name in workspace.engine.tables() if name.startswith("event_")]
    assert len(tables) > 3
    lost = " + ".join(f"(select count(*) from {name} anti join person using (person_key))" for name in tables)
    ((n,),) = workspace.engine.rows(Query(f"select {lost}"))
    return int(str(n))
