"""In which order the conditions of a refresh are found: those on which others depend first.

Whether an account has a person for whom something holds depends on that person's rows, not on the account's own; so
does an entry into a segment depend on who its members are. Such a condition is found once what it asks about is known:
its part, asked of the other subject, stands one level below it and is kept from one refresh to the next, as a segment's
members are.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from quartier.catalog import Subject
from quartier.segment.conditions import (
    BoundSegment,
    Condition,
    Crossing,
    HistoryLeaf,
    Leaf,
    OfAccount,
    leaves,
    parts,
)
from quartier.segment.edges import is_global

SUBJECTS: tuple[Subject, Subject] = ("account", "person")


@dataclass(frozen=True)
class Asked:
    """A condition and of whom it is asked: of persons or of accounts."""

    condition: Condition
    of: Subject


@dataclass(frozen=True)
class Level:
    """Segments, and parts of crossings, that depend on nothing but rows and levels below."""

    segments: Mapping[str, BoundSegment]
    crossings: tuple[Crossing, ...]

    def asked(self, of: Subject) -> dict[str | Asked, Condition]:
        """What is asked of persons or of accounts: segments by their names, parts by themselves."""
        inside = dict.fromkeys(part_of(node) for node in self.crossings)
        named: dict[str | Asked, Condition] = {
            name: each.condition for name, each in self.segments.items() if each.of == of
        }
        return named | {part: part.condition for part in inside if part.of == of}


def levels(segments: Mapping[str, BoundSegment]) -> list[Level]:
    """Segments and the parts of all their crossings, level by level, the lowest first."""
    by_name = {name: level_of(each.condition) for name, each in segments.items()}
    nodes = dict.fromkeys(node for each in segments.values() for node in _crossings(each.condition))
    by_node = {node: level_of(node.part) for node in nodes}
    return [
        Level(
            {name: segments[name] for name, own in by_name.items() if own == level},
            tuple(node for node, own in by_node.items() if own == level),
        )
        for level in sorted({*by_name.values(), *by_node.values()})
    ]


@functools.lru_cache(maxsize=4096)
def level_of(node: Condition) -> int:
    """How many times one has to ask about somebody else, or about another segment, before a condition is found."""
    below = max((level_of(part) for part in parts(node)), default=0)
    if isinstance(node, HistoryLeaf):
        return 1 + level_of(node.segment.condition)
    return below + isinstance(node, Crossing)


def part_of(node: Crossing) -> Asked:
    """The part of a crossing, and of whom it is asked."""
    return Asked(node.part, "account" if isinstance(node, OfAccount) else "person")


def subject_of(node: Crossing) -> Subject:
    """Of whom a crossing itself is asked."""
    return "person" if isinstance(node, OfAccount) else "account"


def own_leaves(conditions: Iterable[Condition]) -> list[Leaf]:
    """The leaves that are asked of the same subject as the conditions: those of no crossing's part."""
    return list(dict.fromkeys(node for each in conditions for node in _own(each) if isinstance(node, Leaf)))


def decided_by_others(conditions: Iterable[Condition], of: Subject) -> list[Asked]:
    """What is asked of the same subject and decided by more than one's own rows: global leaves and crossings."""
    found = dict.fromkeys(node for each in conditions for node in _own(each) if _depends_on_others(node))
    return [Asked(node, of) for node in found]


def kept_between(segment: BoundSegment) -> set[Asked]:
    """What has to be known from earlier, the members apart, for a refresh at the cost of the change."""
    return set(_kept_between(segment.condition, segment.of))


def _kept_between(node: Condition, of: Subject) -> Iterator[Asked]:
    yield from decided_by_others([node], of)
    for crossing in _own_crossings(node):
        inside = part_of(crossing)
        yield inside
        yield from _kept_between(inside.condition, inside.of)


def _depends_on_others(node: Condition) -> bool:
    return isinstance(node, Crossing) or (isinstance(node, Leaf) and is_global(node))


def _crossings(node: Condition) -> Iterator[Crossing]:
    if isinstance(node, Crossing):
        yield node
    for part in parts(node):
        yield from _crossings(part)


def _own_crossings(node: Condition) -> Iterator[Crossing]:
    return (each for each in _own(node) if isinstance(each, Crossing))


@functools.lru_cache(maxsize=4096)  # a refresh walks the same conditions again and again
def _own(node: Condition) -> tuple[Condition, ...]:
    """A condition and those inside it that are asked of the same subject."""
    return tuple(_walked(node))


def _walked(node: Condition) -> Iterator[Condition]:
    yield node
    if not isinstance(node, Crossing):
        for part in parts(node):
            yield from _walked(part)


def remembered(segments: Iterable[BoundSegment]) -> dict[str, BoundSegment]:
    """The segments, by name, whose entries, exits or periods some segments ask about."""
    known = (leaf for each in segments for leaf in leaves(each.condition))
    return {leaf.segment.name: leaf.segment for leaf in known if isinstance(leaf, HistoryLeaf)}
