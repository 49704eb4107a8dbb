import numpy as np
import pytest
from pyroaring import BitMap

from quartier.segment.keys import key_set


@pytest.mark.parametrize("keys", [[], [0], [7, 3, 3, 7], list(range(1000, 0, -1)), [4_000_000_000, 5], [2**32 - 1]])
def test_the_set_holds_each_key_once_whatever_their_order(keys: list[int]) -> None:
    assert key_set(np.array(keys, dtype=np.uint32)) == BitMap(keys)
