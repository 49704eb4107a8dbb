"""The journal keeps what it acknowledges: numbered, once per message id, in order of commit."""

import datetime as dt
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quartier.clock import FixedClock
from quartier.errors import JournalFull, JournalStopped, UnknownName
from quartier.language import Text
from quartier.store.journal import Arrival, Entry, Journal, Lost, Receipt, Refusal, check_end, known
from quartier.store.journal.group import Head, Submission
from quartier.store.journal.writer import Writer

CLOCK = FixedClock(dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC))
REFUSAL = Refusal(b"{\xff", "not_json", None, "website")


@pytest.fixture
def url(folder) -> str:
    return f"sqlite:///{folder / 'journal.sqlite'}"


@pytest.fixture
def journal(url: str) -> Iterator[Journal]:
    with closing(Journal(url, CLOCK)) as opened:
        yield opened


def arrivals(*ids: object) -> list[Arrival]:
    return [Arrival(str(each), f'{{"messageId":"{each}"}}'.encode()) for each in ids]


def lines(journal: Journal, after: int = 0, until: int | None = None) -> list[bytes]:
    return [line for entry in journal.entries(after, until) for line in entry.lines]


def numbered_without_gaps(entries: Sequence[Entry]) -> bool:
    return [entry.first for entry in entries] == [1, *(entry.last + 1 for entry in entries[:-1])]


def test_messages_are_numbered_in_order_of_commit_and_read_back_after_a_new_start(journal: Journal, url: str):
    assert journal.append(arrivals("a", "b")).is_new == (True, True)
    journal.append(arrivals("c"))
    journal.close()
    with closing(Journal(url, CLOCK)) as again:
        assert [(entry.first, entry.count, entry.at) for entry in again.entries(0)] == [
            (1, 2, CLOCK.at),
            (3, 1, CLOCK.at),
        ]
        assert lines(again) == [each.line for each in arrivals("a", "b", "c")]
        assert again.end() == 3
        assert again.found_lost is None


def test_a_message_id_is_taken_once_for_ever(journal: Journal, url: str):
    assert journal.append(arrivals("a", "a", "b")).is_new == (True, False, True)
    journal.close()
    with closing(Journal(url, CLOCK)) as again:
        assert again.append(arrivals("b", "c", "a")).is_new == (False, True, False)
        assert again.append(arrivals("a")).is_new == (False,)
        assert again.end() == 3
        assert again.append([]) == Receipt(CLOCK.at, (), ())


def test_reading_begins_with_the_entry_that_holds_the_next_message(journal: Journal):
    for ids in ("abc", "de", "f"):
        journal.append(arrivals(*ids))
    assert [entry.first for entry in journal.entries(0, until=3)] == [1]
    assert [entry.first for entry in journal.entries(2, until=4)] == [1, 4]
    assert [entry.first for entry in journal.entries(3)] == [4, 6]
    assert [entry.first for entry in journal.entries(6)] == []


def test_what_is_refused_is_kept_until_it_is_mended_or_given_up(journal: Journal):
    receipt = journal.append(arrivals("a"), [REFUSAL, REFUSAL, REFUSAL])
    assert (receipt.is_new, receipt.refused) == ((True,), (1, 2, 3))
    assert [kept.number for kept in journal.refusals(after=1, limit=1)] == [2]
    assert journal.replay(2, arrivals("mended")[0]).is_new == (True,)
    journal.drop([2, 3])
    assert {kept.number: kept.state for kept in journal.refusals(None)} == {1: "open", 2: "replayed", 3: "dropped"}
    assert [kept.number for kept in journal.refusals()] == [1]
    assert journal.refusal(2).refusal == REFUSAL
    assert journal.refusal(2).settled_at == CLOCK.at
    with pytest.raises(UnknownName, match="no refused message 4"):
        journal.replay(4, arrivals("other")[0])


