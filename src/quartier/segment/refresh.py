"""From what was true at one moment to what is true at another, at the cost of the change.

Between two moments a segment can change only for the touched: those whose data changed, and those whose rows lie where
an edge has passed, or whom others have moved: a leaf that is global by nature is computed anew for everyone, and those
for whom it turned out otherwise are touched. They are evaluated in a small world; everyone else stays as they were. The
result equals the full evaluation, always: generated histories hold the two against one another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyroaring import BitMap

from quartier.engine import Shadows
from quartier.segment.conditions import BoundSegment, Leaf, distinct_leaves, is_of_persons_alone
from quartier.segment.edges import is_global
from quartier.segment.evaluate import World
from quartier.segment.moments import Moment
from quartier.segment.small_world import small_world
from quartier.segment.touched import touched_by_time

MOST_TOUCHED = 0.2
"""With a greater share of all persons touched, evaluating everyone costs less than copying their rows."""


@dataclass(frozen=True)
class Before:
    """What is known from earlier.

    Attributes:
        members: of each segment, as of its moment.
        moments: every moment as of which one of them was evaluated.
        changed: the persons whose data changed since the earliest of them was evaluated.
        kept: the persons of each leaf that is global by nature, as all of these segments found them.
    """

    members: Mapping[str, BitMap]
    moments: frozenset[Moment]
    changed: BitMap = field(default_factory=BitMap)
    kept: Mapping[Leaf, BitMap] = field(default_factory=dict)


@dataclass(frozen=True)
class After:
    """The members now, for whom that was looked at (None for everyone), and the leaves that are global by nature."""

    members: dict[str, BitMap]
    touched: BitMap | None
    kept: dict[Leaf, BitMap]


def members_after(world: World, engine: Shadows, segments: Mapping[str, BoundSegment], before: Before) -> After:
    """The members of segments at the world's moment, from what they were before.

    Those that look from accounts to persons or back are evaluated for everyone.
    """
    of_persons = {name: segment for name, segment in segments.items() if is_of_persons_alone(segment)}
    kept = globals_of(world, segments.values())
    touched = _touched(world, engine, of_persons, kept, before)
    found = world.members_of_all({name: each for name, each in segments.items() if name not in of_persons})
    if touched is None or len(touched) > MOST_TOUCHED * world.size:
        found |= world.members_of_all(of_persons)
        touched = None
    elif touched:
        found |= _moved(world, engine, of_persons, before, touched)
    else:
        found |= {name: before.members[name] for name in of_persons}
    return After({name: found[name] for name in segments}, touched, kept)


def _moved(
    world: World, engine: Shadows, segments: Mapping[str, BoundSegment], before: Before, touched: BitMap
) -> dict[str, BitMap]:
    """The members once the touched were looked at."""
    with small_world(world, engine, touched, (each.condition for each in segments.values())) as small:
        found = small.world.members_of_all(segments)
        return {name: (before.members[name] - touched) | small.there(found[name]) for name in segments}


def globals_of(world: World, segments: Iterable[BoundSegment]) -> dict[Leaf, BitMap]:
    """The persons of each leaf that depends on the data of all: it is computed anew at each moment."""
    known = distinct_leaves(each.condition for each in segments)
    return {leaf: world.holding(leaf) for leaf in known if is_global(leaf)}


def _touched(
    world: World, engine: Shadows, segments: Mapping[str, BoundSegment], kept: Mapping[Leaf, BitMap], before: Before
) -> BitMap | None:
    """For whom something may have changed; None when it cannot be told, as a global leaf was not kept."""
    known = distinct_leaves(each.condition for each in segments.values())
    if any(leaf in kept and leaf not in before.kept for leaf in known):
        return None
    local = [leaf for leaf in known if leaf not in kept]
    moved = (kept[leaf] ^ before.kept[leaf] for leaf in known if leaf in kept)
    return BitMap.union(before.changed, touched_by_time(world, engine, local, before.moments), *moved)
