"""Set algebra over leaf sets: members are bitmaps of dense person keys.

Each distinct leaf is computed once per world, whichever segments use it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, singledispatchmethod

from pyroaring import BitMap

from quartier.catalog import Catalog
from quartier.engine import DuckDBEngine
from quartier.segment.conditions import (
    All,
    AtLeast,
    BoundSegment,
    Condition,
    EventLeaf,
    Everyone,
    InSegment,
    Leaf,
    Not,
    PersonsLeaf,
    TraitLeaf,
    leaves,
)
from quartier.segment.keys import key_set
from quartier.segment.leaves import Asking, leaf_query
from quartier.segment.moments import Moment
from quartier.segment.shared import BATCH, leaves_together, rows_query, sets_of_each


@dataclass
class World:
    """The tables that an evaluation reads, at one moment; it remembers the leaf sets that it has computed."""

    engine: DuckDBEngine
    catalog: Catalog
    moment: Moment
    known: dict[Leaf, BitMap] = field(default_factory=dict)

    @cached_property
    def everyone(self) -> BitMap:
        """Every person's key."""
        return self._keys(Everyone())

    @cached_property
    def _asking(self) -> Asking:
        return Asking.of(self.catalog, self.engine.dialect)

    def members(self, segment: BoundSegment) -> BitMap:
        """The persons of the population for whom the condition holds."""
        return self.holding(segment.condition)

    def members_of_all(self, segments: Mapping[str, BoundSegment]) -> dict[str, BitMap]:
        """The members of several segments by name; what their leaves have in common is computed once."""
        self.learn(segment.condition for segment in segments.values())
        return {name: self.members(segment) for name, segment in segments.items()}

    def learn(self, conditions: Iterable[Condition]) -> None:
        """Compute at once what the leaves of some conditions have in common: one scan of the rows that several count.

        Nothing that holds changes, only how long it takes to find out.
        """
        wanted = dict.fromkeys(leaf for condition in conditions for leaf in leaves(condition))
        persons = self.everyone.max() + 1 if self.everyone else 0
        for together in leaves_together((leaf for leaf in wanted if leaf not in self.known), self.moment):
            batches = self.engine.batches(rows_query(together, self.moment), BATCH)
            for leaf, found, is_complement in sets_of_each(together, batches, persons, self.moment):
                self.known[leaf] = self.everyone - found if is_complement else found

    @singledispatchmethod
    def holding(self, node: Condition) -> BitMap:
        """The persons for whom a condition holds."""
        raise TypeError(f"not a condition: {type(node).__name__}")

    @holding.register
    def _(self, _node: Everyone) -> BitMap:
        return self.everyone

    @holding.register(TraitLeaf)
    @holding.register(EventLeaf)
    @holding.register(PersonsLeaf)
    def _(self, leaf: Leaf) -> BitMap:
        if leaf not in self.known:
            self.known[leaf] = self._keys(leaf)
        return self.known[leaf]

    @holding.register
    def _(self, node: All) -> BitMap:
        return BitMap.intersection(*(self.holding(part) for part in node.parts))

    @holding.register
    def _(self, node: AtLeast) -> BitMap:
        return at_least(node.count, [self.holding(part) for part in node.parts])

    @holding.register
    def _(self, node: Not) -> BitMap:
        return self.everyone - self.holding(node.part)

    @holding.register
    def _(self, node: InSegment) -> BitMap:
        return self.holding(node.segment.condition)

    def _keys(self, leaf: Leaf) -> BitMap:
        asked = leaf_query(leaf, self.moment, self._asking)
        keys = key_set(self.engine.keys(asked.query))
        return self.everyone - keys if asked.is_complement else keys


def at_least(count: int, sets: Iterable[BitMap]) -> BitMap:
    """The keys that are in at least `count` of the sets."""
    reached = [BitMap() for _ in range(count)]  # reached[i]: in more than i of the sets seen so far
    for each in sets:
        for level in range(count - 1, 0, -1):
            reached[level] |= reached[level - 1] & each
        reached[0] |= each
    return reached[-1]
