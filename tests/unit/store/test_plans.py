"""Rows of one person are found by an index, however many others there are."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from quartier.store import Store, identities, links

QUESTIONS: dict[str, Callable[[sa.Connection], Any]] = {
    "identifiers by their value": lambda connection: identities.of_value(
        connection, "person", ["email", "phone"], ["ana@example.org"]
    ),
    "identifiers of a person": lambda connection: identities.of_key(connection, "person", 5, 100),
    "identifiers by their numbers": lambda connection: identities.of_numbers(connection, "person", [5, 6]),
    "links of identifiers": lambda connection: links.of_identities(connection, "person", [5, 6]),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_question_about_one_person_walks_through_everybody(tmp_path: Path, question: str):
    told = _plan(tmp_path, QUESTIONS[question])
    assert told
    assert not [each for each in told if each.startswith("SCAN") or each.endswith("(subject=?)")]


def test_keys_that_persons_have_no_more_are_found_by_an_index_of_them_alone(tmp_path: Path):
    (told,) = _plan(tmp_path, lambda connection: identities.moved_keys(connection, "person"))
    assert "ix_identifiers_elsewhere" in told


def _plan(tmp_path: Path, ask: Callable[[sa.Connection], Any]) -> list[str]:
    """How SQLite finds what a question asks for, statement by statement."""
    store = Store(f"sqlite:///{tmp_path / 'store.sqlite'}", dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    asked: list[tuple[str, Any]] = []

    def heard(_connection, _cursor, statement, parameters, _context, _many) -> None:
        asked.append((statement, parameters))

    with store.begin() as connection:
        sa.event.listen(connection, "before_cursor_execute", heard)
        ask(connection)
        sa.event.remove(connection, "before_cursor_execute", heard)
        told = [
            row.detail
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"explain query plan {statement}", parameters)
        ]
    store.close()
    return told
