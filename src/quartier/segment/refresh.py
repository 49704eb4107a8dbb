"""From what was true at one moment to what is true at another, at the cost of the change.

Between two moments a segment can change only for the touched: those whose data changed, those whose rows lie where an
edge has passed, and those for whom something that others decide turned out otherwise: a leaf that is global by nature
(it is computed anew for everyone), or what is asked across the links between persons and accounts. The touched are
evaluated in a small world; everyone else stays as they were. The result equals the full evaluation, always: generated
histories hold the two against one another.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from pyroaring import BitMap

from quartier.catalog import Subject
from quartier.engine import Shadows
from quartier.engine.feed import Changed
from quartier.engine.keys import renewed
from quartier.segment.conditions import BoundSegment, Condition, Crossing, InSegment
from quartier.segment.crossing import Reached
from quartier.segment.edges import is_global
from quartier.segment.evaluate import World
from quartier.segment.levels import (
    SUBJECTS,
    Asked,
    Level,
    decided_by_others,
    kept_between,
    levels,
    own_leaves,
    part_of,
    remembered,
    subject_of,
)
from quartier.segment.moments import Moment
from quartier.segment.small_world import small_world
from quartier.segment.touched import touched_by_time

MOST_TOUCHED = 0.2
"""With a greater share of all persons touched, evaluating everyone costs less than copying their rows."""


@dataclass(frozen=True)
class Before:
    """What is known from earlier.

    Attributes:
        members: of each segment, as of its moment; a segment that is not there is evaluated for everyone.
        moments: every moment as of which one of them was evaluated.
        changed: what changed since the earliest of them was evaluated.
        kept: what all of these segments found of conditions that more than one's own rows decide.
    """

    members: Mapping[str, BitMap]
    moments: frozenset[Moment]
    changed: Changed = field(default_factory=Changed)
    kept: Mapping[Asked, BitMap] = field(default_factory=dict)


@dataclass(frozen=True)
class After:
    """What is known now.

    Attributes:
        members: of each segment.
        touched: the persons, and the accounts, that were looked at; None where everyone was.
        kept: what is to be known at the next refresh of conditions that more than one's own rows decide.
    """

    members: dict[str, BitMap]
    touched: Mapping[Subject, BitMap] | None
    kept: dict[Asked, BitMap]

    @property
    def looked_at(self) -> int | None:
        """How many persons and accounts were looked at; None for everyone."""
        return None if self.touched is None else sum(len(each) for each in self.touched.values())


Key = str | Asked
"""A segment by its name, or a condition that is kept between refreshes."""


def members_after(world: World, engine: Shadows, segments: Mapping[str, BoundSegment], before: Before) -> After:
    """The members of segments at the world's moment, from what they were before."""
    steady = {name: each for name, each in segments.items() if name in before.members and _is_kept(each, before)}
    others = {name: each for name, each in segments.items() if name not in steady}
    course = _Course(world, engine, before, remembered(steady.values()), is_whole=not steady)
    course.now.update(world.members_of_all(others).items())
    course.now.update(kept_of(world, others.values()).items())
    for level in levels(steady):
        course.find(level)
    return course.after(segments)


def kept_of(world: World, segments: Iterable[BoundSegment]) -> dict[Asked, BitMap]:
    """What a next refresh has to know of some segments beside their members, found for everyone."""
    asked = dict.fromkeys(each for segment in segments for each in kept_between(segment))
    return {each: world.about(each.of).holding(each.condition) for each in asked}


def _is_kept(segment: BoundSegment, before: Before) -> bool:
    return all(each in before.kept for each in kept_between(segment))


@dataclass
class _Course:
    """A refresh under way: what was found so far, from the lowest level upwards."""

    world: World
    engine: Shadows
    before: Before
    remembered: Mapping[str, BoundSegment]
    is_whole: bool
    now: dict[Key, BitMap] = field(default_factory=dict)
    touched: dict[Subject, BitMap] = field(default_factory=dict)

    def find(self, level: Level) -> None:
        """Find what one level asks, and tell the world what the next ones ask about it."""
        for of in SUBJECTS:
            if asked := {key: node for key, node in level.asked(of).items() if key not in self.now}:
                self._find(self.world.about(of), asked)
        for of in SUBJECTS:
            self._cross(self.world.about(of), [node for node in level.crossings if subject_of(node) == of])
        for name, segment in self.remembered.items():
            if segment == level.segments.get(name):
                self.world.about(segment.of).known[InSegment(segment)] = self.now[name]

    def after(self, names: Iterable[str]) -> After:
        """What was found, segments in the order of some names."""
        kept = {key: members for key, members in self.now.items() if isinstance(key, Asked)}
        return After({name: self.now[name] for name in names}, None if self.is_whole else self.touched, kept)

    def _find(self, world: World, asked: Mapping[Key, Condition]) -> None:
        touched = self._touched(world, asked.values())
        if len(touched) > MOST_TOUCHED * world.size:
            self.is_whole = True
            world.learn(asked.values())
            self.now |= {key: world.holding(node) for key, node in asked.items()}
        elif touched:
            self.touched[world.of] = self.touched.get(world.of, BitMap()) | touched
            with small_world(world, self.engine, touched, asked.values()) as small:
                small.world.learn(asked.values())
                found = {key: small.there(small.world.holding(node)) for key, node in asked.items()}
            self.now |= {key: renewed(self._before(key), touched, found[key]) for key in asked}
        else:
            self.now |= {key: self._before(key) for key in asked}

    def _touched(self, world: World, conditions: Collection[Condition]) -> BitMap:
        """For whom something may have changed."""
        others = decided_by_others(conditions, world.of)
        self.now |= {each: world.holding(each.condition) for each in others}
        turned = (self.now[each] ^ self._before(each) for each in others)
        local = [leaf for leaf in own_leaves(conditions) if not is_global(leaf)]
        changed = self.before.changed.persons if world.of == "person" else self.before.changed.accounts
        return BitMap.union(changed, touched_by_time(world, self.engine, local, self.before.moments), *turned)

    def _cross(self, world: World, crossings: Iterable[Crossing]) -> None:
        """Find crossings of which the parts are known."""
        asked = {node: part_of(node) for node in crossings if node not in world.known}
        turned = (self.now[part] ^ self._before(part) for part in asked.values())
        relinked = self.before.changed.linked_persons if world.of == "person" else self.before.changed.linked_accounts
        reached = Reached.by(world.engine, world.of, turned, relinked)
        for node, part in asked.items():
            world.known[node] = reached.after(node, self._before(Asked(node, world.of)), self.now[part])

    def _before(self, key: Key) -> BitMap:
        return self.before.kept[key] if isinstance(key, Asked) else self.before.members[key]
