"""The journal in PostgreSQL: several nodes, one order of numbers."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from quartier.errors import JournalDamaged, JournalFull
from quartier.store.journal import Arrival, Journal
from tests.unit.store.test_journal import CLOCK, REFUSAL, arrivals, assert_many_may_submit, lines


@pytest.fixture
def url(postgres_url: str) -> str:
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("drop table if exists journal_entries, journal_ids, journal_refusals")
    return postgres_url


@pytest.fixture
def journal(url: str) -> Iterator[Journal]:
    with closing(Journal(url, CLOCK)) as opened:
        yield opened


def test_it_keeps_messages_as_the_journal_in_a_file_does(journal: Journal, url: str):
    assert journal.append(arrivals("a", "b", "a"), [REFUSAL]).is_new == (True, True, False)
    with closing(Journal(url.replace("postgresql://", "postgresql+psycopg://"), CLOCK)) as other:
        assert other.append(arrivals("b", "c")).is_new == (False, True)
        other.skip_to(5)
        assert [(entry.first, entry.last, entry.is_lost) for entry in journal.entries(0)] == [
            (1, 2, False), (3, 3, False), (4, 5, True),
        ]  # fmt: skip
        assert other.replay(1, Arrival("mended", b"{}")).is_new == (True,)
    assert journal.refusal(1).state == "replayed"
    assert journal.refusal(1).refusal == REFUSAL
    assert journal.refusals() == []
    assert journal.end() == 6


def test_every_receipt_is_true_when_two_nodes_submit_at_once(journal: Journal, url: str):
    with closing(Journal(url, CLOCK)) as other:
        assert_many_may_submit(journal, other)


def test_an_entry_that_was_changed_is_named(journal: Journal, url: str):
    journal.append(arrivals("a", "b"))
    journal.append(arrivals("c"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("update journal_entries set body = 'x' where first = 1")
    with pytest.raises(JournalDamaged, match="messages 1 to 2 "):
        list(journal.entries(0))
    assert lines(journal, after=2) == [arrivals("c")[0].line]


def test_a_server_that_drops_the_connection_is_spoken_to_again(journal: Journal, url: str):
    journal.append(arrivals("a"))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()")
    with pytest.raises(JournalFull, match="cannot be reached"):
        journal.append(arrivals("b"))
    assert journal.append(arrivals("b", "a")).is_new == (True, False)
    assert journal.failure is None
