"""SQL is compiled once: in the process, and from one process to the next by a file that may always be missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quartier.engine import forget_compiled, kept, kept_sql, read_compiled, write_compiled


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kept, "_COMPILED", {})
    monkeypatch.setattr(kept, "_HELD", {})
    yield
    forget_compiled()


def compiling(made: list[str]) -> None:
    """Ask twice for each of two queries; `made` tells what was compiled."""

    @kept_sql
    def sql(name: str) -> str:
        made.append(name)
        return f"select {name}"

    assert [sql(name) for name in ("a", "b", "a", "b")] == ["select a", "select b", "select a", "select b"]


def test_equal_questions_are_compiled_once() -> None:
    made: list[str] = []
    compiling(made)
    assert made == ["a", "b"]


def test_the_next_process_compiles_nothing_that_the_file_holds(tmp_path: Path) -> None:
    compiling([])
    write_compiled(tmp_path / "compiled.json")
    forget_compiled()
    read_compiled(tmp_path / "compiled.json")
    made: list[str] = []
    compiling(made)
    assert made == []


def test_the_file_is_written_only_when_there_is_more_to_keep(tmp_path: Path) -> None:
    path = tmp_path / "compiled.json"
    compiling([])
    write_compiled(path)
    before = path.stat().st_ino
    write_compiled(path)
    assert path.stat().st_ino == before


@pytest.mark.parametrize("content", ["", "[]", '{"made_by": "another version", "sql": {"a": "drop table person"}}'])
def test_a_file_that_cannot_be_used_is_ignored(tmp_path: Path, content: str) -> None:
    path = tmp_path / "compiled.json"
    path.write_text(content)
    read_compiled(path)
    assert kept._COMPILED == {}
