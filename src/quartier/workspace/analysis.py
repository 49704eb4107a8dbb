"""What is there to see in a workspace: the base month by month, cohorts, concentration, the RFM grid and its runs."""

from typing import TYPE_CHECKING

from quartier.analyse import run
from quartier.store import runs

if TYPE_CHECKING:
    from quartier.analyse import Concentration, Overview, RfmGrid
    from quartier.analyse.cohorts import Cohorts
    from quartier.store.runs import Run
    from quartier.workspace.workspace import Workspace


class Analysis:
    """What a workspace can tell of its base now: `ws.analysis`."""

    def __init__(self, workspace: "Workspace") -> None:
        self._of = workspace

    def overview(self) -> "Overview":
        """The base at a glance, with every month."""
        ws = self._of
        return run.overview(ws.engine, ws.catalog, ws.config, ws.clock.now())

    def cohorts(self) -> "Cohorts":
        """The customers by month of first order, and how many ordered again in each month after."""
        ws = self._of
        return run.cohorts(ws.engine, ws.catalog, ws.config, ws.clock.now())

    def concentration(self) -> "Concentration":
        """How concentrated net revenue is among customers."""
        ws = self._of
        return run.concentration(ws.engine, ws.catalog, ws.clock.now())

    def grid(self) -> "RfmGrid | None":
        """The heat map of the last run of RFM; None when there has been none."""
        return run.rfm_grid(self._of.store, self._of.engine)

    def last_run(self, model: str = "rfm") -> "Run | None":
        """The last run of a model, with what it was told and what it found; None when there has been none."""
        with self._of.store.begin() as connection:
            return runs.last(connection, model)
