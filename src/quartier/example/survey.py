"""What a part of the persons answered: attitudes on scales from 1 to 5, needs and values."""

from dataclasses import dataclass

import numpy as np

from quartier.example.arrays import Days, Floats, Whole
from quartier.example.persons import Nature

ANSWER_SHARE = 0.15
STATEMENTS: tuple[str, ...] = ("satisfaction", "price_matters", "quality_matters", "likes_novelty", "plans_purchases")
"""Each answered from 1 (not at all) to 5 (fully)."""
NEEDS: tuple[str, ...] = ("fast delivery", "advice", "low prices", "durable products", "gift ideas")
VALUES: tuple[str, ...] = ("environment", "local production", "family", "beauty", "freedom")
LONGEST_AGO_DAYS = 300


@dataclass(frozen=True)
class Answers:
    """One value per person who answered; `likert` has a column for each of STATEMENTS."""

    person: Whole
    answered_on: Days
    likert: Whole
    recommends: Whole
    need: Whole
    value: Whole
    second_value: Whole

    def __len__(self) -> int:
        return len(self.person)


def draw_answers(rng: np.random.Generator, nature: Nature, signed_up: Days, end: np.datetime64) -> Answers:
    """The answers; those in higher price tiers mind quality more and price less, regular buyers are more satisfied."""
    known_before = end - np.timedelta64(LONGEST_AGO_DAYS, "D")
    person = np.flatnonzero((rng.random(len(signed_up)) < ANSWER_SHARE) & (signed_up < known_before))
    count = len(person)
    satisfaction = 3.1 + 0.9 * np.tanh(nature.orders_per_year[person] / 4 - 0.5)
    tier = nature.tier[person].astype(np.float64)
    flat = np.full(count, 3.0)
    leanings = np.column_stack([satisfaction, 4.0 - 0.7 * tier, 2.6 + 0.6 * tier, flat, flat])
    value = rng.integers(0, len(VALUES), count)
    return Answers(
        person=person,
        answered_on=end - rng.integers(1, LONGEST_AGO_DAYS, count).astype("timedelta64[D]"),
        likert=_on_scale(rng, leanings, 1, 5),
        recommends=_on_scale(rng, 2.2 * satisfaction, 0, 10, 1.8),
        need=np.where(tier + rng.random(count) < 0.7, NEEDS.index("low prices"), rng.integers(0, len(NEEDS), count)),
        value=value,
        second_value=(value + rng.integers(1, len(VALUES), count)) % len(VALUES),
    )


def _on_scale(rng: np.random.Generator, leaning: Floats, lowest: int, highest: int, noise: float = 0.9) -> Whole:
    drawn = np.round(rng.normal(leaning, noise))
    return np.clip(drawn, lowest, highest).astype(np.int64)
