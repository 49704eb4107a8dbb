"""When one person entered and left segments, read back from the end of the log of bitmaps."""

import datetime as dt
from dataclasses import dataclass

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.store.tables import membership_log


@dataclass(frozen=True)
class Move:
    """An entry into a segment, or an exit from it."""

    segment: str
    at: dt.datetime
    is_entry: bool


@dataclass(frozen=True)
class Moves:
    """The moves of one person, the newest first.

    Attributes:
        is_whole: whether the log was read back to its beginning.
    """

    moves: tuple[Move, ...]
    is_whole: bool


def moves(connection: sa.Connection, key: int, *, until: dt.datetime, most: int) -> Moves:
    """The moves of a person up to an instant, in the last `most` rows of the log."""
    log = membership_log.c
    query = sa.select(log.segment, log.at, log.entered, log.left).where(log.at <= until)
    rows = connection.execute(query.order_by(log.position.desc()).limit(most + 1)).yield_per(1000)
    found, n = [], 0
    for n, row in enumerate(rows, 1):
        if n > most:
            break
        is_entry = key in BitMap.deserialize(row.entered)
        if is_entry or key in BitMap.deserialize(row.left):
            found.append(Move(row.segment, row.at, is_entry))
    return Moves(tuple(found), n <= most)
