"""A leaf whose calendar words (today, this month, age, anniversary, weekday, hour) follow each person's own clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quartier.catalog import Trait

if TYPE_CHECKING:
    from quartier.segment.conditions import Leaf


@dataclass(frozen=True)
class OwnTime:
    """The part, read in the person's own time zone; in the workspace's where the person's is unknown.

    Attributes:
        zone: the trait that holds the name of the person's time zone.
        part: what is asked; groups are taken apart by `bind`, so that this is one leaf.
    """

    zone: Trait
    part: "Leaf"


def without_clocks(leaves: "Iterable[Leaf]") -> "Iterator[Leaf]":
    """What leaves ask, on whichever clock they are read."""
    return (leaf.part if isinstance(leaf, OwnTime) else leaf for leaf in leaves)