def test_a_message_of_two_lines_is_refused(journal: Journal):
    with pytest.raises(ValueError, match="one line"):
        journal.append([Arrival("a", b"{\n}")])
    assert journal.end() == 0


def test_lost_messages_are_recorded_and_their_numbers_never_used_again(journal: Journal):
    journal.append(arrivals("a"))
    assert check_end(journal, 1) is None
    assert check_end(journal, 4) == Lost(2, 4)
    journal.skip_to(4)
    journal.skip_to(3)
    journal.append(arrivals("b"))
    assert [(entry.first, entry.last, entry.is_lost) for entry in journal.entries(0)] == [
        (1, 1, False), (2, 4, True), (5, 5, False),
    ]  # fmt: skip
    assert lines(journal) == [each.line for each in arrivals("a", "b")]


@settings(max_examples=15)
@given(st.lists(st.lists(st.integers(0, 30), max_size=8), max_size=5), st.sampled_from((2, 5, 100)))
def test_a_journal_behaves_as_a_dictionary_would(tmp_path_factory, submissions: list[list[int]], newest: int):
    """Whatever is submitted, with the index of ids in memory, in runs, and read again at each start."""
    model: dict[int, int] = {}
    url = f"sqlite:///{tmp_path_factory.mktemp('model') / 'journal.sqlite'}"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(known, "NEWEST", newest)
        for ids in submissions:
            with closing(Journal(url, CLOCK)) as journal:
                is_new = journal.append(arrivals(*ids)).is_new
                assert is_new == tuple(_added(model, each) for each in ids)
                assert lines(journal) == [each.line for each in arrivals(*model)]
                assert journal.end() == len(model)


def _added(model: dict[int, int], each: int) -> bool:
    return model.setdefault(each, size := len(model)) == size and len(model) > size


def test_every_receipt_is_true_when_many_threads_and_two_journals_submit_at_once(
    journal: Journal, url: str, monkeypatch
):
    monkeypatch.setattr(known, "NEWEST", 300)
    with closing(Journal(url, CLOCK)) as other:
        assert_many_may_submit(journal, other)


