"""Bad input gets a message that says what and what to do, its exit code, and leaves nothing behind."""

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import quartier as package
from quartier.clock import FixedClock
from tests.acceptance.shop import AT, CommandLine
from tests.acceptance.state import state_of
from tests.conftest import NOW

Arguments = Callable[[CommandLine], list[str | Path]]
OUTCOME = "sum of revenue of Order Completed within 14 days"


@dataclass(frozen=True)
class Bad:
    """A command line that must be refused, and a word of the message."""

    name: str
    arguments: Arguments
    word: str

    def __str__(self) -> str:
        return self.name


def _file(name: str, content: str | bytes, word: str, *more: str) -> Bad:
    return Bad(f"collect {name}", lambda shop: ["collect", shop.write(name, content), "--yes", *more], word)


def _segment(name: str, document: str, word: str) -> Bad:
    return Bad(f"apply {name}", lambda shop: ["segment", "apply", shop.write("bad.yaml", document)], word)


def _said(name: str, *arguments: str, word: str) -> Bad:
    return Bad(name, lambda _shop: list(arguments), word)


def _mapping(name: str, document: str | bytes, word: str) -> Bad:
    def arguments(shop: CommandLine) -> list[str | Path]:
        return ["collect", shop.folder / "orders.csv", "--mapping", shop.write("m.yaml", document)]

    return Bad(f"mapping {name}", arguments, word)


FILES = [
    _file("empty.csv", "", "empty"),
    _file("binary.csv", bytes(range(256)) * 20, "binary"),
    _file("header-only.csv", "customer_id,email\n", "no row"),
    _file("twice.csv", "email,email\na@example.com,b@example.com\n", "email"),
    _file("collide.csv", "First name,first_name\nAna,Bob\n", "name"),
    _file("reserved.csv", "customer_id,person_key\nC1,1\n", "keeps for itself"),
    _file("broken.xlsx", b"PK\x03\x04 not really", ""),
    _file("broken.parquet", b"PAR1 not really", ""),
    _file("broken.csv.gz", gzip.compress(b"customer_id\nC1\n" * 50)[:-12], ""),
    _file("broken.json", '[{"customer_id": "C1"', ""),
    _file("unclear.csv", "customer_id,order_id,order_date,total\nC1,O1,03/04/2026,5\nC2,O2,05/06/2026,7\n", "date"),
    _said("collect a missing file", "collect", "absent.csv", "--yes", word="absent.csv"),
    _said("collect a folder", "collect", ".", "--yes", word=""),
    _said("collect with an unknown layout", "collect", "x.csv", "--layout", "people", word="persons"),
    _said("collect with a date order", "collect", "x.csv", "--date-order", "ydm", word="dmy"),
    Bad(
        "collect with an unknown currency",
        lambda shop: ["collect", shop.folder / "orders.csv", "--yes", "--currency", "EURO"],
        "EURO",
    ),
    Bad("collect and nobody answers", lambda shop: ["collect", shop.folder / "orders.csv"], "--yes"),
]
MAPPINGS = [
    _mapping("that is not YAML", "columns: [", "YAML"),
    _mapping("that is binary", b"\xff\xfe\x00", "mapping"),
    _mapping("with an unknown key", "layout: orders\ncolums: {}\n", "colums"),
    _mapping("with an unknown target", "layout: orders\ncolumns: {order_id: number}\n", "number"),
    _mapping(
        "with columns that the file lacks", "layout: orders\ncolumns: {nothing: order_id, when: time}\n", "nothing"
    ),
    _mapping("that is a list", "- 1\n", ""),
    _mapping("that is empty", "", ""),
    _said("a missing mapping", "collect", "x.csv", "--mapping", "absent.yaml", word="--save-mapping"),
    Bad(
        "a mapping and an option that belongs into it",
        lambda shop: ["collect", shop.folder / "orders.csv", "--mapping", "m.yaml", "--currency", "EUR"],
        "--currency",
    ),
]
SEGMENTS = [
    _segment("an unknown key", "segment: x\nwher: {trait: country, is: FR}\n", "wher"),
    _segment("an unknown trait", "segment: x\nwhere: {trait: countri, is: FR}\n", "country"),
    _segment(
        "an unknown event", "segment: x\nwhere: {event: Order Complete, count: {at_least: 1}}\n", "Order Completed"
    ),
    _segment("a cycle", "- {segment: a, where: {segment: b}}\n- {segment: b, where: {segment: a}}\n", "a"),
    _segment("what holds for strangers", "segment: x\nwhere: {not: {trait: country, is: FR}}\n", "nothing is known"),
    _segment("an impossible date", "segment: x\nwhere: {trait: birth_date, before: 2026-02-30}\n", "YAML"),
    _segment("brackets without end", "[" * 5000, "YAML"),
    _segment("nothing", "", "no document"),
    _segment("a sentence", "hello\n", "no document"),
    _said("a missing definition", "segment", "apply", "absent.yaml", word="absent.yaml"),
    _said("preview of a missing definition", "segment", "preview", "absent.yaml", word="absent.yaml"),
    _said("an unknown segment", "segment", "count", "frequent-buyer", word="frequent-buyers"),
    _said("export of an unknown segment", "segment", "export", "frequent-buyer", word="frequent-buyers"),
    _said("members by an unknown trait", "segment", "members", "country-fr", "--traits", "emial", word="email"),
    _said("members as Word", "segment", "members", "country-fr", "--out", "x.docx", word=".csv"),
    _said("an unknown person", "segment", "explain", "country-fr", "C99", word="no person"),
    _said("minus one row", "segment", "members", "country-fr", "--limit", "0", word="at least 1"),
]
REST = [
    _said("a typing error", "segmnt", "list", word="segment"),
    _said("an unknown option", "segment", "list", "--jsn", word="--jsn"),
    _said("a name that is missing", "segment", "count", word="SEGMENT"),
    _said("an unknown model", "model", "run", "rmf", word="rfm"),
    _said("too many bins", "model", "run", "rfm", "--set", "bins=12", word="bins"),
    _said("a window that is none", "model", "run", "rfm", "--set", "within=two moons", word="two moons"),
    _said("a holdout beyond all", "target", "export", "country-fr", "--holdout", "120%", "--out", "l.csv", word=""),
    _said("a holdout in words", "target", "export", "country-fr", "--holdout", "some", "--out", "l.csv", word="some"),
    _said("a list of nobody", "target", "export", "most-active", "--out", "l.csv", word="no members"),
    _said("a list as Word", "target", "export", "country-fr", "--out", "l.docx", word=".csv"),
    _said("a list in no folder", "target", "export", "country-fr", "--out", "none/l.csv", word="folder"),
    _said("a list of strangers", "target", "export", "nobody", "--out", "l.csv", word="nobody"),
    Bad(
        "a list over a file",
        lambda shop: ["target", "export", "country-fr", "--out", shop.write("there.csv", "precious")],
        "there already",
    ),
    _said("an unknown campaign", "evaluate", "spring", "--outcome", OUTCOME, word="spring"),
    Bad("a report over a folder", lambda shop: ["report", "--out", shop.folder], ""),
    Bad("a catalog that is a list", lambda shop: ["catalog", "apply", shop.write("c.yaml", "[1, 2]")], "no document"),
    Bad("a catalog with unknown keys", lambda shop: ["catalog", "apply", shop.write("c.yaml", "trait: []")], "trait"),
    Bad("a second workspace", lambda shop: ["init", shop.folder / "shop"], "already"),
    Bad("a zone of nowhere", lambda shop: ["init", shop.folder / "new", "--time-zone", "Europe/Pari"], "Europe/Paris"),
    Bad("a demo over other things", lambda shop: ["demo", shop.folder], "not empty"),
    Bad("a workspace in a file", lambda shop: ["init", shop.write("file", "x") / "shop"], ""),
]


