"""What the small shop's traits hold, as ready-made segments ask for it."""

from quartier.analyse.classes import CLASSES
from quartier.catalog import Trait

SHARES = {
    "country": [("FR", 0.6), ("BE", 0.3), ("CH", 0.09), ("LU", 0.01)],
    "plan": [("free", 0.7), ("plus", 0.2), ("pro", 0.1)],
    "device": [("mobile", 0.6), ("desktop", 0.4)],
    "ltv": [(float(n), 0.01) for n in range(1, 101)],
    "rfm_monetary": [(10.5 * n, 0.01) for n in range(1, 101)],
    "rfm_m": [(1, 0.5), (3, 0.2), (5, 0.3)],
    "rfm_class": [(each.id, 1 / len(CLASSES)) for each in CLASSES],
}


def values(trait: Trait) -> list[tuple[object, float]]:
    return SHARES[trait.name]
