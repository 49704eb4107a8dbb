"""The methods of Quartier by family, and what each needs of the data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from quartier.analyse.adviser.held import Column, Held
from quartier.catalog import Family, ValueType
from quartier.language import Text

FEWEST_CUSTOMERS = 100
"""Customers below whom statistics of purchases say nothing that would hold tomorrow."""
FEWEST_REPEATERS = 50
_SCALES = 3
"""Answers on scales below which there is nothing to divide in."""

Needs = Callable[[Held, Sequence[Column]], bool]
"""Whether a method can be run on what the data hold, given the columns of the family that carry something."""


@dataclass(frozen=True)
class Method:
    """One way to segment: what it is called, what it gives, where it is found.

    `place` is `model:KIND`, `page:NAME` or `editor`.
    """

    label: Text
    gives: Text
    place: str
    needs: Needs


def _one(_held: Held, own: Sequence[Column]) -> bool:
    return bool(own)


def _two(_held: Held, own: Sequence[Column]) -> bool:
    return sum(each.of == "person" for each in own) > 1


def _scales(_held: Held, own: Sequence[Column]) -> bool:
    return sum(each.of == "person" and each.type is ValueType.INTEGER for each in own) >= _SCALES


def _customers(held: Held, _own: Sequence[Column]) -> bool:
    return held.customers >= FEWEST_CUSTOMERS


def _repeaters(held: Held, _own: Sequence[Column]) -> bool:
    return held.repeat_customers >= FEWEST_REPEATERS


def _products(held: Held, own: Sequence[Column]) -> bool:
    return held.has_products and _repeaters(held, own)


def _several_events(held: Held, _own: Sequence[Column]) -> bool:
    return held.event_types > 1


def _asked(held: Held, own: Sequence[Column]) -> bool:
    return held.has_answers and any(each.of == "person" for each in own)


_RULES = Method(
    Text(en="Conditions", fr="Conditions"),
    Text(en="segments by values that you choose", fr="des segments selon les valeurs que vous choisissez"),
    "editor", _one,
)  # fmt: skip
_CLUSTERS = Method(
    Text(en="Clusters", fr="Groupes"),
    Text(en="groups of persons who are alike in several traits", fr="des groupes de personnes semblables sur plusieurs "
         "traits"),
    "model:clusters", _two,
)  # fmt: skip
_CLASSES = Method(
    Text(en="Latent classes of answers", fr="Classes latentes des réponses"),
    Text(en="groups of persons who answer alike", fr="des groupes de personnes aux réponses semblables"),
    "model:classes", _scales,
)  # fmt: skip
_FACTORS = Method(
    Text(en="Factors of answers", fr="Facteurs des réponses"),
    Text(en="the few leanings behind many statements", fr="les quelques dispositions derrière de nombreuses phrases"),
    "model:factors", _scales,
)  # fmt: skip
_SURVEYS = Method(
    Text(en="Survey results", fr="Résultats d'enquête"),
    Text(en="what was answered, with its interval, by segment", fr="les réponses, avec leur intervalle, par segment"),
    "page:surveys", _asked,
)  # fmt: skip

METHODS: Final[dict[Family, tuple[Method, ...]]] = {
    Family.DEMOGRAPHIC: (_RULES, _CLUSTERS),
    Family.GEOGRAPHIC: (_RULES,),
    Family.PSYCHOGRAPHIC: (_RULES, _SURVEYS, _CLASSES, _FACTORS),
    Family.BEHAVIOURAL: (
        Method(
            Text(en="RFM", fr="RFM"),
            Text(en="customers by how recently, how often and for how much they bought",
                 fr="les clients selon la date, la fréquence et le montant de leurs achats"),
            "model:rfm", _customers,
        ),
        Method(
            Text(en="Lifetime value", fr="Valeur vie client"),
            Text(en="what each customer is expected to bring", fr="ce que chaque client devrait rapporter"),
            "model:lifetime_value", _repeaters,
        ),
        Method(
            Text(en="Recommendations", fr="Recommandations"),
            Text(en="what each customer may buy next", fr="ce que chaque client peut acheter ensuite"),
            "model:recommendations", _products,
        ),
        Method(
            Text(en="Cohorts", fr="Cohortes"),
            Text(en="who comes back, by month of first order", fr="qui revient, selon le mois du premier achat"),
            "page:cohorts", _repeaters,
        ),
        Method(
            Text(en="Journeys", fr="Parcours"),
            Text(en="what is done one after the other, and where it stops",
                 fr="ce qui se fait l'un après l'autre, et où cela s'arrête"),
            "page:journeys", _several_events,
        ),
    ),
    Family.FIRMOGRAPHIC: (_RULES,),
    Family.TECHNOGRAPHIC: (_RULES,),
    Family.ACCOUNT: (_RULES, _CLUSTERS),
    Family.NEEDS: (_RULES, _SURVEYS, _CLASSES),
    Family.VALUES: (_RULES, _SURVEYS, _CLASSES, _FACTORS),
}  # fmt: skip
