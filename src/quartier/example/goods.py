"""What the example shop sells, and what a person with given tastes picks: probabilities known in closed form."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from quartier.example.arrays import Floats, Whole

CATEGORIES: tuple[str, ...] = ("shoes", "clothing", "bags", "home", "beauty", "sport", "kids")
_KINDS = {
    "shoes": (("Baskets", 75), ("Bottines", 110), ("Sandales", 45)),
    "clothing": (("Chemise", 42), ("Pull", 58), ("Manteau", 145)),
    "bags": (("Sac à main", 95), ("Sac à dos", 60), ("Pochette", 28)),
    "home": (("Lampe", 54), ("Coussin", 22), ("Vase", 31)),
    "beauty": (("Savon", 8), ("Crème", 24), ("Parfum", 68)),
    "sport": (("Gourde", 16), ("Tapis", 34), ("Legging", 48)),
    "kids": (("Puzzle", 14), ("Body", 18), ("Cartable", 46)),
}
_MODELS = (("Lila", 0.8), ("Marius", 1.0), ("Camille", 1.15), ("Opale", 1.5))

TIER_PRICES: tuple[float, ...] = (16.0, 32.0, 60.0, 105.0)
"""Around which price, in euros, the persons of each tier choose."""
SWISS_MARKUP = 1.12
CHOICE_WIDTH = 0.6
"""How far from the price of their tier persons go, in logarithms."""
FAVOURITE_SHARE = 0.5
SECOND_PIECE_CHANCE = 0.15
"""How often two pieces of a product are bought in one line."""


@dataclass(frozen=True)
class Product:
    """Something the shop sells, its price in euros."""

    product_id: str
    name: str
    category: str
    price: float


def _assortment() -> tuple[Product, ...]:
    made: list[Product] = []
    for category, kinds in _KINDS.items():
        for kind, base in kinds:
            for model, factor in _MODELS:
                price = round(base * factor) - 0.1
                made.append(Product(f"P{len(made) + 1:03d}", f"{kind} {model}", category, round(price, 2)))
    return tuple(made)


PRODUCTS: tuple[Product, ...] = _assortment()


@cache
def euro_prices() -> Floats:
    """The price of each product in euros."""
    return np.array([product.price for product in PRODUCTS])


@cache
def franc_prices() -> Floats:
    """The price of each product in Swiss francs, to five centimes as Swiss prices are."""
    return np.round(euro_prices() * SWISS_MARKUP * 20) / 20


@cache
def categories() -> Whole:
    """The position of each product's category in CATEGORIES."""
    return np.array([CATEGORIES.index(product.category) for product in PRODUCTS])


@cache
def choices() -> Floats:
    """The probability of each product, by tier and favourite category: one row for each `taste`; rows sum to 1."""
    distance = np.log(euro_prices())[None, :] - np.log(np.array(TIER_PRICES))[:, None]
    liking = np.exp(-(distance**2) / (2 * CHOICE_WIDTH**2))
    any_category = liking / liking.sum(axis=1, keepdims=True)
    rows = []
    for tier in range(len(TIER_PRICES)):
        for favourite in range(len(CATEGORIES)):
            inside = np.where(categories() == favourite, liking[tier], 0.0)
            rows.append(FAVOURITE_SHARE * inside / inside.sum() + (1 - FAVOURITE_SHARE) * any_category[tier])
    return np.array(rows)


def taste(tier: Whole, favourite: Whole) -> Whole:
    """The row of `choices` for a tier and a favourite category."""
    return tier * len(CATEGORIES) + favourite


def pick(rng: np.random.Generator, tastes: Whole) -> Whole:
    """A product for each taste, as the position in PRODUCTS."""
    cumulated = np.cumsum(choices(), axis=1)
    cumulated[:, -1] = 1.0
    ladder = (cumulated + np.arange(len(cumulated))[:, None]).ravel()
    return np.searchsorted(ladder, rng.random(len(tastes)) + tastes, side="right") - tastes * len(PRODUCTS)


def expected_line(prices: Floats) -> Floats:
    """The expected amount of one order line for each taste, at these prices: the probabilities times the prices."""
    line: Floats = choices() @ prices * (1 + SECOND_PIECE_CHANCE)
    return line
