"""The log of bitmaps: what entered and what left each segment, in order, with snapshots of all members between.

A segment that did not move adds no row: `refreshes` says when it was last looked at. Every segment in the log has a
snapshot at most some rows before its last row; older snapshots stay where replaying the rows would cost more.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.store.tables import membership_log, membership_snapshots

ROWS_BETWEEN = 32
"""A new snapshot is taken after so many rows."""


@dataclass(frozen=True)
class Change:
    """One evaluation of one segment; `position` is that of the last row, old when nothing entered and nothing left."""

    position: int
    segment: str
    version: int
    at: dt.datetime
    entered: BitMap
    left: BitMap
    size: int


@dataclass(frozen=True)
class Evaluated:
    """The members of one version of a segment, to be logged."""

    segment: str
    version: int
    members: BitMap


def append(connection: sa.Connection, segment: str, version: int, members: BitMap, *, at: dt.datetime) -> Change:
    """Log the difference between the last logged members and `members`.

    A row is written when somebody entered or left, for a new version and for a new segment. The change that comes
    back is that of this evaluation, whether a row was written or not.
    """
    return append_all(connection, [Evaluated(segment, version, members)], at=at)[0]


def append_all(connection: sa.Connection, evaluated: Iterable[Evaluated], *, at: dt.datetime) -> list[Change]:
    """Log many segments as `append` does, with a few queries for all of them, in the order given."""
    wanted = list(evaluated)
    heads = _heads(connection, {each.segment for each in wanted})
    return [_append(connection, each, heads.get(each.segment), at) for each in wanted]


def members_now(connection: sa.Connection) -> dict[str, BitMap]:
    """The members of every segment at the end of the log."""
    return {segment: head.members for segment, head in _heads(connection).items()}


def members_at(connection: sa.Connection, segment: str, position: int | None = None) -> BitMap:
    """The members as of a position in the log (the end unless given)."""
    members, start = _snapshot_before(connection, segment, position)
    for change in changes(connection, segment, after=start, up_to=position):
        members |= change.entered
        members -= change.left
    return members


def members_as_of(connection: sa.Connection, segment: str, instant: dt.datetime) -> BitMap:
    """The members as the log knew them at an instant."""
    return members_at(connection, segment, position_as_of(connection, segment, instant))


def position_as_of(connection: sa.Connection, segment: str, instant: dt.datetime) -> int:
    """The position of the last row of a segment at or before an instant, 0 when it has none."""
    last = sa.select(sa.func.max(membership_log.c.position))
    query = last.where(membership_log.c.segment == segment, membership_log.c.at <= instant)
    return connection.execute(query).scalar() or 0


def first_instants(connection: sa.Connection) -> dict[str, dt.datetime]:
    """When each segment was first logged."""
    first = sa.select(membership_log.c.segment, sa.func.min(membership_log.c.at)).group_by(membership_log.c.segment)
    return {row[0]: row[1] for row in connection.execute(first)}


def first_at(connection: sa.Connection, segment: str, version: int | None = None) -> dt.datetime | None:
    """The instant of the first row of a segment, or of one version of it; None when it has none."""
    query = sa.select(membership_log.c.at).where(membership_log.c.segment == segment)
    if version is not None:
        query = query.where(membership_log.c.version == version)
    return connection.execute(query.order_by(membership_log.c.position).limit(1)).scalar()


def changes(
    connection: sa.Connection, segment: str, *, after: int | None = None, up_to: int | None = None
) -> list[Change]:
    """The log of one segment, oldest first: the rows after one position and up to another."""
    query = sa.select(membership_log).where(membership_log.c.segment == segment)
    if after is not None:
        query = query.where(membership_log.c.position > after)
    if up_to is not None:
        query = query.where(membership_log.c.position <= up_to)
    return [_change(row) for row in connection.execute(query.order_by(membership_log.c.position))]


def last_changes(connection: sa.Connection) -> dict[str, Change]:
    """The last row of every segment, by name."""
    return {segment: head.last for segment, head in _heads(connection).items()}


def last_version(connection: sa.Connection, segment: str) -> int | None:
    """The version of the last row of one segment, None when it has none; no members are read."""
    query = sa.select(membership_log.c.version).where(membership_log.c.segment == segment)
    return connection.execute(query.order_by(membership_log.c.position.desc()).limit(1)).scalar()


def position(connection: sa.Connection) -> int:
    """The last position in the log, 0 when it is empty."""
    return connection.execute(sa.select(sa.func.max(membership_log.c.position))).scalar() or 0


@dataclass(frozen=True)
class _Head:
    """The end of one segment's log: its members, its last row, and how many rows follow the last snapshot."""

    members: BitMap
    last: Change
    rows: int


