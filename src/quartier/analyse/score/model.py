"""The score as a model: reads facts now and earlier, adds up points, holds them against what happened since."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.analyse.modelling.computed import Computed
from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.modelling.shown import Cell, Share, Shown
from quartier.analyse.purchases import PERSON, events_until
from quartier.analyse.score import calibration, weights
from quartier.analyse.score.definition import (
    FULL,
    SORTS,
    Band,
    Calibration,
    Criterion,
    CriterionFigures,
    Learnt,
    Score,
    ScoreFigures,
    Sort,
    most_of,
)
from quartier.analyse.score.facts import Keys, facts_of
from quartier.analyse.score.points import Facts, Scores, fraction, points, scores
from quartier.analyse.score.proposing import criteria
from quartier.catalog import Family, Label, Trait, ValueType
from quartier.errors import NoAnswer
from quartier.language import Said, Text

FEWEST = 20
"""Persons with each outcome under which a score is held against nothing."""
_PENCE = 1e-9


@dataclass(frozen=True)
class _Then:
    """The persons of an earlier instant, their facts then, and who came to the outcome since."""

    at: dt.datetime
    days: int
    facts: list[Facts]
    converted: npt.NDArray[np.bool_]


def compute(reading: Reading, document: Score) -> Computed:
    """The score of everybody now, its calibration as of an earlier instant, and the points that the data propose.

    Raises NoAnswer where there is nobody or no criterion, or where points are to be learnt and too few came to the
    outcome; UnknownName for a trait or an event that is not there.
    """
    stated = criteria(document, reading)
    keys = reading.persons([])[PERSON].to_numpy()
    if not stated or not len(keys):
        raise NoAnswer(_NOTHING, remedy=_STATE)
    then = _then(reading, document, stated, keys)
    proposed = _proposed(document, stated, then)
    applied = stated
    if document.weights == "proposed":
        if proposed is None:
            raise NoAnswer(_TOO_FEW.with_(n=weights.FEWEST), remedy=_LONGER)
        applied = weights.with_points(stated, proposed.points)
    facts = facts_of(reading, applied, keys, reading.as_of)
    found = scores(applied, facts, document.caps)
    columns = (found.score, found.low, found.high)
    table = pa.table({PERSON: pa.array(keys, pa.int32())} | {
        trait.name: pa.array(column) for trait, column in zip(_traits(document), columns, strict=True)
    })  # fmt: skip
    figures = ScoreFigures(
        weights=document.weights,
        criteria=tuple(_criteria(reading, stated, applied, facts, proposed)),
        full=round(most_of(applied, document.caps), 1),
        distribution=_by_band(found),
        ranged=int(np.sum(found.high > found.low)),
        calibration=_calibrated(document, stated, applied, then, proposed),
        learnt=_learnt(document, stated, then, proposed),
    )
    return Computed(table, _traits(document), figures, tuple(_findings(reading, document, figures, stated)))


def distribution(reading: Reading, stated: Sequence[Criterion], caps: Mapping[Sort, float]) -> tuple[int, ...]:
    """How many persons each band of ten points would hold by some criteria."""
    keys = reading.persons([])[PERSON].to_numpy()
    return _by_band(scores(stated, facts_of(reading, stated, keys, reading.as_of), caps))


def tables(figures: ScoreFigures, _scored: int) -> tuple[Shown, ...]:
    """The criteria with their points, and the bands with what happened."""
    rows: list[tuple[Cell, ...]] = [
        (_SAID.with_(said=each.said.text), SORTS[each.sort], each.most, each.persons, each.proposed)
        for each in figures.criteria
    ]
    shown = [Shown(_CRITERIA, (_CRITERION, _SORT, _MOST, _PERSONS, _PROPOSED), tuple(rows))]
    if figures.calibration:
        heads = (_BAND, _PERSONS, _CONVERTED, _SHARE, _LOW, _HIGH)
        shown.append(Shown(_CALIBRATION, heads, _bands(figures.calibration.bands)))
    return tuple(shown)


def _by_band(found: Scores) -> tuple[int, ...]:
    return tuple(np.bincount(calibration.band_of(found.score), minlength=FULL // calibration.WIDTH).tolist())


def _proposed(document: Score, stated: Sequence[Criterion], then: _Then | None) -> weights.Proposed | None:
    if then is None:
        return None
    fractions = np.stack([fraction(*each) for each in zip(stated, then.facts, strict=True)], axis=1)
    return weights.learnt(fractions, then.converted, document.seed)


def _bands(bands: Sequence[Band]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (f"{each.low}–{each.high}", each.persons, each.converted,
         *(None if n is None else Share(n) for n in (each.share, each.share_low, each.share_high)))
        for each in bands if each.persons
    )  # fmt: skip


def _then(reading: Reading, document: Score, stated: Sequence[Criterion], keys: Keys) -> _Then | None:
    """None where too few came to the outcome, or did not."""
    if document.converted is not None:
        at, days, who = reading.as_of, 0, keys
        came = reading.holding(document.converted)[0]
    elif reading.catalog.event(document.outcome) is None:
        return None
    else:
        days, at = document.horizon, reading.as_of - dt.timedelta(days=document.horizon)
        who = _active_by(reading, keys, at)
        came = reading.holding({"event": document.outcome, "within": f"{days} days"})[0]
    converted = np.isin(who, np.frombuffer(came.to_array(), np.uint32).astype(np.int64))
    if min(converted.sum(), (~converted).sum()) < FEWEST:
        return None
    return _Then(at, days, facts_of(reading, stated, who, at), converted)


def _active_by(reading: Reading, keys: Keys, at: dt.datetime) -> Keys:
    """Who had done something by an instant: of others nobody knows whether they were there yet."""
    earlier, found = replace(reading, as_of=at), np.empty(0, np.int32)
    for event in reading.catalog.events:
        rows = earlier.fetch(events_until(event).select(PERSON).distinct())
        found = np.union1d(found, rows[PERSON].to_numpy())
    return keys[np.isin(keys, found)]


def _criteria(
    reading: Reading, stated: Sequence[Criterion], applied: Sequence[Criterion], facts: Sequence[Facts],
    proposed: weights.Proposed | None,
) -> list[CriterionFigures]:  # fmt: skip
    by_condition = {each.asks: (each, fact) for each, fact in zip(applied, facts, strict=True)}
    found = []
    for place, each in enumerate(stated):
        own, fact = by_condition.get(each.asks, (each, None))
        brought = points(own, fact) if fact is not None else np.zeros(1)
        found.append(CriterionFigures(
            criterion=own.model_dump(mode="json", exclude_defaults=True), sort=each.sort, said=said(reading, each),
            most=round(own.most if own.points > 0 else own.points, 1) if fact is not None else 0.0,
            persons=int(np.sum(np.abs(brought) > _PENCE)), missing=int(fact.missing.sum()) if fact is not None else 0,
            mean=float(np.mean(brought)), proposed=None if proposed is None else float(proposed.points[place]),
        ))  # fmt: skip
    return found


def said(reading: Reading, criterion: Criterion) -> Label:
    """A criterion in words: its own label, else what its condition says."""
    if criterion.label is not None:
        return criterion.label
    if criterion.event is not None:
        return reading.event(criterion.event).label
    return reading.asked.said(criterion.condition)


def _calibrated(
    document: Score, stated: Sequence[Criterion], applied: Sequence[Criterion], then: _Then | None,
    proposed: weights.Proposed | None,
) -> Calibration | None:  # fmt: skip
    if then is None:
        return None
    facts = {each.asks: fact for each, fact in zip(stated, then.facts, strict=True)}
    score = scores(applied, [facts[each.asks] for each in applied], document.caps).score
    is_learnt = document.weights == "proposed" and proposed is not None
    part = proposed.tested if is_learnt and proposed is not None else np.ones(len(score), bool)
    area, low, high = calibration.auc(score[part], then.converted[part])
    return Calibration(
        as_of=then.at.isoformat(), days=then.days, persons=int(part.sum()), converted=int(then.converted[part].sum()),
        bands=calibration.bands(score[part], then.converted[part]), auc=area, auc_low=low, auc_high=high,
        is_held_out=is_learnt,
    )  # fmt: skip


def _learnt(
    document: Score, stated: Sequence[Criterion], then: _Then | None, proposed: weights.Proposed | None
) -> Learnt | None:
    if then is None or proposed is None:
        return None
    facts = {each.asks: fact for each, fact in zip(stated, then.facts, strict=True)}
    chosen = weights.with_points(stated, proposed.points)
    tested = proposed.tested
    own = [facts[each.asks] for each in chosen]
    by_data = scores(chosen, own, document.caps).score if chosen else np.zeros(len(tested))
    by_hand = scores(stated, then.facts, document.caps).score
    return Learnt(
        learnt_on=int((~tested).sum()), tested_on=int(tested.sum()),
        auc=calibration.auc(by_data[tested], then.converted[tested])[0],
        auc_stated=calibration.auc(by_hand[tested], then.converted[tested])[0],
    )  # fmt: skip


def _findings(
    reading: Reading, document: Score, figures: ScoreFigures, stated: Sequence[Criterion]
) -> list[Said]:  # fmt: skip
    found: list[Said] = []
    if not document.criteria:
        found.append(_PROPOSED_CRITERIA.with_(n=len(stated)))
    if figures.full < FULL - 1:
        found.append(_NOT_FULL.with_(full=figures.full))
    if figures.calibration is None:
        found.append(_NOT_HELD.with_(n=FEWEST))
    elif figures.calibration.days and any(
        each.event is None and not reading.asked.has_past(each.condition) for each in stated
    ):
        found.append(_AS_TODAY.with_(n=figures.calibration.days))
    return found


def _traits(document: Score) -> tuple[Trait, ...]:
    suffix = "" if document.name == "score" else f" ({document.name})"
    names = (
        (document.name, Label(en=f"Score out of 100{suffix}", fr=f"Score sur 100{suffix}")),
        (f"{document.name}_low", Label(en=f"Score, at least{suffix}", fr=f"Score, au moins{suffix}")),
        (f"{document.name}_high", Label(en=f"Score, at most{suffix}", fr=f"Score, au plus{suffix}")),
    )
    return tuple(
        Trait(name=name, type=ValueType.NUMBER, family=Family.BEHAVIOURAL, label=label, origin="computed")
        for name, label in names
    )


_NOTHING = Text(en="there is nothing that points could be given for", fr="il n'y a rien à quoi donner des points")
_STATE = Text(
    en="state criteria, or bring in what persons do", fr="énoncez des critères, ou apportez ce que font les personnes"
)
_TOO_FEW = Text(
    en="no points can be learnt: at least {n} persons with the outcome and {n} without are needed in each part",
    fr="aucun point ne peut être appris : il faut au moins {n} personnes avec l'issue et {n} sans dans chaque part",
)
_LONGER = Text(
    en="take a longer time for the outcome, or points as stated",
    fr="prenez une durée plus longue pour l'issue, ou des points tels qu'énoncés",
)
_PROPOSED_CRITERIA = Text(
    en="No criteria were stated: the {n} that the data suggest are taken. State your own, you know better.",
    fr="Aucun critère n'a été énoncé : les {n} que suggèrent les données sont pris. Énoncez les "
    "vôtres, vous savez mieux.",
)
_NOT_FULL = Text(
    en="All criteria together bring at most {full} points: nobody can have 100.",
    fr="Tous les critères ensemble rapportent au plus {full} points : personne ne peut en avoir 100.",
)
_NOT_HELD = Text(
    en="The score is not held against anything: fewer than {n} persons came to the outcome, or did not.",
    fr="Le score n'est confronté à rien : moins de {n} personnes sont arrivées à l'issue, ou n'y sont pas arrivées.",
)
_AS_TODAY = Text(
    en="{n} days ago events are as they were then, but traits as they are today: what was filled in since flatters the "
    "score.",
    fr="Il y a {n} jours, les événements sont ceux d'alors, mais les traits ceux d'aujourd'hui : ce qui a été rempli "
    "depuis flatte le score.",
)
_SAID = Text(en="{said}", fr="{said}")
_CRITERIA = Text(en="Criteria", fr="Critères")
_CRITERION = Text(en="criterion", fr="critère")
_SORT = Text(en="sort", fr="sorte")
_MOST = Text(en="points at most", fr="points au plus")
_PERSONS = Text(en="persons", fr="personnes")
_PROPOSED = Text(en="points that the data propose", fr="points que proposent les données")
_CALIBRATION = Text(en="What happened, by score", fr="Ce qui s'est passé, selon le score")
_BAND = Text(en="score", fr="score")
_CONVERTED = Text(en="came to it", fr="y sont arrivées")
_SHARE = Text(en="share", fr="part")
_LOW = Text(en="at least", fr="au moins")
_HIGH = Text(en="at most", fr="au plus")

KIND: Final = Kind(
    name="score",
    label=Text(en="Score out of 100", fr="Score sur 100"),
    sentence=Text(
        en="How ready each person is, in points that each have their reason, held against what really happened.",
        fr="À quel point chacun est prêt, en points qui ont chacun leur raison, confrontés à ce qui s'est "
        "vraiment passé.",
    ),
    document=Score,
    figures=ScoreFigures,
    compute=compute,
    tables=tables,
)
