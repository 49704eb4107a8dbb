"""A workspace is verified, backed up while it is in use, and restored; what is damaged is named, never passed over."""

import datetime as dt
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

import quartier
from quartier.clock import FixedClock
from quartier.errors import InvalidRequest, JournalDamaged, WorkspaceBusy, WorkspaceDamaged
from quartier.store.journal import Arrival, Journal, Lost, Refusal
from quartier.store.safekeeping import back_up, restore, verify
from quartier.store.safekeeping.salvage import salvage

AT = dt.datetime(2026, 11, 22, 11, tzinfo=dt.UTC)
ORDERS = "order_id,customer_id,ordered_at,amount\nO1,C1,2026-01-02,10\nO2,C2,2026-01-03,20\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A workspace with an import, twelve messages in four entries, and a refused one; nobody has it open."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "orders.csv").write_text(ORDERS, encoding="utf-8")
    quartier.create(folder / "shop")
    with quartier.open(folder / "shop", clock=FixedClock(AT)) as workspace:
        workspace.collect(folder / "orders.csv")
    with closing(_journal(folder / "shop")) as journal:
        for start in (0, 3, 6, 9):
            journal.append([_arrival(number) for number in range(start, start + 3)])
        journal.append([], [Refusal(b"{", "not_json", None, "website")])
    return folder / "shop"


@pytest.fixture
def shop(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "shop"))


def _journal(folder: Path) -> Journal:
    return Journal(f"sqlite:///{folder / 'journal.sqlite'}", FixedClock(AT))


def _arrival(number: int) -> Arrival:
    return Arrival(str(number), f'{{"messageId":"{number}"}}'.encode())


def _by_sql(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "journal.sqlite", isolation_level=None)) as connection:
        connection.execute(statement)


def _bodies(folder: Path) -> list[tuple[int, int, bytes]]:
    with closing(_journal(folder)) as journal:
        return [(entry.first, entry.last, entry.body) for entry in journal.entries(0)]


def _told(folder: Path) -> list[tuple[str, int | None, int | None]]:
    return [(each.part, each.first, each.last) for each in verify(folder, AT).damages]


def test_a_sound_workspace_is_said_to_be_sound(shop: Path):
    found = verify(shop, AT)
    assert found.is_well
    assert (found.messages, found.entries, found.refusals, found.imports, found.lost) == (12, 4, 1, 1, ())


def test_every_range_that_is_damaged_is_told(shop: Path):
    _by_sql(shop, "update entries set body = 'other' where first = 4")
    _by_sql(shop, "delete from entries where first = 10")
    assert _told(shop) == [("journal", 4, 6), ("journal", 10, 12)]


def test_an_index_that_differs_from_the_messages_is_told_and_made_again(shop: Path, monkeypatch):
    monkeypatch.setattr("quartier.store.journal.known.NEWEST", 4)
    with closing(_journal(shop)) as journal:
        journal.append([_arrival(12)])
    assert verify(shop, AT).is_well
    _by_sql(shop, "delete from id_chunks where place = (select min(place) from id_chunks)")
    assert _told(shop) == [("index", None, None)]
    assert salvage(shop / "journal.sqlite", AT).lost == ()
    with closing(_journal(shop)) as journal:
        assert not any(journal.append([_arrival(number) for number in range(13)]).is_new)
    assert verify(shop, AT).is_well


@pytest.mark.parametrize("part", ["settings", "store", "journal", "imports"])
def test_a_file_that_was_overwritten_is_told(shop: Path, part: str):
    files = {"settings": "quartier.toml", "store": "store.sqlite", "journal": "journal.sqlite"}
    path = shop / files[part] if part in files else next((shop / "imports").iterdir())
    path.write_bytes(b"what is this" * 1000)
    assert [each.part for each in verify(shop, AT).damages] == [part]


def test_what_is_damaged_can_be_given_up_and_the_journal_goes_on(shop: Path):
    before = _bodies(shop)
    _by_sql(shop, "update entries set body = 'other' where first = 4")
    salvaged = salvage(shop / "journal.sqlite", AT)
    assert salvaged.lost == (Lost(4, 6),)
    with pytest.raises(JournalDamaged), closing(Journal(f"sqlite:///{salvaged.set_aside}", FixedClock(AT))) as damaged:
        list(damaged.entries(0))
    assert _bodies(shop) == [before[0], (4, 6, b""), *before[2:]]
    found = verify(shop, AT)
    assert (found.is_well, found.lost, found.messages, found.refusals) == (True, (Lost(4, 6),), 9, 1)
    with closing(_journal(shop)) as journal:
        assert journal.append([_arrival(4), _arrival(0)]).is_new == (True, False)  # what was lost may come again
        assert journal.end() == 13


