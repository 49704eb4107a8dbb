"""Surveys from the command line: from a ready-made one to links and results, in both languages."""

import json
from pathlib import Path

import pytest

from quartier.cli.main import run

URL = ("--url", "https://surveys.example.com")


@pytest.fixture
def shop(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    rows = [f"C{n},c{n}@example.com" for n in range(7)]
    (folder / "customers.csv").write_text("\n".join(["customer_id,email", *rows]), encoding="utf-8")
    start = ["-w", str(folder / "shop"), "--at", "2026-11-21T14:05"]
    assert run(["init", str(folder / "shop"), "--language", "fr"], {}) == 0
    assert run([*start, "collect", str(folder / "customers.csv"), "--yes"], {}) == 0
    capsys.readouterr()
    return start


def test_from_a_ready_made_survey_to_links_and_results(shop: list[str], folder: Path, capsys):
    written = folder / "nps.yaml"
    assert (
        run(["--lang", "fr", "survey", "new", "printemps", "--template", "recommendation", "--out", str(written)], {})
        == 0
    )
    assert run(["survey", "new", "--template", "recommendation", "--out", str(written)], {}) == 2
    assert "survey: printemps" in written.read_text(encoding="utf-8")
    capsys.readouterr()
    assert run([*shop, "survey", "list"], {}) == 0
    assert "pas encore d'enquête" in capsys.readouterr().out
    assert run([*shop, "survey", "apply", str(written)], {}) == 0
    assert "la version 1 est en vigueur" in capsys.readouterr().out
    links = folder / "links.csv"
    invite = [*shop, "survey", "invite", "printemps", "--segment", "identified", *URL, "--out", str(links)]
    assert run([*invite, "--json"], {}) == 0
    assert json.loads(capsys.readouterr().out)["invited"] == 7
    assert run([*invite, "--replace"], {}) == 2
    assert "personne ne peut être interrogé" in capsys.readouterr().err
    assert run([*shop, "survey", "list", "--json"], {}) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["survey"], listed["asked"], listed["answered"]) == ("printemps", 7, 0)
    assert run([*shop, "survey", "results", "printemps", "--by", "identified"], {}) == 0
    assert "Personne ne l'a encore vue" in capsys.readouterr().out


def test_a_survey_is_shown_as_the_document_it_is(shop: list[str], folder: Path, capsys):
    assert run(["survey", "new", "--template", "needs", "--json"], {}) == 0
    printed = json.loads(capsys.readouterr().out)
    (folder / "needs.json").write_text(json.dumps(printed), encoding="utf-8")
    assert run([*shop, "survey", "apply", str(folder / "needs.json"), "--json"], {}) == 0
    capsys.readouterr()
    assert run([*shop, "survey", "show", "needs", "--json"], {}) == 0
    assert json.loads(capsys.readouterr().out) == printed
    assert run([*shop, "survey", "show", "need"], {}) == 2
    assert "vouliez-vous dire needs" in capsys.readouterr().err
