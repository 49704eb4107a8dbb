"""The log of bitmaps: what entered and what left each segment, in order."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.store.tables import membership_log


@dataclass(frozen=True)
class Change:
    """One evaluation of one segment, as the log has it."""

    position: int
    segment: str
    version: int
    at: dt.datetime
    entered: BitMap
    left: BitMap
    size: int


def append(connection: sa.Connection, segment: str, version: int, members: BitMap, *, at: dt.datetime) -> Change:
    """Log the difference between the last logged members and `members`; an evaluation without change is logged too."""
    before = members_at(connection, segment)
    entered, left = members - before, before - members
    row = {
        "segment": segment, "version": version, "at": at,
        "entered": entered.serialize(), "left": left.serialize(), "size": len(members),
    }  # fmt: skip
    position = connection.execute(sa.insert(membership_log).values(**row)).inserted_primary_key[0]  # type: ignore[index]  # one row inserted has one key
    return Change(position, segment, version, at, entered, left, len(members))


def members_at(connection: sa.Connection, segment: str, position: int | None = None) -> BitMap:
    """The members as of a position in the log (the end unless given): a replay."""
    members = BitMap()
    for change in changes(connection, segment, up_to=position):
        members |= change.entered
        members -= change.left
    return members


def changes(connection: sa.Connection, segment: str, *, up_to: int | None = None) -> list[Change]:
    """The log of one segment, oldest first."""
    query = sa.select(membership_log).where(membership_log.c.segment == segment)
    if up_to is not None:
        query = query.where(membership_log.c.position <= up_to)
    return [_change(row) for row in connection.execute(query.order_by(membership_log.c.position))]


def last_changes(connection: sa.Connection) -> dict[str, Change]:
    """The last evaluation of every segment, by name."""
    last = sa.select(sa.func.max(membership_log.c.position)).group_by(membership_log.c.segment)
    rows = connection.execute(sa.select(membership_log).where(membership_log.c.position.in_(last)))
    return {row.segment: _change(row) for row in rows}


def position(connection: sa.Connection) -> int:
    """The last position in the log, 0 when it is empty."""
    return connection.execute(sa.select(sa.func.max(membership_log.c.position))).scalar() or 0


def _change(row: sa.Row[Any]) -> Change:
    entered, left = BitMap.deserialize(row.entered), BitMap.deserialize(row.left)
    return Change(row.position, row.segment, row.version, row.at, entered, left, row.size)
