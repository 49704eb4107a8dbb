"""Who promises much and was left alone: the upper tenth of what models wrote, without contact, where it is allowed.

What is counted is who is there; that contacting them would change anything is not said. A holdout tells that.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quartier.analyse.journeys.coded import RECEIVED
from quartier.analyse.learning.judging import Z
from quartier.analyse.modelling.computed import figures_in
from quartier.analyse.plain import Plain
from quartier.analyse.profile import Interval
from quartier.analyse.propensity.card import PropensityFigures
from quartier.catalog import EventType, Label, Trait, ValueType
from quartier.language import Said, Text, percent, verbatim
from quartier.store.runs import Run

DAYS = 90
"""Without contact for so many days, unless told."""
UPPER = 0.1
_ANSWERED = ("Email Opened", "Email Link Clicked", "SMS Clicked", "Push Notification Opened")
"""Who does that was reached, whether the message itself was noted or not."""
_NOT_REACHED = ("Email Bounced",)
_CONSENT = ("consent", "consentement", "opt_in", "optin", "accepts_marketing", "newsletter")
"""Words in the name of a yes or no that says whether somebody may be written to, the plainest first."""
_REFUSED = frozenset((
    "no", "not", "non", "pas", "sans", "out", "optout", "stop", "withdrawn", "retire", "refused", "refuse", "refus",
    "unsubscribed", "unsubscribe", "desabonne", "desinscrit", "blocked",
))  # fmt: skip
"""Words beside them by which a yes means that they may not: such a trait is never taken for the agreement."""

Where = dict[str, Any]


@dataclass(frozen=True)
class Promise:
    """What a model promises of persons: the upper tenth of one of its traits.

    Attributes:
        name: of the model.
        label: what the tenth is called.
        where: the condition of who is in it.
        chance: the trait that holds the probability of the outcome; None where none is foretold.
        outcome: what is foretold; None as above.
        warnings: what must be known of the model.
    """

    name: str
    label: Text
    where: Where
    chance: str | None = None
    outcome: Label | None = None
    warnings: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Alone(Plain):
    """The upper tenth of a promise, by contact."""

    model: str
    label: Text
    persons: int
    contacted: int
    """in the days looked at"""
    apart: int
    """of the others, who have not agreed to be contacted: never proposed"""
    proposed: int
    expected: float | None
    """outcomes to be expected of those proposed: the sum of their probabilities"""
    expected_interval: Interval | None
    """of that sum, by the chance of each alone (Poisson-binomial law, normal approximation)"""
    value: float | None
    """lifetime value of those proposed, where it has been computed"""


def promises_of(
    runs: Iterable[Run], traits: Mapping[str, Trait], upper: Callable[[str], float | None]
) -> tuple[list[Promise], list[Said]]:
    """What the last runs promise, and what they cannot. `upper` gives the lower bound of the upper tenth of a trait."""
    found, lacking = list[Promise](), list[Said]()
    for run in runs:
        kind, name = run.parameters.get("model"), run.model
        if kind == "propensity" and f"{name}_tenth" in traits:
            figures = PropensityFigures.model_validate(figures_in(run))
            if figures.is_no_better:
                lacking.append(_NO_BETTER.with_(name=name))
            else:
                found.append(_likely(name, figures))
        elif kind in _AMOUNTS and name in traits and (bound := upper(name)) is not None:
            label = _AMOUNTS[kind]
            found.append(Promise(name, label, {"trait": name, "at_least": bound}))
    if not found:
        lacking.append(_NO_MODEL.with_())
    return found, lacking


def upper_bound(values: Sequence[float]) -> float | None:
    """From which value on somebody is in the upper tenth; None where nearly all are alike."""
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    if not len(known):
        return None
    bound = float(np.quantile(known, 1 - UPPER, method="higher"))
    return bound if (known >= bound).mean() <= 2 * UPPER else None


def contacts_of(events: Iterable[EventType]) -> tuple[str, ...]:
    """The events that say that somebody was contacted."""
    known = {each.casefold() for each in (*RECEIVED, *_ANSWERED) if each not in _NOT_REACHED}
    return tuple(each.name for each in events if each.name.casefold() in known)


def contacted(events: Sequence[str], campaigns: Sequence[str], days: int) -> Where | None:
    """The condition of who was contacted in so many days; None where nothing would say so."""
    within = f"{days} days"
    parts: list[Where] = [{"event": each, "within": within} for each in events]
    parts += [{"campaign": each, "was": "exposed", "within": within} for each in campaigns]
    if len(parts) < 2:
        return parts[0] if parts else None
    return {"any": parts}


def consent_of(traits: Iterable[Trait]) -> Trait | None:
    """The yes or no that says whether somebody may be written to, by its name; None where there is none."""
    flags = [each for each in traits if each.of == "person" and each.type is ValueType.BOOLEAN]
    for word in _CONSENT:
        for each in flags:
            if f"_{word}_" in f"_{each.name}_" and not _REFUSED & set(each.name.split("_")):
                return each
    return None


def expected(chances: Sequence[float]) -> tuple[float, Interval]:
    """The sum of probabilities, and its interval where each outcome falls by itself."""
    known = np.asarray(chances, dtype=np.float64)
    total, error = float(known.sum()), math.sqrt(float((known * (1 - known)).sum()))
    return total, Interval(max(0.0, total - Z * error), min(float(len(known)), total + Z * error))


def _likely(name: str, figures: PropensityFigures) -> Promise:
    warnings: tuple[Said, ...] = ()
    if figures.moved:
        said, seen = (verbatim(percent(each, "en"), percent(each, "fr")) for each in figures.moved)
        warnings = (_MOVED.with_(said=said, seen=seen),)
    outcome = figures.outcome
    label = verbatim(_LIKELY.to("en", outcome=outcome.en), _LIKELY.to("fr", outcome=outcome.fr))
    return Promise(
        name, label, {"trait": f"{name}_tenth", "is": 1}, f"{name}_probability", outcome, warnings=warnings
    )  # fmt: skip


_LIKELY = Text(en="The tenth most likely ({outcome})", fr="Le dixième le plus probable ({outcome})")
_AMOUNTS: dict[str, Text] = {
    "lifetime_value": Text(en="The tenth of highest lifetime value", fr="Le dixième de plus haute valeur vie client"),
    "score": Text(en="The tenth of highest score", fr="Le dixième au score le plus haut"),
}
_NO_BETTER = Text(
    en="“{name}” ranks no better than chance, so nobody is proposed by it.",
    fr="« {name} » ne classe pas mieux que le hasard : personne n'est proposé d'après lui.",
)
_NO_MODEL = Text(
    en="No model has said yet who promises much. Run a propensity, lifetime value or a score under Models.",
    fr="Aucun modèle n'a encore dit qui est prometteur. Calculez une propension, la valeur vie client ou un score dans "
    "Modèles.",
)
_MOVED = Text(
    en="The level of this model moved when it was checked: {said} foretold, {seen} came. Trust the order more than the "
    "number expected.",
    fr="Le niveau de ce modèle a bougé lors de sa vérification : {said} prévus, {seen} arrivés. Fiez-vous à l'ordre "
    "plus qu'au nombre attendu.",
)
