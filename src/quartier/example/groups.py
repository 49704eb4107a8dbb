"""The groups on which the example campaign acts differently; seen from the orders alone."""

from dataclasses import dataclass

import numpy as np

from quartier.example.arrays import Floats, Whole
from quartier.example.goods import SWISS_MARKUP
from quartier.example.shop import FRANC, Shop, user_ids
from quartier.language import Text

LAPSED_DAYS = 180
NEW_DAYS = 90
YEAR_DAYS = 365
LOYAL_ORDERS = 4
BIG_AMOUNT = 600.0


@dataclass(frozen=True)
class Group:
    """What the persons of a group do in the 14 days: mean chance of an order, its multiple when reached, the price."""

    name: str
    label: Text
    chance: float
    lift: float
    pays_reduced_price: bool = False


GROUPS: tuple[Group, ...] = (
    Group("prospects", Text(en="Prospects", fr="Prospects"), chance=0.02, lift=1.4),
    Group("new", Text(en="New customers", fr="Nouveaux clients"), chance=0.10, lift=1.5),
    Group("lapsed", Text(en="Lapsed customers", fr="Clients perdus"), chance=0.03, lift=3.5),
    Group("loyal", Text(en="Loyal customers", fr="Clients fidèles"), chance=0.24, lift=1.0),
    Group("big", Text(en="Big spenders", fr="Gros acheteurs"), chance=0.35, lift=0.7, pays_reduced_price=True),
    Group("occasional", Text(en="Occasional customers", fr="Clients occasionnels"), chance=0.10, lift=1.2),
)
"""Lapsed customers gain most; loyal ones order as ever; big spenders, tired of mail, order less and pay less."""
PROSPECTS, NEW, LAPSED, LOYAL, BIG, OCCASIONAL = range(len(GROUPS))


def group_of(shop: Shop) -> Whole:
    """The group of each person at the end of the shop's history, as the position in GROUPS; every person has one.

    In this order: prospects never ordered in the two years; new customers first ordered in the last 90 days; lapsed
    ones last ordered more than 180 days ago; big spenders spent at least 600 euros in the last 365 days; loyal ones
    ordered at least 4 times in them; the others are occasional.
    """
    size, person = len(shop.persons), shop.orders.person
    days_ago = (np.datetime64(shop.ends_at.date(), "s") - shop.orders.placed_at) / np.timedelta64(1, "D")
    is_recent = days_ago <= YEAR_DAYS
    newest, oldest = np.full(size, np.inf), np.full(size, -np.inf)
    np.minimum.at(newest, person, days_ago)
    np.maximum.at(oldest, person, days_ago)
    spent = np.bincount(person, euros(shop) * is_recent, minlength=size)
    count = np.bincount(person, is_recent, minlength=size)
    facts = [np.isinf(newest), oldest <= NEW_DAYS, newest > LAPSED_DAYS, spent >= BIG_AMOUNT, count >= LOYAL_ORDERS]
    return np.select(facts, [PROSPECTS, NEW, LAPSED, BIG, LOYAL], OCCASIONAL)


def members_of_groups(shop: Shop) -> dict[str, list[str]]:
    """The user ids of each group, by its name."""
    group = group_of(shop)
    return {each.name: user_ids(np.flatnonzero(group == n)) for n, each in enumerate(GROUPS)}


def euros(shop: Shop) -> Floats:
    """The amount of each order in euros, francs by the shop's own markup."""
    amounts = shop.lines.amounts(len(shop.orders))
    return np.where(shop.currency == FRANC, amounts / SWISS_MARKUP, amounts)
