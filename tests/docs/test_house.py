"""The house itself: every room has its place, nothing is too long, and no file says where it was made."""

import re
import subprocess
import tomllib
from functools import cache

import pytest

from tests.docs.source import PACKAGE, SRC, functions, lines_of
from tests.needs import REPOSITORY, requires

MOST_LINES = {"function": 45, "file": 400}
LONG_FUNCTIONS = {
    ("quartier/store/migrations/versions/0001_first.py", "upgrade"): "a table of data: the first schema",
}
LONG_FILES: dict[str, str] = {}
"""What may be longer than the house allows, and why."""


@cache
def project() -> dict:
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def layers() -> list[list[str]]:
    (contract,) = project()["tool"]["importlinter"]["contracts"]
    return [[room.strip() for room in layer.split("|")] for layer in contract["layers"]]


def test_the_contract_of_layers_is_exhaustive_and_ignores_nothing():
    (contract,) = project()["tool"]["importlinter"]["contracts"]
    assert contract["type"] == "layers"
    assert contract["exhaustive"] is True
    assert {"exhaustive_ignores", "ignore_imports"} & set(contract) == set()


def test_every_room_has_its_layer_and_every_layer_its_room():
    rooms = {path.stem for path in PACKAGE.iterdir() if is_room(path)}
    assert sorted(room for layer in layers() for room in layer) == sorted(rooms)


def is_room(path) -> bool:
    if path.name in {"__init__.py", "__pycache__"}:
        return False
    return path.suffix == ".py" or (path / "__init__.py").is_file()


def test_the_decision_on_layers_shows_the_layers_that_there_are():
    text = (REPOSITORY / "docs/adr/0004-a-room-for-the-report-and-the-look.md").read_text(encoding="utf-8")
    table = [line for line in text.splitlines() if line.startswith("| `")]
    assert [re.findall(r"`(\w+)`", line) for line in table] == layers()


def test_functions_are_short():
    long = [
        f"{each.file} {each.name}: {each.lines} lines"
        for each in functions()
        if each.lines > MOST_LINES["function"] and (each.file, each.name) not in LONG_FUNCTIONS
    ]
    assert long == []


def test_files_are_short():
    files = {path.relative_to(SRC).as_posix(): lines_of(path) for path in PACKAGE.rglob("*.py")}
    long = {file: lines for file, lines in files.items() if lines > MOST_LINES["file"] and file not in LONG_FILES}
    assert long == {}


def test_every_exception_to_length_is_still_needed():
    long = {(each.file, each.name) for each in functions() if each.lines > MOST_LINES["function"]}
    assert set(LONG_FUNCTIONS) <= long
    assert all(lines_of(SRC / file) > MOST_LINES["file"] for file in LONG_FILES)


@pytest.mark.parametrize("room", ["run.py", "definition.py"])
def test_nothing_is_called_a_manager_a_helper_or_a_util(room: str):
    names = [path.relative_to(SRC).as_posix() for path in PACKAGE.rglob("*.py")]
    assert any(name.endswith(room) for name in names)
    assert [name for name in names if re.search(r"manager|helper|util|common|misc", name)] == []


LOCK = REPOSITORY / "requirements.lock"


def test_the_lock_names_no_host_no_machine_and_no_way_around_the_index():
    text = LOCK.read_text(encoding="utf-8")
    assert re.findall(r"https?:|://|index-url|find-links|trusted-host|file:|@|/", text) == []


def test_every_locked_package_has_its_version_and_its_hashes():
    entries = re.split(r"\n(?=\S)", LOCK.read_text(encoding="utf-8").strip())
    unpinned = [
        entry.splitlines()[0] for entry in entries if not re.match(r"[a-z0-9.-]+==[^ ]+( ; [^\\]+)? \\\n", entry)
    ]
    assert unpinned == []
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_dependency_of_the_project_is_locked():
    locked = set(re.findall(r"^([a-z0-9.-]+)==", LOCK.read_text(encoding="utf-8"), re.MULTILINE))
    wanted = project()["project"]["dependencies"] + project()["project"]["optional-dependencies"]["dev"]
    assert {name_of(each) for each in wanted} - locked == set()


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found is not None
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def test_every_dependency_of_the_base_is_accounted_for_in_its_decision():
    text = (REPOSITORY / "docs/adr/0002-dependencies.md").read_text(encoding="utf-8")
    table = " ".join(
        line.split("|")[1] for line in text.splitlines() if line.startswith("| ") and "what for" not in line
    )
    explained = {name_of(each.strip()) for each in table.replace(",", " ").split()}
    assert explained == {name_of(each) for each in project()["project"]["dependencies"]}


def test_no_file_of_the_repository_says_where_it_was_made():
    git = requires("git")
    files = subprocess.run([git, "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True).stdout
    told = []
    for name in files.decode().rstrip("\0").split("\0"):
        content = (REPOSITORY / name).read_bytes() if (REPOSITORY / name).is_file() else b""
        if re.search(rb"/(?:home|root|Users|work)/[\w.]", content):
            told.append(name)
    assert told == []
