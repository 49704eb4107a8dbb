"""Scores of a workspace: one person's points and their reasons: `ws.scores`."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quartier.analyse.modelling.computed import figures_in
from quartier.analyse.modelling.reading import Reading

if TYPE_CHECKING:
    from quartier.analyse.score.definition import Criterion, Sort
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

        run = self._of.analysis.run_of(name)
        applied = [each["criterion"] for each in figures_in(run)["criteria"] if each["most"]]
        criteria = [Criterion.model_validate(each) for each in applied]
        return explained(self._reading(), criteria, run.parameters.get("caps") or {}, key)

    def proposed(self, told: Mapping[str, Any] | None = None) -> "tuple[Criterion, ...]":
        """The criteria that the catalog and the data propose for a score that was told so much of its outcome."""
        from quartier.analyse.score.definition import Score
        from quartier.analyse.score.proposing import criteria

        known = {name: told[name] for name in ("outcome", "converted", "without") if told and told.get(name)}
        return criteria(Score.model_validate(known), self._reading())

    def distribution(
        self, criteria: "Sequence[Criterion]", caps: "Mapping[Sort, float] | None" = None
    ) -> tuple[int, ...]:
        """How many persons each band of ten points would hold now by some criteria. Nothing is written.

        Raises UnknownName for a trait or an event that the data do not hold, InvalidDefinition for a condition.
        """
        from quartier.analyse.score.model import distribution

        return distribution(self._reading(), criteria, caps or {})

    def _reading(self) -> Reading:
        ws = self._of
        return Reading(ws.engine, ws.catalog, ws.config, ws.clock.now(), ws.conditions)
