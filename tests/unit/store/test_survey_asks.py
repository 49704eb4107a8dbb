"""Nobody is asked more often than the surveys say: across surveys, across identifiers, and when two ask at once."""

import datetime as dt
import threading
from pathlib import Path

import psycopg
import pyarrow as pa
import pytest
import sqlalchemy as sa

from quartier.store import Store, identifiers, survey_asks
from quartier.store.survey_asks import Who
from tests.conftest import NOW

MONTH = dt.timedelta(days=30)
ANN, BEN = Who("user_id", "ann"), Who("email", "ben@example.com")


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(f"sqlite:///{folder / 'store.sqlite'}", NOW)


def know(store: Store, *rows: tuple[str, str, int]) -> None:
    known = [
        {"subject": "person", "kind": kind, "value": value, "identity": place, "key": key, "cluster": 0, "own_key": key}
        for place, (kind, value, key) in enumerate(rows)
    ]
    with store.begin() as connection:
        identifiers.add(connection, pa.Table.from_pylist(known, identifiers.SCHEMA), None)


def asked(store: Store, *persons: Who, survey: str = "one", at: dt.datetime = NOW, every: dt.timedelta = MONTH):
    with store.begin() as connection:
        return survey_asks.ask(connection, survey, persons, every, at)


def may_ask(store: Store, who: Who, at: dt.datetime = NOW, every: dt.timedelta = MONTH) -> bool:
    with store.begin() as connection:
        return survey_asks.may_ask(connection, who, every, at)


def test_a_person_is_asked_one_survey_within_the_time_whichever_it_is(store: Store):
    assert may_ask(store, ANN)
    assert set(asked(store, ANN)) == {ANN}
    assert not may_ask(store, ANN)
    assert asked(store, ANN, survey="another", at=NOW + dt.timedelta(days=29)) == {}
    assert may_ask(store, ANN, NOW + MONTH)
    assert set(asked(store, ANN, survey="another", at=NOW + MONTH)) == {ANN}


def test_an_asking_counts_whether_it_was_answered_or_declined(store: Store):
    (number,) = asked(store, ANN).values()
    with store.begin() as connection:
        survey_asks.mark_answered(connection, number, NOW)
        survey_asks.mark_answered(connection, number, NOW + MONTH)
        found = survey_asks.find(connection, number)
        assert survey_asks.counted(connection, "one") == (1, 1)
    assert found is not None
    assert (found.who, found.answered_at) == (ANN, NOW)
    assert not may_ask(store, ANN)


def test_somebody_asked_by_one_identifier_is_found_by_another(store: Store):
    know(store, ("user_id", "ann", 7), ("email", "ann@example.com", 7))
    assert set(asked(store, ANN)) == {Who.known(7)}
    assert not may_ask(store, Who("email", "ann@example.com"))
    assert asked(store, Who("email", "ann@example.com"), Who.known(7)) == {}


def test_somebody_asked_before_being_known_is_found_afterwards(store: Store):
    asked(store, BEN)
    know(store, ("email", "ben@example.com", 3), ("user_id", "ben", 3))
    assert not may_ask(store, Who("user_id", "ben"))
    assert asked(store, Who.known(3), Who.known(4)).keys() == {Who.known(4)}


def test_who_answers_unasked_is_not_asked_for_a_while(store: Store):
    with store.begin() as connection:
        survey_asks.note_answer(connection, "one", BEN, NOW)
    assert not may_ask(store, BEN)


def test_a_person_named_twice_is_asked_once(store: Store):
    know(store, ("user_id", "ann", 7))
    assert len(asked(store, ANN, Who.known(7), ANN)) == 1


def test_no_limit_is_a_time_of_zero(store: Store):
    asked(store, ANN, every=dt.timedelta(0))
    assert set(asked(store, ANN, every=dt.timedelta(0))) == {ANN}


def test_the_strongest_identifier_of_a_known_person_comes_first(store: Store):
    know(
        store,
        ("email", "ann@example.com", 7),
        ("user_id", "ann", 7),
        ("anonymous_id", "x", 7),
        ("email", "b@example.com", 8),
    )
    with store.begin() as connection:
        found = survey_asks.identities(connection, Who.known(7))
    assert [each.kind for each in found] == ["user_id", "email", "anonymous_id"]


def test_two_who_ask_at_once_ask_once(store: Store):
    assert len(asked_at_once(store, "ann")) == 1


def test_two_who_ask_at_once_in_postgresql_ask_once(postgres_url: str):
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("create database asks")  # of its own: other tests look at every table of theirs
    url = sa.make_url(postgres_url).set(drivername="postgresql+psycopg", database="asks")
    store = Store(url.render_as_string(hide_password=False), NOW)
    try:
        assert len(asked_at_once(store, "ann")) == 1
        assert not may_ask(store, ANN)
    finally:
        store.close()


def asked_at_once(store: Store, person: str) -> list[int]:
    start, numbers = threading.Barrier(6), []

    def ask(place: int) -> None:
        start.wait()
        numbers.extend(asked(store, Who("user_id", person), survey=f"survey-{place}").values())

    threads = [threading.Thread(target=ask, args=(place,)) for place in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return numbers
