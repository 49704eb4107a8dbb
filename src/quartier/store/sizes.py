"""How large segments were and how many moved, read from the log without reading who."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.store.tables import membership_log

Sized = tuple[dt.datetime, int]
"""An instant, and how many members there were."""


@dataclass(frozen=True)
class Moved:
    """How many entered and left over a time; who did so twice counts twice."""

    entries: int = 0
    exits: int = 0


def sizes(connection: sa.Connection, names: Collection[str], since: dt.datetime) -> dict[str, list[Sized]]:
    """The sizes of some segments from an instant on, oldest first, each with the last one before it."""
    log = membership_log.c
    newest = sa.select(sa.func.max(log.position)).where(log.segment.in_(names), log.at < since).group_by(log.segment)
    query = sa.select(log.segment, log.at, log.size).where(
        log.segment.in_(names), sa.or_(log.at >= since, log.position.in_(newest))
    )
    found: dict[str, list[Sized]] = {name: [] for name in names}
    for name, at, size in connection.execute(query.order_by(log.position)):
        found[name].append((at, size))
    return found


def moved(connection: sa.Connection, since: dt.datetime) -> dict[str, Moved]:
    """How many entered and left each segment after an instant; its first members did not enter, they were found."""
    log = membership_log.c
    first = sa.select(sa.func.min(log.position)).group_by(log.segment)
    query = sa.select(log.segment, log.entered, log.left).where(log.at > since, log.position.not_in(first))
    found: dict[str, Moved] = {}
    for name, entered, left in connection.execute(query).yield_per(500):
        before = found.get(name, Moved())
        entries, exits = (len(BitMap.deserialize(each)) for each in (entered, left))
        found[name] = Moved(before.entries + entries, before.exits + exits)
    return found
