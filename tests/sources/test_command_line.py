"""`quartier source`: a document is tried, put in force, run, listed, and what went wrong is said in both languages."""

import json
from pathlib import Path

import pytest

import quartier
from quartier.cli.main import run

ORDERS = "id,customer,at,total\n1,7,2026-01-01T10:00:00,2\n2,8,2026-01-02T11:00:00,3\n"
DOCUMENT = """\
kind: source
source: till
from: {files: {folder: in, pattern: "*.csv"}}
into: {layout: orders, columns: {id: order_id, customer: user_id, at: time, total: property.revenue}}
every: 1 day
"""


@pytest.fixture
def shop(folder: Path) -> Path:
    quartier.create(folder / "shop")
    (folder / "shop" / "in").mkdir()
    (folder / "shop" / "in" / "a.csv").write_text(ORDERS)
    (folder / "till.yaml").write_text(DOCUMENT)
    return folder / "shop"


def source(shop: Path, *arguments: str, language: str = "en") -> int:
    at = "2026-01-03T00:00"
    return run(["--lang", language, "--at", at, "-w", str(shop), "source", *arguments], {})


def test_a_source_is_tried_put_in_force_run_and_listed(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = str(shop.parent / "till.yaml")
    assert source(shop, "try", document) == 0
    assert "2026-01-01T10:00:00 · 2026-01-02T11:00:00" in capsys.readouterr().out
    assert source(shop, "apply", document) == 0
    assert source(shop, "run", "--all") == 0
    assert "till: 2 rows, 2 stored, 0 rejected" in capsys.readouterr().out
    assert source(shop, "list", "--json") == 0
    (listed,) = json.loads(capsys.readouterr().out)["sources"]
    assert (listed["next_at"], listed["last_run"]["stored"]) == ("2026-01-04T00:00:00+00:00", 2)
    (shop / "in" / "b.csv").write_text("")
    assert source(shop, "run", "till", language="fr") == 6
    assert "b.csv\N{NO-BREAK SPACE}: le fichier est vide" in capsys.readouterr().out
    assert source(shop, "runs", "till") == 0
    assert "b.csv: the file is empty" in capsys.readouterr().out


def test_what_is_not_known_is_said(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert source(shop, "run") == 2
    assert "give the name of a source, or --all" in capsys.readouterr().err
    assert source(shop, "run", "tell") == 2
    assert "there is no source “tell”" in capsys.readouterr().err


def test_a_mapping_that_is_left_out_is_guessed_and_kept(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = shop.parent / "till.yaml"
    document.write_text("".join(line + "\n" for line in DOCUMENT.splitlines() if not line.startswith("into")))
    assert source(shop, "apply", str(document)) == 0
    assert source(shop, "show", "till", "--json") == 0
    assert "into" not in json.loads(capsys.readouterr().out.partition("\n")[2])
    assert source(shop, "run", "till") == 0
    capsys.readouterr()
    assert source(shop, "show", "till", "--json") == 0
    assert json.loads(capsys.readouterr().out)["into"]["columns"]["total"] == "property.revenue"
