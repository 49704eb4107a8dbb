"""The effect: targeted minus held out, with its interval, from sufficient statistics alone.

Welch's t interval for the difference and a delta-method interval of the log ratio for the lift, by tea-tasting. With
many segments every interval is widened (Bonferroni: 1 - alpha / m each, so that all m hold together with 1 - alpha,
Dunn 1961) and p-values are adjusted by Holm's step-down method (Holm 1979), which allows for any dependence between
segments. The verdict keeps to the interval that is shown: gain or loss only where it leaves zero out.
"""

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from quartier.evaluate.arms import ArmStatistics, pooled_variance
from quartier.evaluate.sizes import Sizes, sizes_needed, smallest_visible
from quartier.language import Text

if TYPE_CHECKING:
    from tea_tasting.metrics.mean import MeanResult

ALPHA = 0.05
_FAR = 1e6  # deviations; large enough for the ratio to be tame, small enough for ten digits of the difference
FEWEST_PERSONS = 30
FEWEST_RESPONDERS = 10
"""Expected in each arm, were there no effect. Cochran (1954) asks for 5 where counts are compared; amounts are skewed,
and with 5 the intervals of small segments held the truth too seldom in the shops of `test_known_effects`."""


class Verdict(StrEnum):
    """What can be said of a difference."""

    GAIN = "gain"
    LOSS = "loss"
    TOO_SMALL = "too_small_to_tell"

    @property
    def label(self) -> Text:
        """The verdict for a reader."""
        return _VERDICTS[self]


class Caution(StrEnum):
    """Why an effect has no interval, or one that no verdict can rest on."""

    EMPTY_ARM = "empty_arm"
    ONE_PERSON = "one_person"
    NO_SPREAD = "no_spread"
    FEW = "few"


@dataclass(frozen=True)
class Interval:
    """Two bounds, either of which may be a loss."""

    low: float
    high: float

    @property
    def has_zero(self) -> bool:
        """Whether no effect at all is among the values."""
        return self.low <= 0 <= self.high

    def as_json(self) -> list[float]:
        """The plain form, for machines."""
        return [self.low, self.high]


@dataclass(frozen=True)
class Effect:
    """The difference between targeted and held out persons, overall (`segment` None) or in one segment.

    `lift` is relative to the mean of the held out, None where that is not above zero; its interval is None where a mean
    is lost in its own noise. `confidence` is that of this
    interval: 0.95, or more where it was widened for many segments. `needed` are the sizes that would show a difference
    of this size (or of the minimal one that was stated), `visible` the smallest difference that these sizes would show,
    both with 80 % power.
    """

    segment: str | None
    targeted: ArmStatistics
    held_out: ArmStatistics
    difference: float | None
    interval: Interval | None
    lift: float | None
    lift_interval: Interval | None
    confidence: float
    pvalue: float | None
    pvalue_adjusted: float | None
    verdict: Verdict
    caution: Caution | None
    needed: Sizes | None
    visible: float | None

    def as_json(self) -> dict[str, object]:
        """The plain form, for machines."""
        return {
            name: value.as_json() if hasattr(value, "as_json") else value for name, value in vars(self).items()
        }  # fmt: skip


def compare(
    targeted: ArmStatistics,
    held_out: ArmStatistics,
    *,
    segment: str | None = None,
    comparisons: int = 1,
    alpha: float = ALPHA,
    minimal: float | None = None,
) -> Effect:
    """The effect of one comparison out of `comparisons` that are looked at together.

    `minimal` is the smallest difference that matters to the user, in the unit of the outcome.
    """
    confidence = 1 - alpha / comparisons
    difference = None if targeted.mean is None or held_out.mean is None else targeted.mean - held_out.mean
    caution = _caution(targeted, held_out)
    result = _analysed(targeted, held_out, confidence, caution)
    interval = result.interval if result else None
    wanted = difference if minimal is None else minimal
    return Effect(
        segment, targeted, held_out, difference, interval, _lift(targeted, held_out),
        result.lift_interval if result else None, confidence,
        result.pvalue if result else None, result.pvalue if result else None, _verdict(interval, caution), caution,
        sizes_needed(targeted, held_out, wanted, alpha=1 - confidence),
        smallest_visible(targeted, held_out, alpha=1 - confidence),
    )  # fmt: skip


