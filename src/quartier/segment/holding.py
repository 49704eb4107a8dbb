"""How each kind of condition finds its persons in a world: one function per kind, registered beside its other code.

A leaf that a query of the engine answers needs none: `World` runs the query that `leaf_query` gives.
"""

from functools import singledispatch
from typing import TYPE_CHECKING

from pyroaring import BitMap

from quartier.segment import (  # noqa: F401 - they register how leaves are asked for
    compared_queries,
    earlier_queries,
    sequence_queries,
)
from quartier.segment.conditions import (
    All,
    AtLeast,
    Condition,
    Everyone,
    EveryPerson,
    InSegment,
    Not,
    OfAccount,
    SomePersons,
)
from quartier.segment.crossing import through
from quartier.segment.leaves import leaf_query

if TYPE_CHECKING:
    from quartier.segment.evaluate import World


@singledispatch
def holding(node: Condition, world: "World") -> BitMap:
    """The keys for which a condition holds in a world; what is not registered is a leaf that the engine answers."""
    asked = leaf_query(node, world.moment, world.asking)  # type: ignore[arg-type]  # groups are registered below
    keys = world.keys(asked.query)
    return world.everyone - keys if asked.is_complement else keys


@holding.register(Everyone)
def _(_node: Everyone, world: "World") -> BitMap:
    return world.everyone


@holding.register(All)
def _(node: All, world: "World") -> BitMap:
    return BitMap.intersection(*(world.holding(part) for part in node.parts))


@holding.register(AtLeast)
def _(node: AtLeast, world: "World") -> BitMap:
    return at_least(node.count, [world.holding(part) for part in node.parts])


@holding.register(Not)
def _(node: Not, world: "World") -> BitMap:
    return world.everyone - world.holding(node.part)


@holding.register(InSegment)
def _(node: InSegment, world: "World") -> BitMap:
    return world.holding(node.segment.condition)


@holding.register(SomePersons)
@holding.register(EveryPerson)
def _(node: SomePersons | EveryPerson, world: "World") -> BitMap:
    return through(node, world.links, world.persons.holding(node.part))


@holding.register(OfAccount)
def _(node: OfAccount, world: "World") -> BitMap:
    return through(node, world.links, world.accounts.holding(node.part))


def at_least(count: int, sets: list[BitMap]) -> BitMap:
    """The keys that are in at least `count` of the sets."""
    reached = [BitMap() for _ in range(count)]  # reached[i]: in more than i of the sets seen so far
    for each in sets:
        for level in range(count - 1, 0, -1):
            reached[level] |= reached[level - 1] & each
        reached[0] |= each
    return reached[-1]
