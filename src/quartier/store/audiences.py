"""The frozen audiences of campaigns, and who was exposed when."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.store.tables import audiences, exposures


@dataclass(frozen=True)
class Audience:
    """Who is to be reached by a campaign and who is held out, as of a position in the membership log."""

    campaign: str
    segment: str
    position: int
    at: dt.datetime
    holdout: float
    salt: str
    targeted: BitMap
    held_out: BitMap

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
    row = vars(audience) | {"targeted": audience.targeted.serialize(), "held_out": audience.held_out.serialize()}
    connection.execute(sa.insert(audiences).values(**row))


def find(connection: sa.Connection, campaign: str) -> Audience | None:
    """The audience of a campaign, or None."""
    row = connection.execute(sa.select(audiences).where(audiences.c.campaign == campaign)).first()
    return _audience(row) if row else None


def all_frozen(connection: sa.Connection) -> list[Audience]:
    """Every audience, in order of time."""
    rows = connection.execute(sa.select(audiences).order_by(audiences.c.at, audiences.c.campaign))
    return [_audience(row) for row in rows]


def expose(connection: sa.Connection, exposure: Exposure) -> None:
    """Record that persons were reached."""
    row = vars(exposure) | {"persons": exposure.persons.serialize()}
    connection.execute(sa.insert(exposures).values(**row))


def exposures_of(connection: sa.Connection, campaign: str) -> list[Exposure]:
    """The exposures of a campaign, in order of time."""
    query = sa.select(exposures).where(exposures.c.campaign == campaign).order_by(exposures.c.at, exposures.c.id)
    rows = connection.execute(query)
    return [Exposure(row.campaign, row.channel, row.at, BitMap.deserialize(row.persons)) for row in rows]


def _audience(row: sa.Row[Any]) -> Audience:
    sides = {name: BitMap.deserialize(getattr(row, name)) for name in ("targeted", "held_out")}
    return Audience(**(row._asdict() | sides))
