"""What the persons did on the shop's site: sessions before orders, and visits that led to none."""

from dataclasses import dataclass

import numpy as np

from quartier.example.arrays import Facts, Instants, Whole, spread
from quartier.example.goods import pick
from quartier.example.orders import DAYS_PER_YEAR, Lines, Orders
from quartier.example.persons import Nature
from quartier.example.season import hours_of_day

PAGE_VIEWED, PRODUCT_VIEWED, PRODUCT_ADDED = range(3)
EVENT_NAMES: tuple[str, ...] = ("Page Viewed", "Product Viewed", "Product Added")
NO_PRODUCT = -1
ABANDONED_CHANCE = 0.2
"""How often a visit without an order leaves a product in the basket."""
MORE_PRODUCTS_SEEN = 0.8
KEEPS_VISITING_DAYS = 45
SECONDS_PER_LINE = 90


@dataclass(frozen=True)
class WebEvents:
    """One value per event, in order of time; `event` is the position in EVENT_NAMES."""

    person: Whole
    event: Whole
    occurred_at: Instants
    product: Whole

    def __len__(self) -> int:
        return len(self.person)


def draw_web_events(
    rng: np.random.Generator, nature: Nature, active: tuple[Instants, Instants], orders: Orders, lines: Lines
) -> WebEvents:
    """Those that lead to the orders, and visits between the first and last active day of each person."""
    parts = [_before_orders(rng, orders, lines), *_visits(rng, nature, *active)]
    person, event, at, product = (np.concatenate(column) for column in zip(*parts, strict=True))
    in_time = np.lexsort((event, person, at))
    return WebEvents(person[in_time], event[in_time], at[in_time], product[in_time])


def active_days(
    begin: np.datetime64, end: np.datetime64, signed_up: Instants, orders: Orders
) -> tuple[Instants, Instants]:
    """From when until when each person visits the site: from signing up until some weeks after the last order."""
    first = np.maximum(signed_up, begin).astype("datetime64[D]")
    last = first + np.timedelta64(KEEPS_VISITING_DAYS, "D")
    ordered_on = orders.placed_at.astype("datetime64[D]") + np.timedelta64(KEEPS_VISITING_DAYS, "D")
    np.maximum.at(last, orders.person, ordered_on)
    return first, np.minimum(last, end.astype("datetime64[D]"))


_Part = tuple[Whole, Whole, Instants, Whole]


def _before_orders(rng: np.random.Generator, orders: Orders, lines: Lines) -> _Part:
    """A page, then each product of the order seen and added; all before the order."""
    lines_of_order = np.bincount(lines.order, minlength=len(orders))
    arrived_at = orders.placed_at - _seconds(SECONDS_PER_LINE * (lines_of_order + 1))
    _, position = spread(lines_of_order)
    seen_at = arrived_at[lines.order] + _seconds(SECONDS_PER_LINE * position + rng.integers(5, 40, len(lines)))
    added_at = seen_at + _seconds(rng.integers(5, 45, len(lines)))
    person = orders.person[lines.order]
    return (
        np.concatenate([orders.person, person, person]),
        np.repeat([PAGE_VIEWED, PRODUCT_VIEWED, PRODUCT_ADDED], [len(orders), len(lines), len(lines)]),
        np.concatenate([arrived_at, seen_at, added_at]),
        np.concatenate([np.full(len(orders), NO_PRODUCT), lines.product, lines.product]),
    )


def _visits(rng: np.random.Generator, nature: Nature, first: Instants, last: Instants) -> list[_Part]:
    """Visits without an order: a page, some products, at times one left in the basket."""
    span = (last - first).astype(np.int64)
    person, _ = spread(rng.poisson(nature.visits_per_year * span / DAYS_PER_YEAR))
    day = first[person] + np.floor(rng.random(len(person)) * span[person]).astype("timedelta64[D]")
    arrived_at = hours_of_day(rng, day)
    visit, position = spread(rng.poisson(MORE_PRODUCTS_SEEN, len(person)))
    product = pick(rng, nature.taste[person[visit]])
    seen_at = arrived_at[visit] + _seconds(SECONDS_PER_LINE * (position + 1))
    is_left: Facts = rng.random(len(visit)) < ABANDONED_CHANCE
    return [
        (person, np.full(len(person), PAGE_VIEWED), arrived_at, np.full(len(person), NO_PRODUCT)),
        (person[visit], np.full(len(visit), PRODUCT_VIEWED), seen_at, product),
        _left_in_basket(person[visit][is_left], seen_at[is_left], product[is_left]),
    ]


def _left_in_basket(person: Whole, seen_at: Instants, product: Whole) -> _Part:
    return person, np.full(len(person), PRODUCT_ADDED), seen_at + _seconds(np.full(len(person), 20)), product


def _seconds(count: Whole) -> np.ndarray[tuple[int, ...], np.dtype[np.timedelta64]]:
    return count.astype("timedelta64[s]")
