"""Whether what a segment is like would be found again among other persons: the bootstrap of its portrait."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quartier.evaluate.segmentation.sample import Sample

Singles = npt.NDArray[np.float32]
"""Half as wide as usual: a portrait is compared to two decimals."""

RESAMPLES = 20
FEWEST = 30
"""Members in the sample before a portrait is drawn."""


def steadiness(sample: Sample, random: np.random.Generator, resamples: int = RESAMPLES) -> list[float | None]:
    """For each segment, how alike its portrait stays when persons are drawn anew, with replacement (Efron 1979).

    The portrait is the list of its differences from everybody, in standard deviations, on every number and every value
    of a category. Two portraits are compared by the cosine of the angle between them: 1 when the same differences come
    back. A segment that differs from everybody by chance alone stays at about 0.7, the square root of one half, because
    its portrait and the one drawn anew have that chance in common. Dolnicar and Leisch (Marketing Letters 21, 2010)
    give the reasons to look at segments in this way. None for fewer than 30 members, or no difference at all.
    """
    if not sample.columns:
        return [None] * len(sample.names)
    drawn = _Drawn.of(sample)
    portrait = drawn.portrait(np.ones(sample.persons, dtype=np.float32))
    totals = np.zeros(len(sample.names))
    for _ in range(resamples):
        times = np.bincount(random.integers(0, sample.persons, sample.persons), minlength=sample.persons)
        totals += _cosines(portrait, drawn.portrait(times.astype(np.float32)))
    is_told = (sample.is_member.sum(axis=0) >= FEWEST) & (np.abs(portrait) > _NOTHING).any(axis=1)
    return [float(each) if told else None for each, told in zip(totals / resamples, is_told, strict=True)]


@dataclass(frozen=True)
class _Drawn:
    """All columns side by side, standardised, 0 where nothing is known; of whom each trait is known; the memberships.

    `widths` says how many columns each trait has.
    """

    values: Singles
    known: Singles
    widths: tuple[int, ...]
    members: Singles

    @classmethod
    def of(cls, sample: Sample) -> "_Drawn":
        return cls(
            values=np.nan_to_num(np.column_stack([each.standardised for each in sample.columns])).astype(np.float32),
            known=np.column_stack([each.is_known for each in sample.columns]).astype(np.float32),
            widths=tuple(each.values.shape[1] for each in sample.columns),
            members=sample.is_member.astype(np.float32),
        )

    def portrait(self, times: Singles) -> Singles:
        """One row per segment: the mean of its members less that of everybody, each person counted so many times."""
        values, known = self.values * times[:, None], self.known * times[:, None]
        counts = np.repeat(self.members.T @ known, self.widths, axis=1)
        overall = values.sum(axis=0) / np.maximum(np.repeat(known.sum(axis=0), self.widths), 1)
        inside = (self.members.T @ values) / np.maximum(counts, 1)
        found: Singles = np.where(counts > 0, inside - overall, 0.0)
        return found


def _cosines(one: Singles, other: Singles) -> Singles:
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    found: Singles = (one * other).sum(axis=1) / np.where(lengths > 0, lengths, 1.0)
    return found


_NOTHING = 1e-5
"""A smaller difference is the rounding of sums."""
