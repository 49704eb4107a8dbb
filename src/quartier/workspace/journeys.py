"""Journeys of a workspace: funnels, paths, cohorts that come back, common sequences: `ws.journeys`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quartier.analyse.journeys import run
from quartier.analyse.journeys.definition import Funnel, Paths, Retention, Sequences, read

if TYPE_CHECKING:
    from quartier.analyse.cohorts import Cohorts
    from quartier.analyse.journeys.funnel import FunnelFound
    from quartier.analyse.journeys.paths import PathsFound
    from quartier.analyse.journeys.run import SequencesFound
    from quartier.workspace.workspace import Workspace


class Journeys:
    """What persons do one thing after the other, now. Each method takes the document that asks, or its fields."""

    def __init__(self, workspace: "Workspace") -> None:
        self._of = workspace

    def funnel(self, asked: Funnel | Mapping[str, Any]) -> "FunnelFound":
        """Who gets to each of some ordered steps, in all and by a trait or by segments.

        Raises InvalidDefinition for a document that is wrong, UnknownName for an event, trait or segment.
        """
        document = asked if isinstance(asked, Funnel) else read(Funnel, asked)
        members = {name: self._of.evaluated(name).members for name in document.segments}
        return run.run_funnel(self._world(), document, members)

    def paths(self, asked: Paths | Mapping[str, Any]) -> "PathsFound":
        """What persons did right after (or before) the first time of an event. Raises as `funnel` does."""
        return run.run_paths(self._world(), asked if isinstance(asked, Paths) else read(Paths, asked))

    def retention(self, asked: Retention | Mapping[str, Any]) -> "Cohorts":
        """Cohorts by the month of a first event, and who did another in each month after. Raises as `funnel` does."""
        return run.run_retention(self._world(), asked if isinstance(asked, Retention) else read(Retention, asked))

    def sequences(self, asked: Sequences | Mapping[str, Any] | None = None) -> "SequencesFound":
        """The ordered events that many persons have in common. Raises as `funnel` does."""
        document = asked if isinstance(asked, Sequences) else read(Sequences, asked or {})
        return run.run_sequences(self._world(), document)

    def steps(self) -> tuple[str, ...]:
        """A funnel to begin with: the events of this workspace that usually lead to a purchase, in their order."""
        return run.usual_steps(self._of.catalog, self._of.engine)

    def _world(self) -> "run.Journeys":
        ws = self._of
        return run.Journeys(ws.engine, ws.catalog, ws.config, ws.clock.now())
