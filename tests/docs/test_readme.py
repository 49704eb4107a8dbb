"""What the READMEs and the tutorial show is what the program does: their commands run, their outputs are real.

A minute for each page: `make test-long` runs them, and CI does in a step of its own.
"""

import json
import os
import shlex
from pathlib import Path

import pytest
import yaml

from tests.docs.shown import commands, fenced, outputs, run, run_python, written
from tests.needs import REPOSITORY

README, LISEZMOI = REPOSITORY / "README.md", REPOSITORY / "README.fr.md"
TUTORIAL = REPOSITORY / "docs/tutorials/first-segments.md"
PAGES = {README: "en", LISEZMOI: "fr", TUTORIAL: "en"}
PRINTED_BY = {"demo": "demo demo", "demo-clusters": "--at 2026-11-21 -w demo/workspace model run clusters"}
"""The command behind each output, run in this order; `make demo` runs the first."""

IS_WRITING = bool(os.environ.get("QUARTIER_WRITE_DOCS"))
STAND_INS = {"customers.csv": "customers.csv", "clients.csv": "customers.csv"} | dict.fromkeys(
    ("orders.csv", "commandes.csv"), "order-lines.csv"
)
"""Files that the documents name as a reader's own, and the file of the example shop that stands in for each."""

SOLD_UNTIL, CAMPAIGN_OVER = "2026-11-01", "2026-11-20"
"""The instants at which the commands are run: the end of the example shop's orders, and after the campaign."""


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_output_that_a_document_shows_is_what_the_command_prints(language: str, folder: Path):
    pages = [page for page, spoken in PAGES.items() if spoken == language]
    names = {each.name for page in pages for each in outputs(page.read_text(encoding="utf-8"))}
    real = {name: printed(name, language, folder) for name in sorted(names)}
    assert real
    for page in pages:
        if IS_WRITING:
            page.write_text(written(page.read_text(encoding="utf-8"), real), encoding="utf-8")
        for each in outputs(page.read_text(encoding="utf-8")):
            assert each.shown == each.of(real[each.name])


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_example_that_a_document_shows_runs(page: Path, folder: Path):
    text = page.read_text(encoding="utf-8")
    prepare(folder, text)
    shown = commands(text)
    assert len(shown) >= 5
    for command in shown:
        done = run(arguments_of(command, folder), folder, answers="y\n" * 9)
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    for program in fenced(text, "python"):
        done = run_python(program, folder)
        assert done.returncode == 0, f"{program}\n{done.stderr}"


def printed(name: str, language: str, folder: Path) -> str:
    """What the command behind an output prints."""
    done = run(["--lang", language, *shlex.split(PRINTED_BY[name])], folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


def prepare(folder: Path, text: str) -> None:
    """A small example shop in euros under the names that the document uses, and the definitions that it writes out."""
    done = run(["example", "shop-files", "--persons", "600"], folder)
    assert done.returncode == 0, done.stderr
    for name, source in STAND_INS.items():
        lines = (folder / "shop-files" / source).read_text(encoding="utf-8").splitlines(keepends=True)
        in_euros = [line for line in lines if not line.rstrip().endswith("CHF")]
        (folder / name).write_text("".join(in_euros), encoding="utf-8")
    for definition in fenced(text, "yaml"):
        (folder / f"{yaml.safe_load(definition)['segment']}.yaml").write_text(definition, encoding="utf-8")


def arguments_of(command: str, folder: Path) -> list[str]:
    """A command as it is run here: as of the example shop's time, with a person's id for PERSON."""
    at = CAMPAIGN_OVER if " evaluate " in command else SOLD_UNTIL
    written_out = command.replace("PERSON", a_person(folder)) if "PERSON" in command else command
    if command.startswith("quartier example "):
        written_out += " --persons 600"
    return ["--at", at, *shlex.split(written_out)[1:]]


def a_person(folder: Path) -> str:
    """The public id of a member, as the list of a segment gives it."""
    members = "-w my-shop segment members loyal-shoe-buyers --limit 1 --json"
    done = run(["--at", SOLD_UNTIL, *shlex.split(members)], folder)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["members"][0]["person_id"]


def test_a_block_of_output_is_found_and_written_anew():
    text = "a\n<!-- output: demo 2-3 -->\nold\n<!-- end -->\nb\n"
    (found,) = outputs(text)
    assert (found.name, found.first, found.last, found.shown) == ("demo", 2, 3, "old\n")
    new = written(text, {"demo": "one\ntwo  \nthree\nfour\n"})
    assert new == "a\n<!-- output: demo 2-3 -->\n```\ntwo\nthree\n```\n<!-- end -->\nb\n"
    assert written(new, {"demo": "one\ntwo\nthree\nfour\n"}) == new


def test_commands_are_found_in_plain_fences_only():
    text = (
        "```\nquartier init x\nmake demo\n```\n"
        "```python\nquartier no\n```\n"
        "<!-- output: demo -->\n```\nquartier no\n```\n<!-- end -->\n"
    )
    assert commands(text) == ["quartier init x"]
    assert fenced(text, "python") == ["quartier no\n"]
