"""Hashes of conditions are those of equal conditions, and stay in their process."""

import pickle
from dataclasses import dataclass

from quartier.segment.hashing import hash_once


@dataclass(frozen=True)
class Deep:
    name: str
    part: "Counted"


class Counted:
    """Says how often its hash was asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def __hash__(self) -> int:
        self.asked += 1
        return 7

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counted)


hash_once(Deep)


def test_a_hash_is_computed_once_and_equal_values_have_equal_hashes() -> None:
    one, other = Deep("a", Counted()), Deep("a", Counted())
    assert len({one, other, one, other}) == 1
    assert (one.part.asked, other.part.asked) == (1, 1)
    assert hash(one) == hash(other) != hash(Deep("b", Counted()))


def test_a_value_is_written_without_its_hash() -> None:
    value = Deep("a", Counted())
    hash(value)
    assert set(vars(pickle.loads(pickle.dumps(value)))) == {"name", "part"}
