"""Power cuts, disks that fill up and disks that fail, on disks that the test makes for itself."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from quartier.clock import FixedClock
from quartier.errors import JournalFull, JournalStopped
from quartier.store.journal import Arrival, Journal
from tests.crash.appending import NOW, arrivals, submissions_in, url
from tests.crash.cuts import cut_power, lost_to_cuts
from tests.crash.disk import MEGABYTE, Disk, memory_disk, requires_mounting, resize

LARGE = "x" * 200_000


@pytest.fixture(autouse=True)
def _mounting() -> None:
    requires_mounting()


@pytest.mark.parametrize("times", [4, pytest.param(100, marks=pytest.mark.slow)])
def test_no_power_cut_loses_or_tears_what_was_acknowledged(folder: Path, times: int) -> None:
    assert cut_power(folder, times, seed=times).last >= times


@pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.slow)])
def test_the_same_cuts_do_lose_messages_of_a_journal_that_does_not_flush(folder: Path, times: int) -> None:
    assert all(lost_to_cuts(folder, "OFF", times, seed=times))


@pytest.mark.slow
def test_the_same_cuts_do_lose_messages_of_a_journal_that_flushes_at_checkpoints_only(folder: Path) -> None:
    assert any(lost_to_cuts(folder, "NORMAL", 20, seed=20))


@pytest.fixture
def small(folder: Path) -> Iterator[Path]:
    """Eight megabytes."""
    with memory_disk(folder / "small", 8 * MEGABYTE) as place:
        yield place


def test_a_full_disk_refuses_messages_with_a_reason_and_heals_when_there_is_space_again(small: Path) -> None:
    (small / "other").write_bytes(b"x" * 4 * MEGABYTE)
    with closing(Journal(url(small), FixedClock(NOW))) as journal:
        kept = fill(journal)
        assert "the disk of the journal is full" in str(journal.failure)
        assert (journal.is_writable, journal.end()) == (True, kept)
        assert sum(entry.count for entry in journal.entries(0)) == kept
        (small / "other").unlink()
        assert journal.append(arrivals(1)).is_new == (True,) * 5
        assert journal.failure is None
        assert sum(entry.count for entry in journal.entries(0)) == kept + 5


def fill(journal: Journal) -> int:
    """How many large messages were kept before the disk was full."""
    for number in range(100):
        try:
            journal.append([Arrival(f"large-{number}", b'"%s"' % LARGE.encode())])
        except JournalFull:
            return number
    raise AssertionError("the disk never was full")


def test_a_disk_that_fails_a_flush_stops_the_journal_and_keeps_what_was_acknowledged(folder: Path) -> None:
    """The image lies in a memory that is too small for it: what the system flushes to it fails with an I/O error."""
    with memory_disk(folder / "memory", 3 * MEGABYTE) as memory:
        disk = Disk.made(memory)
        with disk.mounted() as place:
            kept = append_until_it_stops(place)
        assert kept > 1
        resize(memory, 64 * MEGABYTE)
        with disk.mounted() as place:
            assert submissions_in(place) >= set(range(1, kept + 1))


def append_until_it_stops(place: Path) -> int:
    """The last submission of which the receipt came."""
    with closing(Journal(url(place), FixedClock(NOW))) as journal:
        for number in range(1, 10_000):
            try:
                journal.append([Arrival(a.message_id, a.line + b" " * 20_000) for a in arrivals(number)])
            except JournalStopped:
                break
        assert not journal.is_writable
        with pytest.raises(JournalStopped):
            journal.append(arrivals(0))
        return number - 1
