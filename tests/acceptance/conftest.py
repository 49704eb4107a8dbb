"""The command line as a fixture, and a small shop that is collected once and copied for each test."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from quartier.cli.main import run
from tests.acceptance.shop import AT, CUSTOMERS, ORDERS, CommandLine

ENVIRON: Mapping[str, str] = {"LANG": "en_GB.UTF-8", "QUARTIER_AUTHOR": "tester"}


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two files of the shop and the workspace that holds them."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    (folder / "orders.csv").write_text(ORDERS, encoding="utf-8")
    files = [str(folder / "customers.csv"), str(folder / "orders.csv")]
    assert run(["init", str(folder / "shop"), "--language", "en"], ENVIRON) == 0
    assert run(["-w", str(folder / "shop"), "--at", AT, "collect", *files, "--yes"], ENVIRON) == 0
    return folder


@pytest.fixture
def quartier(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> CommandLine:
    """The command line, in English, beside an empty folder."""
    return CommandLine(capsys, monkeypatch, folder, ENVIRON)


@pytest.fixture
def shop(quartier: CommandLine, collected: Path) -> CommandLine:
    """The command line over a workspace with five persons and six orders."""
    shutil.copytree(collected, quartier.folder, dirs_exist_ok=True)
    return quartier
