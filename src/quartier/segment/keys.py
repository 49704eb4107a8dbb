"""From the keys that an engine gives to the bitmaps that set algebra works on."""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

Number = TypeVar("Number", bound=np.generic)

SPARSE = 16
"""With fewer than one key in so many, sorting the keys is cheaper than marking them."""


def key_set(keys: npt.NDArray[np.uint32]) -> BitMap:
    """The keys as a set, in any order and however often each occurs.

    A bitmap is made ten times faster from sorted numbers behind a memory view than from an array of any order.
    """
    if not keys.size:
        return BitMap()
    if keys.size * SPARSE < int(keys.max()):
        return BitMap(np.sort(keys).data)
    return marked(spread(keys, np.ones(keys.size, dtype=np.bool_)))


def spread(keys: npt.NDArray[np.integer[Any]], values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """The value of each key at the place that the key numbers, zero elsewhere."""
    places = np.zeros(int(keys.max()) + 1 if keys.size else 0, dtype=values.dtype)
    places[keys] = values
    return places


def marked(is_there: npt.NDArray[np.bool_]) -> BitMap:
    """The set of the places that are marked."""
    return BitMap(np.flatnonzero(is_there).astype(np.uint32).data)