@pytest.mark.parametrize("bad", [*FILES, *MAPPINGS, *SEGMENTS, *REST], ids=str)
def test_bad_input_is_refused_with_a_message_and_stores_nothing(bad: Bad, shop: CommandLine) -> None:
    shop.patch.chdir(shop.folder)
    arguments = bad.arguments(shop)
    before = state_of(shop.folder / "shop")
    said = shop(*arguments)
    assert said.code == 2, said
    assert bad.word.casefold() in said.err.casefold(), said.err
    assert "Traceback" not in said.err
    assert state_of(shop.folder / "shop") == before
    assert not (shop.folder / "l.csv").exists()


@pytest.mark.parametrize("bad", [SEGMENTS[1], FILES[0], REST[0]], ids=str)
def test_errors_come_as_json_when_json_was_asked_for(bad: Bad, shop: CommandLine) -> None:
    said = shop(*bad.arguments(shop), "--json")
    assert said.out == ""
    error = json.loads(said.err)["error"]
    assert error["exit_code"] == said.code == 2
    assert {"kind", "what", "where", "remedy", "message"} <= set(error)


def test_all_problems_of_a_document_are_told_at_once(shop: CommandLine) -> None:
    document = "segment: x\nwhere: {all: [{trait: countri, is: FR}, {trait: emial, is: x}]}\n"
    said = shop("segment", "apply", shop.write("bad.yaml", document), "--json")
    problems = json.loads(said.err)["error"]["problems"]
    assert [each["place"].endswith(f"where.all[{n}].trait") for n, each in enumerate(problems)] == [True, True]


def test_bad_outcomes_are_refused_with_an_example(shop: CommandLine) -> None:
    shop("target", "export", "identified", "--campaign", "spring", "--holdout", "0%", "--out", shop.folder / "l.csv")
    before = state_of(shop.folder / "shop")
    for outcome in ("", "more money", "sum of revenu of Order Completed within 14 days", "any Order Complete"):
        said = shop("evaluate", "spring", "--outcome", outcome)
        assert said.code == 2, outcome
        assert "Traceback" not in said.err
    assert state_of(shop.folder / "shop") == before


