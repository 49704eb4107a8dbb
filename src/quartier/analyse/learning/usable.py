"""Which traits may be read at all: those that say how people are, and neither who they are nor what would hurt them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from quartier.analyse.learning.clues import Clue, distinct_share
from quartier.analyse.plain import Plain
from quartier.catalog import Label, Meaning, Sensitivity, Trait, ValueType
from quartier.language import Text

_AGES = frozenset({Meaning.BIRTH_DATE, Meaning.BIRTH_YEAR, Meaning.AGE})
_SHARED_BY_MANY = frozenset({Meaning.GENDER, Meaning.COUNTRY, Meaning.REGION, Meaning.CITY, Meaning.LANGUAGE})
_READ = frozenset(ValueType) - {ValueType.TEXTS, ValueType.LINES}
LASTING = _AGES | _SHARED_BY_MANY | {Meaning.SIGNUP_AT}
"""What hardly changes, so that its value of today is good for an earlier day."""
MOST_NAMING = 0.5
"""Texts of which so many are nearly nobody else's name persons, or are written freely."""


class Reason(Enum):
    """Why a trait is not read."""

    SENSITIVE = Text(en="sensitive: read only on request", fr="délicat : lu seulement sur demande")
    NAMING = Text(en="names persons, or is written freely", fr="nomme les personnes, ou s'écrit librement")
    LIST = Text(en="a list, not one value", fr="une liste, non une valeur")
    UNKNOWN = Text(en="known of nobody", fr="connu de personne")
    CONSTANT = Text(en="the same for everybody", fr="identique pour tout le monde")
    COMPUTED = Text(
        en="computed today, so it may know what came later",
        fr="calculé aujourd'hui : il peut connaître la suite",
    )
    MADE = Text(
        en="made by a model from other traits or events: read only on request",
        fr="tiré par un modèle d'autres traits ou d'événements : lu seulement sur demande",
    )
    TODAY = Text(
        en="known only as it is today, not as it was before the outcome: read only on request",
        fr="connu seulement tel qu'il est aujourd'hui, non tel qu'avant le résultat : lu seulement sur demande",
    )
    OUTCOME = Text(en="the outcome itself, or made from it", fr="le résultat lui-même, ou tiré de lui")


@dataclass(frozen=True)
class LeftOut(Plain):
    """A trait that is not read, and why."""

    trait: str
    label: Label
    reason: Text


def usable(traits: Sequence[Trait], asked: Collection[str] = ()) -> tuple[list[Trait], list[LeftOut]]:
    """The traits of persons that may be read, and the others; sensitive ones only when `asked` for by name."""
    kept, left = [], []
    for each in traits:
        reason = _reason(each, each.name in asked) if each.of == "person" else None
        if each.of == "person" and reason is None:
            kept.append(each)
        elif reason is not None:
            left.append(LeftOut(each.name, each.label, reason.value))
    return kept, left


def telling(clues: Sequence[Clue]) -> tuple[list[Clue], list[LeftOut]]:
    """The clues that can tell persons apart, and those that cannot: not known, the same for all, names."""
    kept, left = [], []
    for each in clues:
        reason = _silence(each)
        if reason is None:
            kept.append(each)
        else:
            left.append(LeftOut(each.name, each.label, reason.value))
    return kept, left


def _reason(trait: Trait, is_asked: bool) -> Reason | None:
    if trait.type not in _READ:
        return Reason.LIST
    if trait.sensitivity is Sensitivity.PERSONAL and trait.meaning not in _AGES | _SHARED_BY_MANY:
        return Reason.NAMING
    if trait.sensitivity.is_masked and not is_asked:
        return Reason.SENSITIVE
    return None


def _silence(clue: Clue) -> Reason | None:
    if not clue.known.any():
        return Reason.UNKNOWN
    if distinct_share(clue) > MOST_NAMING:
        return Reason.NAMING
    return Reason.CONSTANT if clue.is_constant else None
