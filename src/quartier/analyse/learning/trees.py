"""Boosted trees (LightGBM): how they are taught, what they say, and what each clue adds to it.

Sources: Friedman, Annals of Statistics 29 (2001), for gradient boosting; Ke et al., NIPS 2017, for LightGBM; Lundberg
et al., Nature Machine Intelligence 2 (2020), for the exact contributions of clues (TreeSHAP), which LightGBM computes.
Small trees that learn slowly are set once for all data; how many of them is found by cross-validation within the
persons that are learned from, never by those on whom the result is judged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from quartier.analyse.learning.clues import UNKNOWN, Clue, Flags, Numbers

MOST_TREES, PATIENCE, FOLDS = 600, 40, 4
_SETTINGS: dict[str, Any] = {
    "objective": "binary",
    "metric": "binary_logloss",
    "learning_rate": 0.04,
    "num_leaves": 8,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 1.0,
    "cat_smooth": 20.0,
    "min_data_per_group": 20,
    "max_bin": 127,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbosity": -1,
}


@dataclass(frozen=True)
class Trees:
    """Trees that have learned, for clues in the same order as those they learned from."""

    booster: Any
    count: int

    def log_odds(self, clues: Sequence[Clue]) -> Numbers:
        """What they say of each person, before calibration."""
        said: Numbers = self.booster.predict(_matrix(clues), raw_score=True)
        return said

    def contributions(self, clues: Sequence[Clue]) -> Numbers:
        """What each clue adds to the log-odds of each person: persons by clues; with the mean they add up exactly."""
        added: Numbers = self.booster.predict(_matrix(clues), pred_contrib=True)[:, :-1]
        return added


def taught(clues: Sequence[Clue], outcome: Flags, seed: int, *, count: int | None = None) -> Trees:
    """Trees that have learned from these persons; `count` of them, or as many as cross-validation says."""
    import lightgbm

    settings = _SETTINGS | {"seed": seed}
    number = count or _count(clues, outcome, settings, seed)
    booster = lightgbm.train(settings, _data(clues, outcome), num_boost_round=number)
    return Trees(booster, number)


def _count(clues: Sequence[Clue], outcome: Flags, settings: dict[str, Any], seed: int) -> int:
    import lightgbm

    folds = min(FOLDS, int(outcome.sum()), int((~outcome).sum()))
    if folds < 2:
        return 50
    found = lightgbm.cv(
        settings, _data(clues, outcome), num_boost_round=MOST_TREES, nfold=folds, stratified=True, seed=seed,
        callbacks=[lightgbm.early_stopping(PATIENCE, verbose=False)],
    )  # fmt: skip
    return max(1, len(found["valid binary_logloss-mean"]))


def _data(clues: Sequence[Clue], outcome: Flags) -> Any:
    import lightgbm

    categories = [place for place, each in enumerate(clues) if each.is_category]
    # Names of clues are people's own words, which LightGBM refuses; places serve as well.
    names = [f"c{place}" for place in range(len(clues))]
    return lightgbm.Dataset(
        _matrix(clues), outcome.astype(np.float64), feature_name=names, categorical_feature=categories,
        free_raw_data=False, params={"verbosity": -1, "max_bin": _SETTINGS["max_bin"]},
    )  # fmt: skip


def _matrix(clues: Sequence[Clue]) -> npt.NDArray[np.float64]:
    columns = [
        np.where(each.values == UNKNOWN, np.nan, each.values) if each.is_category else each.values for each in clues
    ]
    return np.column_stack(columns).astype(np.float64)
