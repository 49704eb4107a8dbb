"""Who is in the places of a rank, found at home from the values of all persons among whom is ranked."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

from quartier.engine.keys import key_set
from quartier.segment.conditions import RankLeaf
from quartier.segment.holding import holding
from quartier.segment.measures import DECIMALS
from quartier.segment.rank_queries import PERSON_KEY, VALUE, values_query
from quartier.segment.ranks import Rank

if TYPE_CHECKING:
    from quartier.segment.evaluate import World

Amounts = npt.NDArray[np.float64]
Units = npt.NDArray[np.int64] | npt.NDArray[np.object_]


@holding.register(RankLeaf)
def _(node: RankLeaf, world: "World") -> BitMap:
    rows = world.engine.fetch(values_query(node, world.moment, world.asking.dialect))
    keys: npt.NDArray[np.int32] = rows[PERSON_KEY].to_numpy()
    values: Amounts = rows[VALUE].to_numpy()
    counted = np.isfinite(values) & _is_in(keys, world.holding(node.among))
    keys, values = keys[counted], values[counted]
    return key_set(keys[in_places(values, node.rank)].astype(np.uint32))


def last_value(node: RankLeaf, world: "World") -> float | None:
    """The value of the last place: who has it is in too. None where nobody has a place."""
    if node not in world.last_values:
        rows = world.engine.fetch(values_query(node, world.moment, world.asking.dialect))
        keys: npt.NDArray[np.int32] = rows[PERSON_KEY].to_numpy()
        values: Amounts = rows[VALUE].to_numpy()[_is_in(keys, world.holding(node))]
        last = (values.max() if node.rank.kind == "bottom" else values.min()) if values.size else None
        world.last_values[node] = None if last is None else float(last)
    return world.last_values[node]


def in_places(values: Amounts, rank: Rank) -> npt.NDArray[np.bool_]:
    """Which of some values are in the places asked for; who shares the last place is in too."""
    if not values.size:
        return np.zeros(0, np.bool_)
    if rank.kind == "share_of_total":
        return _share_of_total(values, rank)
    last = min(rank.places_among(values.size), values.size) - 1
    if rank.kind == "bottom":
        return np.asarray(values <= np.partition(values, last)[last], np.bool_)
    return np.asarray(values >= -np.partition(-values, last)[last], np.bool_)


def _share_of_total(values: Amounts, rank: Rank) -> npt.NDArray[np.bool_]:
    """Those whose higher values make less than the share; nobody where there is no total to share."""
    units = _in_units(values)
    total = int(units.sum())
    if total <= 0:
        return np.zeros(values.size, np.bool_)
    order = np.argsort(-values, kind="stable")
    reached = np.cumsum(units[order])
    last = int(np.searchsorted(reached, rank.of_total(total)))
    return np.asarray(values >= values[order[last]], np.bool_)


def _in_units(values: Amounts) -> Units:
    """Values in whole millionths, so that no order of adding decides; Python's numbers where 64 bits are too few."""
    units = np.rint(values * 10**DECIMALS)
    if float(np.abs(units).sum()) < 2**62:
        return np.asarray(units, np.int64)
    return np.array([int(each) for each in units], dtype=object)


def _is_in(keys: npt.NDArray[np.int32], among: BitMap) -> npt.NDArray[np.bool_]:
    """Which keys are in a set."""
    if not keys.size or not among:
        return np.zeros(keys.size, np.bool_)
    marks = np.zeros(max(int(keys.max()), among.max()) + 1, np.bool_)
    marks[np.asarray(among.to_array(), np.uint32)] = True
    return np.asarray(marks[keys], np.bool_)
