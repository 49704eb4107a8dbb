"""What is said of a run of profit: every assumption, and everything that is not known."""

from dataclasses import dataclass

from quartier.analyse.modelling.reading import Reading
from quartier.analyse.profit.definition import Profit
from quartier.analyse.profit.figures import ProfitFigures
from quartier.analyse.profit.ledger import Limits
from quartier.language import Plural, Said, Text, amount, percent, verbatim


@dataclass(frozen=True)
class Gaps:
    """What was missing where something was stated: revenue without its cost, customers without an acquisition cost."""

    uncosted: float = 0.0
    """the share of revenue of purchases whose cost is missing"""
    share: float = 0.0
    """the cost of one unit of revenue that was taken for them"""
    unwon: int = 0


def findings(
    document: Profit, figures: ProfitFigures, bounds: Limits, gaps: Gaps, reading: Reading
) -> tuple[Said, ...]:
    """The sentences: what was found, on what it stands, what is missing."""
    currency = reading.config.currency
    told = [_LOSING.with_(n=figures.losing, of=figures.customers)] if figures.losing else [_NOBODY_LOSES.with_()]
    told += _of_goods(document, gaps)
    told += _of_costs(document, figures, gaps, reading)
    if document.even is None or document.high is None:
        told.append(_LIMITS.with_(even=_money(bounds.even, currency), high=_money(bounds.high, currency)))
    if document.within is not None and figures_know(figures, "acquisition"):
        told.append(_WINDOWED.with_(within=document.within))
    told.append(_OVERHEAD.with_())
    return tuple(told)


def figures_know(figures: ProfitFigures, line: str) -> bool:
    """Whether a line of the account is known."""
    return any(each.line == line and each.amount is not None for each in figures.account)


def _of_goods(document: Profit, gaps: Gaps) -> list[Said]:
    if document.cost is None:
        return [_BY_MARGIN.with_(part=_part(document.margin or 0.0))]
    told = [_BY_COST.with_(cost=document.cost)]
    if gaps.uncosted:
        told.append(_UNCOSTED.with_(part=_part(gaps.uncosted), share=_part(gaps.share)))
    return told


def _of_costs(document: Profit, figures: ProfitFigures, gaps: Gaps, reading: Reading) -> list[Said]:
    stated = ((document.service, document.service_cost), (document.follow_ups, document.follow_up_cost))
    told = [
        _STATED.with_(events=[_called(name, reading) for name in events], cost=_money(each, reading.config.currency))
        for events, each in stated
        if each is not None
    ]
    if gaps.unwon:
        told.append(_UNWON.with_(n=gaps.unwon, of=figures.customers))
    missing = [_NAMES[each.line] for each in figures.account if each.amount is None]
    if missing:
        told.append(_MISSING.with_(names=missing))
    return told


def _called(event: str, reading: Reading) -> Text:
    label = reading.event(event).label
    return verbatim(label.en, label.fr)


def _money(value: float, currency: str) -> Text:
    return verbatim(amount(value, currency, "en"), amount(value, currency, "fr"))


def _part(value: float) -> Text:
    return Text(en=percent(value, "en"), fr=percent(value, "fr"))


