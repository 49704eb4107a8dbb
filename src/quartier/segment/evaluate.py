"""Set algebra over leaf sets: members are bitmaps of dense keys.

Each distinct leaf is computed once per world, whichever segments use it; so is each segment that others refer to.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import ibis
import ibis.expr.datatypes as dtypes
from pyroaring import BitMap

from quartier.catalog import Catalog, Subject
from quartier.engine import KEY, Dialect, Query, Reads, kept_sql, to_sql
from quartier.engine.keys import key_set
from quartier.segment import place_queries, ranking  # noqa: F401 - registers how places and ranks are found
from quartier.segment.clocks import Clock
from quartier.segment.conditions import (
    BoundSegment,
    Condition,
    Crossing,
    Everyone,
    InSegment,
    Leaf,
    TraitLeaf,
    parts,
)
from quartier.segment.holding import holding
from quartier.segment.leaves import Asking, leaf_query
from quartier.segment.levels import part_of
from quartier.segment.links import Links, links_query
from quartier.segment.memory import Forgetful, Memory
from quartier.segment.moments import Moment
from quartier.segment.shared import BATCH, Together, leaves_together, rows_query, sets_of_each
from quartier.segment.shared_traits import sets_of_traits, traits_query, traits_together


@dataclass
class World:
    """The tables that an evaluation reads, at one moment; it remembers the sets that it has computed.

    `of` says whose keys its sets hold: those of persons or of accounts; `of_others` is the world of the other subject.
    """

    engine: Reads
    catalog: Catalog
    moment: Moment
    known: dict[Condition, BitMap] = field(default_factory=dict)
    memory: Memory = field(default_factory=Forgetful)
    of: Subject = "person"
    of_others: "World | None" = None
    last_values: dict[Condition, float | None] = field(default_factory=dict)
    clocks: dict[str, list[Clock]] = field(default_factory=dict)

    def about(self, of: Subject) -> "World":
        """The same tables at the same moment, for the sets of persons or of accounts."""
        if of == self.of:
            return self
        if self.of_others is None:
            self.of_others = replace(self, known={}, clocks={}, of=of, of_others=self)
        return self.of_others

    @property
    def persons(self) -> "World":
        """The world of persons."""
        return self.about("person")

    @property
    def accounts(self) -> "World":
        """The world of accounts."""
        return self.about("account")

    @cached_property
    def links(self) -> Links:
        """Who belongs to which account."""
        if self.of != "person":
            return self.persons.links
        return Links.of(self.engine.fetch(links_query(self.asking.dialect)))

    @property
    def everyone(self) -> BitMap:
        """The key of every person, or account."""
        if _EVERYONE not in self.known:
            self.known[_EVERYONE] = self.keys(leaf_query(_EVERYONE, self.moment, self.asking).query)
        return self.known[_EVERYONE]

    @cached_property
    def size(self) -> int:
        """How many persons (or accounts) there are, counted without reading them."""
        ((n,),) = self.engine.rows(Query(_size_sql(self.of, self.engine.dialect)))
        return int(str(n))

    @cached_property
    def asking(self) -> Asking:
        """How queries are written for this world's engine."""
        return Asking.of(self.catalog, self.engine.dialect, self.of)

    def at(self, moment: Moment) -> "World":
        """The same tables at another moment."""
        return World(self.engine, self.catalog, moment, memory=self.memory, of=self.of)

    def members(self, segment: BoundSegment) -> BitMap:
        """The persons (or accounts) of the population for whom the condition holds."""
        self.learn([segment.condition])
        return self.about(segment.of).holding(segment.condition)

    def members_of_all(self, segments: Mapping[str, BoundSegment]) -> dict[str, BitMap]:
        """The members of several segments by name; what their leaves have in common is computed once."""
        self.learn(segment.condition for segment in segments.values())
        return {name: self.about(each.of).holding(each.condition) for name, each in segments.items()}

    def learn(self, conditions: Iterable[Condition]) -> None:
        """Compute at once what the leaves of some conditions have in common: one scan of the rows that several count.

        Nothing that holds changes, only how long it takes to find out.
        """
        wanted = dict.fromkeys(leaf for node in conditions for leaf in self._unknown(node))
        for traits in traits_together(wanted):
            self.about(traits[0].trait.of)._learn_traits(traits)
        self.persons._learn(leaves_together(wanted, self.moment))  # events are of persons, wherever they are asked for

    def _unknown(self, node: Condition) -> Iterator[Leaf]:
        """The leaves below a condition that are not known, nor decided by what is known."""
        if isinstance(node, Leaf | InSegment | Crossing) and node in self.known:
            return
        if isinstance(node, Leaf):
            yield node
        world = self.about(part_of(node).of) if isinstance(node, Crossing) else self
        for part in parts(node):
            yield from world._unknown(part)

    def _learn(self, scans: Iterable[Together]) -> None:
        for together in scans:
            persons = self.everyone.max() + 1 if self.everyone else 0
            batches = self.engine.batches(rows_query(together, self.moment, self.asking.dialect), BATCH)
            for leaf, found, is_complement in sets_of_each(together, batches, persons, self.moment):
                self.known[leaf] = self.everyone - found if is_complement else found

    def _learn_traits(self, together: tuple[TraitLeaf, ...]) -> None:
        rows = self.engine.fetch(traits_query(together, self.moment, self.asking.dialect))
        self.known.update(sets_of_traits(together, rows))

    def holding(self, node: Condition) -> BitMap:
        """The persons (or accounts) for whom a condition holds."""
        if not isinstance(node, Leaf | InSegment | Crossing):
            return holding(node, self)
        if node not in self.known:
            self.known[node] = holding(node, self)
        return self.known[node]

    def keys(self, query: Query) -> BitMap:
        """The keys that a query gives, as a set."""
        return key_set(self.engine.keys(query))


_EVERYONE = Everyone()


@kept_sql
def _size_sql(of: Subject, dialect: Dialect) -> str:
    return to_sql(ibis.table({KEY[of]: dtypes.int32}, name=of).agg(n=lambda rows: rows.count()), dialect)
