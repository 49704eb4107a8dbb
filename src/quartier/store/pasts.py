"""Pasts that were computed afterwards: who would have been a member, kept apart from the log of what was observed."""

import datetime as dt
from collections.abc import Mapping

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.store.tables import membership_past


def keep(
    connection: sa.Connection, segment: str, version: int, past: Mapping[dt.datetime, BitMap], *, at: dt.datetime
) -> None:
    """Keep the members that one version of a segment would have had at some instants, in place of earlier answers."""
    own = (membership_past.c.segment == segment) & (membership_past.c.version == version)
    rows = [
        {"segment": segment, "version": version, "at": instant, "members": members.serialize(), "computed_at": at}
        for instant, members in past.items()
    ]
    for row in rows:
        connection.execute(sa.delete(membership_past).where(own, membership_past.c.at == row["at"]))
    if rows:
        connection.execute(sa.insert(membership_past), rows)


def kept(connection: sa.Connection, segment: str, version: int) -> dict[dt.datetime, BitMap]:
    """The past that is kept of one version of a segment, oldest first."""
    query = sa.select(membership_past).where(membership_past.c.segment == segment, membership_past.c.version == version)
    rows = connection.execute(query.order_by(membership_past.c.at))
    return {row.at: BitMap.deserialize(row.members) for row in rows}
