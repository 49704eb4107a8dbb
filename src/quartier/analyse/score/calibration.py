"""A score against what really happened: by band, with intervals, and in one number.

AUC is the chance that of one person who came to the outcome and one who did not, the former had the higher score (a tie
is half a win); its interval is Hanley and McNeil's ("The Meaning and Use of the Area under a ROC Curve", Radiology 143,
1982). Intervals of shares are Wilson's (JASA 22, 1927).
"""

import math

import numpy as np
import numpy.typing as npt

from quartier.analyse.compare import wilson
from quartier.analyse.score.definition import FULL, Band

WIDTH = 10
_Z = 1.959963984540054
Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def band_of(score: Numbers) -> npt.NDArray[np.int64]:
    """The number of the band of ten points: 0 for 0 to under 10, 9 for 90 to 100."""
    return np.minimum(score // WIDTH, FULL // WIDTH - 1).astype(np.int64)


def bands(score: Numbers, converted: Flags) -> tuple[Band, ...]:
    """Every band of ten points with its persons and how many came to the outcome."""
    place = band_of(score)
    persons = np.bincount(place, minlength=FULL // WIDTH)
    came = np.bincount(place[converted], minlength=FULL // WIDTH)
    return tuple(_band(number, int(n), int(k)) for number, (n, k) in enumerate(zip(persons, came, strict=True)))


def auc(score: Numbers, converted: Flags) -> tuple[float, float, float]:
    """The area under the curve with its 95 % interval. Both outcomes must be there."""
    from scipy.stats import rankdata

    yes, no = int(converted.sum()), int((~converted).sum())
    area = float((rankdata(score)[converted].sum() - yes * (yes + 1) / 2) / (yes * no))
    q1, q2 = area / (2 - area), 2 * area * area / (1 + area)
    spread = area * (1 - area) + (yes - 1) * (q1 - area * area) + (no - 1) * (q2 - area * area)
    error = _Z * math.sqrt(max(0.0, spread) / (yes * no))
    return area, max(0.0, area - error), min(1.0, area + error)


def _band(number: int, persons: int, converted: int) -> Band:
    low, high = wilson(converted, persons, _Z) if persons else (None, None)
    top = FULL if number == FULL // WIDTH - 1 else (number + 1) * WIDTH
    return Band(
        low=number * WIDTH, high=top, persons=persons, converted=converted,
        share=converted / persons if persons else None, share_low=low, share_high=high,
    )  # fmt: skip