NO_GOODS = Text(
    en="neither a margin nor a cost of goods was stated: what is left would be revenue, not profit",
    fr="ni marge ni coût des produits n'est indiqué : ce qui reste serait un chiffre d'affaires, pas un profit",
)
STATE_GOODS = Text(
    en="state the margin on goods as a share, or name the number of a purchase that holds its cost",
    fr="indiquez la marge sur les produits comme une part, ou nommez le nombre d'un achat qui contient son coût",
)
NO_CUSTOMERS = Text(
    en="nobody has bought anything yet: there is no profit to speak of",
    fr="personne n'a encore rien acheté : il n'y a pas de profit à calculer",
)
IMPORT_ORDERS = Text(
    en="bring in orders, or name the event that is a purchase",
    fr="importez des commandes, ou nommez l'événement qui est un achat",
)
NO_REVENUE = Text(
    en="no customer brought anything: the amounts of their purchases are zero, missing, or given back",
    fr="aucun client n'a rien rapporté : les montants de leurs achats sont nuls, absents, ou remboursés",
)
NAME_AMOUNT = Text(
    en="name the number of a purchase that holds its amount, or bring in orders with their amounts",
    fr="nommez le nombre d'un achat qui contient son montant, ou importez des commandes avec leurs montants",
)
NO_COSTS = Text(
    en="no purchase says what its goods cost (“{cost}” is empty everywhere), and no margin was stated",
    fr="aucun achat ne dit ce que coûtent ses produits (« {cost} » est vide partout), et aucune marge n'est indiquée",
)
_NAMES = {
    "acquisition": Text(en="acquisition", fr="acquisition"),
    "service": Text(en="service", fr="service"),
    "follow_up": Text(en="follow-up", fr="relances"),
}
_LOSING = Plural(
    one=Text(
        en="{n} customer of {of} costs more than they bring.", fr="{n} client sur {of} coûte plus qu'il ne rapporte."
    ),
    other=Text(
        en="{n} customers of {of} cost more than they bring.",
        fr="{n} clients sur {of} coûtent plus qu'ils ne rapportent.",
    ),
)
_NOBODY_LOSES = Text(
    en="No customer costs more than they bring, with the costs that were stated.",
    fr="Aucun client ne coûte plus qu'il ne rapporte, avec les coûts indiqués.",
)
_BY_MARGIN = Text(
    en="Goods leave {part} of net revenue, as stated, the same for all of them.",
    fr="Les produits laissent {part} du chiffre d'affaires net, comme indiqué, pour tous les mêmes.",
)
_BY_COST = Text(
    en="Goods cost what “{cost}” of each purchase says; goods given back are taken to be worth their cost again.",
    fr="Les produits coûtent ce que dit « {cost} » de chaque achat ; ceux qui reviennent sont supposés valoir à "
    "nouveau leur coût.",
)
_UNCOSTED = Text(
    en="Purchases of {part} of revenue do not say what they cost: {share} of their revenue was taken for it.",
    fr="Des achats pour {part} du chiffre d'affaires ne disent pas ce qu'ils coûtent : {share} de leur montant a été "
    "retenu.",
)
_STATED = Text(
    en="Each of these costs {cost}, as stated: {events}.",
    fr="Chacun de ceux-ci coûte {cost}, comme indiqué : {events}.",
)
_UNWON = Plural(
    one=Text(
        en="For {n} customer of {of} it is not known what winning them cost: nothing was taken off.",
        fr="Pour {n} client sur {of}, le coût d'acquisition n'est pas connu : rien n'a été retiré.",
    ),
    other=Text(
        en="For {n} customers of {of} it is not known what winning them cost: nothing was taken off.",
        fr="Pour {n} clients sur {of}, le coût d'acquisition n'est pas connu : rien n'a été retiré.",
    ),
)
_MISSING = Text(
    en="Not stated, so not taken off: {names}. Profit is too high by as much.",
    fr="Non indiqué, donc non retiré : {names}. Le profit est trop haut d'autant.",
)
_LIMITS = Text(
    en="Break-even means within {even} of zero, very profitable from {high} on, found from these customers where not "
    "stated: state limits to compare one run with the next.",
    fr="Équilibre veut dire à moins de {even} de zéro, très rentable à partir de {high} ; ce qui n'est pas indiqué "
    "vient de ces clients : indiquez des limites pour comparer un calcul au suivant.",
)
_WINDOWED = Text(
    en="Revenue and events are of {within}, the cost of winning a customer counts whole.",
    fr="Revenus et événements sont de {within}, le coût d'acquisition compte en entier.",
)
_OVERHEAD = Text(
    en="Rent, salaries and other costs that no customer causes are not shared out.",
    fr="Loyers, salaires et autres coûts qu'aucun client ne cause ne sont pas répartis.",
)
