"""The journal keeps what it acknowledges: numbered, once per message id, in order of commit."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from quartier.clock import FixedClock
from quartier.store.journal import Arrival, Journal, Refusal


@pytest.fixture
def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'journal.sqlite'}"


@pytest.fixture
def journal(url: str, clock: FixedClock) -> Iterator[Journal]:
    opened = Journal(url, clock)
    yield opened
    opened.close()


def arrivals(*ids: str) -> list[Arrival]:
    return [Arrival(each, f'{{"messageId":"{each}"}}'.encode()) for each in ids]


def bodies(journal: Journal, after: int = 0, until: int | None = None) -> list[bytes]:
    return [line for entry in journal.entries(after, until) for line in entry.body.split(b"\n")]


def test_messages_are_numbered_in_order_of_commit_and_read_back_after_a_new_start(
    journal: Journal, url: str, clock: FixedClock
):
    assert journal.append(arrivals("a", "b")).is_new == (True, True)
    journal.append(arrivals("c"))
    journal.close()
    again = Journal(url, clock)
    assert [(entry.first, entry.count, entry.at) for entry in again.entries(0)] == [(1, 2, clock.at), (3, 1, clock.at)]
    assert bodies(again) == [each.line for each in arrivals("a", "b", "c")]
    assert again.end() == 3
    again.close()


def test_a_message_id_is_taken_once_for_ever(journal: Journal, url: str, clock: FixedClock):
    assert journal.append(arrivals("a", "a", "b")).is_new == (True, False, True)
    journal.close()
    again = Journal(url, clock)
    assert again.append(arrivals("b", "c", "a")).is_new == (False, True, False)
    assert again.append(arrivals("a")).is_new == (False,)
    assert again.end() == 3
    again.close()


def test_what_is_refused_has_a_number_of_its_own(journal: Journal):
    refusal = Refusal(b"{", "not_json", None, "website")
    receipt = journal.append(arrivals("a"), [refusal, refusal])
    assert (receipt.is_new, receipt.refused) == ((True,), (1, 2))
