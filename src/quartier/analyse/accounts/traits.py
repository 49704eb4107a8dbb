"""The traits of accounts that come from what their persons do."""

from quartier.catalog import Family, Label, Trait, ValueType

_T = ValueType


def _computed(name: str, type_: ValueType, en: str, fr: str) -> Trait:
    label = Label(en=en, fr=fr)
    return Trait(name=name, type=type_, family=Family.BEHAVIOURAL, label=label, origin="computed", of="account")


KNOWN = (_computed("persons_known", _T.INTEGER, "Persons known", "Personnes connues"),)
ACTIVE = (
    _computed("persons_active_30d", _T.INTEGER, "Persons active within 30 days", "Personnes actives sous 30 jours"),
    _computed("persons_active_90d", _T.INTEGER, "Persons active within 90 days", "Personnes actives sous 90 jours"),
    _computed("persons_first_active_at", _T.INSTANT, "First activity", "Première activité"),
    _computed("persons_last_active_at", _T.INSTANT, "Last activity", "Dernière activité"),
)
BOUGHT = (
    _computed("persons_orders", _T.INTEGER, "Orders of its persons", "Commandes de ses personnes"),
    _computed("persons_revenue", _T.NUMBER, "Net revenue of its persons", "Chiffre d'affaires net de ses personnes"),
    _computed("persons_last_order_at", _T.INSTANT, "Last order", "Dernière commande"),
)
ROLLED_UP = (
    _computed("group_accounts", _T.INTEGER, "Accounts of the group", "Comptes du groupe"),
    _computed("group_persons", _T.INTEGER, "Persons of the group", "Personnes du groupe"),
    _computed("group_orders", _T.INTEGER, "Orders of the group", "Commandes du groupe"),
    _computed("group_revenue", _T.NUMBER, "Net revenue of the group", "Chiffre d'affaires net du groupe"),
)
"""Sums over an account and all accounts under it."""

ROLLED_UP_FROM = {
    "group_persons": "persons_known", "group_orders": "persons_orders", "group_revenue": "persons_revenue",
}  # fmt: skip
"""Which figure each sum is of."""
