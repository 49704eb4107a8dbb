"""From a definition to a bound tree: the only place where a name can be unknown.

All problems of a document are found in one pass and told together, each with its place.
"""

from collections.abc import Collection

from quartier.catalog import Catalog, Subject, other_subject
from quartier.errors import InvalidDefinition, Problem, Unusable
from quartier.language import Text
from quartier.segment import (  # noqa: F401 - they register how each kind is bound
    bind_accounts,
    bind_events,
    bind_memory,
    bind_own_time,
    bind_places,
    bind_sequences,
)
from quartier.segment import definition as written
from quartier.segment.bind_compared import compared_trait
from quartier.segment.bind_earlier import changed_trait, compared_with_earlier
from quartier.segment.bind_ranks import rank_of_trait
from quartier.segment.binding import Binder, Definitions, bind_condition
from quartier.segment.compared_documents import is_other
from quartier.segment.conditions import All, AtLeast, BoundSegment, Condition, Not, PersonsLeaf, TraitLeaf
from quartier.segment.earlier_documents import CHANGED, is_own_earlier
from quartier.segment.population import admits_strangers_unsaid
from quartier.segment.ranks import RANKS
from quartier.segment.subjects import ASK_THE_OTHER, ASKED_OF
from quartier.segment.values import comparison

MOST_CONDITIONS = 2_000
"""How many conditions a segment may have, those of the segments that it refers to counted at each reference."""


def bind(
    segment: written.Segment,
    catalog: Catalog,
    others: Definitions | None = None,
    campaigns: Collection[str] | None = None,
) -> BoundSegment:
    """Resolve every name of a segment; those of campaigns when it is known which there are.

    Raises InvalidDefinition with all problems at once.
    """
    binder = Binder(catalog, {**(others or {}), segment.name: segment}, campaigns=campaigns)
    bound = binder.segment(segment, "")
    if binder.size > MOST_CONDITIONS:
        binder.problems.append(Problem("where", _TOO_LARGE.with_(n=binder.size, most=MOST_CONDITIONS), _DIVIDE))
    if not binder.problems and admits_strangers_unsaid(bound):
        binder.problems.append(Problem("population", _HOLDS_FOR_STRANGERS[bound.of], _SAY_THE_POPULATION[bound.of]))
    if binder.problems:
        raise InvalidDefinition(segment.name, binder.problems)
    return bound


def bind_each(
    known: Definitions, catalog: Catalog, campaigns: Collection[str] | None = None
) -> tuple[dict[str, BoundSegment], dict[str, InvalidDefinition]]:
    """Segments that may refer to one another, bound, and those that are refused, each with its reasons."""
    bound, refused = {}, {}
    for name, segment in known.items():
        try:
            bound[name] = bind(segment, catalog, known, campaigns)
        except InvalidDefinition as error:
            refused[name] = error
    return bound, refused


@bind_condition.register
def _(node: written.AllCondition, binder: Binder, place: str) -> Condition:
    return All(binder.parts(node.all, f"{place}.all"))


@bind_condition.register
def _(node: written.AnyCondition, binder: Binder, place: str) -> Condition:
    return AtLeast(1, binder.parts(node.any, f"{place}.any"))


@bind_condition.register
def _(node: written.NoneCondition, binder: Binder, place: str) -> Condition:
    return Not(AtLeast(1, binder.parts(node.none, f"{place}.none")))


@bind_condition.register
def _(node: written.AtLeastCondition, binder: Binder, place: str) -> Condition:
    if node.at_least > len(node.of):
        binder.problem(f"{place}.at_least", _TOO_MANY.with_(n=node.at_least, parts=len(node.of)))
    return AtLeast(node.at_least, binder.parts(node.of, f"{place}.of"))


@bind_condition.register
def _(node: written.NotCondition, binder: Binder, place: str) -> Condition:
    return Not(binder.condition(node.not_, f"{place}.not"))


@bind_condition.register
def _(node: written.PersonsCondition, _binder: Binder, _place: str) -> Condition:
    return PersonsLeaf(tuple(dict.fromkeys(node.persons)))


@bind_condition.register
def _(node: written.TraitCondition, binder: Binder, place: str) -> Condition:
    trait = binder.catalog.trait(node.trait, binder.of)
    if trait is None:
        return _unknown_trait(node.trait, binder, f"{place}.trait")
    if node.test.operator in RANKS:
        return rank_of_trait(trait, node.test, binder, place)
    if node.test.operator == CHANGED:
        return changed_trait(trait, node.test, binder, place)
    if is_own_earlier(node.test):
        return compared_with_earlier(trait, node.test, binder, place)
    if is_other(node.test):
        return compared_trait(trait, node.test, binder, place)
    try:
        return TraitLeaf(trait, comparison(node.test, trait.type))
    except Unusable as error:
        return binder.unusable(f"{place}.{node.test.operator}", error)


def _unknown_trait(name: str, binder: Binder, place: str) -> Condition:
    other = other_subject(binder.of)
    if binder.catalog.trait(name, other):
        return binder.problem(place, ASKED_OF[other], ASK_THE_OTHER[other])
    return binder.unknown(place, _NO_TRAIT, name, [each.name for each in binder.catalog.traits if each.of == binder.of])


_NO_TRAIT = Text(en="there is no trait “{name}”", fr="il n'y a pas de trait « {name} »")
_TOO_MANY = Text(en="{n} of {parts} conditions can never hold", fr="{n} conditions sur {parts} ne peuvent pas tenir")
_HOLDS_FOR_STRANGERS: dict[Subject, Text] = {
    "person": Text(
        en="this holds for a person of whom nothing is known, and no population says that this is meant",
        fr="ceci vaut aussi pour une personne dont on ne sait rien, et aucune population ne dit que c'est voulu",
    ),
    "account": Text(
        en="this holds for an account of which nothing is known, and no population says that this is meant",
        fr="ceci vaut aussi pour un compte dont on ne sait rien, et aucune population ne dit que c'est voulu",
    ),
}
_TOO_LARGE = Text(
    en="this has {n} conditions with those of the segments it refers to; {most} are possible",
    fr="ceci compte {n} conditions avec celles des segments cités ; {most} sont possibles",
)
_DIVIDE = Text(
    en="divide it, or put values into a list: `in: [FR, BE]`",
    fr="divisez-le, ou réunissez les valeurs dans une liste : `in: [FR, BE]`",
)
_SAY_THE_POPULATION: dict[Subject, Text] = {
    "person": Text(
        en="name one: `population: customers`, `identified`, a segment, or `everyone` if you mean everyone",
        fr="nommez-en une : `population: customers`, `identified`, un segment, ou `everyone` "
        "si c'est bien tout le monde",
    ),
    "account": Text(
        en="name one: `population: customers`, a segment of accounts, or `everyone` if you mean all of them",
        fr="nommez-en une : `population: customers`, un segment de comptes, ou `everyone` si c'est bien tous",
    ),
}

__all__ = ["Definitions", "bind", "bind_each"]
