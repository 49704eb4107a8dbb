"""Reading the journal: every entry is held against its digest, its number and the entry before it."""

import datetime as dt
from collections.abc import Iterator

from quartier.errors import JournalDamaged
from quartier.store.journal.book import Reader
from quartier.store.journal.damage import CHANGED, MISSING, damaged
from quartier.store.journal.entry import LOST, Entry
from quartier.store.journal.group import Link, Row


def verified(reader: Reader, after: int, until: int | None = None) -> Iterator[Entry]:
    """The entries that hold messages after a number and up to another. Raises JournalDamaged at the first bad one."""
    for row in verified_rows(reader, after, until):
        yield Entry(row.first, row.count, dt.datetime.fromisoformat(row.at), row.body, row.kind == LOST)


def verified_rows(reader: Reader, after: int, until: int | None = None) -> Iterator[Row]:
    """The same entries as they are kept."""
    before = reader.link_before(after + 2)
    start = after + 1
    if before is not None and before.end > after:  # the message `after + 1` is in it
        start, before = before.first, reader.link_before(before.first)
    while until is None or start <= until:
        row = reader.row(start)
        if row is None:
            return
        _hold(reader, before, row, start)
        yield row
        before, start = row.link, row.head.end + 1


def sound_rows(reader: Reader, damages: list[JournalDamaged]) -> Iterator[Row]:
    """Every entry that is sound, from the first to the last; what is not is added to `damages`, and skipped."""
    after = 0
    while True:
        try:
            for row in verified_rows(reader, after):
                yield row
                after = row.head.end
            return
        except JournalDamaged as damage:
            damages.append(damage)
            after = damage.last


def _hold(reader: Reader, before: Link | None, row: Row, expected: int) -> None:
    """Raise unless the entry is sound and follows the one before it."""
    if row.first > expected:
        raise damaged(MISSING, expected, row.first - 1)
    if not row.is_sound or not _follows(before, row):
        raise damaged(CHANGED, row.first, _last_of(reader, row))


def _follows(before: Link | None, row: Row) -> bool:
    """Nothing is asked of an entry that comes after what was skipped or given up: what was there is not known."""
    skips = before is None or before.end != row.first - 1 or before.kind == LOST
    return skips or (before is not None and row.before == before.digest)


def _last_of(reader: Reader, row: Row) -> int:
    """The last number of an entry whose own word cannot be trusted: one less than the first of the next."""
    try:
        after = reader.row(row.first + 1)
    except JournalDamaged as damage:
        return damage.last
    if after is not None:
        return after.first - 1
    return max(row.first, row.head.end if isinstance(row.count, int) else 0)
