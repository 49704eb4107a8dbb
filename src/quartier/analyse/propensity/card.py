"""The model card: what is foretold, from what, when, for whom, how well, for whom less well, and what it is not for.

After Mitchell et al., *Model Cards for Model Reporting*, FAT* 2019.
"""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict

from quartier.analyse.compare import wilson
from quartier.analyse.learning.judging import CHANCE, Judgement, Z
from quartier.analyse.modelling.computed import Figures
from quartier.analyse.modelling.shown import Share, Shown
from quartier.analyse.propensity.groups import Group
from quartier.catalog import Label
from quartier.language import Text


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Read(_Part):
    """A clue that is read: its weight with the interval, its direction (+1, -1, 0)."""

    trait: str
    label: Label
    share: float
    low: float
    high: float
    direction: int


class Warned(_Part):
    """A trait that may know the outcome too well: why, and whether it was therefore left out."""

    trait: str
    label: Label
    is_accused: bool
    why: tuple[Label, ...]


class NotRead(_Part):
    """A trait that is not read, and why."""

    trait: str
    label: Label
    reason: Label


class TenthNow(_Part):
    """The persons of one tenth now, 1 the most likely."""

    tenth: int
    persons: int
    low: float
    high: float
    mean: float


class PropensityFigures(Figures):
    """All that a propensity found beside its traits."""

    name: str
    outcome: Label
    split: Literal["time", "persons"]
    """whether those who judge came later, or were drawn from the same moment"""
    taught_at: dt.datetime
    judged_at: dt.datetime
    until: dt.datetime
    days: int | None
    learned: int
    calibrated: int
    trees: int
    method: Literal["isotonic", "sigmoid"]
    judgement: Judgement
    clues: tuple[Read, ...]
    warned: tuple[Warned, ...]
    not_read: tuple[NotRead, ...]
    weaker: tuple[Group, ...]
    tenths: tuple[TenthNow, ...]

    @property
    def is_no_better(self) -> bool:
        """Whether it ranks no better than chance, as far as those who judge can tell."""
        return self.judgement.area.low <= CHANCE

    @property
    def moved(self) -> tuple[float, float] | None:
        """What was foretold on the whole, and what came, where these differ by more than chance."""
        judged = self.judgement
        mean = sum(each.said * each.persons for each in judged.tenths) / judged.persons
        low, high = wilson(judged.outcomes, judged.persons, Z)
        return None if low <= mean <= high else (mean, judged.share)


NOT_FOR = (
    Text(
        en="It must not decide alone on one person: no price, credit, contract or refusal hangs on it.",
        fr="Elle ne doit pas décider seule pour une personne : ni prix, ni crédit, ni contrat, ni refus.",
    ),
    Text(
        en="It says who is likely, not whom a message changes: that is told by a holdout.",
        fr="Elle dit qui est probable, non qui un message fait changer : seul un groupe témoin le dit.",
    ),
    Text(
        en="It holds as long as the future is like the past: run it again after a change of offer, price or season.",
        fr="Elle vaut tant que l'avenir ressemble au passé : recalculez après un changement d'offre, de prix ou "
        "de saison.",
    ),
)
"""What it must not be used for."""


def tables(figures: PropensityFigures, _scored: int) -> tuple[Shown, ...]:
    """How well it foretells, what it reads, and the tenths."""
    judged = figures.judgement
    well = (
        (_AREA, judged.area.value, judged.area.low, judged.area.high),
        (_BRIER, judged.brier, None, None),
        (_BRIER_OF_BASE, judged.brier_of_base, None, None),
        (_ERROR, judged.calibration_error, None, None),
    )
    lift = tuple(
        (place, each.persons, Share(each.said), Share(each.seen), Share(each.low), Share(each.high), each.lift,
         Share(each.reached))
        for place, each in enumerate(judged.tenths, start=1)
    )  # fmt: skip
    read = tuple((each.label.text, Share(each.share), Share(each.low), Share(each.high)) for each in figures.clues)
    now = tuple(
        (each.tenth, each.persons, Share(each.mean), Share(each.low), Share(each.high)) for each in figures.tenths
    )
    return (
        Shown(_WELL, (_MEASURE, _VALUE, _FROM, _TO), well),
        Shown(_LIFT, (_TENTH, _PERSONS, _SAID, _SEEN, _FROM, _TO, _TIMES, _REACHED), lift),
        Shown(_READ, (_CLUE, _WEIGHT, _FROM, _TO), read),
        Shown(_NOW, (_NOW_TENTH, _PERSONS, _MEAN, _LOWEST, _HIGHEST), now),
    )


_WELL = Text(en="How well it foretells", fr="Ce que vaut la prévision")
_LIFT = Text(en="Tenths of those who judge, the most likely first", fr="Dixièmes de ceux qui jugent, du plus probable")
_READ = Text(en="What weighs", fr="Ce qui pèse")
_NOW = Text(en="Tenths now, the most likely first", fr="Dixièmes aujourd'hui, du plus probable")
_MEASURE = Text(en="measure", fr="mesure")
_VALUE = Text(en="value", fr="valeur")
_FROM = Text(en="from", fr="de")
_TO = Text(en="to", fr="à")
_TENTH = Text(en="tenth", fr="dixième")
_NOW_TENTH = Text(en="tenth", fr="dixième")
_PERSONS = Text(en="persons", fr="personnes")
_SAID = Text(en="foretold", fr="prévu")
_SEEN = Text(en="happened", fr="arrivé")
_TIMES = Text(en="times the mean", fr="fois la moyenne")
_REACHED = Text(en="of all outcomes so far", fr="de tous les résultats, cumulé")
_CLUE = Text(en="clue", fr="indice")
_WEIGHT = Text(en="weight", fr="poids")
_MEAN = Text(en="mean", fr="moyenne")
_LOWEST = Text(en="lowest", fr="plus basse")
_HIGHEST = Text(en="highest", fr="plus haute")
_AREA = Text(en="area under the ROC curve (0.5 is chance)", fr="aire sous la courbe ROC (0,5 : hasard)")
_BRIER = Text(en="Brier score (0 is perfect)", fr="score de Brier (0 : parfait)")
_BRIER_OF_BASE = Text(en="Brier score of saying the mean of all", fr="score de Brier de la moyenne pour tous")
_ERROR = Text(en="calibration error", fr="erreur de calibration")
