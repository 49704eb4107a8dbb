"""Known records that came together, as they are compared, with their keys in order; never changed once made. Pure."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.identify.matching.hashing import Hashes

Numbers = npt.NDArray[np.int64]
ID = "record_id"
"""The column of a segment that names its records."""


@dataclass(frozen=True)
class Segment:
    """Some known records.

    Attributes:
        name: what it is kept under.
        records: the cleaned columns, named by `record_id`.
        keys: the keys of all of them, in rising order.
        places: for each of these keys, whose it is.
    """

    name: str
    records: pa.Table
    keys: Hashes
    places: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return int(self.records.num_rows)

    @classmethod
    def of(cls, name: str, records: pa.Table, keys: Hashes, has: npt.NDArray[np.bool_]) -> "Segment":
        """Records with their keys, one row of `keys` for each rule; `has` says which of them are keys at all."""
        places = np.broadcast_to(np.arange(records.num_rows, dtype=np.int32), keys.shape)[has]
        return _in_order(name, records, keys[has], places)

    def having(self, keys: Hashes) -> tuple[Numbers, Numbers]:
        """Who has some keys, which are distinct and in rising order: the place of the key, and of the record."""
        low, high = (np.searchsorted(self.keys, keys, side) for side in ("left", "right"))
        held = high - low
        rows = np.repeat(low - (np.cumsum(held) - held), held) + np.arange(held.sum())
        return np.repeat(np.arange(len(keys)), held), self.places[rows].astype(np.int64)


def merged(name: str, one: Segment, other: Segment, is_there: npt.NDArray[np.bool_]) -> Segment:
    """Two segments as one; of the records of both, one after the other, those that are there no longer are left out."""
    records = pa.concat_tables([one.records, other.records], promote_options="permissive")
    keys = np.concatenate([one.keys, other.keys])
    places = np.concatenate([one.places, other.places + np.int32(len(one))])
    if not is_there.all():
        records, is_kept = records.filter(pa.array(is_there)), is_there[places]
        now = (np.cumsum(is_there) - 1).astype(np.int32)
        keys, places = keys[is_kept], now[places[is_kept]]
    return _in_order(name, records, keys, places)


def _in_order(name: str, records: pa.Table, keys: Hashes, places: npt.NDArray[np.int32]) -> Segment:
    order = np.argsort(keys, kind="stable")
    return Segment(name, records.combine_chunks(), keys[order], places[order])
