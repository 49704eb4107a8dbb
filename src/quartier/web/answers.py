"""Long answers that several pages give, each made once for a state of the tables.

Each is as of an instant of the hour in which it is asked for, and says which.
"""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from quartier.analyse import Concentration, Overview
from quartier.analyse.cohorts import Cohorts
from quartier.analyse.journeys.definition import Funnel, Paths, Retention, Sequences
from quartier.analyse.quality import Quality
from quartier.engine.feed import reached
from quartier.store import audiences, membership, refreshes, runs
from quartier.web.kept import ANSWERS
from quartier.workspace import Workspace

if TYPE_CHECKING:
    from quartier.analyse.association.matrix import Associations
    from quartier.analyse.journeys.funnel import FunnelFound
    from quartier.analyse.journeys.paths import PathsFound
    from quartier.analyse.journeys.run import SequencesFound
    from quartier.analyse.opportunities.found import Opportunities
    from quartier.analyse.personas.sheet import Persona
    from quartier.evaluate.segmentation import SegmentationQuality
    from quartier.evaluate.segmentation.advice import Team

Answer = TypeVar("Answer")


def overview(ws: Workspace) -> Overview:
    """The base at a glance."""
    from quartier.analyse.run import overview

    return _kept(ws, "overview", lambda: overview(ws.engine, ws.catalog, ws.config, ws.clock.now()))


def concentration(ws: Workspace) -> Concentration:
    """How concentrated net revenue is among customers."""
    return _kept(ws, "concentration", ws.analysis.concentration)


def cohorts(ws: Workspace) -> Cohorts:
    """The customers by month of first order, and who ordered again."""
    return _kept(ws, "cohorts", ws.analysis.cohorts)


def associations(ws: Workspace, among: str = "") -> "Associations":
    """How strongly traits go together, among everybody or the members of a segment as it is written now."""
    return _kept(ws, "associations", lambda: ws.analysis.associations(among=among or None), among, ws.definitions())


def opportunities(ws: Workspace, market: str | None = None) -> "Opportunities":
    """Where there is more to win, by the tables of markets, the segments and the runs of models as they are now."""
    with ws.store.begin() as connection:
        refreshed, position = refreshes.last(connection), membership.position(connection)
        reached_at, ran = audiences.last_exposure(connection), runs.last_of_each(connection)
    about = market, ws.markets.all(), ws.definitions(), [each.id for each in ran], refreshed, position, reached_at
    return _kept(ws, "opportunities", lambda: ws.analysis.opportunities(market), *about)


def funnel(ws: Workspace, asked: Funnel) -> "tuple[FunnelFound, dt.datetime]":
    """Who gets to each of some steps, and as of when; segments as they are written now."""
    return _kept(ws, "funnel", lambda: (ws.journeys.funnel(asked), ws.clock.now()), asked, ws.definitions())


def paths(ws: Workspace, asked: Paths) -> "tuple[PathsFound, dt.datetime]":
    """What persons did right after an event, or right before it, and as of when."""
    return _kept(ws, "paths", lambda: (ws.journeys.paths(asked), ws.clock.now()), asked)


def retention(ws: Workspace, asked: Retention) -> Cohorts:
    """Who comes back, by the month of a first event."""
    return _kept(ws, "retention", lambda: ws.journeys.retention(asked), asked)


def sequences(ws: Workspace, asked: Sequences) -> "tuple[SequencesFound, dt.datetime]":
    """What many do one after the other, and as of when."""
    return _kept(ws, "sequences", lambda: (ws.journeys.sequences(asked), ws.clock.now()), asked)


def quality(ws: Workspace) -> Quality:
    """The quality of the data."""
    return _kept(ws, "quality", ws.quality.measured)


def segmentation_quality(ws: Workspace, base: str = "everyone", team: "Team | None" = None) -> "SegmentationQuality":
    """What the set of segments is worth, as they are written now."""
    judged = ws.definitions()
    return _kept(ws, "segmentation", lambda: ws.segmentation_quality(base=base, team=team), judged, base, team)


def persona(ws: Workspace, name: str) -> "Persona":
    """The portrait of a segment, as it is written now and with the members of its last evaluation."""
    with ws.store.begin() as connection:
        refreshed, members = refreshes.last(connection), membership.members_at(connection, name)
    about = name, ws.definitions(), ws.surveys.all(), refreshed, bytes(members.serialize())
    return _kept(ws, "persona", lambda: ws.analysis.persona(name), *about)


def _kept(ws: Workspace, name: str, make: Callable[[], Answer], *about: object) -> Answer:
    generation, mark = reached(ws.engine)
    hour = ws.clock.now().replace(minute=0, second=0, microsecond=0)
    of = (name, generation, hour, ws.catalog.model_dump_json(), ws.config.time_zone, ws.config.country, *about)
    return ANSWERS.get(of, mark, make)
