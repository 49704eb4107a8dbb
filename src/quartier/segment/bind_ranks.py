"""How ranks are bound: what is ranked, how many places, and among whom."""

from quartier.catalog import Trait, ValueType
from quartier.errors import Unusable
from quartier.language import Text
from quartier.segment.binding import Binder
from quartier.segment.conditions import Comparison, Condition, EventLeaf, Measure, RankLeaf, TraitLeaf
from quartier.segment.documents import Test
from quartier.segment.operators import NUMERIC
from quartier.segment.ranks import Rank
from quartier.segment.values import TYPE_WORDS

SOME_VALUE = Comparison("known", True)
"""The comparison of a trait that is ranked."""
SOME_EVENT = Comparison("is_not", 0)
"""Stands for the comparison of a measure that is ranked, which nobody asks: who has no event has no value."""


def rank_of_trait(trait: Trait, test: Test, binder: Binder, place: str) -> Condition:
    """The persons at one end of the order of a trait."""
    if binder.of != "person":
        return binder.problem(f"{place}.{test.operator}", _ONLY_PERSONS, _COMPARE_ACCOUNTS)
    return _rank(TraitLeaf(trait, SOME_VALUE), trait.type, trait.name, test, binder, place)


def rank_of_events(leaf: EventLeaf, test: Test, binder: Binder, place: str) -> Condition:
    """The persons at one end of the order of a measure of events."""
    if leaf.measure.kind.startswith("days_since"):
        return binder.problem(f"{place}.days_since", _NO_DAYS, _COMPARE)
    type_, name = _ranked_type(leaf.measure), leaf.measure.path or ""
    return _rank(leaf, type_, name, test, binder, place)


def _rank(
    ranked: TraitLeaf | EventLeaf, type_: ValueType, name: str, test: Test, binder: Binder, place: str
) -> Condition:
    here = f"{place}.{test.operator}"
    if type_ not in NUMERIC:
        return binder.problem(here, _ONLY_NUMBERS.with_(name=name, type=TYPE_WORDS[type_]))
    try:
        return RankLeaf(ranked, Rank.parse(test.operator, test.value), binder.among)
    except Unusable as error:
        return binder.unusable(here, error)


def _ranked_type(measure: Measure) -> ValueType:
    is_value_itself = measure.is_a_value and measure.declared is not None
    return measure.declared.type if is_value_itself and measure.declared else ValueType.NUMBER


_ONLY_PERSONS = Text(en="only persons are ranked, not accounts", fr="seules les personnes ont un rang, pas les comptes")
_COMPARE_ACCOUNTS = Text(en="compare with a number: `at_least: 250`", fr="comparez à un nombre : `at_least: 250`")
_ONLY_NUMBERS = Text(
    en="only numbers have a rank, “{name}” is {type}", fr="seuls les nombres ont un rang, « {name} » est {type}"
)
_NO_DAYS = Text(en="the days since an event have no rank", fr="les jours écoulés depuis un événement n'ont pas de rang")
_COMPARE = Text(en="compare them: `at_most: 30`", fr="comparez-les : `at_most: 30`")
