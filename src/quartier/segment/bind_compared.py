"""How comparisons of two things are bound: a measure or a trait with a trait, a measure with an earlier window."""

from dataclasses import replace

from quartier.catalog import Trait
from quartier.errors import Unusable
from quartier.language import Text
from quartier.segment.bind_ranks import SOME_EVENT, SOME_VALUE
from quartier.segment.bind_windows import window
from quartier.segment.binding import Binder, Placed
from quartier.segment.compared_documents import Other, other_side
from quartier.segment.conditions import ComparedLeaf, Condition, EventLeaf, TraitLeaf
from quartier.segment.documents import Test
from quartier.segment.operators import NUMERIC
from quartier.segment.values import TYPE_WORDS

COMPARING = ("is", "is_not", "more_than", "at_least", "less_than", "at_most")
"""The operators that compare two numbers of a person."""


def compared_trait(trait: Trait, test: Test, binder: Binder, place: str) -> Condition:
    """A trait compared with another one."""
    here = f"{place}.{test.operator}"
    try:
        other = _checked(test)
        _number(trait)
        if other.earlier is not None:
            raise Unusable(_TRAITS_HAVE_NO_TIME)
        return _with_trait(TraitLeaf(trait, SOME_VALUE), test, other, binder, here)
    except Unusable as error:
        return binder.unusable(here, error)


def compared_events(leaf: EventLeaf, test: Test, binder: Binder, place: str) -> Condition:
    """A measure of events compared with a trait, or with itself in another window."""
    here = f"{place}.{test.operator}"
    leaf = replace(leaf, comparison=SOME_EVENT)
    try:
        other = _checked(test)
        _numeric_measure(leaf)
        if other.earlier is None:
            return _with_trait(leaf, test, other, binder, here)
        return _with_earlier(leaf, test, other, here)
    except Placed as error:
        return binder.unusable(error.place, error.cause)
    except Unusable as error:
        return binder.unusable(here, error)


def _with_trait(left: TraitLeaf | EventLeaf, test: Test, other: Other, binder: Binder, place: str) -> Condition:
    name = other.trait or ""
    trait = binder.catalog.trait(name, binder.of)
    if trait is None:
        names = [each.name for each in binder.catalog.traits if each.of == binder.of]
        return binder.unknown(f"{place}.trait", _NO_TRAIT, name, names)
    _number(trait)
    right = TraitLeaf(trait, SOME_VALUE)
    if left == right:
        raise Unusable(_ITSELF)
    return ComparedLeaf(left, test.operator, right, other.times)


def _with_earlier(left: EventLeaf, test: Test, other: Other, place: str) -> Condition:
    right = replace(left, window=window(other.earlier or {}, f"{place}.earlier"))
    if left == right:
        raise Unusable(_ITSELF)
    if left.measure.kind == "most_frequent":
        raise Unusable(_NOT_FREQUENT)
    return ComparedLeaf(left, test.operator, right, other.times)


def _checked(test: Test) -> Other:
    if test.operator not in COMPARING:
        raise Unusable(_UNFIT.with_(key=test.operator), _FITTING.with_(names=list(COMPARING)))
    return other_side(test)


def _number(trait: Trait) -> None:
    if trait.type not in NUMERIC:
        raise Unusable(_NOT_A_NUMBER.with_(name=trait.name, type=TYPE_WORDS[trait.type]))


def _numeric_measure(leaf: EventLeaf) -> None:
    measure = leaf.measure
    if measure.kind.startswith("days_since"):
        raise Unusable(_NOT_DAYS, _COMPARE_DAYS)
    if measure.is_a_value and measure.declared and measure.declared.type not in NUMERIC:
        type_ = TYPE_WORDS[measure.declared.type]
        raise Unusable(_NOT_A_NUMBER.with_(name=measure.path, type=type_))


_NO_TRAIT = Text(en="there is no trait “{name}”", fr="il n'y a pas de trait « {name} »")
_UNFIT = Text(en="`{key}` does not compare two numbers", fr="`{key}` ne compare pas deux nombres")
_FITTING = Text(en="one of: {names}", fr="au choix : {names}")
_NOT_A_NUMBER = Text(
    en="only numbers are compared with one another, “{name}” is {type}",
    fr="seuls des nombres se comparent entre eux, « {name} » est {type}",
)
_TRAITS_HAVE_NO_TIME = Text(
    en="a trait has no earlier window, only a measure of events has",
    fr="un trait n'a pas de fenêtre passée, seule une mesure d'événements en a",
)
_ITSELF = Text(en="this compares something with itself", fr="ceci compare une chose à elle-même")
_NOT_FREQUENT = Text(
    en="the most frequent value cannot be compared with an earlier one",
    fr="la valeur la plus fréquente ne peut pas être comparée à une valeur passée",
)
_NOT_DAYS = Text(
    en="the days since an event cannot be compared with another number of the person",
    fr="les jours écoulés depuis un événement ne peuvent pas être comparés à un autre nombre de la personne",
)
_COMPARE_DAYS = Text(en="compare them with a number: `at_most: 30`", fr="comparez-les à un nombre : `at_most: 30`")
