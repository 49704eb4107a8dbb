"""What the store remembers of persons, as conditions ask for it: moves between evaluations, and campaigns.

A condition never knows where it is remembered: `Memory` is what it may ask, `Forgetful` remembers nothing.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

from pyroaring import BitMap

from quartier.segment.conditions import BoundSegment, CampaignLeaf, HistoryLeaf, InSegment
from quartier.segment.holding import holding

if TYPE_CHECKING:
    from quartier.segment.evaluate import World

Was = Literal["targeted", "held_out", "exposed"]


@dataclass(frozen=True)
class Moved:
    """Who entered and who left a segment at an evaluation.

    At the first evaluation of a version everyone is as found: they are members from then on, but nobody entered.
    """

    at: dt.datetime
    entered: BitMap = field(default_factory=BitMap)
    left: BitMap = field(default_factory=BitMap)
    is_as_found: bool = False


@dataclass(frozen=True)
class Reached:
    """Persons of whom something became true at one instant."""

    at: dt.datetime
    persons: BitMap


class Memory(Protocol):
    """What may be asked of the past."""

    def changes(self, segment: str) -> Sequence[Moved]:
        """The evaluations of a segment at which somebody moved, oldest first; the first of all is there as well."""

    def is_of_this_version(self, segment: str) -> bool:
        """Whether the last evaluation that is remembered was one of the definition in force."""

    def reached(self, campaign: str, was: Was) -> Sequence[Reached]:
        """Whom a campaign targeted, held out or exposed, and when."""


class Forgetful:
    """Remembers nothing."""

    def changes(self, _segment: str) -> Sequence[Moved]:
        """Nothing was evaluated."""
        return ()

    def is_of_this_version(self, _segment: str) -> bool:
        """Nothing was evaluated."""
        return False

    def reached(self, _campaign: str, _was: Was) -> Sequence[Reached]:
        """There was no campaign."""
        return ()


def moves(world: "World", segment: BoundSegment) -> list[Moved]:
    """What is remembered of a segment up to the world's instant, the evaluation at that instant included."""
    now = world.moment.now
    past = [moved for moved in world.memory.changes(segment.name) if moved.at <= now]
    known, members = members_after(past), world.about(segment.of).holding(InSegment(segment))
    if past and known == members:
        return past
    is_as_found = not past or not world.memory.is_of_this_version(segment.name)
    return [*past, Moved(now, members - known, known - members, is_as_found)]


def members_after(past: Iterable[Moved]) -> BitMap:
    """The members after some moves."""
    members = BitMap()
    for moved in past:
        members |= moved.entered
        members -= moved.left
    return members


def instants(world: "World", leaf: HistoryLeaf | CampaignLeaf) -> list[dt.datetime]:
    """Every instant at which something is remembered that a leaf may count."""
    if isinstance(leaf, HistoryLeaf):
        return [moved.at for moved in world.memory.changes(leaf.segment.name)]
    return [each.at for each in world.memory.reached(leaf.campaign, leaf.was)]


@holding.register(HistoryLeaf)
def _(leaf: HistoryLeaf, world: "World") -> BitMap:
    start, end = leaf.window.edges(world.moment.now, world.moment.zone)
    if start is not None and start >= end:
        return BitMap()
    past = [moved for moved in moves(world, leaf.segment) if moved.at <= end]
    inside = [moved for moved in past if start is None or moved.at > start]
    if leaf.was == "member":
        before = members_after(past[: len(past) - len(inside)])
        return _all_of([before, *(moved.entered for moved in inside)]) & world.everyone
    sides = [moved.entered if leaf.was == "entered" else moved.left for moved in inside if not moved.is_as_found]
    return _all_of(sides) & world.everyone


@holding.register(CampaignLeaf)
def _(leaf: CampaignLeaf, world: "World") -> BitMap:
    start, end = leaf.window.edges(world.moment.now, world.moment.zone)
    found = world.memory.reached(leaf.campaign, leaf.was)
    inside = (each.persons for each in found if each.at <= end and (start is None or each.at > start))
    return _all_of(inside) & world.everyone


def _all_of(sets: Iterable[BitMap]) -> BitMap:
    found = BitMap()
    for each in sets:
        found |= each
    return found
