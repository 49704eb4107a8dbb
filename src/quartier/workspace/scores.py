"""Scores of a workspace: one person's points and their reasons: `ws.scores`."""

from typing import TYPE_CHECKING

from quartier.analyse.modelling.computed import figures_in
from quartier.analyse.modelling.reading import Reading

if TYPE_CHECKING:
    from quartier.analyse.score.explaining import Explained
    from quartier.workspace.workspace import Workspace


class Scores:
    """Why a person has the score that they have."""

    def __init__(self, workspace: "Workspace") -> None:
        self._of = workspace

    def explain(self, person: str, name: str = "score") -> "Explained":
        """The points of a person (public id, user id, e-mail) now, by the criteria that the last run applied.

        Raises UnknownName for a score that never ran and for an identifier that nobody has.
        """
        return self.of_key(self._of.persons.key(person), name)

    def of_key(self, key: int, name: str = "score") -> "Explained":
        """The same by the dense key."""
        from quartier.analyse.score.definition import Criterion
        from quartier.analyse.score.explaining import explained

        ws = self._of
        applied = [each["criterion"] for each in figures_in(ws.analysis.run_of(name))["criteria"] if each["most"]]
        criteria = [Criterion.model_validate(each) for each in applied]
        return explained(Reading(ws.engine, ws.catalog, ws.config, ws.clock.now(), ws.conditions), criteria, key)
