"""Why two records are taken for one person, or not: what each field says, in words and in weights. Pure.

A weight of one bit doubles the odds, and one of minus one halves them. The weights of a pair begin with how rare it is
that two records are of one person at all, and add up to its probability.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quartier.identify.matching.comparing import Comparison, Level
from quartier.identify.matching.kinds import Kind
from quartier.identify.matching.model import Model
from quartier.language import Said, Text


@dataclass(frozen=True)
class Reason:
    """What one thing says about a pair: in words, and by how much; more than nothing speaks for one person."""

    what: Said
    weight: float
    field: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The plain form; the words in both languages."""
        words = {"en": self.what.to("en"), "fr": self.what.to("fr")}
        return {"field": self.field, "weight": round(self.weight, 3), "what": words}


def reasons(pair: Mapping[str, Any], model: Model) -> tuple[Reason, ...]:
    """What speaks for and against a pair, a row of `Matched.pairs`: the start, each field, and what a home explains.

    The weights add up to the pair's `match_weight`. Fields of which a value is missing are left out: they say nothing.
    """
    fields = [
        Reason(_OF_FIELD.with_(field=each.field.name, how=how(each, level)), weight, each.field.name)
        for each in model.configuration.comparisons
        for level, weight in [(pair[f"level_{each.field.column}"], pair[f"weight_{each.field.column}"])]
        if level >= 0
    ]
    beside = _SITES if model.configuration.is_of_organisations else _NEAR
    near = [Reason(beside.with_(), pair["weight_near"])] if pair["weight_near"] < -_NOTHING else []
    start = pair["match_weight"] - sum(each.weight for each in (*fields, *near))
    return (Reason(_START.with_(), start), *sorted(fields, key=lambda each: -each.weight), *near)


def how(comparison: Comparison, level: int) -> Text:
    """How the values of a field agree at one of its levels."""
    found: Level = comparison.levels[level]
    if found.how == "same start" and comparison.field.kind is Kind.DATE:
        return HOW["same year"]
    return HOW["very close" if found.how == "close" and found.amount > _VERY else found.how]


_VERY = 0.85
_NOTHING = 0.05
_OF_FIELD = Text(en="{field}: {how}", fr="{field} : {how}")
_START = Text(en="Before anything is compared", fr="Avant toute comparaison")
_NEAR = Text(en="A home or an employer in common would explain it", fr="Un foyer ou un employeur commun l'expliquerait")
_SITES = Text(
    en="One company with several sites would explain it", fr="Une entreprise à plusieurs sites l'expliquerait"
)
HOW: dict[str, Text] = {
    "same": Text(en="the same", fr="identique"),
    "same words": Text(en="the same words in another order", fr="mêmes mots dans un autre ordre"),
    "swapped": Text(en="first name and surname swapped", fr="nom et prénom intervertis"),
    "very close": Text(en="nearly the same", fr="presque identique"),
    "close": Text(en="alike", fr="ressemblant"),
    "one typo": Text(en="one sign differs", fr="un signe diffère"),
    "two typos": Text(en="two signs differ", fr="deux signes diffèrent"),
    "day and month swapped": Text(en="day and month swapped", fr="jour et mois intervertis"),
    "same year": Text(en="only the year is the same", fr="seule l'année est la même"),
    "same start": Text(en="only the beginning is the same", fr="seul le début est le même"),
    "same around": Text(
        en="differs, but the wider place is the same", fr="diffère, mais le lieu plus large est le même"
    ),
    "same before @": Text(en="the same before the @", fr="identique avant l'arobase"),
    "different": Text(en="differs", fr="diffère"),
}
"""How two values agree, in a few words."""
