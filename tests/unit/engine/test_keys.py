import numpy as np
import pytest
from pyroaring import BitMap

from quartier.engine.keys import key_set, marked


@pytest.mark.parametrize("keys", [[], [0], [7, 3, 3, 7], list(range(1000, 0, -1)), [4_000_000_000, 5], [2**32 - 1]])
def test_the_set_holds_each_key_once_whatever_their_order(keys: list[int]) -> None:
    assert key_set(np.array(keys, dtype=np.uint32)) == BitMap(keys)


@pytest.mark.parametrize("share", [0.0, 0.001, 0.06, 0.0625, 0.5, 1.0])
@pytest.mark.parametrize("length", [0, 1, 65_536, 65_537, 200_000])
def test_the_set_of_marked_places_holds_just_those(share: float, length: int) -> None:
    is_there = np.random.default_rng(7).random(length) < share
    is_there[70_000:140_000] = False  # a block without any
    assert marked(is_there) == BitMap(np.flatnonzero(is_there).tolist())
