"""How many persons it would take: the power of a comparison of two means.

The normal approximation of the textbooks (Chow, Shao & Wang, "Sample Size Calculations in Clinical Research", 2008,
section 3.2), in closed form: a difference is seen with the wanted power when it is at least z times its standard error,
z being the sum of the normal quantiles of the level and of the power. tea-tasting would solve for it step by step, and
fails where fewer than three persons would do.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

from quartier.evaluate.arms import ArmStatistics, pooled_variance

POWER = 0.8
"""The chance of seeing an effect that is there (Cohen 1988 made 80 % the convention)."""

_SMALLEST_IN_DEVIATIONS = 1e-5
"""Below this share of a standard deviation the answer is above a hundred billion persons: no number is better."""

_LARGE = 1_000_000
"""Arms of this size have the variances of the shares themselves."""


@dataclass(frozen=True)
class Sizes:
    """Persons in each arm, in the proportion that the arms have now, and the difference that they would show."""

    targeted: int
    held_out: int
    difference: float

    def as_json(self) -> dict[str, object]:
        """The plain form, for machines."""
        return dict(vars(self))


def sizes_needed(
    targeted: ArmStatistics, held_out: ArmStatistics, difference: float | None, *, alpha: float
) -> Sizes | None:
    """The arms that would show a difference with 80 % power; None where that cannot be said."""
    variance = pooled_variance(targeted, held_out)
    if difference is None or not variance or abs(difference) < _SMALLEST_IN_DEVIATIONS * math.sqrt(variance):
        return None
    ratio = targeted.persons / held_out.persons
    apart = abs(difference) / math.sqrt(variance)
    fewest = (1 + 1 / ratio) * (_quantiles(alpha) / apart) ** 2
    return Sizes(math.ceil(max(fewest * ratio, 2)), math.ceil(max(fewest, 2)), abs(difference))


def smallest_visible(targeted: ArmStatistics, held_out: ArmStatistics, *, alpha: float) -> float | None:
    """The smallest difference that the arms as they are would show with 80 % power; None where that cannot be said."""
    variance = pooled_variance(targeted, held_out)
    if not variance:
        return None
    return _quantiles(alpha) * math.sqrt(variance * (1 / targeted.persons + 1 / held_out.persons))


def smallest_segment(usual: float, difference: float, *, held_out: float, alpha: float) -> int | None:
    """The persons of the smallest segment in which a change of a share would show with 80 % power.

    Args:
        usual: the share before, 0 to 1, which is also that of those held out.
        difference: what is added to it among those who are reached.
        held_out: the share of the segment that is held out, between 0 and 1.
        alpha: the two-sided level.

    Returns None for what is no change of a share.
    """
    reached = usual + difference
    if not (0 <= usual <= 1 and 0 <= reached <= 1) or not 0 < held_out < 1:
        return None
    arms = [
        ArmStatistics(round(_LARGE * part), share, share * (1 - share), 0)
        for part, share in ((1 - held_out, reached), (held_out, usual))
    ]
    sizes = sizes_needed(arms[0], arms[1], difference, alpha=alpha)
    return sizes.targeted + sizes.held_out if sizes else None


def _quantiles(alpha: float) -> float:
    """The normal quantile of the two-sided level plus that of the power."""
    normal = NormalDist()
    return normal.inv_cdf(1 - alpha / 2) + normal.inv_cdf(POWER)
