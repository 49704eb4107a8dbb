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
        Reason(_WORDS[_how(each, level)].with_(field=each.field.name), weight, each.field.name)
        for each in model.configuration.comparisons
        for level, weight in [(pair[f"level_{each.field.column}"], pair[f"weight_{each.field.column}"])]
        if level >= 0
    ]
    near = [Reason(_NEAR.with_(), pair["weight_near"])] if pair["weight_near"] < -_NOTHING else []
    start = pair["match_weight"] - sum(each.weight for each in (*fields, *near))
    return (Reason(_START.with_(), start), *sorted(fields, key=lambda each: -each.weight), *near)


def _how(comparison: Comparison, level: int) -> str:
    found: Level = comparison.levels[level]
    if found.how == "same start" and comparison.field.kind is Kind.DATE:
        return "same year"
    return found.how


_NOTHING = 0.05
_START = Text(
    en="Before anything is compared: two records are seldom of one person",
    fr="Avant toute comparaison : deux enregistrements sont rarement d'une même personne",
)
_NEAR = Text(
    en="Two persons of one home or employer would agree as much",
    fr="Deux personnes d'un même foyer ou d'un même employeur se ressembleraient autant",
)
_WORDS: dict[str, Text] = {
    "same": Text(en="{field}: the same", fr="{field} : identique"),
    "same words": Text(en="{field}: the same words in another order", fr="{field} : mêmes mots dans un autre ordre"),
    "swapped": Text(en="{field}: first name and surname swapped", fr="{field} : nom et prénom intervertis"),
    "close": Text(en="{field}: nearly the same", fr="{field} : presque identique"),
    "one typo": Text(en="{field}: one sign differs", fr="{field} : un signe diffère"),
    "two typos": Text(en="{field}: two signs differ", fr="{field} : deux signes diffèrent"),
    "day and month swapped": Text(en="{field}: day and month swapped", fr="{field} : jour et mois intervertis"),
    "same year": Text(en="{field}: only the year is the same", fr="{field} : seule l'année est la même"),
    "same start": Text(en="{field}: only the beginning is the same", fr="{field} : seul le début est le même"),
    "same around": Text(en="{field}: differs, but the wider place is the same",
                        fr="{field} : diffère, mais le lieu plus large est le même"),
    "same before @": Text(en="{field}: the same before the @", fr="{field} : identique avant l'arobase"),
    "different": Text(en="{field}: differs", fr="{field} : diffère"),
}  # fmt: skip