def _heads(connection: sa.Connection, segments: Collection[str] | None = None) -> dict[str, _Head]:
    """The ends of the logs of some segments, or of all: one query for the snapshots, one for the rows since."""
    newest = sa.select(
        membership_snapshots.c.segment, sa.func.max(membership_snapshots.c.position).label("position")
    ).group_by(membership_snapshots.c.segment)
    if segments is not None:
        newest = newest.where(membership_snapshots.c.segment.in_(segments))
    start = newest.subquery()
    same = (membership_snapshots.c.segment == start.c.segment) & (membership_snapshots.c.position == start.c.position)
    taken = connection.execute(sa.select(membership_snapshots).join(start, same)).all()
    since = (membership_log.c.segment == start.c.segment) & (membership_log.c.position >= start.c.position)
    rows = connection.execute(sa.select(membership_log).join(start, since).order_by(membership_log.c.position))
    by_segment: dict[str, list[Change]] = {}
    for row in rows:
        by_segment.setdefault(row.segment, []).append(_change(row))
    return {row.segment: _head(BitMap.deserialize(row.members), by_segment[row.segment]) for row in taken}


def _head(members: BitMap, rows: list[Change]) -> _Head:
    """The first row is the one whose outcome the snapshot holds."""
    for change in rows[1:]:
        members |= change.entered
        members -= change.left
    return _Head(members, rows[-1], len(rows) - 1)


def _append(connection: sa.Connection, given: Evaluated, head: _Head | None, at: dt.datetime) -> Change:
    before = head.members if head else BitMap()
    entered, left = given.members - before, before - given.members
    if head and not entered and not left and head.last.version == given.version:
        return Change(head.last.position, given.segment, given.version, at, entered, left, len(before))
    change = _write(connection, given, entered, left, at)
    if head is None or head.rows + 1 >= ROWS_BETWEEN:
        _take_snapshot(connection, given.segment, change.position, given.members)
    return change


def _write(connection: sa.Connection, given: Evaluated, entered: BitMap, left: BitMap, at: dt.datetime) -> Change:
    row = {
        "segment": given.segment, "version": given.version, "at": at,
        "entered": entered.serialize(), "left": left.serialize(), "size": len(given.members),
    }  # fmt: skip
    written = connection.execute(sa.insert(membership_log).values(**row)).inserted_primary_key[0]  # type: ignore[index]  # one row inserted has one key
    return Change(written, given.segment, given.version, at, entered, left, len(given.members))


def _take_snapshot(connection: sa.Connection, segment: str, at_position: int, members: BitMap) -> None:
    """Keep all members; the snapshot before this one goes where replaying the rows that led to it is cheap."""
    own = membership_snapshots.c.segment == segment
    newest_first = membership_snapshots.c.position.desc()
    query = sa.select(membership_snapshots.c.position, sa.func.length(membership_snapshots.c.members)).where(own)
    earlier = connection.execute(query.order_by(newest_first).limit(2)).all()
    if len(earlier) == 2:
        (previous, weight), (start, _) = earlier
        if _weight_between(connection, segment, start, previous) < weight:
            connection.execute(sa.delete(membership_snapshots).where(own, membership_snapshots.c.position == previous))
    row = {"segment": segment, "position": at_position, "members": members.serialize()}
    connection.execute(sa.insert(membership_snapshots).values(**row))


def _weight_between(connection: sa.Connection, segment: str, after: int, up_to: int) -> int:
    """How many bytes of bitmaps the rows between two positions hold."""
    weight = sa.func.length(membership_log.c.entered) + sa.func.length(membership_log.c.left)
    between = membership_log.c.position.between(after + 1, up_to)
    query = sa.select(sa.func.sum(weight)).where(membership_log.c.segment == segment, between)
    return connection.execute(query).scalar() or 0


def _snapshot_before(connection: sa.Connection, segment: str, position: int | None) -> tuple[BitMap, int]:
    """The members of the last snapshot at or before a position, and its own position; nobody, from the beginning."""
    query = sa.select(membership_snapshots).where(membership_snapshots.c.segment == segment)
    if position is not None:
        query = query.where(membership_snapshots.c.position <= position)
    row = connection.execute(query.order_by(membership_snapshots.c.position.desc()).limit(1)).first()
    return (BitMap.deserialize(row.members), row.position) if row else (BitMap(), 0)


def _change(row: sa.Row[Any]) -> Change:
    entered, left = BitMap.deserialize(row.entered), BitMap.deserialize(row.left)
    return Change(row.position, row.segment, row.version, row.at, entered, left, row.size)