def corrected(effects: Sequence[Effect]) -> tuple[Effect, ...]:
    """The effects of a family of segments with Holm's adjusted p-values; those without a p-value keep None."""
    tested = {number: each.pvalue for number, each in enumerate(effects) if each.pvalue is not None}
    if not tested:
        return tuple(effects)
    from tea_tasting.experiment import ExperimentResult
    from tea_tasting.multiplicity import adjust_fwer

    results = {number: ExperimentResult({"effect": {"pvalue": pvalue}}) for number, pvalue in tested.items()}
    rows = adjust_fwer(results, alpha=ALPHA, arbitrary_dependence=True, method="bonferroni").to_dicts()
    adjusted = {int(row["comparison"]): float(row["pvalue_adj"]) for row in rows}
    return tuple(dataclasses.replace(each, pvalue_adjusted=adjusted.get(number)) for number, each in enumerate(effects))


@dataclass(frozen=True)
class _Analysis:
    """What tea-tasting says of two arms."""

    interval: Interval
    lift_interval: Interval | None
    pvalue: float


def _analysed(
    targeted: ArmStatistics, held_out: ArmStatistics, confidence: float, caution: Caution | None
) -> _Analysis | None:
    if caution not in (None, Caution.FEW):
        return None
    has_lift = caution is None and _is_clear_of_zero(targeted) and _is_clear_of_zero(held_out)
    # In standard deviations: squares of variances leave the range of floats for very small or large amounts.
    deviation = math.sqrt(pooled_variance(targeted, held_out) or 1.0)
    means = (targeted.mean or 0.0) / deviation, (held_out.mean or 0.0) / deviation
    if not has_lift:
        # tea-tasting computes the ratio's interval too, and overflows where a mean is lost in its own noise. Moving
        # both means far away leaves their difference alone.
        gap = means[0] - means[1]
        means = _FAR * (1 + abs(gap)) + gap, _FAR * (1 + abs(gap))
    variances = tuple((arm.variance or 0.0) / deviation / deviation for arm in (targeted, held_out))
    result = _welch((targeted.persons, held_out.persons), means, variances, confidence)
    interval = Interval(float(result.effect_size_ci_lower) * deviation, float(result.effect_size_ci_upper) * deviation)
    lift = Interval(float(result.rel_effect_size_ci_lower), float(result.rel_effect_size_ci_upper))
    return _Analysis(interval, lift if has_lift else None, float(result.pvalue))


def _welch(
    persons: tuple[int, int], means: tuple[float, float], variances: tuple[float, ...], confidence: float
) -> "MeanResult":
    """Welch's comparison by tea-tasting; targeted first, then held out."""
    # Imported here: it takes seconds and most commands never measure an effect.
    from tea_tasting.aggr import Aggregates
    from tea_tasting.metrics import Mean

    targeted, held_out = (
        Aggregates(n, {"outcome": mean}, {"outcome": variance})
        for n, mean, variance in zip(persons, means, variances, strict=True)
    )
    metric = Mean("outcome", alternative="two-sided", confidence_level=confidence, equal_var=False, use_t=True)
    return metric.analyze_aggregates(held_out, targeted)


def _is_clear_of_zero(arm: ArmStatistics) -> bool:
    """Whether the mean is above twice its standard error: the delta method of a ratio holds only there."""
    mean, variance = arm.mean or 0.0, arm.variance or 0.0
    return mean > 2 * math.sqrt(variance / arm.persons)


def _caution(targeted: ArmStatistics, held_out: ArmStatistics) -> Caution | None:
    if targeted.mean is None or held_out.mean is None:
        return Caution.EMPTY_ARM
    if targeted.variance is None or held_out.variance is None:
        return Caution.ONE_PERSON
    if targeted.variance == held_out.variance == 0:
        return Caution.NO_SPREAD
    smaller, persons = min(targeted.persons, held_out.persons), targeted.persons + held_out.persons
    expected = smaller * (targeted.responders + held_out.responders) / persons
    return Caution.FEW if smaller < FEWEST_PERSONS or expected < FEWEST_RESPONDERS else None


def _lift(targeted: ArmStatistics, held_out: ArmStatistics) -> float | None:
    """Relative to the held out, where their mean is above zero."""
    if targeted.mean is None or held_out.mean is None or held_out.mean <= 0:
        return None
    return targeted.mean / held_out.mean - 1


def _verdict(interval: Interval | None, caution: Caution | None) -> Verdict:
    if interval is None or caution is not None or interval.has_zero:
        return Verdict.TOO_SMALL
    return Verdict.GAIN if interval.low > 0 else Verdict.LOSS


_VERDICTS = {
    Verdict.GAIN: Text(en="gain", fr="gain"),
    Verdict.LOSS: Text(en="loss", fr="perte"),
    Verdict.TOO_SMALL: Text(en="too small to tell", fr="trop peu pour conclure"),
}
