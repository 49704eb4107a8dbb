"""How often intervals hold the truth, on outcomes whose truth is known: a 95 % interval must do so 95 times in 100."""

import numpy as np
import pytest
from scipy.stats import binomtest

from quartier.evaluate.assess import Responses, assess
from quartier.evaluate.effect import Effect, Verdict

RUNS = 1000
TRUE_EFFECTS = {"small": 0.0, "middle": 1.5, "large": 3.0}
PERSONS = 3000

pytestmark = pytest.mark.slow


def _experiments(noise: str) -> list[tuple[Effect, tuple[Effect, ...]]]:
    """Three segments of a thousand persons, a fifth held out, with spending that most persons do not do."""
    rng = np.random.default_rng(20261121)
    segment = np.repeat(np.arange(3), PERSONS // 3)
    rows = {name: np.flatnonzero(segment == number) for number, name in enumerate(TRUE_EFFECTS)}
    effects = np.array(list(TRUE_EFFECTS.values()))[segment]
    found = []
    for _ in range(RUNS):
        is_targeted = rng.random(PERSONS) >= 0.2
        base = rng.normal(20, 10, PERSONS) if noise == "normal" else _spending(rng)
        found.append(assess(Responses(is_targeted, base + effects * is_targeted), rows))
    return found


def _spending(rng: np.random.Generator) -> np.ndarray:
    return np.where(rng.random(PERSONS) < 0.3, rng.gamma(2, 25, PERSONS), 0.0)


def _holds(effect: Effect, truth: float) -> bool:
    return effect.interval is not None and effect.interval.low <= truth <= effect.interval.high


@pytest.mark.parametrize("noise", ["normal", "spending"])
def test_intervals_hold_the_truth_at_the_stated_rate(noise: str) -> None:
    experiments = _experiments(noise)
    truth = float(np.mean(list(TRUE_EFFECTS.values())))
    overall = sum(_holds(effect, truth) for effect, _ in experiments)
    assert binomtest(overall, RUNS, 0.95).pvalue > 0.001, overall
    families = sum(
        all(_holds(effect, TRUE_EFFECTS[str(effect.segment)]) for effect in segments) for _, segments in experiments
    )
    assert binomtest(families, RUNS, 0.95, alternative="less").pvalue > 0.001, families


def test_a_segment_without_an_effect_is_rarely_given_one() -> None:
    experiments = _experiments("spending")
    claimed = sum(segments[0].verdict is not Verdict.TOO_SMALL for _, segments in experiments)
    assert binomtest(claimed, RUNS, 0.05 / 3, alternative="greater").pvalue > 0.001, claimed
