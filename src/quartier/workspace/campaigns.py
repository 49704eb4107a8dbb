"""The campaigns of a workspace: their frozen audiences, whom they reached, and what a new one would hold."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from pyroaring import BitMap

from quartier.segment import log, versions
from quartier.segment import run as segments
from quartier.segment.definition import Segment, read_segment
from quartier.store import audiences, definitions
from quartier.store.audiences import Audience, Exposure
from quartier.target import run as target
from quartier.target.definition import Campaign

if TYPE_CHECKING:
    from quartier.evaluate.foresight import Foresight
    from quartier.evaluate.outcome import Outcome
    from quartier.workspace.workspace import Workspace

KIND = "campaign"


@dataclass(frozen=True)
class Held:
    """A campaign with its frozen audience and every time that it reached somebody, in order of time."""

    document: Campaign
    audience: Audience
    exposures: tuple[Exposure, ...]

    @property
    def reached(self) -> BitMap:
        """The targeted persons who were reached at least once."""
        return BitMap.union(BitMap(), *(each.persons for each in self.exposures)) & self.audience.targeted

    @property
    def reached_at(self) -> dt.datetime | None:
        """When it reached somebody first; None while it has reached nobody."""
        return self.exposures[0].at if self.exposures else None


@dataclass(frozen=True)
class Share:
    """A segment within an audience: how many of its members, as of the freezing, are on each side."""

    segment: str
    targeted: int
    held_out: int


@dataclass(frozen=True)
class Trial:
    """What an audience would hold if it were frozen now; nothing is kept of it."""

    campaign: Campaign
    at: dt.datetime
    targeted: BitMap
    held_out: BitMap
    foresights: "tuple[Foresight, ...]"


class Campaigns:
    """What a workspace knows of campaigns: `ws.campaigns`."""

    def __init__(self, workspace: "Workspace") -> None:
        self._of = workspace

    def all(self) -> list[Held]:
        """Every campaign, the last one frozen first."""
        with self._of.store.begin() as connection:
            frozen = audiences.all_frozen(connection)
            return [_held(connection, each) for each in reversed(frozen)]

    def find(self, name: str) -> Held:
        """One campaign. Raises UnknownName with the nearest names."""
        audience = target.audience_of(self._of.store, name)
        with self._of.store.begin() as connection:
            return _held(connection, audience)

    def rehearse(self, campaign: Campaign | Mapping[str, Any], outcomes: Sequence["Outcome | str"] = ()) -> Trial:
        """Who would be targeted and held out now, and the smallest effect on each outcome that this could show.

        Raises InvalidDefinition, UnknownName and InvalidRequest where freezing would.
        """
        from quartier.evaluate.run import foresee  # statistics take a second to load

        ws, document = self._of, campaign if isinstance(campaign, Campaign) else Campaign.read(campaign)
        segments.check_of_persons([document.segment], segments.defined(ws.store))
        targeted, held_out = target.rehearse(ws.store, document, ws.evaluated(document.segment).members)
        at, catalog = ws.clock.now(), ws.catalog
        found = tuple(
            foresee(
                ws.engine, catalog, ws.config, targeted=targeted, held_out=held_out, outcome=outcome, at=at
            )
            for outcome in (outcomes if held_out else ())
        )  # fmt: skip
        return Trial(document, at, targeted, held_out, found)

    def shares(self, audience: Audience) -> list[Share]:
        """The segments that divide an audience, as they were when it was frozen, the largest first."""
        parts = log.dividing(self._of.store, audience.persons, audience.position, None)
        found = [
            Share(name, len(members & audience.targeted), len(members & audience.held_out))
            for name, members in parts.items()
        ]
        return sorted(found, key=lambda each: -(each.targeted + each.held_out))

    def definition(self, audience: Audience) -> Segment | None:
        """The definition of the segment that was in force when an audience was frozen; None where it is not known."""
        known = versions.versions(self._of.store, audience.segment)
        before = [each for each in known if each.at <= audience.at and not each.is_retired]
        return read_segment(before[-1].document) if before else None


def _held(connection: sa.Connection, audience: Audience) -> Held:
    stored = definitions.latest(connection, KIND, audience.campaign)
    document = Campaign.read(stored.document) if stored else _undocumented(audience)
    return Held(document, audience, tuple(audiences.exposures_of(connection, audience.campaign)))


def _undocumented(audience: Audience) -> Campaign:
    return Campaign(name=audience.campaign, segment=audience.segment, holdout=audience.holdout)
