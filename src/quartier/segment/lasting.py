"""Until when a truth about one person lasts, data being as they are: the instant at which time alone turns it.

The person's rows are copied into a small world. There the clock is set to each next instant at which time can change
a leaf, one after the other, and whatever has turned by then is known to turn exactly then.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyroaring import BitMap

from quartier.engine import Shadows
from quartier.segment.conditions import Condition, Leaf, leaves, parts
from quartier.segment.due import Ahead
from quartier.segment.edges import is_global
from quartier.segment.evaluate import World
from quartier.segment.moments import Moment
from quartier.segment.small_world import small_world

MOST_STEPS = 60
"""How many instants are looked at; what has not turned by then is known to last until then at least."""


@dataclass(frozen=True)
class Until:
    """How long a truth about one person lasts.

    Attributes:
        at: until just before this instant, in the workspace's zone, if data stay as they are; None when time alone
            never changes it.
        turns: whether it changes at that instant; otherwise it lasts until then at least.
        depends_on_others: whether it may change sooner although the person's own data stay as they are.
    """

    at: dt.datetime | None
    turns: bool = False
    depends_on_others: bool = False


def lasting(world: World, engine: Shadows, condition: Condition, person_key: int) -> dict[Condition, Until]:
    """How long each part of a condition, and the whole, stays as it is for a person whose data stay as they are."""
    with small_world(world, engine, BitMap([person_key]), [condition]) as small:
        walk = _Walk.begin(small.world, condition)
        for _ in range(MOST_STEPS):
            if not walk.goes_on:
                break
            walk.step()
        return walk.untils()


@dataclass
class _Walk:
    """The clock set forward from instant to instant over the rows of one person."""

    world: World
    nodes: list[Condition]
    truths: dict[Condition, BitMap]
    due: dict[Leaf, dt.datetime | None]
    first: dict[Condition, BitMap]
    turned: dict[Condition, dt.datetime] = field(default_factory=dict)

    @classmethod
    def begin(cls, world: World, condition: Condition) -> "_Walk":
        known = dict.fromkeys(leaves(condition))
        ahead = Ahead(world)
        due = {leaf: None if is_global(leaf) else ahead.of(leaf) for leaf in known}
        nodes = list(dict.fromkeys(_nodes(condition)))
        truths: dict[Condition, BitMap] = {leaf: world.holding(leaf) for leaf in known}
        return cls(world, nodes, truths, due, {node: world.holding(node) for node in nodes})

    @property
    def goes_on(self) -> bool:
        """Whether there is an instant at which something may turn that has not."""
        return len(self.turned) < len(self.nodes) and any(self.due.values())

    def step(self) -> None:
        """Set the clock to the next instant at which a leaf may turn."""
        at = min(each for each in self.due.values() if each)
        there = self.world.at(Moment(at, self.world.moment.zone))
        ahead = Ahead(there)
        for leaf in [leaf for leaf, instant in self.due.items() if instant == at]:
            self.truths[leaf] = there.holding(leaf)
            self.due[leaf] = ahead.of(leaf)
        then = World(there.engine, there.catalog, there.moment, dict(self.truths))
        for node in self.nodes:
            if node not in self.turned and then.holding(node) != self.first[node]:
                self.turned[node] = at

    def untils(self) -> dict[Condition, Until]:
        """What is known of each condition after the last step."""
        return {node: self._until(node) for node in self.nodes}

    def _until(self, node: Condition) -> Until:
        turned = self.turned.get(node)
        pending = [instant for leaf in leaves(node) if (instant := self.due[leaf])]
        at = turned or min(pending, default=None)
        local = at.astimezone(self.world.moment.zone) if at else None
        return Until(local, turned is not None, any(is_global(leaf) for leaf in leaves(node)))


def _nodes(node: Condition) -> Iterator[Condition]:
    yield node
    for part in parts(node):
        yield from _nodes(part)
