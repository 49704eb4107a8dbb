"""The persons and accounts of the example shop, and what the shop does not see of them: their nature."""

from dataclasses import dataclass

import numpy as np

from quartier.example.arrays import Days, Facts, Floats, Whole, chosen, stream
from quartier.example.goods import CATEGORIES, taste
from quartier.example.names import COMPANIES, COMPANY_FORMS, INDUSTRIES, LAST, MEN, WOMEN
from quartier.example.places import CITIES, city_shares

HISTORY_DAYS = 730
OLDEST_SIGNUP_DAYS = 1460
BUYER_SHARE = 0.82
BUSINESS_SHARE = 0.06
PERSONS_PER_ACCOUNT = 4
TIER_SHARES = (0.3, 0.4, 0.2, 0.1)
DEVICES: tuple[str, ...] = ("mobile", "desktop", "tablet")
BROWSERS: tuple[str, ...] = ("Chrome", "Safari", "Firefox", "Edge")
PLANS: tuple[str, ...] = ("free", "paid")
NO_ACCOUNT = -1


@dataclass(frozen=True)
class Nature:
    """What moves each person; the shop never sees it.

    Orders come as in BG/NBD (Fader, Hardie and Lee, Marketing Science 24, 2005): at a rate drawn from a gamma, until a
    dropout that strikes after each order with a probability drawn from a beta. Baskets follow the taste, and their
    number of lines is 1 more than a Poisson whose mean is drawn from a gamma.
    """

    is_buyer: Facts
    orders_per_year: Floats
    dropout: Floats
    more_lines: Floats
    taste: Whole
    tier: Whole
    visits_per_year: Floats
    opening: Floats


@dataclass(frozen=True)
class Persons:
    """One value per person; names, cities and the like as positions in their lists."""

    city: Whole
    postal_code: Whole
    is_woman: Facts
    first_name: Whole
    last_name: Whole
    born: Days
    signed_up: Days
    plan: Whole
    device: Whole
    browser: Whole
    has_newsletter: Facts
    account: Whole

    def __len__(self) -> int:
        return len(self.city)

    @property
    def is_swiss(self) -> Facts:
        """Who pays in francs."""
        return np.array([city.country == "CH" for city in CITIES])[self.city]


@dataclass(frozen=True)
class Accounts:
    """One value per business account."""

    name: Whole
    activity: Whole
    form: Whole
    industry: Whole
    employees: Whole
    yearly_revenue: Whole
    city: Whole

    def __len__(self) -> int:
        return len(self.name)


def draw_nature(seed: int, size: int) -> Nature:
    """The natures of `size` persons."""
    rng = stream(seed, "nature")
    tier = chosen(rng, TIER_SHARES, size)
    orders_per_year = rng.gamma(1.1, 3.2, size)
    return Nature(
        is_buyer=rng.random(size) < BUYER_SHARE,
        orders_per_year=orders_per_year,
        dropout=rng.beta(1.2, 5.5, size),
        more_lines=rng.gamma(2.0, 0.5, size),
        taste=taste(tier, rng.integers(0, len(CATEGORIES), size)),
        tier=tier,
        visits_per_year=rng.gamma(1.0, 1.5, size) + 0.4 * orders_per_year,
        opening=rng.beta(1.5, 2.5, size),
    )


def draw_persons(seed: int, nature: Nature, end: np.datetime64) -> Persons:
    """The persons with these natures, all signed up before `end`."""
    rng, size = stream(seed, "persons"), len(nature.tier)
    is_woman = rng.random(size) < 0.58
    city = chosen(rng, city_shares(), size)
    return Persons(
        city=city,
        postal_code=_postal_codes(rng, city),
        is_woman=is_woman,
        first_name=rng.integers(0, np.where(is_woman, len(WOMEN), len(MEN))),
        last_name=rng.integers(0, len(LAST), size),
        born=end - _ages(rng, size).astype("timedelta64[D]"),
        signed_up=end - (1 + rng.integers(0, OLDEST_SIGNUP_DAYS, size)).astype("timedelta64[D]"),
        plan=(rng.random(size) < 0.04 + 0.02 * nature.orders_per_year).astype(np.int64),
        device=chosen(rng, (0.58, 0.34, 0.08), size),
        browser=chosen(rng, (0.5, 0.27, 0.13, 0.1), size),
        has_newsletter=rng.random(size) < 0.6,
        account=_account_of(rng, size),
    )


def draw_accounts(seed: int, size: int) -> Accounts:
    """Business accounts, enough for `size` persons."""
    rng, count = stream(seed, "accounts"), account_count(size)
    employees = np.maximum(1, np.round(rng.lognormal(2.8, 1.2, count))).astype(np.int64)
    return Accounts(
        name=rng.integers(0, len(LAST), count),
        activity=rng.integers(0, len(COMPANIES), count),
        form=rng.integers(0, len(COMPANY_FORMS), count),
        industry=rng.integers(0, len(INDUSTRIES), count),
        employees=employees,
        yearly_revenue=np.round(employees * rng.lognormal(11.6, 0.4, count), -3).astype(np.int64),
        city=chosen(rng, city_shares(), count),
    )


def account_count(size: int) -> int:
    """How many business accounts a shop of `size` persons has."""
    return max(1, round(size * BUSINESS_SHARE / PERSONS_PER_ACCOUNT))


def _account_of(rng: np.random.Generator, size: int) -> Whole:
    accounts = rng.integers(0, account_count(size), size)
    return np.where(rng.random(size) < BUSINESS_SHARE, accounts, NO_ACCOUNT)


def _postal_codes(rng: np.random.Generator, city: Whole) -> Whole:
    first = np.array([each.first_code for each in CITIES])[city]
    last = np.array([each.last_code for each in CITIES])[city]
    return rng.integers(first, last + 1)


def _ages(rng: np.random.Generator, size: int) -> Whole:
    """Ages in days, from 18 to 90 years."""
    years = 18 + 72 * rng.beta(1.8, 3.2, size)
    return np.floor(years * 365.25).astype(np.int64)
