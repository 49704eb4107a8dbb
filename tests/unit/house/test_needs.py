from pathlib import Path

import pytest

from tests import needs


def test_a_missing_program_is_a_skip_at_a_desk():
    with pytest.raises(pytest.skip.Exception, match="needs no-such-program"):
        needs.requires("no-such-program", {})


def test_a_missing_program_is_a_failure_in_ci():
    with pytest.raises(pytest.fail.Exception, match="needs no-such-program"):
        needs.requires("no-such-program", {"CI": "true"})


def test_a_present_program_is_given_as_its_path():
    assert Path(needs.requires("make", {"CI": "true"})).is_file()


def test_missing_data_are_a_skip_that_names_the_file(folder: Path):
    with pytest.raises(pytest.skip.Exception, match=r"nowhere\.csv"):
        needs.shared_data("nowhere.csv", {"QUARTIER_DATA": str(folder), "CI": "true"})


def test_present_data_are_given_as_their_path(folder: Path):
    (folder / "here.csv").write_text("a\n1\n")
    assert needs.shared_data("here.csv", {"QUARTIER_DATA": str(folder)}) == folder / "here.csv"


def test_the_workspace_fixture_stands_at_the_fixed_instant(workspace, clock):
    assert workspace.clock.now() == clock.now()
    of_each = [
        f"{of}{kind}"
        for of in ("account", "person")
        for kind in ("", "_change", "_known", "_said_change", "_said_known")
    ]
    assert workspace.engine.tables() == sorted(
        [*of_each, "person_account", "quartier_comparing", "quartier_ledger", "quartier_ledger_mark", "quartier_links"]
    )
    assert workspace.count_everyone() == 0
