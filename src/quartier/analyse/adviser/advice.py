"""The advice: for each family whether it is feasible today, by which methods, and what is missing."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from quartier.analyse.adviser.held import Column, Held
from quartier.analyse.adviser.methods import FEWEST_CUSTOMERS, FEWEST_REPEATERS, METHODS, Method
from quartier.analyse.adviser.sources import FROM_ANSWERS, SOURCES, Source
from quartier.analyse.plain import Plain
from quartier.catalog import Family
from quartier.language import Said, Text


class Verdict(StrEnum):
    """How far a family carries segments today."""

    FEASIBLE = "feasible"
    """for the base: something is known of at least half of it"""
    PARTLY = "partly"
    """for those of whom something is known, who are few"""
    NOT_YET = "not_yet"

    @property
    def label(self) -> Text:
        """In words."""
        return _VERDICTS[self]


@dataclass(frozen=True)
class Possible(Plain):
    """A method that can be run today: what it is called, what it gives, its place (`model:rfm`, `editor`)."""

    label: Text
    gives: Text
    place: str


@dataclass(frozen=True)
class FamilyAdvice(Plain):
    """What is to be said of one family."""

    family: Family
    verdict: Verdict
    said: Said
    columns: tuple[Column, ...]
    """the traits that carry something, best filled first"""
    methods: tuple[Possible, ...]
    missing: tuple[Said, ...]
    survey: str
    """the name of the survey that would fill it, for `survey_for`"""


def advise(held: Held, kinds: Collection[str]) -> tuple[FamilyAdvice, ...]:
    """The advice on all nine families. `kinds` are the models that there are; no other is advised."""
    return tuple(_family(each, held, kinds) for each in Family)


def _family(family: Family, held: Held, kinds: Collection[str]) -> FamilyAdvice:
    carrying = tuple(each for each in held.of_family(family) if each.is_some)
    verdict = _behaviour(held) if family is Family.BEHAVIOURAL else _verdict(carrying)
    methods = tuple(
        Possible(each.label, each.gives, each.place)
        for each in METHODS[family]
        if _is_there(each, kinds) and verdict is not Verdict.NOT_YET and each.needs(held, carrying)
    )
    return FamilyAdvice(
        family, verdict, _said(family, verdict, held, carrying), carrying, methods, _missing(family, held, verdict),
        f"ask-{family.value}",
    )  # fmt: skip


def _is_there(method: Method, kinds: Collection[str]) -> bool:
    where, _, name = method.place.partition(":")
    return where != "model" or name in kinds


def _verdict(carrying: tuple[Column, ...]) -> Verdict:
    if any(each.speaks_for_the_base for each in carrying):
        return Verdict.FEASIBLE
    return Verdict.PARTLY if carrying else Verdict.NOT_YET


def _behaviour(held: Held) -> Verdict:
    """Behaviour is in events: purchases carry the most, other events at least rules and journeys."""
    if held.customers >= FEWEST_CUSTOMERS and held.repeat_customers >= FEWEST_REPEATERS:
        return Verdict.FEASIBLE
    return Verdict.PARTLY if held.event_types else Verdict.NOT_YET


def _said(family: Family, verdict: Verdict, held: Held, carrying: tuple[Column, ...]) -> Said:
    if family is Family.BEHAVIOURAL:
        return _EVENTS.with_(customers=held.customers, again=held.repeat_customers, types=held.event_types)
    if not carrying:
        return _NOTHING.with_()
    best = carrying[0]
    text = _FOR_BASE if verdict is Verdict.FEASIBLE else _FOR_SOME
    return text.with_(n=len(carrying), best=best.label.text, known=best.known, rows=best.rows)


def _missing(family: Family, held: Held, verdict: Verdict) -> tuple[Said, ...]:
    if family is Family.BEHAVIOURAL:
        return _missing_events(held)
    if family in FROM_ANSWERS:
        return {Verdict.FEASIBLE: (), Verdict.PARTLY: (_MORE_ANSWERS.with_(),)}.get(verdict, (_ANSWERS.with_(),))
    return tuple(said for each in SOURCES[family] if (said := _lacking(each, family, held)))


def _lacking(source: Source, family: Family, held: Held) -> Said | None:
    there = [each for each in held.of_family(family) if each.meaning in source.meanings]
    if not there:
        return _ABSENT.with_(what=source.label, comes=source.comes)
    best = there[0]
    if best.speaks_for_the_base:
        return None
    return _THIN.with_(what=source.label, known=best.known, rows=best.rows, comes=source.comes)


def _missing_events(held: Held) -> tuple[Said, ...]:
    found = []
    if held.customers < FEWEST_CUSTOMERS:
        found.append(_FEW_CUSTOMERS.with_(customers=held.customers, fewest=FEWEST_CUSTOMERS))
    elif held.repeat_customers < FEWEST_REPEATERS:
        found.append(_FEW_REPEATERS.with_(again=held.repeat_customers, fewest=FEWEST_REPEATERS))
    if held.customers and not held.has_products:
        found.append(_NO_PRODUCTS.with_())
    if held.event_types < 2:
        found.append(_ONE_EVENT.with_())
    return tuple(found)


_VERDICTS = {
    Verdict.FEASIBLE: Text(en="feasible today", fr="possible dès maintenant"),
    Verdict.PARTLY: Text(en="for a part of the base", fr="pour une partie de la base"),
    Verdict.NOT_YET: Text(en="not yet", fr="pas encore"),
}
_NOTHING = Text(
    en="Nothing of this family is known of enough persons to divide them.",
    fr="Rien de cette famille n'est connu d'assez de personnes pour les répartir.",
)
_FOR_BASE = Text(
    en="Usable traits: {n}. The best filled, “{best}”, is known of {known} in {rows}.",
    fr="Traits exploitables : {n}. Le mieux rempli, « {best} », est connu pour {known} sur {rows}.",
)
_FOR_SOME = Text(
    en="Usable traits: {n}, each known of fewer than half; the best filled, “{best}”, of {known} in {rows}. What is "
    "found holds for these only.",
    fr="Traits exploitables : {n}, chacun connu pour moins de la moitié ; le mieux rempli, « {best} », pour "
    "{known} sur {rows}. Ce que l'on y trouve ne vaut que pour celles-là.",
)
_EVENTS = Text(
    en="Customers: {customers}, of whom {again} bought more than once. Types of events: {types}.",
    fr="Clients : {customers}, dont {again} ont acheté plus d'une fois. Types d'événements : {types}.",
)
_ABSENT = Text(en="{what}: not there. It comes from: {comes}.", fr="{what} : absent. Où le trouver : {comes}.")
_THIN = Text(
    en="{what}: known of {known} in {rows} only. It comes from: {comes}.",
    fr="{what} : connu pour {known} sur {rows} seulement. Où le trouver : {comes}.",
)
_ANSWERS = Text(
    en="Answers of persons: nothing but a survey says it.", fr="Des réponses : seule une enquête peut le dire."
)
_MORE_ANSWERS = Text(en="Answers of more persons.", fr="Des réponses de plus de personnes.")
_FEW_CUSTOMERS = Text(
    en="Customers: {customers}, where statistics of purchases need about {fewest}.",
    fr="Clients : {customers}, quand les statistiques d'achat en demandent environ {fewest}.",
)
_FEW_REPEATERS = Text(
    en="Customers who came back: {again}, where forecasts need about {fewest}.",
    fr="Clients revenus : {again}, quand les prévisions en demandent environ {fewest}.",
)
_NO_PRODUCTS = Text(
    en="The lines of orders: without the products that were bought nothing can be recommended.",
    fr="Les lignes de commande : sans les produits achetés, rien ne peut être recommandé.",
)
_ONE_EVENT = Text(
    en="Events besides one: visits, baskets, e-mails opened show what comes before a purchase.",
    fr="D'autres événements : visites, paniers, e-mails ouverts montrent ce qui précède un achat.",
)
