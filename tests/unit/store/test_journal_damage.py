"""A journal that rots says so: what is read was written, and what cannot be read is named or recorded as lost."""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

from quartier.clock import FixedClock
from quartier.errors import JournalDamaged, WorkspaceDamaged
from quartier.store.journal import Arrival, Journal, Lost, known

CLOCK = FixedClock(dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC))
ENTRIES, EACH = 6, 5
LARGE = 8_000  # the second entry does not fit into one page of the file
LINES = [
    f'{{"messageId":"{number}","pad":"{"x" * (LARGE if 5 < number <= 10 else 30)}"}}'.encode()
    for number in range(1, ENTRIES * EACH + 1)
]
BLOCK = 4096


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> Path:
    """The folder of a journal of six entries; the last three are still in its write-ahead log, as after a kill."""
    folder = tmp_path_factory.mktemp("sound")
    journal, copy = Journal(_url(folder), CLOCK), folder / "copy"
    for number in range(ENTRIES):
        if number == ENTRIES // 2:
            journal._book._connection.execute("pragma wal_checkpoint(truncate)")
        wanted = range(number * EACH, (number + 1) * EACH)
        journal.append([Arrival(str(each), LINES[each]) for each in wanted])
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("copy", "*-shm"))
    journal.close()
    return copy


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "journal"))


def _url(folder: Path) -> str:
    return f"sqlite:///{folder / 'journal.sqlite'}"


def by_sql(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "journal.sqlite")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def damage_of(folder: Path) -> tuple[int, int]:
    with closing(Journal(_url(folder), CLOCK)) as journal, pytest.raises(JournalDamaged) as caught:
        list(journal.entries(0))
    return caught.value.first, caught.value.last


def test_a_sound_copy_is_whole(folder: Path):
    assert outcome(folder) == (LINES, [], None)


@pytest.mark.parametrize(
    ("statement", "first", "last"),
    [
        ("update entries set body = replace(body, 'x', 'y') where first = 6", 6, 10),
        ("update entries set digest = zeroblob(16) where first = 6", 6, 10),
        ("update entries set ids = zeroblob(80) where first = 26", 26, 30),
        ("update entries set count = 4 where first = 6", 6, 10),
        ("update entries set at = 5 where first = 6", 6, 10),
        ("delete from entries where first = 6", 6, 10),
        ("delete from entries where first < 11", 1, 10),
        ("update entries set first = 7 where first = 6", 6, 6),
    ],
)
def test_what_was_changed_by_hand_is_named_by_its_numbers(folder: Path, statement: str, first: int, last: int):
    by_sql(folder, statement)
    assert damage_of(folder) == (first, last)


def test_entries_that_changed_places_are_told(folder: Path):
    by_sql(
        folder,
        "update entries set first = -1 where first = 6",
        "update entries set first = 6 where first = 11",
        "update entries set first = 11 where first = -1",
    )
    assert damage_of(folder) == (6, 10)


def test_an_entry_of_another_journal_is_told_though_it_is_sound_in_itself(folder: Path, tmp_path: Path):
    other = tmp_path / "other"
    other.mkdir()
    with closing(Journal(_url(other), CLOCK)) as journal:
        for start in (0, 5, 10):
            journal.append([Arrival(f"other {each}", b"{}") for each in range(start, start + EACH)])
    by_sql(
        folder,
        f"attach '{other / 'journal.sqlite'}' as other",
        "delete from entries where first = 6",
        "insert into entries select * from other.entries where first = 6",
    )
    assert damage_of(folder) == (6, 10)


def test_reading_goes_on_after_what_is_damaged(folder: Path):
    by_sql(folder, "delete from entries where first = 6")
    with closing(Journal(_url(folder), CLOCK)) as journal:
        assert [entry.first for entry in journal.entries(10)] == [11, 16, 21, 26]


def test_entries_that_vanish_from_the_end_are_recorded_as_lost(folder: Path):
    by_sql(folder, "delete from entries where first > 20")
    assert outcome(folder) == (LINES[:20], [], Lost(21, 30))
    with closing(Journal(_url(folder), CLOCK)) as journal:
        assert journal.found_lost is None  # it is in the journal now
        assert [(entry.first, entry.last) for entry in journal.entries(0) if entry.is_lost] == [(21, 30)]
        journal.append([Arrival("later", b"{}")])
        assert journal.end() == 31


def test_a_write_ahead_log_that_was_removed_is_told(folder: Path):
    (folder / "journal.sqlite-wal").unlink()
    assert outcome(folder) == (LINES[:15], [], Lost(16, 30))


def test_a_journal_that_was_moved_away_goes_on_after_its_last_number(folder: Path):
    for each in folder.glob("journal.sqlite*"):
        if not each.name.endswith("-end"):
            each.unlink()
    assert outcome(folder) == ([], [], Lost(1, 30))


def test_a_file_that_is_no_journal_is_told_with_a_way_out(folder: Path):
    (folder / "journal.sqlite-wal").unlink()
    (folder / "journal.sqlite").write_bytes(b"what is this" * 1000)
    with pytest.raises(WorkspaceDamaged, match="quartier restore"):
        Journal(_url(folder), CLOCK)


