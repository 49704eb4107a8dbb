"""From the keys that an engine gives to the bitmaps that set algebra works on."""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

Number = TypeVar("Number", bound=np.generic)

BLOCK, MOST_LISTED, NO_RUNS = 2**16, 4096, 12346
SPARSE = 16
"""With fewer than one key in so many, sorting the keys is cheaper than marking them."""


def key_set(keys: npt.NDArray[np.uint32]) -> BitMap:
    """The keys as a set, in any order and however often each occurs.

    A bitmap is made ten times faster from sorted numbers behind a memory view than from an array of any order.
    """
    if not keys.size:
        return BitMap()
    if are_places(keys):
        return marked(np.ones(keys.size, dtype=np.bool_))
    if keys.size * SPARSE < int(keys.max()):
        return BitMap(np.sort(keys).data)
    return marked(spread(keys, np.ones(keys.size, dtype=np.bool_)))


def are_places(keys: npt.NDArray[np.integer[Any]]) -> bool:
    """Whether the keys are 0, 1, 2 and on, as those of everyone in order are."""
    return bool(keys.size) and keys[0] == 0 and keys[-1] == keys.size - 1 and bool(np.all(keys[1:] > keys[:-1]))


def spread(keys: npt.NDArray[np.integer[Any]], values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """The value of each key at the place that the key numbers, zero elsewhere."""
    places = np.zeros(int(keys.max()) + 1 if keys.size else 0, dtype=values.dtype)
    places[keys] = values
    return places


def marked(is_there: npt.NDArray[np.bool_]) -> BitMap:
    """The set of the places that are marked, written block by block in the portable format of roaring bitmaps.

    Adding the keys one by one takes ten times longer, unless they are few.
    Format: https://github.com/RoaringBitmap/RoaringFormatSpec
    """
    if is_there.size <= BLOCK // 4:
        return BitMap(np.flatnonzero(is_there).astype(np.uint32).data)
    blocks = [is_there[start : start + BLOCK] for start in range(0, is_there.size, BLOCK)]
    sizes = np.array([np.count_nonzero(block) for block in blocks], dtype=np.int64)
    filled = np.flatnonzero(sizes)
    bodies = [_body(blocks[index], int(sizes[index])) for index in filled]
    header = np.column_stack([filled, sizes[filled] - 1]).astype("<u2").tobytes()
    first = 8 + len(header) + 4 * len(bodies)
    offsets = np.cumsum([first, *map(len, bodies)])[:-1].astype("<u4").tobytes()
    counted = np.array([NO_RUNS, len(bodies)], dtype="<u4").tobytes()
    return BitMap.deserialize(b"".join([counted, header, offsets, *bodies]))


def _body(block: npt.NDArray[np.bool_], size: int) -> bytes:
    """A block as the format has it: its few places as a list, its many as bits."""
    if size <= MOST_LISTED:
        return np.flatnonzero(block).astype("<u2").tobytes()
    return np.packbits(block, bitorder="little").tobytes().ljust(BLOCK // 8, b"\0")


def key_array(keys: BitMap) -> npt.NDArray[np.uint32]:
    """The keys of a set as numbers, in order."""
    return np.asarray(keys.to_array(), dtype=np.uint32)


def renewed(members: BitMap, whom: BitMap, found: BitMap) -> BitMap:
    """The members, of some keys those that were found; the same set where nobody moved, since few sets change."""
    moved = (members & whom) ^ found
    return members ^ moved if moved else members