def test_a_campaign_has_one_audience(shop: CommandLine) -> None:
    for name, code in (("a.csv", 0), ("b.csv", 2)):
        said = shop("target", "export", "identified", "--campaign", "c", "--holdout", "0%", "--out", shop.folder / name)
        assert said.code == code
    assert not (shop.folder / "b.csv").exists()


@pytest.mark.parametrize(
    "settings", ["name = [", 'nme = "x"', 'name = "x"\nlanguage = "de"', 'name = "x"\nthreads = 0', b"\xff\xfe"]
)
def test_settings_that_cannot_be_used_are_told(shop: CommandLine, settings: str | bytes) -> None:
    (shop.folder / "shop" / "quartier.toml").write_bytes(settings if isinstance(settings, bytes) else settings.encode())
    said = shop("segment", "list")
    assert said.code == 2
    assert said.err.startswith("quartier.toml cannot be used")


def test_a_workspace_that_is_not_there_is_told(quartier: CommandLine) -> None:
    said = quartier("segment", "list")
    assert said.code == 2
    assert "quartier init" in said.err


def test_an_instant_that_is_none_is_told(shop: CommandLine) -> None:
    said = shop("segment", "list", at="soon")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("--at: “soon” is not an instant")


@pytest.mark.parametrize(("file", "word"), [("engine.duckdb", "rebuild"), ("store.sqlite", "backup")])
def test_a_damaged_file_is_exit_code_5(shop: CommandLine, file: str, word: str) -> None:
    for each in (shop.folder / "shop").glob(f"{file}*"):
        each.unlink()
    (shop.folder / "shop" / file).write_bytes(b"this is no database, and never was one\n" * 1000)
    said = shop("segment", "list")
    assert said.code == 5, said.err
    assert word in said.err


def test_a_workspace_that_another_process_holds_is_exit_code_4(shop: CommandLine) -> None:
    code = f"import quartier\nws = quartier.open({str(shop.folder / 'shop')!r})\nprint('open', flush=True)\ninput()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=-1, stdout=-1, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        said = shop("segment", "list", "--json")
        other.communicate("\n", timeout=60)
    assert said.code == 4
    assert json.loads(said.err)["error"]["kind"] == "workspace_busy"
    assert shop("segment", "list").code == 0


def test_an_interruption_is_exit_code_130(shop: CommandLine) -> None:
    def stop(*_arguments: object) -> None:
        raise KeyboardInterrupt

    shop.patch.setattr(package.Workspace, "segments", stop)
    said = shop("segment", "list")
    assert (said.code, said.err) == (130, "\nStopped.\n")


def test_a_defect_is_loud(shop: CommandLine) -> None:
    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError

    shop.patch.setattr(package.Workspace, "segments", fail)
    with pytest.raises(ZeroDivisionError):
        shop("segment", "list")


def test_customer_data_are_in_no_message(shop: CommandLine) -> None:
    """A canary walks the road; it may show only in what was asked for."""
    canary = "canary.bird@example.com"
    people = shop.write("birds.csv", f"customer_id,email,birth_date\nC7,{canary},2000-02-31\nC7,{canary},\nC8,x,\n")
    broken = shop.write("bad.csv", f"customer_id,order_id,order_date,total\n{canary},O9,31/31/2026,{canary}\n")
    outcome = ["evaluate", "spring", "--outcome", OUTCOME]
    for arguments in (
        ["collect", people, "--yes"], ["collect", broken, "--yes"], ["collect", people, broken, "--yes", "--json"],
        ["segment", "refresh"], ["model", "run", "rfm"], ["segment", "explain", "country-fr", f"x{canary}"],
        ["target", "export", "identified", "--campaign", "spring", "--holdout", "0%", "--out",
             shop.folder / "birds-list.csv"], outcome,
        ["report", "--out", shop.folder / "birds.html"], ["rebuild"], ["catalog", "show"], ["catalog", "export"],
        ["segment", "list"],
    ):  # fmt: skip
        said = shop(*arguments)
        assert "canary.bird" not in said.err + said.out, arguments
    assert canary in (shop.folder / "birds-list.csv").read_text(encoding="utf-8")
    assert "canary.bird" not in (shop.folder / "birds.html").read_text(encoding="utf-8")


def test_the_state_compared_above_sees_a_change(shop: CommandLine) -> None:
    before = state_of(shop.folder / "shop")
    with package.open(shop.folder / "shop", clock=FixedClock(NOW)) as ws:
        ws.apply_segments([{"segment": "fresh", "where": {"trait": "country", "is": "FR"}}])
    assert state_of(shop.folder / "shop") != before
    assert AT