def test_a_table_whose_declaration_rotted_is_told(folder: Path):
    by_sql(
        folder,
        "pragma writable_schema = on",
        "update sqlite_master set sql = replace(sql, 'primary key', 'primary kez') where name = 'entries'",
    )
    with pytest.raises(WorkspaceDamaged, match="cannot be read"):
        Journal(_url(folder), CLOCK)


def test_an_end_that_rotted_takes_no_number_twice(folder: Path):
    by_sql(folder, "update entries set count = 'x' where first = 26")
    with closing(Journal(_url(folder), CLOCK)) as journal:
        assert journal.found_lost == Lost(27, 30)
        journal.append([Arrival("later", b"{}")])
        assert journal.end() == 31
    assert outcome(folder)[1] == [(26, 26)]


def test_an_index_of_ids_that_rots_is_made_again_from_the_entries(folder: Path, monkeypatch):
    monkeypatch.setattr(known, "NEWEST", 10)
    with closing(Journal(_url(folder), CLOCK)) as journal:
        journal.append([Arrival("more", b"{}")])
    by_sql(folder, "update id_chunks set digests = randomblob(length(digests))")
    with closing(Journal(_url(folder), CLOCK)) as journal:
        again = [Arrival(str(each), LINES[each]) for each in range(30)]
        assert not any(journal.append(again).is_new)
        assert journal.append([Arrival("other", b"{}")]).is_new == (True,)
        by_sql(folder, "update id_chunks set digests = randomblob(length(digests))")
        more = [Arrival(f"more {each}", b"{}") for each in range(10)]
        assert all(journal.append(more).is_new)  # after this the runs are merged, and found to be rotten
        assert not any(journal.append([*again, *more]).is_new)


def outcome(folder: Path) -> tuple[list[bytes], list[tuple[int, int]], Lost | None]:
    """What can be read, the ranges that are told to be damaged, and what was found to be lost at the end."""
    read: list[bytes] = []
    told: list[tuple[int, int]] = []
    with closing(Journal(_url(folder), CLOCK)) as journal:
        after = 0
        while True:
            try:
                for entry in journal.entries(after):
                    read += entry.lines
                    after = entry.last
                return read, told, journal.found_lost
            except JournalDamaged as damage:
                told.append((damage.first, damage.last))
                after = damage.last


def never_silent(folder: Path, damage: Callable[[bytearray], object], name: str) -> None:
    """Every message is read as it was written, or is in a range that is told: none is missing without a word."""
    path = folder / name
    rotten = bytearray(path.read_bytes())
    damage(rotten)
    path.write_bytes(rotten)
    try:
        read, told, lost = outcome(folder)
    except WorkspaceDamaged:
        return  # told as a whole
    ranges = [*told, *([(lost.first, lost.last)] if lost else [])]
    expected = [
        line for number, line in enumerate(LINES, start=1) if not any(first <= number <= last for first, last in ranges)
    ]
    assert read == expected


def _truncate(at: int) -> Callable[[bytearray], object]:
    return lambda content: content.__delitem__(slice(at, None))


def _flip(at: int) -> Callable[[bytearray], object]:
    return lambda content: content.__setitem__(at, content[at] ^ 0x10)


def _zero(at: int) -> Callable[[bytearray], object]:
    start = at // BLOCK * BLOCK
    return lambda content: content.__setitem__(slice(start, start + BLOCK), bytes(len(content[start : start + BLOCK])))


def _swap(at: int) -> Callable[[bytearray], object]:
    one = at // BLOCK * BLOCK
    two = one + BLOCK

    def swap(content: bytearray) -> None:
        first, second = content[one:two], content[two : two + BLOCK]
        content[one : one + len(second) + len(first)] = second + first

    return swap


FILES = ("journal.sqlite", "journal.sqlite-wal")
WAYS = {"truncated": _truncate, "flipped": _flip, "zeroed": _zero, "swapped": _swap}


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("way", WAYS)
def test_no_message_vanishes_silently_from_a_file_that_is_damaged(sound: Path, tmp_path: Path, name: str, way: str):
    told_or_whole(sound, tmp_path, name, way, range(1, (sound / name).stat().st_size, BLOCK * 3 - 1))


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("way", WAYS)
def test_no_message_vanishes_silently_wherever_a_file_is_damaged(sound: Path, tmp_path: Path, name: str, way: str):
    """Cut and flipped at every byte that says something, zeroed and swapped at every block."""
    content = (sound / name).read_bytes()
    said = [at for at, byte in enumerate(content) if byte not in b"\0x" or at % 251 == 0]
    told_or_whole(
        sound, tmp_path, name, way, said if way in ("truncated", "flipped") else range(0, len(content), BLOCK)
    )


def told_or_whole(sound: Path, tmp_path: Path, name: str, way: str, offsets: Iterable[int]) -> None:
    """Damage a copy at each offset."""
    for at in offsets:
        copy = Path(shutil.copytree(sound, tmp_path / "one"))
        never_silent(copy, WAYS[way](at), name)
        shutil.rmtree(copy)
