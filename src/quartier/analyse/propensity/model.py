"""Propensity as a model: reads persons at two cuts, learns, judges, foretells for everybody, tells all in a card."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa

from quartier.analyse.drivers.leakage import Leak
from quartier.analyse.learning.clues import Clue, Numbers, narrowed
from quartier.analyse.learning.folds import parted
from quartier.analyse.learning.judging import tenths
from quartier.analyse.learning.usable import LeftOut
from quartier.analyse.modelling.computed import Computed
from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.propensity.card import NotRead, PropensityFigures, Read, TenthNow, Warned, tables
from quartier.analyse.propensity.definition import Propensity
from quartier.analyse.propensity.learned import JUDGING, Foreteller, Judged, again, learned
from quartier.analyse.propensity.samples import Keys, belonged, chosen, sample, standing
from quartier.analyse.purchases import PERSON
from quartier.catalog import Family, Label, Trait, ValueType
from quartier.errors import NoAnswer
from quartier.language import Said, Text, percent

MOST_READ = 15


def compute(reading: Reading, document: Propensity) -> Computed:
    """Probability and tenth of everybody of whom the outcome can be foretold."""
    cut = reading.as_of - 2 * dt.timedelta(days=document.days) if document.has_time else None
    traits, left = chosen(reading, document, cut)
    if not reading.size:
        raise NoAnswer(_NOBODY, remedy=_IMPORT)
    if document.has_time:
        return _in_time(reading, document, traits, left)
    return _now(reading, document, traits, left)


def _in_time(reading: Reading, document: Propensity, traits: Sequence[Trait], left: Sequence[LeftOut]) -> Computed:
    """Taught at the cut before last, judged at the last one, then taught there to foretell from now on."""
    span = dt.timedelta(days=document.days)
    taught_at, judged_at = reading.as_of - 2 * span, reading.as_of - span
    cuts = (taught_at, judged_at, reading.as_of)
    belonging = belonged(reading, document, cuts)
    members = belonging.members if belonging else {}
    earlier = sample(reading, document, traits, taught_at, until=judged_at, members=members)
    later = sample(reading, document, traits, judged_at, until=reading.as_of, members=members)
    if earlier.outcome is None or later.outcome is None or not len(earlier.keys) or not len(later.keys):
        raise NoAnswer(_NO_PAST.with_(days=document.days, cut=taught_at.date()), remedy=_SHORTER)
    model, judged = learned(earlier.clues, earlier.outcome, later.clues, later.outcome, document.seed, is_before=True)
    fresh = again(model, later.clues, later.outcome, document.seed)
    now = sample(reading, document, traits, reading.as_of, until=None, members=members)
    found = _computed(document, reading, (fresh, judged), left, now.keys, now.clues, cuts)
    if belonging and not belonging.is_observed:
        found = replace(found, findings=(*found.findings, _EVALUATED.with_()))
    return found


def _now(reading: Reading, document: Propensity, traits: Sequence[Trait], left: Sequence[LeftOut]) -> Computed:
    """No time: three quarters teach, a quarter judges; then all of whom the trait is known teach."""
    everybody, known = standing(reading, document, traits)
    clues = narrowed(everybody.clues, known)
    outcome = np.asarray(everybody.outcome, dtype=bool)[known]
    if not len(outcome):
        raise NoAnswer(_NO_VALUE.with_(trait=document.trait), remedy=_IMPORT)
    teach, judge = _parted(outcome, document.seed)
    model, judged = learned(
        narrowed(clues, teach), outcome[teach], narrowed(clues, judge), outcome[judge], document.seed
    )
    fresh = again(model, clues, outcome, document.seed)
    cuts = (reading.as_of, reading.as_of, reading.as_of)
    return _computed(document, reading, (fresh, judged), left, everybody.keys, everybody.clues, cuts)


def _parted(outcome: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    if not outcome.any() or outcome.all():
        return np.ones(len(outcome), dtype=bool), np.ones(len(outcome), dtype=bool)  # refused by who learns
    return parted(outcome, JUDGING, np.random.SeedSequence([seed, 20]))


def _computed(
    document: Propensity, reading: Reading, found: tuple[Foreteller, Judged], left: Sequence[LeftOut], keys: Keys,
    clues: Sequence[Clue], cuts: tuple[dt.datetime, dt.datetime, dt.datetime],
) -> Computed:  # fmt: skip
    model, judged = found
    said = model.probabilities(clues) if len(keys) else np.array([])
    tenth = tenths(said) if len(keys) else np.array([], dtype=np.int64)
    written = _traits(document, reading)
    table = pa.table(
        {PERSON: pa.array(keys, pa.int32()), written[0].name: pa.array(said), written[1].name: pa.array(tenth)}
    )
    figures = PropensityFigures(
        name=document.name,
        outcome=said_outcome(document, reading),
        split="time" if document.has_time else "persons",
        taught_at=cuts[0], judged_at=cuts[1], until=cuts[2],
        days=document.days if document.has_time else None,
        learned=model.learned, calibrated=model.calibrated, trees=model.trees.count, method=model.calibration.method,
        judgement=judged.judgement,
        clues=tuple(Read.model_validate(vars(each)) for each in judged.weights[:MOST_READ]),
        warned=tuple(_warned(each) for each in judged.leaks),
        not_read=tuple(
            NotRead(trait=each.trait, label=each.label, reason=_label(each.reason))
            for each in (*left, *judged.left_out)
        ),
        weaker=judged.weaker,
        tenths=_tenths_now(said, tenth),
    )  # fmt: skip
    return Computed(table, written, figures, _findings(figures))


def _traits(document: Propensity, reading: Reading) -> tuple[Trait, Trait]:
    outcome = said_outcome(document, reading)

    def trait(suffix: str, of: ValueType, en: str, fr: str) -> Trait:
        label = Label(en=f"{en}: {outcome.en}", fr=f"{fr}\N{NO-BREAK SPACE}: {outcome.fr}")
        name = f"{document.name}_{suffix}"
        return Trait(name=name, type=of, family=Family.BEHAVIOURAL, label=label, origin="predicted")

    return (
        trait("probability", ValueType.NUMBER, "Probability", "Probabilité"),
        trait("tenth", ValueType.INTEGER, "Tenth", "Dixième"),
    )


def said_outcome(document: Propensity, reading: Reading) -> Label:
    """The outcome in words."""
    fields: dict[str, object] = {"days": document.days, "value": document.value or ""}
    if document.outcome in ("event", "silence"):
        fields["of"] = reading.event(document.event).label.text
    elif document.is_of_segment:
        fields["of"] = reading.asked.called(document.segment or "").text
    else:
        fields["of"] = reading.trait(document.trait or "").label.text
    return _label(_OUTCOMES[document.outcome].with_(**fields))


def _warned(each: Leak) -> Warned:
    why = tuple(_label(one) for one in each.why)
    return Warned(trait=each.trait, label=each.label, is_accused=each.is_accused, why=why)


def _tenths_now(said: Numbers, tenth: np.ndarray) -> tuple[TenthNow, ...]:
    found = []
    for each in np.unique(tenth):
        own = said[tenth == each]
        found.append(
            TenthNow(
                tenth=int(each), persons=len(own), low=float(own.min()), high=float(own.max()), mean=float(own.mean())
            )
        )
    return tuple(found)


def _findings(figures: PropensityFigures) -> tuple[Said, ...]:
    found = []
    if figures.is_no_better:
        found.append(_NO_BETTER.with_())
    if figures.moved:
        said, seen = figures.moved
        found.append(_MOVED.with_(said=_share(said), seen=_share(seen)))
    if figures.split == "persons":
        found.append(_NO_TIME.with_())
    accused = [each.label.text for each in figures.warned if each.is_accused]
    doubted = [each.label.text for each in figures.warned if not each.is_accused]
    if accused:
        found.append(_LEFT_OUT.with_(traits=accused))
    if doubted:
        found.append(_IN_DOUBT.with_(traits=doubted))
    return tuple(found)


def _share(value: float) -> Text:
    return Text(en=percent(value, "en"), fr=percent(value, "fr"))


def _label(said: Text | Said) -> Label:
    return Label(en=said.to("en"), fr=said.to("fr"))


_OUTCOMES = {
    "event": Text(en="{of} within {days} days", fr="{of} d'ici {days} jours"),
    "silence": Text(en="no {of} for {days} days", fr="aucun événement « {of} » pendant {days} jours"),
    "value": Text(en="{of} is {value}", fr="{of} vaut {value}"),
    "change": Text(en="{of} becomes {value} within {days} days", fr="{of} devient {value} d'ici {days} jours"),
    "segment": Text(en="a member of “{of}” in {days} days", fr="membre de « {of} » dans {days} jours"),
    "leaving": Text(
        en="no longer a member of “{of}” in {days} days", fr="n'est plus membre de « {of} » dans {days} jours"
    ),
}
_NOBODY = Text(en="there is nobody to learn from", fr="il n'y a personne de qui apprendre")
_IMPORT = Text(en="bring in persons and what they did", fr="importez des personnes et ce qu'elles ont fait")
_NO_PAST = Text(
    en="nobody could have had the outcome at {cut}: two spans of {days} days must lie in the past",
    fr="personne ne pouvait avoir le résultat au {cut} : il faut deux périodes de {days} jours dans le passé",
)
_SHORTER = Text(
    en="ask for fewer days, or bring in older events",
    fr="demandez moins de jours, ou importez des événements plus anciens",
)
_NO_VALUE = Text(en="nobody has a value of “{trait}”", fr="personne n'a de valeur pour « {trait} »")
_NO_BETTER = Text(
    en="It ranks no better than chance: do not use it.",
    fr="Elle ne classe pas mieux que le hasard : ne vous en servez pas.",
)
_MOVED = Text(
    en="The level moved: {said} were foretold for the last span and {seen} came. Trust the order more than the level.",
    fr="Le niveau a bougé : {said} prévus pour la dernière période, {seen} arrivés. Fiez-vous à l'ordre plus "
    "qu'au niveau.",
)
_NO_TIME = Text(
    en="The outcome has no time: persons of the same moment judge, so how it holds later is not known.",
    fr="Le résultat n'a pas de date : des personnes du même moment jugent, et sa tenue dans le temps reste inconnue.",
)
_EVALUATED = Text(
    en="Who was a member at the cuts was not observed: the segment's conditions in force, as of then, say it.",
    fr="Qui était membre aux coupures n'a pas été observé : ce sont les conditions en vigueur, évaluées à ces dates, "
    "qui le disent.",
)
_LEFT_OUT = Text(
    en="Left out, because they may know what came after: {traits}.",
    fr="Laissés de côté, car ils peuvent connaître la suite : {traits}.",
)
_IN_DOUBT = Text(
    en="In doubt, look at how they are filled in: {traits}.",
    fr="À vérifier, regardez comment ils sont remplis : {traits}.",
)

KIND: Final = Kind(
    name="propensity",
    label=Text(en="Propensity", fr="Propension"),
    sentence=Text(
        en="How likely each person is to buy next, leave, convert, upgrade or join a segment, with proof of how far to "
        "trust it.",
        fr="La probabilité que chacun achète, parte, se convertisse, monte en gamme ou entre dans un segment, et la "
        "preuve de ce qu'elle vaut.",
    ),
    document=Propensity,
    figures=PropensityFigures,
    compute=compute,
    tables=tables,
)
