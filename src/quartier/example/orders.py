"""Orders, their lines, and what comes back."""

from dataclasses import dataclass

import numpy as np

from quartier.example.arrays import Days, Facts, Floats, Instants, Whole, spread
from quartier.example.goods import SECOND_PIECE_CHANCE, pick
from quartier.example.persons import Nature
from quartier.example.season import busyness, hours_of_day

REFUND_CHANCE = 0.06
REFUND_DAYS = (3, 25)
FIRST_ORDER_SHARE = 0.75
"""How many of the buyers order at once when they sign up."""
STILL_ACTIVE_SHARE = 0.7
"""How many of those who signed up before the two years are not yet lost when they begin."""
DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Orders:
    """One person and one instant per order, in order of time."""

    person: Whole
    placed_at: Instants

    def __len__(self) -> int:
        return len(self.person)


@dataclass(frozen=True)
class Lines:
    """One product per line; `order` is the position of its order, `price` in the currency of the order."""

    order: Whole
    product: Whole
    quantity: Whole
    price: Floats

    def __len__(self) -> int:
        return len(self.order)

    def amounts(self, orders: int) -> Floats:
        """The amount of each of so many orders."""
        sums: Floats = np.bincount(self.order, self.price * self.quantity, minlength=orders).astype(np.float64)
        return sums


@dataclass(frozen=True)
class Refunds:
    """Lines that were given back in full: the position of the line, and when."""

    line: Whole
    refunded_at: Instants


def draw_orders(rng: np.random.Generator, nature: Nature, signed_up: Days, days: Days) -> Orders:
    """The orders that persons of these natures place in these days: gamma rates, beta dropout, and the seasons.

    The process runs in a time that passes faster on busy days, so the seasons change when orders come and not how many.
    """
    passed = np.concatenate([[0.0], np.cumsum(busyness(days))])
    begin = np.clip((signed_up - days[0]).astype(np.int64), 0, None)
    clock = np.interp(begin, np.arange(len(passed)), passed)
    person, moment = _process(rng, nature, clock, begin > 0, passed[-1])
    day = np.interp(moment, passed, np.arange(len(passed))).astype(np.int64)
    placed_at = hours_of_day(rng, days[np.minimum(day, len(days) - 1)])
    in_time = np.lexsort((person, placed_at))
    return Orders(person[in_time], placed_at[in_time])


def draw_lines(rng: np.random.Generator, orders: Orders, nature: Nature, prices: Floats, price_list: Whole) -> Lines:
    """The baskets of these orders; `prices` has a row per price list, and `price_list` says which each order pays."""
    order, _ = spread(1 + rng.poisson(nature.more_lines[orders.person]))
    product = pick(rng, nature.taste[orders.person[order]])
    quantity = 1 + (rng.random(len(order)) < SECOND_PIECE_CHANCE).astype(np.int64)
    return Lines(order, product, quantity, prices[price_list[order], product])


def draw_refunds(rng: np.random.Generator, orders: Orders, lines: Lines, end: np.datetime64) -> Refunds:
    """The lines given back before `end`, each as a whole, some days after its order."""
    line = np.flatnonzero(rng.random(len(lines)) < REFUND_CHANCE)
    seconds = rng.integers(REFUND_DAYS[0] * 86_400, REFUND_DAYS[1] * 86_400, len(line))
    refunded_at = orders.placed_at[lines.order[line]] + seconds.astype("timedelta64[s]")
    is_past = refunded_at < end
    return Refunds(line[is_past], refunded_at[is_past])


def _process(
    rng: np.random.Generator, nature: Nature, clock: Floats, is_new: Facts, end: float
) -> tuple[Whole, Floats]:
    """Persons and moments of all orders: each alive person waits, orders, and may drop out."""
    gap = DAYS_PER_YEAR / np.maximum(nature.orders_per_year, 1e-9)
    alive = np.flatnonzero(nature.is_buyer & (is_new | (rng.random(len(clock)) < STILL_ACTIVE_SHARE)))
    at_once = is_new[alive] & (rng.random(len(alive)) < FIRST_ORDER_SHARE)
    moment = clock[alive] + rng.exponential(np.where(at_once, 2.0, gap[alive]))
    persons, moments = [], []
    while len(alive):
        is_within = moment < end
        alive, moment = alive[is_within], moment[is_within]
        persons.append(alive)
        moments.append(moment)
        stays = rng.random(len(alive)) >= nature.dropout[alive]
        alive = alive[stays]
        moment = moment[stays] + rng.exponential(gap[alive])
    return np.concatenate(persons), np.concatenate(moments)