def test_a_journal_in_use_is_not_written_again(shop: Path):
    with closing(_journal(shop)), pytest.raises(WorkspaceBusy):
        salvage(shop / "journal.sqlite", AT)


def test_a_backup_under_load_is_whole_and_holds_what_was_acknowledged_before(shop: Path, tmp_path: Path):
    acknowledged: list[int] = []
    stop = threading.Event()

    def write() -> None:
        with closing(_journal(shop)) as journal:
            for number in range(100, 100_000):
                journal.append([_arrival(number)])
                acknowledged.append(number)
                if stop.is_set():
                    return

    writing = threading.Thread(target=write)
    writing.start()
    try:
        while len(acknowledged) < 5:
            stop.wait(0.01)
        before = len(acknowledged)
        made = back_up(shop, tmp_path / "backups" / "one", AT)
    finally:
        stop.set()
        writing.join()
    assert made.verification.is_well
    assert 12 + before <= made.manifest.messages <= 12 + len(acknowledged)
    restored = restore(made.path, tmp_path / "again", AT, is_verified=True)
    assert restored.verification is not None
    assert (restored.verification.is_well, restored.verification.messages) == (True, made.manifest.messages)
    assert _bodies(tmp_path / "again") == _bodies(shop)[: len(_bodies(tmp_path / "again"))]
    with quartier.open(tmp_path / "again", clock=FixedClock(AT)) as workspace:
        workspace.rebuild()
        assert workspace.count_everyone() >= 2


def test_a_restored_workspace_gives_the_ids_and_the_numbers_that_it_gave(shop: Path, tmp_path: Path):
    back_up(shop, tmp_path / "backup", AT)
    restore(tmp_path / "backup", tmp_path / "again", AT)
    with closing(_journal(tmp_path / "again")) as journal:
        assert journal.append([_arrival(3), _arrival(99)]).is_new == (False, True)
        assert journal.end() == 13
        assert journal.found_lost is None


def test_every_file_of_a_backup_that_is_flipped_is_named_before_anything_is_written(shop: Path, tmp_path: Path):
    made = back_up(shop, tmp_path / "backup", AT)
    for each in made.manifest.files:
        path = tmp_path / "backup" / each.path
        sound = path.read_bytes()
        path.write_bytes(sound[:7] + bytes([sound[7] ^ 1]) + sound[8:])
        with pytest.raises(WorkspaceDamaged, match=each.path):
            restore(tmp_path / "backup", tmp_path / "again", AT)
        path.unlink()
        with pytest.raises(WorkspaceDamaged, match=each.path):
            restore(tmp_path / "backup", tmp_path / "again", AT)
        path.write_bytes(sound)
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (None, InvalidRequest),
        (b"{", WorkspaceDamaged),
        (b"[]", WorkspaceDamaged),
        (b'{"kind": "quartier backup", "format": 2}', WorkspaceDamaged),
        (
            b'{"kind": "quartier backup", "format": 1, "at": "2026-11-22", "messages": 0, "elsewhere": [], '
            b'"files": [{"path": "../outside", "bytes": 1, "digest": ""}]}',
            WorkspaceDamaged,
        ),
    ],
)
def test_what_is_no_finished_backup_is_not_restored(tmp_path: Path, content: bytes | None, error: type[Exception]):
    (tmp_path / "backup").mkdir()
    if content is not None:
        (tmp_path / "backup" / "manifest.json").write_bytes(content)
    with pytest.raises(error):
        restore(tmp_path / "backup", tmp_path / "again", AT)
    assert not (tmp_path / "again").exists()


def test_nothing_is_overwritten(shop: Path, tmp_path: Path):
    back_up(shop, tmp_path / "backup", AT)
    with pytest.raises(InvalidRequest, match="already"):
        back_up(shop, tmp_path / "backup", AT)
    with pytest.raises(InvalidRequest, match="empty"):
        restore(tmp_path / "backup", shop, AT)


def test_a_backup_that_stops_half_way_is_never_taken_for_one(shop: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr("quartier.store.safekeeping.backup.verify", _stopped)
    with pytest.raises(KeyboardInterrupt):
        back_up(shop, tmp_path / "backup", AT)
    assert not (tmp_path / "backup").exists()
    with pytest.raises(InvalidRequest, match="not finished"):
        restore(tmp_path / "backup.unfinished", tmp_path / "again", AT)
    monkeypatch.undo()
    assert back_up(shop, tmp_path / "backup", AT).verification.is_well


def _stopped(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_damaged_workspace_is_backed_up_and_told(shop: Path, tmp_path: Path):
    _by_sql(shop, "update entries set body = 'other' where first = 4")
    made = back_up(shop, tmp_path / "backup", AT)
    assert [(each.first, each.last) for each in made.verification.damages] == [(4, 6)]
    assert restore(tmp_path / "backup", tmp_path / "again", AT).folder == tmp_path / "again"
