"""Where customers stand: tenths by value, and who is still there by how many purchases and how long ago."""

import numpy as np

from quartier.analyse.lifetime.figures import Cell, Tenth
from quartier.analyse.lifetime.histories import Numbers, Whole
from quartier.analyse.tenths import bounds_of_tenths

EVEN_ODDS = 0.5
"""Below this probability a customer is more likely gone than not."""
REPEATS: tuple[tuple[int, int | None], ...] = ((0, 0), (1, 1), (2, 2), (3, 4), (5, 9), (10, None))
SILENT: tuple[tuple[int, int | None], ...] = ((0, 30), (31, 90), (91, 180), (181, 365), (366, 730), (731, None))


def tenths(worth: Numbers, purchases: Numbers, alive: Numbers) -> tuple[Tenth, ...]:
    """The tenths of customers by value, the best first; equal values stay together, so a tenth may be missing."""
    return tuple(
        Tenth(
            tenth=number, persons=int(np.count_nonzero(those)), low=low, high=high, value=float(worth[those].sum()),
            purchases=float(purchases[those].sum()), alive=float(alive[those].mean()),
        )
        for number, (low, high), those in bounds_of_tenths(worth)
    )  # fmt: skip


def cells(repeats: Whole, silent: Whole, alive: Numbers) -> tuple[Cell, ...]:
    """The cells of the heat map, row by row, those without anybody as well."""
    found = []
    for row in REPEATS:
        for column in SILENT:
            those = _within(repeats, row) & _within(silent, column)
            persons = int(np.count_nonzero(those))
            mean = float(alive[those].mean()) if persons else None
            found.append(Cell(repeats=row, silent=column, persons=persons, alive=mean))
    return tuple(found)


def _within(values: Whole, bounds: tuple[int, int | None]) -> np.ndarray:
    low, high = bounds
    return (values >= low) & (values <= high if high is not None else True)
