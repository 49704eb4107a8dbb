"""From one outcome per person to effects: overall, and in each segment with the correction for many segments."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quartier.evaluate.arms import Values, arm_of
from quartier.evaluate.effect import Effect, compare, corrected

Indices = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Responses:
    """One row per person of both arms: the side, the outcome, and for a mean per event the number of events."""

    is_targeted: npt.NDArray[np.bool_]
    values: Values
    base: Values | None = None

    def at(self, rows: Indices) -> "Responses":
        """Some of the persons."""
        return Responses(self.is_targeted[rows], self.values[rows], None if self.base is None else self.base[rows])


def assess(
    responses: Responses, segments: Mapping[str, Indices], *, minimal: float | None = None
) -> tuple[Effect, tuple[Effect, ...]]:
    """The overall effect, and that of each segment given by its rows; segments are corrected for being many."""
    overall = _effect(responses, None, 1, minimal)
    effects = [_effect(responses.at(rows), name, len(segments), minimal) for name, rows in segments.items()]
    return overall, corrected(effects)


def _effect(responses: Responses, segment: str | None, comparisons: int, minimal: float | None) -> Effect:
    targeted, held_out = (
        arm_of(responses.values[side], None if responses.base is None else responses.base[side])
        for side in (responses.is_targeted, ~responses.is_targeted)
    )
    return compare(targeted, held_out, segment=segment, comparisons=comparisons, minimal=minimal)
