"""How many members can be reached, by what the catalog says of their traits."""

from collections.abc import Mapping

from pyroaring import BitMap

from quartier.catalog import Meaning

WAYS = (Meaning.EMAIL, Meaning.PHONE, Meaning.USER_ID)
"""What a person can be reached or recognised by."""
ANY = "any"
"""Whoever has at least one of the ways."""


def reach_of(members: BitMap, known: Mapping[Meaning, BitMap]) -> dict[str, float | None]:
    """The share of members who have each way, and who have any; None when there are no members.

    `known` are the persons who have a value for each way; a way that no trait has is left out.
    """
    ways = {meaning.value: persons for meaning, persons in known.items()}
    ways[ANY] = BitMap.union(BitMap(), *known.values())
    return {name: _share(members, persons) for name, persons in ways.items()}


def _share(members: BitMap, persons: BitMap) -> float | None:
    return members.intersection_cardinality(persons) / len(members) if members else None
