"""The whole example shop, drawn from one seed."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from quartier.errors import InvalidRequest
from quartier.example.arrays import Days, Whole, stream
from quartier.example.goods import euro_prices, franc_prices
from quartier.example.mails import Mails, draw_mails
from quartier.example.orders import Lines, Orders, Refunds, draw_lines, draw_orders, draw_refunds
from quartier.example.persons import (
    HISTORY_DAYS,
    Accounts,
    Nature,
    Persons,
    draw_accounts,
    draw_nature,
    draw_persons,
)
from quartier.example.survey import Answers, draw_answers
from quartier.example.web import WebEvents, active_days, draw_web_events
from quartier.language import Text

PERSONS = 20_000
FEWEST_PERSONS = 50
EURO, FRANC = range(2)
CURRENCIES: tuple[str, ...] = ("EUR", "CHF")

SYNTHETIC = Text(
    en="Example shop: every person, company, order and answer is synthetic, drawn by a program.",
    fr="Boutique d'exemple\N{NO-BREAK SPACE}: personnes, entreprises, commandes et réponses, "
    "tout est synthétique, tiré au sort par un programme.",
)
"""To be shown wherever the example shop is shown."""


@dataclass(frozen=True)
class Shop:
    """Two years of a made-up shop up to the first instant (UTC) of the day `end`: nothing in it is later.

    Persons, nature and orders are drawn at once; the rest when first asked for. Each part has its own randomness, so
    asking changes nothing.
    """

    seed: int
    end: dt.date
    persons: Persons
    nature: Nature
    orders: Orders
    lines: Lines

    @property
    def ends_at(self) -> dt.datetime:
        """The first instant at which the shop's history is over, in UTC."""
        return dt.datetime.combine(self.end, dt.time(), dt.UTC)

    @property
    def days(self) -> Days:
        """The days of the history."""
        return history_days(self.end)

    @property
    def currency(self) -> Whole:
        """The currency of each order, as the position in CURRENCIES: who lives in Switzerland pays in francs."""
        return np.where(self.persons.is_swiss, FRANC, EURO)[self.orders.person]

    @cached_property
    def accounts(self) -> Accounts:
        """The business accounts."""
        return draw_accounts(self.seed, len(self.persons))

    @cached_property
    def refunds(self) -> Refunds:
        """The order lines that were given back."""
        return draw_refunds(stream(self.seed, "refunds"), self.orders, self.lines, np.datetime64(self.end, "s"))

    @cached_property
    def web_events(self) -> WebEvents:
        """What the persons did on the site."""
        return draw_web_events(stream(self.seed, "web"), self.nature, self._active, self.orders, self.lines)

    @cached_property
    def mails(self) -> Mails:
        """What became of the newsletters."""
        return draw_mails(stream(self.seed, "mails"), self.persons, self.nature, self._active[1], self.days)

    @cached_property
    def answers(self) -> Answers:
        """The answers to the survey."""
        return draw_answers(stream(self.seed, "survey"), self.nature, self.persons.signed_up, np.datetime64(self.end))

    @property
    def _active(self) -> tuple[Days, Days]:
        return active_days(self.days[0], np.datetime64(self.end), self.persons.signed_up, self.orders)


def generate(*, seed: int, end: dt.date, persons: int = PERSONS) -> Shop:
    """The shop of a seed: the same seed gives the same shop. Raises InvalidRequest below 50 persons."""
    if persons < FEWEST_PERSONS:
        few = Text(en="a shop needs at least {n} persons", fr="il faut au moins {n} personnes à la boutique")
        raise InvalidRequest(few.with_(n=FEWEST_PERSONS))
    nature = draw_nature(seed, persons)
    people = draw_persons(seed, nature, np.datetime64(end))
    orders = draw_orders(stream(seed, "orders"), nature, people.signed_up, history_days(end))
    price_list = np.where(people.is_swiss, FRANC, EURO)[orders.person]
    prices = np.stack([euro_prices(), franc_prices()])
    lines = draw_lines(stream(seed, "lines"), orders, nature, prices, price_list)
    return Shop(seed, end, people, nature, orders, lines)


def history_days(end: dt.date) -> Days:
    """The two years of days before `end`."""
    last = np.datetime64(end)
    return np.arange(last - np.timedelta64(HISTORY_DAYS, "D"), last)


def user_ids(positions: Whole) -> list[str]:
    """The user id of each person: C000001 is the first."""
    return [f"C{position + 1:06d}" for position in positions.tolist()]
