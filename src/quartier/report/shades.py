"""From values to the six shades: few steps that an eye can tell apart, on a screen and on paper."""

from collections.abc import Iterable, Sequence

from quartier.look.colours import SHADES

STEPS = len(SHADES)


def by_rank(values: Sequence[float]) -> list[int]:
    """A shade for each value, evenly from the least (0) to the greatest (5); equal values share the lower one."""
    ladder = sorted(set(values))
    if len(ladder) < 2:
        return [STEPS // 2 for _ in values]
    return [round(ladder.index(value) * (STEPS - 1) / (len(ladder) - 1)) for value in values]


def by_part(value: float, most: float) -> int:
    """The shade of a value between zero and `most`, in equal steps."""
    if most <= 0:
        return 0
    return min(STEPS - 1, max(0, int(value / most * STEPS)))


def by_bounds(value: float, bounds: Iterable[float]) -> int:
    """The shade of a value among fixed bounds: how many of them it reaches."""
    return sum(value >= bound for bound in bounds)
