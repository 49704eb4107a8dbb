"""The persons among whom a segment is drawn, and whether a condition holds for a person of whom nothing is known."""

from functools import singledispatch

from quartier.catalog import Catalog, Meaning, Subject
from quartier.errors import Unusable
from quartier.language import Text
from quartier.segment.conditions import (
    COUNT,
    EVER,
    AccountsLeaf,
    All,
    AtLeast,
    BoundSegment,
    CampaignLeaf,
    ChangedLeaf,
    ComparedLeaf,
    Comparison,
    Condition,
    EarlierLeaf,
    EventLeaf,
    Everyone,
    EveryPerson,
    HistoryLeaf,
    InSegment,
    Not,
    OfAccount,
    OwnTime,
    PersonsLeaf,
    PlaceLeaf,
    RankLeaf,
    SequenceLeaf,
    SomePersons,
    TraitLeaf,
)
from quartier.segment.numbers import holds_for_nothing, holds_for_number

EVERYONE, IDENTIFIED, CUSTOMERS = "everyone", "identified", "customers"
BUILT_IN = (EVERYONE, IDENTIFIED, CUSTOMERS)
PURCHASE = "Order Completed"
_REACHABLE = (Meaning.USER_ID, Meaning.EMAIL, Meaning.PHONE)


def built_in(name: str, catalog: Catalog, of: Subject = "person") -> Condition | None:
    """The condition of a population that always exists, None for other names. Raises Unusable when data lack."""
    if of == "account":
        return _of_accounts(name, catalog)
    match name:
        case "everyone":
            return Everyone()
        case "identified":
            return _identified(catalog)
        case "customers":
            return _customers(catalog)
    return None


def _of_accounts(name: str, catalog: Catalog) -> Condition | None:
    """All accounts, or those of which a person has bought."""
    if name == IDENTIFIED:
        raise Unusable(_ALL_IDENTIFIED, _OTHER_POPULATION)
    found = built_in(name, catalog)
    return SomePersons(1, found) if found and name == CUSTOMERS else found


def _identified(catalog: Catalog) -> Condition:
    known = Comparison("known", True)
    traits = [trait for meaning in _REACHABLE if (trait := catalog.with_meaning(meaning))]
    if not traits:
        raise Unusable(_NO_IDENTIFIER, _COLLECT_PERSONS)
    return AtLeast(1, tuple(TraitLeaf(trait, known) for trait in traits))


def _customers(catalog: Catalog) -> Condition:
    event = catalog.event(PURCHASE)
    if event is None:
        raise Unusable(_NO_PURCHASE, _COLLECT_ORDERS)
    return EventLeaf((event,), (), EVER, COUNT, Comparison("at_least", 1))


@singledispatch
def holds_for_stranger(node: Condition) -> bool:
    """Whether the condition holds for a person (or account) without a trait, an event or an identifier."""
    raise TypeError(f"not a condition: {type(node).__name__}")


@holds_for_stranger.register
def _(_node: Everyone) -> bool:
    return True


@holds_for_stranger.register(HistoryLeaf)
@holds_for_stranger.register(CampaignLeaf)
def _(_node: HistoryLeaf | CampaignLeaf) -> bool:
    return False


@holds_for_stranger.register
def _(_node: SequenceLeaf | PersonsLeaf | PlaceLeaf | RankLeaf | ChangedLeaf | EarlierLeaf) -> bool:
    return False


@holds_for_stranger.register
def _(_node: AccountsLeaf | SomePersons | EveryPerson | OfAccount) -> bool:
    return False  # an account of which nothing is known has no persons, such a person has no account


@holds_for_stranger.register
def _(node: TraitLeaf) -> bool:
    return node.comparison == Comparison("known", False)


@holds_for_stranger.register
def _(node: EventLeaf) -> bool:
    return holds_for_nothing(node)


@holds_for_stranger.register
def _(node: ComparedLeaf) -> bool:
    sides = (node.left, node.right)  # both 0 for who has no event, unless one of them is missing then
    are_zero = all(isinstance(each, EventLeaf) and each.measure.is_zero_of_nothing for each in sides)
    return are_zero and holds_for_number(Comparison(node.operator_key, 0), 0)


@holds_for_stranger.register
def _(node: OwnTime) -> bool:
    return holds_for_stranger(node.part)


@holds_for_stranger.register
def _(node: InSegment) -> bool:
    return holds_for_stranger(node.segment.condition)


@holds_for_stranger.register
def _(node: All) -> bool:
    return all(holds_for_stranger(part) for part in node.parts)


@holds_for_stranger.register
def _(node: AtLeast) -> bool:
    return sum(holds_for_stranger(part) for part in node.parts) >= node.count


@holds_for_stranger.register
def _(node: Not) -> bool:
    return not holds_for_stranger(node.part)


def admits_strangers_unsaid(segment: BoundSegment) -> bool:
    """Whether strangers would be members although no population was named that says so."""
    return segment.population_name is None and holds_for_stranger(segment.condition)


_NO_IDENTIFIER = Text(
    en="nobody is identified: no trait holds a customer id, an e-mail or a phone number",
    fr="personne n'est identifié : aucun trait ne contient d'identifiant client, d'e-mail ou de téléphone",
)
_COLLECT_PERSONS = Text(en="collect a file of persons first", fr="collectez d'abord un fichier de personnes")
_NO_PURCHASE = Text(
    en="there are no customers: no `Order Completed` was collected",
    fr="il n'y a pas de clients : aucun `Order Completed` n'a été collecté",
)
_COLLECT_ORDERS = Text(en="collect a file of orders first", fr="collectez d'abord un fichier de commandes")
_ALL_IDENTIFIED = Text(en="accounts are identified, all of them", fr="les comptes sont identifiés, tous sans exception")
_OTHER_POPULATION = Text(
    en="write `customers` or `everyone`, or leave the population out",
    fr="écrivez `customers` ou `everyone`, ou n'indiquez pas de population",
)
