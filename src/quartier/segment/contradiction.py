"""What a definition can never give: conditions that hold for nobody, or for everyone, with their places.

They are not refused: a definition may be half written, and a segment that is empty does no harm where it is seen. They
are said wherever a definition is tried, put in force, explained or listed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quartier.segment import definition as written
from quartier.segment.conditions import (
    All,
    BoundSegment,
    Condition,
    Everyone,
    EveryPerson,
    Not,
    OfAccount,
    SomePersons,
    parts,
)
from quartier.segment.possible import can_fail, can_hold

Verdict = Literal["always_empty", "always_all"]
MOST_COMPARED = 60
"""With more parts in a group it is not looked for which of them exclude one another."""


@dataclass(frozen=True)
class Part:
    """A condition of a definition with its place in the document."""

    place: str
    node: Condition


@dataclass(frozen=True)
class Finding:
    """A condition that holds for nobody, or for everyone of the population.

    Attributes:
        verdict: which of both.
        part: the condition; the whole of the segment has the place `where`.
        because: of a group, the fewest parts that exclude one another (or that together leave nobody out).
        of_population: whether it is so only within the segment's population.
    """

    verdict: Verdict
    part: Part
    because: tuple[Part, ...] = ()
    of_population: bool = False


def findings(segment: written.Segment, bound: BoundSegment) -> tuple[Finding, ...]:
    """What is always empty or always all in a segment: the whole first, then the innermost parts that are.

    Sound, not complete: what is found is so in every world at every instant; other conditions may be so too.
    """
    whole = Part("where", bound.where)
    inside = list(_within(whole, segment.where))
    of_all = _finding(whole, segment.where) or _of_population(whole, segment.where, bound.population)
    reasons = [each for each in inside if each.part.place != whole.place]
    return (of_all, *reasons) if of_all else tuple(reasons)


def _within(part: Part, node: written.Condition) -> Iterator[Finding]:
    """The findings of the parts inside; of the part itself when there is none inside."""
    found = [each for one, inner in inside(part, node) for each in _within(one, inner)]
    own = _finding(part, node) if not found else None
    yield from [own] if own else found


def _finding(part: Part, node: written.Condition) -> Finding | None:
    verdict = verdict_on(part.node)
    return Finding(verdict, part, _because(part, node, Everyone())) if verdict else None


def verdict_on(node: Condition) -> Verdict | None:
    """Whether it is certain that a condition holds for nobody, or for everyone."""
    if not can_hold(node):
        return "always_empty"
    return None if can_fail(node) else "always_all"


def _of_population(whole: Part, node: written.Condition, population: Condition) -> Finding | None:
    if isinstance(population, Everyone):
        return None
    if not can_hold(All((population, whole.node))):
        return Finding("always_empty", whole, _because(whole, node, population), of_population=True)
    if not can_hold(All((population, Not(whole.node)))):
        return Finding("always_all", whole, of_population=True)
    return None


def _because(part: Part, node: written.Condition, population: Condition) -> tuple[Part, ...]:
    """Of parts that must all hold, the fewest that exclude one another: each is left out that is not needed."""
    needed = [one for one, _ in inside(part, node)]
    if not isinstance(_on_any_clock(node), written.AllCondition) or len(needed) > MOST_COMPARED:
        return ()
    if can_hold(All((population, *(each.node for each in needed)))):
        return ()
    for each in [*needed]:
        others = [one for one in needed if one is not each]
        if not can_hold(All((population, *(one.node for one in others)))):
            needed = others
    return tuple(needed)


def _on_any_clock(node: written.Condition) -> written.Condition:
    return _on_any_clock(node.own_time) if isinstance(node, written.OwnTimeCondition) else node


def inside(part: Part, node: written.Condition) -> Sequence[tuple[Part, written.Condition]]:
    """The conditions directly inside one as written, each with its place; segments referred to have their own."""
    match node:
        case written.NoneCondition(none=nodes):
            bound, key = parts(parts(part.node)[0]), "none"  # bound as the denial of any
        case written.OwnTimeCondition(own_time=only):  # bound as what is inside
            return inside(Part(f"{part.place}.own_time", part.node), only)
        case written.AllCondition(all=nodes):
            bound, key = parts(part.node), "all"
        case written.AnyCondition(any=nodes):
            bound, key = parts(part.node), "any"
        case written.AtLeastCondition(of=nodes):
            bound, key = parts(part.node), "of"
        case _:
            return [*_only(part, node)]
    places = [Part(f"{part.place}.{key}[{index}]", each) for index, each in enumerate(bound)]
    return list(zip(places, nodes, strict=True))


def _only(part: Part, node: written.Condition) -> Iterator[tuple[Part, written.Condition]]:
    """The one condition inside a denial, or inside one that goes from accounts to persons or back."""
    inner = part.node.part if isinstance(part.node, Not) else part.node
    match node:
        case written.NotCondition(not_=only):
            yield Part(f"{part.place}.not", inner), only
            return
        case written.AnyPersonCondition(any_person=only):
            key = "any_person"
        case written.EveryPersonCondition(every_person=only):
            key = "every_person"
        case written.NoPersonCondition(no_person=only):
            key = "no_person"
        case written.SomePersonsCondition(persons=only):
            key = "persons"
        case written.AccountCondition(account=only):
            key = "account"
        case _:
            return
    if isinstance(inner, SomePersons | EveryPerson | OfAccount):
        yield Part(f"{part.place}.{key}", inner.part), only
