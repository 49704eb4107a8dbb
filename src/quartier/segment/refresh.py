"""From what was true at one moment to what is true at another, at the cost of the change.

Between two moments a segment can change only for the touched: those whose data changed, and those whose rows lie where
an edge has passed. They are evaluated in a small world; everyone else stays as they were. A segment that ranks persons
is evaluated for everyone as soon as somebody is touched. The result equals the full evaluation, always: generated
histories hold the two against one another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyroaring import BitMap

from quartier.engine import Shadows
from quartier.segment.conditions import BoundSegment, Leaf, leaves
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
    """

    members: Mapping[str, BitMap]
    moments: frozenset[Moment]
    changed: BitMap = field(default_factory=BitMap)


@dataclass(frozen=True)
class After:
    """The members now, and for whom that was looked at; `touched` is None when it was everyone."""

    members: dict[str, BitMap]
    touched: BitMap | None


def members_after(world: World, engine: Shadows, segments: Mapping[str, BoundSegment], before: Before) -> After:
    """The members of segments at the world's moment, from what they were before."""
    touched = _touched(world, segments, before)
    if len(touched) > MOST_TOUCHED * world.size:
        return After(world.members_of_all(segments), None)
    if not touched:
        return After(dict(before.members), touched)
    ranked = {name: each for name, each in segments.items() if depends_on_others(each)}
    anew = world.members_of_all(ranked)
    others = {name: each for name, each in segments.items() if name not in ranked}
    with small_world(world, engine, touched, (each.condition for each in others.values())) as small:
        found = small.world.members_of_all(others)
        members = {name: (before.members[name] - touched) | small.there(found[name]) for name in others}
    return After({**members, **anew}, touched)


def depends_on_others(segment: BoundSegment) -> bool:
    """Whether whom nothing touched may enter or leave because somebody else was: a place in an order was taken."""
    return any(is_global(leaf) for leaf in leaves(segment.condition))


def _touched(world: World, segments: Mapping[str, BoundSegment], before: Before) -> BitMap:
    known = distinct_leaves(segments.values())
    return before.changed | touched_by_time(world, known, before.moments)["person"]


def distinct_leaves(segments: Iterable[BoundSegment]) -> list[Leaf]:
    """Every leaf of some segments, once."""
    return list(dict.fromkeys(leaf for segment in segments for leaf in leaves(segment.condition)))