def assert_many_may_submit(one: Journal, other: Journal) -> None:
    """Four threads submit the same ids in other orders, through two journals on one database."""
    new: list[str] = []

    def submit(journal: Journal, turn: int) -> None:
        for start in range(0, 1200, 60):
            ids = [str((start + turn * 300 + each) % 1200) for each in range(60)]
            while (receipt := _receipt(journal, ids)) is None:
                pass
            new.extend(each for each, is_new in zip(ids, receipt.is_new, strict=True) if is_new)

    threads = [threading.Thread(target=submit, args=((one, other)[turn % 2], turn)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new, key=int) == [str(each) for each in range(1200)]
    entries = list(one.entries(0))
    assert numbered_without_gaps(entries)
    assert one.end() == other.end() == 1200
    assert sorted(lines(other)) == sorted(each.line for each in arrivals(*range(1200)))


def _receipt(journal: Journal, ids: list[str]) -> Receipt | None:
    try:
        return journal.append(arrivals(*ids))
    except JournalFull:  # the other journal writes just now
        return None


class Stuck:
    """A book that waits before it writes, then says what it was told to say."""

    def __init__(self, *said: Exception | None) -> None:
        self.began, self.may_write, self.said = threading.Event(), threading.Event(), iter(said)
        self.written: list[Sequence[Submission]] = []

    def write(self, submissions: Sequence[Submission], at: dt.datetime) -> list[Receipt]:
        self.began.set()
        self.may_write.wait(10)
        if error := next(self.said, None):
            raise error
        self.written.append(submissions)
        return [Receipt(at, (True,) * len(each.arrivals), ()) for each in submissions]

    def tidy(self) -> None:
        return None

    def probe(self) -> None:
        return None

    def head(self) -> Head:
        return Head()


def submission(*ids: object) -> Submission:
    return Submission(tuple(arrivals(*ids)))


def test_a_full_queue_says_so_at_once_and_what_waits_is_written_together():
    book = Stuck()
    writer = Writer(book, CLOCK, queue=5, queue_bytes=10_000)
    taken = [writer.submit(submission("first"))]
    book.began.wait(5)  # from now on whatever is submitted waits
    taken += [writer.submit(submission(number, "more")) for number in range(2)]
    with pytest.raises(JournalFull):
        writer.submit(submission("one", "too many"))
    book.may_write.set()
    assert all(all(future.result(5).is_new) for future in taken)
    assert [len(group) for group in book.written] == [1, 2]
    assert writer.submit(submission("later")).result(5).is_new == (True,)
    writer.close()


def test_a_queue_is_bounded_in_bytes_too():
    book = Stuck()
    writer = Writer(book, CLOCK, queue=100, queue_bytes=1000)
    large = Submission((Arrival("large", b"x" * 900),))
    writer.submit(large)
    book.began.wait(5)
    writer.submit(large)
    with pytest.raises(JournalFull):
        writer.submit(large)
    book.may_write.set()
    writer.close()


def test_a_failed_commit_ends_the_writer_for_good_and_fails_all_who_wait():
    book = Stuck(OSError("fsync"))
    writer = Writer(book, CLOCK, queue=100, queue_bytes=10_000)
    futures = [writer.submit(submission(number)) for number in range(3)]
    book.may_write.set()
    for future in futures:
        with pytest.raises(JournalStopped, match="OSError"):
            future.result(5)
    assert not writer.is_writable
    assert isinstance(writer.failure, OSError)
    with pytest.raises(JournalStopped):
        writer.submit(submission("later"))
    assert book.written == []
    writer.close()


def test_a_full_disk_fails_those_who_wait_and_heals(monkeypatch):
    monkeypatch.setattr("quartier.store.journal.writer.LOOK_AGAIN_SECONDS", 0.05)
    book = Stuck(JournalFull(_WHAT), JournalFull(_WHAT), None, JournalFull(_WHAT))
    book.may_write.set()
    writer = Writer(book, CLOCK, queue=100, queue_bytes=10_000)
    for number in range(2):
        with pytest.raises(JournalFull):
            writer.submit(submission(number)).result(5)
        assert writer.is_writable
    assert writer.submit(submission("later")).result(5).is_new == (True,)
    assert writer.last_refusal is None
    with pytest.raises(JournalFull):
        writer.submit(submission("again")).result(5)
    _wait_until(lambda: writer.last_refusal is None)  # it looks by itself, though nobody submits
    writer.close()


def test_a_disk_that_is_full_for_sqlite_takes_nothing_and_heals(journal: Journal):
    journal.append(arrivals("a"))
    large = [Arrival("large", b"x" * 1_000_000)]
    limited = journal._book._connection  # the limit is one of the connection that writes
    limited.execute("pragma max_page_count = 20")
    with pytest.raises(JournalFull, match="full"):
        journal.append(large)
    assert journal.is_writable
    assert isinstance(journal.failure, JournalFull)
    limited.execute("pragma max_page_count = 1000000")
    assert journal.append(large).is_new == (True,)
    assert journal.failure is None
    assert journal.end() == 2


def test_a_closed_journal_has_written_what_waited_and_takes_nothing_more(journal: Journal, url: str):
    waiting = [journal.submit(arrivals(number)) for number in range(20)]
    journal.close()
    assert all(future.result(0).is_new == (True,) for future in waiting)
    with pytest.raises(JournalStopped, match="closed"):
        journal.submit(arrivals("late"))


def _wait_until(holds) -> None:
    deadline = threading.Event()
    for _ in range(500):
        if holds():
            return
        deadline.wait(0.01)
    raise AssertionError("it did not come to hold in five seconds")


_WHAT = Text(en="full", fr="plein")
