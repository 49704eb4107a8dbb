"""Regularised logistic regression over clues, and the effects that it reads from them.

Numbers are filled with their median, long tails are taken by their logarithm, and all are brought to one standard
deviation; categories get one column per frequent level. What is not known has a column of its own where that happens.
The ridge penalty (Hoerl and Kennard, Technometrics 12, 1970) is the same for all data, so nothing is tuned. Fits to
persons drawn again take two steps of Newton from the fit to all: few are enough (Andrews, Econometrica 70, 2002).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quartier.analyse.learning.clues import UNKNOWN, Clue, Flags, Numbers

FEWEST_OF_A_LEVEL = 20
"""Levels that fewer of the learned persons have are taken together with what is left out."""
_LONG_TAIL = 2.0
_STRENGTH = 1.0


@dataclass(frozen=True, eq=False)
class Column:
    """One column of the regression: a number, a level of a category, or that a clue is not known."""

    place: int
    """of its clue"""
    level: int | None = None
    """of a category; -1 says "not known"; None for a number"""
    fill: float = 0.0
    centre: float = 0.0
    scale: float = 1.0
    is_logarithm: bool = False

    def of(self, clues: Sequence[Clue]) -> Numbers:
        """Its values for some persons, centred and scaled."""
        clue = clues[self.place]
        if self.level is None:
            raw = np.where(np.isnan(clue.values), self.fill, clue.values)
            raw = np.log1p(np.maximum(raw, 0)) if self.is_logarithm else raw
        elif clue.is_category:
            raw = (clue.values == self.level).astype(np.float64)
        else:
            raw = np.isnan(clue.values).astype(np.float64)
        found: Numbers = (raw - self.centre) / self.scale
        return found


def columns_of(clues: Sequence[Clue]) -> tuple[Column, ...]:
    """The columns for these persons; constant ones are left out."""
    of_each = (_levels(each, place) if each.is_category else _number(each, place) for place, each in enumerate(clues))
    return tuple(column for columns in of_each for column in columns)


def matrix(columns: Sequence[Column], clues: Sequence[Clue]) -> Numbers:
    """Persons by columns."""
    if not columns:
        return np.zeros((len(clues[0].values) if clues else 0, 0))
    return np.column_stack([each.of(clues) for each in columns])


@dataclass(frozen=True, eq=False)
class Regression:
    """A regression that has learned."""

    columns: tuple[Column, ...]
    fitted: Any

    def log_odds(self, clues: Sequence[Clue]) -> Numbers:
        """What it says of each person."""
        said: Numbers = self.fitted.decision_function(matrix(self.columns, clues))
        return said


def regressed(clues: Sequence[Clue], outcome: Flags) -> Regression:
    """A regression that has learned from these persons."""
    columns = columns_of(clues)
    return Regression(columns, fitted(matrix(columns, clues), outcome))


def fitted(values: Numbers, outcome: Flags) -> Any:
    """The fit of one matrix. Non-convergence cannot happen: the penalised likelihood has one maximum."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    # Matrices this narrow are slower on several threads, far slower where other work goes on.
    with threadpool_limits(1):
        return LogisticRegression(C=_STRENGTH, solver="newton-cholesky").fit(values, outcome)


def redrawn(values: Numbers, outcome: Flags, draws: int, rng: np.random.Generator) -> tuple[Numbers, Numbers]:
    """The coefficients of one matrix, and those of as many persons drawn again with replacement: draws by columns.

    A draw in which all have the outcome, or nobody has, is left out.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # as above
        found, n = fitted(values, outcome), len(outcome)
        whole = np.append(found.coef_[0], found.intercept_)
        wide, again = np.column_stack([values, np.ones(n)]), []
        for _ in range(draws):
            times = np.bincount(rng.integers(0, n, n), minlength=n).astype(np.float64)
            if 0 < times[outcome].sum() < n:
                again.append(_stepped(wide, outcome, times, _stepped(wide, outcome, times, whole)))
    return whole[:-1], np.array(again).reshape(-1, len(whole))[:, :-1]


def _stepped(values: Numbers, outcome: Flags, times: Numbers, before: Numbers) -> Numbers:
    """One step of Newton where each person counts so many times; the last column, the constant, is not penalised."""
    from scipy.linalg import solve
    from scipy.special import expit

    said = expit(values @ before)
    penalty = np.append(np.full(len(before) - 1, 1 / _STRENGTH), 0.0)
    slope = values.T @ (times * (said - outcome)) + penalty * before
    scaled = values * np.sqrt(times * said * (1 - said))[:, None]
    found: Numbers = before - solve(scaled.T @ scaled + np.diag(penalty), slope, assume_a="pos")
    return found


def _number(clue: Clue, place: int) -> list[Column]:
    known = clue.values[~np.isnan(clue.values)]
    found = []
    if len(known) and float(np.ptp(known)) > 0:
        is_logarithm = bool(known.min() >= 0) and _skew(known) > _LONG_TAIL
        fill = float(np.median(known))
        raw = np.where(np.isnan(clue.values), fill, clue.values)
        raw = np.log1p(raw) if is_logarithm else raw
        found.append(Column(place, None, fill, float(raw.mean()), float(raw.std()) or 1.0, is_logarithm))
    return found + _flag(clue, place, UNKNOWN, np.isnan(clue.values))


def _levels(clue: Clue, place: int) -> list[Column]:
    codes = range(UNKNOWN, len(clue.levels))
    return [column for code in codes for column in _flag(clue, place, code, clue.values == code)]


def _flag(clue: Clue, place: int, level: int, has: Flags) -> list[Column]:
    n, all_ = int(has.sum()), len(clue.values)
    if min(n, all_ - n) < min(FEWEST_OF_A_LEVEL, all_ // 20):
        return []
    return [Column(place, level, centre=n / all_)]


def _skew(values: Numbers) -> float:
    spread = float(values.std())
    return float(np.mean(((values - values.mean()) / spread) ** 3)) if spread else 0.0
