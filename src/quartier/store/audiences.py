"""The frozen audiences of campaigns, and who was exposed when.

What is kept never changes. It is read in the keys that persons have now: links that came since join persons, and links
that were refused part them.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.store import identities
from quartier.store.tables import audiences, exposures


@dataclass(frozen=True)
class Audience:
    """Who is to be reached by a campaign and who is held out, as of a position in the membership log.

    `on_both_sides` are persons who turned out to be drawn twice, once for each side: they are on neither.
    """

    campaign: str
    segment: str
    position: int
    at: dt.datetime
    holdout: float
    salt: str
    targeted: BitMap
    held_out: BitMap
    on_both_sides: BitMap = field(default_factory=BitMap)

    @property
    def persons(self) -> BitMap:
        """Everybody in the audience, on either side."""
        return self.targeted | self.held_out


@dataclass(frozen=True)
class Exposure:
    """Persons that a campaign reached at one instant, through one channel."""

    campaign: str
    channel: str
    at: dt.datetime
    persons: BitMap


def freeze(connection: sa.Connection, audience: Audience) -> None:
    """Keep an audience for good; a campaign has one."""
    sides = {"targeted": audience.targeted.serialize(), "held_out": audience.held_out.serialize()}
    row = {name: value for name, value in vars(audience).items() if name != "on_both_sides"} | sides
    connection.execute(sa.insert(audiences).values(**row))


def find(connection: sa.Connection, campaign: str) -> Audience | None:
    """The audience of a campaign, or None."""
    row = connection.execute(sa.select(audiences).where(audiences.c.campaign == campaign)).first()
    return _audience(connection, row) if row else None


def all_frozen(connection: sa.Connection) -> list[Audience]:
    """Every audience, in order of time."""
    rows = connection.execute(sa.select(audiences).order_by(audiences.c.at, audiences.c.campaign))
    return [_audience(connection, row) for row in rows.all()]


def campaigns_of(connection: sa.Connection, segment: str | None = None) -> dict[str, tuple[str, ...]]:
    """The campaigns whose audience was drawn from each segment, or from one; no persons are read."""
    query = sa.select(audiences.c.segment, audiences.c.campaign).order_by(audiences.c.at, audiences.c.campaign)
    found: dict[str, tuple[str, ...]] = {}
    for name, campaign in connection.execute(query if segment is None else query.where(audiences.c.segment == segment)):
        found[name] = (*found.get(name, ()), campaign)
    return found


def expose(connection: sa.Connection, exposure: Exposure) -> None:
    """Record that persons were reached."""
    row = vars(exposure) | {"persons": exposure.persons.serialize()}
    connection.execute(sa.insert(exposures).values(**row))


def exposures_of(connection: sa.Connection, campaign: str) -> list[Exposure]:
    """The exposures of a campaign, in order of time."""
    query = sa.select(exposures).where(exposures.c.campaign == campaign).order_by(exposures.c.at, exposures.c.id)
    rows = connection.execute(query).all()
    now = identities.now_of(connection, "person", *(BitMap.deserialize(row.persons) for row in rows))
    return [Exposure(row.campaign, row.channel, row.at, persons) for row, persons in zip(rows, now, strict=True)]


def exposed_since(connection: sa.Connection, since: dt.datetime | None = None) -> list[str]:
    """The campaigns that reached somebody after an instant, or ever, by name; no persons are read."""
    query = sa.select(exposures.c.campaign).distinct().order_by(exposures.c.campaign)
    return list(connection.execute(query if since is None else query.where(exposures.c.at > since)).scalars())


def last_exposure(connection: sa.Connection) -> dt.datetime | None:
    """When somebody was reached last; None while nobody was."""
    return connection.execute(sa.select(sa.func.max(exposures.c.at))).scalar()


def _audience(connection: sa.Connection, row: sa.Row[Any]) -> Audience:
    drawn = [BitMap.deserialize(each) for each in (row.targeted, row.held_out)]
    targeted, held_out = identities.now_of(connection, "person", *drawn)
    both = targeted & held_out
    return Audience(
        **(row._asdict() | {"targeted": targeted - both, "held_out": held_out - both, "on_both_sides": both})
    )
