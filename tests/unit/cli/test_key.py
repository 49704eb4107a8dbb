"""`quartier key create`: what a secret key is for, what it opens and until when, as on the page of settings."""

import json
from pathlib import Path

import pytest

import quartier
from quartier.cli.main import run
from quartier.config import Config


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("key") / "shop"
    quartier.create(folder, Config(name="Shop", memory_limit="512MB", threads=1))
    return folder


def asked(made: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run(["-w", str(made), "--at", "2026-11-21T12:00+00:00", "key", *arguments], {})
    told = capsys.readouterr()
    return code, told.out, told.err


def test_a_secret_key_gets_a_name_scopes_and_an_end(made: Path, capsys: pytest.CaptureFixture[str]):
    scopes = ("--scope", "export", "--scope", "see_figures")
    code, out, _ = asked(made, capsys, "create", "--secret", "--name", "reports", *scopes, "--days", "90", "--json")
    assert code == 0
    key = json.loads(out)["key"]
    (kept,) = json.loads(asked(made, capsys, "list", "--json")[1])["secret_keys"]
    assert key.startswith(kept["start"])
    assert (kept["name"], sorted(kept["scopes"]), kept["expires_at"]) == (
        "reports", ["export", "see_figures"], "2027-02-19T12:00:00+00:00",
    )  # fmt: skip
    listed = asked(made, capsys, "list")[1]
    assert "reports" in listed
    assert "see_figures" in listed


@pytest.mark.parametrize(
    "wrong",
    [("--name", "n"), ("--scope", "export"), ("--days", "9"), ("--secret", "--days", "0"), ("--secret", "--name", ""),
     ("--secret", "--scope", "everything"), ("--secret", "--days", "3661")],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(made: Path, capsys: pytest.CaptureFixture[str], wrong: tuple[str, ...]):
    assert asked(made, capsys, "create", *wrong)[0] == 2
