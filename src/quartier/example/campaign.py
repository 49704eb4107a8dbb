"""A campaign whose effect is known: what each person would do in the 14 days after it, reached or not.

Each person has two futures (Rubin, Journal of Educational Psychology 66, 1974): a probability to order and an expected
basket when left alone, and the same when reached. Both are known, so the true effect on any set of persons is a mean in
closed form, and an estimate from a holdout can be held against it. In these 14 days the shop bills everyone in euros,
the Swiss too, so that revenue can be summed.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from quartier.errors import UnknownName
from quartier.example.arrays import Facts, Floats, Whole, stream
from quartier.example.goods import euro_prices, expected_line
from quartier.example.groups import GROUPS, group_of
from quartier.example.orders import Lines, Orders, draw_lines
from quartier.example.shop import Shop, user_ids
from quartier.language import Text

WINDOW = dt.timedelta(days=14)
FULL_PRICE, REDUCED_PRICE = range(2)
REDUCTION = 0.25
"""What the campaign takes off the price for the groups to which it offers that."""
MOST_LIKELY = 0.9
"""No person orders with a higher probability than this."""


@dataclass(frozen=True)
class TrueEffect:
    """The mean difference per person between reached and left alone; revenue in euros, conversion as a share."""

    persons: int
    revenue: float
    conversion: float
    revenue_alone: float
    conversion_alone: float


@dataclass(frozen=True)
class Truth:
    """The true effects: of all persons addressed, and of each named part of them."""

    overall: TrueEffect
    segments: dict[str, TrueEffect]


@dataclass(frozen=True)
class Futures:
    """For each person of the shop: the group, and chance of an order and expected basket in euros, both ways."""

    group: Whole
    chance_alone: Floats
    chance_reached: Floats
    basket_alone: Floats
    basket_reached: Floats

    def effect(self, persons: Whole) -> TrueEffect:
        """The true effect over these persons, given by position."""
        alone = self.chance_alone[persons] * self.basket_alone[persons]
        reached = self.chance_reached[persons] * self.basket_reached[persons]
        return TrueEffect(
            persons=len(persons),
            revenue=float(np.mean(reached - alone)),
            conversion=float(np.mean(self.chance_reached[persons] - self.chance_alone[persons])),
            revenue_alone=float(np.mean(alone)),
            conversion_alone=float(np.mean(self.chance_alone[persons])),
        )


@dataclass(frozen=True)
class Aftermath:
    """The orders of the 14 days after a campaign, all in euros; the person of an order is a position in the shop."""

    orders: Orders
    lines: Lines

    def revenue(self, persons: int) -> Floats:
        """The revenue of each of so many persons, in euros."""
        sums = np.bincount(self.orders.person, self.lines.amounts(len(self.orders)), minlength=persons)
        return sums.astype(np.float64)

    def has_ordered(self, persons: int) -> Facts:
        """Which of so many persons ordered."""
        return np.bincount(self.orders.person, minlength=persons) > 0


def futures(shop: Shop) -> Futures:
    """What each person would do in the 14 days after the end of the shop's history."""
    group = group_of(shop)
    eagerness = np.clip(np.sqrt(shop.nature.orders_per_year / shop.nature.orders_per_year.mean()), 0.4, 1.6)
    chance = np.array([each.chance for each in GROUPS])[group] * eagerness
    lift = np.array([each.lift for each in GROUPS])[group]
    return Futures(
        group=group,
        chance_alone=np.minimum(chance, MOST_LIKELY),
        chance_reached=np.minimum(chance * lift, MOST_LIKELY),
        basket_alone=_expected_basket(shop, np.full(len(group), FULL_PRICE)),
        basket_reached=_expected_basket(shop, _price_list(group)),
    )


def truth(shop: Shop, addressed: Collection[str], segments: Mapping[str, Collection[str]]) -> Truth:
    """The true effects of a campaign to these user ids, whichever of them were held out.

    Each segment is taken among the persons addressed; one that holds none of them has no effect and is left out.
    Raises UnknownName when the shop has no such user id.
    """
    known, audience = futures(shop), positions(shop, addressed)
    inside = {name: np.intersect1d(positions(shop, members), audience) for name, members in segments.items()}
    return Truth(
        overall=known.effect(audience),
        segments={name: known.effect(members) for name, members in inside.items() if len(members)},
    )


def respond(shop: Shop, reached: Collection[str], *, at: dt.datetime, seed: int) -> Aftermath:
    """The orders that all persons of the shop place in the 14 days after `at`, those `reached` changed by the campaign.

    Give the user ids that were exposed and not the holdout: whoever is not given lives on as if nothing had happened.
    """
    known, is_reached = futures(shop), np.zeros(len(shop.persons), dtype=bool)
    is_reached[positions(shop, reached)] = True
    rng = stream(seed, "campaign")
    chance = np.where(is_reached, known.chance_reached, known.chance_alone)
    person = np.flatnonzero(rng.random(len(chance)) < chance)
    begin = np.datetime64(at.astimezone(dt.UTC).replace(tzinfo=None), "s")
    seconds = np.sort(rng.integers(60, int(WINDOW.total_seconds()) - 60, len(person)))
    orders = Orders(rng.permutation(person), begin + seconds.astype("timedelta64[s]"))
    price_list = np.where(is_reached, _price_list(known.group), FULL_PRICE)[orders.person]
    return Aftermath(orders, draw_lines(rng, orders, shop.nature, _prices(), price_list))


def positions(shop: Shop, ids: Collection[str]) -> Whole:
    """The positions of persons in the shop, in order, each once. Raises UnknownName for an id it does not have."""
    known = user_ids(np.arange(len(shop.persons)))
    wanted = set(ids)
    found = [position for position, user_id in enumerate(known) if user_id in wanted]
    if len(found) < len(wanted):
        raise UnknownName(_STRANGE, remedy=_FROM_TO.with_(first=known[0], last=known[-1]))
    return np.array(found, dtype=np.int64)


def _price_list(group: Whole) -> Whole:
    """The price list that each person pays when reached."""
    return np.array([REDUCED_PRICE if each.pays_reduced_price else FULL_PRICE for each in GROUPS])[group]


def _prices() -> Floats:
    """The full price and the reduced price of each product in euros, by the cent."""
    return np.stack([euro_prices(), np.round(euro_prices() * (1 - REDUCTION), 2)])


def _expected_basket(shop: Shop, price_list: Whole) -> Floats:
    """The expected amount of an order: the expected number of lines times the expected line."""
    line = np.stack([expected_line(prices) for prices in _prices()])
    basket: Floats = (1 + shop.nature.more_lines) * line[price_list, shop.nature.taste]
    return basket


_STRANGE = Text(en="the example shop has no such user id", fr="la boutique d'exemple n'a pas cet identifiant")
_FROM_TO = Text(en="they go from {first} to {last}", fr="ils vont de {first} à {last}")
