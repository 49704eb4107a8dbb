"""The funnel of a segment: for how many each condition holds, and how many are left after each part of a group.

Pure over the sets that a world knows: a leaf is computed once, whatever the number of stages that read it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from pyroaring import BitMap

from quartier.catalog import Subject, other_subject
from quartier.segment import definition as written
from quartier.segment.conditions import BoundSegment, Condition, Everyone, EveryPerson, Not, OfAccount, SomePersons
from quartier.segment.contradiction import Part, inside


class Sets(Protocol):
    """What a funnel asks of a world: the set of those for whom a condition holds, of persons or of accounts."""

    def about(self, of: Subject) -> Any:
        """The same of persons or of accounts."""

    def holding(self, node: Condition) -> BitMap:
        """Those for whom a condition holds."""


@dataclass(frozen=True)
class Stage:
    """A condition of a segment by its place, and whom it leaves.

    Attributes:
        place: where it stands in the definition, such as `where.all[1]`.
        node: the condition.
        of: of whom it is asked.
        holding: for how many it holds on its own: of the population, or of all where it is asked of the other subject.
        left: as a part of `all`, for how many it holds together with the parts before it; as a part of `any`, for how
            many it or one of those before it holds; None elsewhere.
    """

    place: str
    node: Condition
    of: Subject
    holding: int
    left: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The counts as plain values."""
        return {"place": self.place, "of": self.of, "holding": self.holding, "left": self.left}


def funnel(segment: written.Segment, bound: BoundSegment, world: Sets) -> tuple[Stage, ...]:
    """Every condition of a segment with its counts, from the outside in; the whole has the place `where`."""
    population = world.about(bound.of).holding(bound.population)
    whole = Part("where", bound.where)
    return tuple(_stages(whole, segment.where, population, bound.of, world, None))


def _stages(
    part: Part, node: Any, among: BitMap, of: Subject, world: Sets, left: int | None
) -> Iterator[Stage]:  # fmt: skip
    held = len(world.about(of).holding(part.node) & among)
    yield Stage(part.place, part.node, of, held, left)
    if isinstance(node, written.OwnTimeCondition):
        yield Stage(f"{part.place}.own_time", part.node, of, held)
    parts = inside(part, node)
    if _crosses(part.node):
        of = other_subject(of)
        among = world.about(of).holding(Everyone())
    lefts = _lefts([one.node for one, _ in parts], _on_any_clock(node), among, of, world)
    for (one, deeper), rest in zip(parts, lefts, strict=True):
        yield from _stages(one, deeper, among, of, world, rest)


def _lefts(
    nodes: list[Condition], group: Any, among: BitMap, of: Subject, world: Sets
) -> list[int | None]:  # fmt: skip
    """How many are left after each part of an `all`, or gathered after each part of an `any`."""
    if not isinstance(group, written.AllCondition | written.AnyCondition):
        return [None for _ in nodes]
    is_all = isinstance(group, written.AllCondition)
    so_far, found = (among if is_all else BitMap()), []
    for each in nodes:
        held = world.about(of).holding(each) & among
        so_far = so_far & held if is_all else so_far | held
        found.append(len(so_far))
    return list(found)


def _crosses(node: Condition) -> bool:
    inner = node.part if isinstance(node, Not) else node
    return isinstance(inner, OfAccount | SomePersons | EveryPerson)


def _on_any_clock(node: Any) -> Any:
    return _on_any_clock(node.own_time) if isinstance(node, written.OwnTimeCondition) else node
