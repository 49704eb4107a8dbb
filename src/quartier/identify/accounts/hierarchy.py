"""Hierarchies of accounts: who is the parent of whom, up to the ultimate parent, whatever was said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

Key = int
_Number = TypeVar("_Number", int, float)


@dataclass(frozen=True)
class Hierarchy:
    """Who belongs to whom among accounts.

    Attributes:
        parent: of each account that has one, its parent.
        ultimate: of each account in a hierarchy, the account at the top: itself, where it is that.
        level: how many parents are above each account; 0 at the top and for those that stand alone.
        children: of each account the accounts right under it, in order of their keys.
        in_cycle: the accounts that would be their own parents' parents: none of them keeps its parent.
        unknown: the accounts that name a parent that is no account.
    """

    parent: dict[Key, Key] = field(default_factory=dict)
    ultimate: dict[Key, Key] = field(default_factory=dict)
    level: dict[Key, int] = field(default_factory=dict)
    children: dict[Key, tuple[Key, ...]] = field(default_factory=dict)
    in_cycle: frozenset[Key] = frozenset()
    unknown: frozenset[Key] = frozenset()

    @classmethod
    def of(cls, named: Mapping[Key, Key | None]) -> "Hierarchy":
        """The hierarchy that accounts tell of themselves.

        Args:
            named: of each account that names a parent, that account; None for one that is no account, and itself for
                an account that says by it that it is at the top.
        """
        said = {key: parent for key, parent in named.items() if parent is not None and parent != key}
        cycles = _cycles(said)
        parent = {key: said[key] for key in sorted(said) if key not in cycles}
        level: dict[Key, int] = {}
        ultimate: dict[Key, Key] = {}
        for key in {*parent, *parent.values()}:
            _climb(key, parent, level, ultimate)
        unknown = frozenset(key for key, parent in named.items() if parent is None)
        return cls(parent, ultimate, level, _children(parent), cycles, unknown)

    def below(self, key: Key) -> list[Key]:
        """All accounts under one, those right under it first."""
        found = list(self.children.get(key, ()))
        for each in found:  # grows while it is read
            found += self.children.get(each, ())
        return found

    def above(self, key: Key) -> list[Key]:
        """The parents of an account, its own first, the ultimate one last."""
        found: list[Key] = []
        while key in self.parent:
            key = self.parent[key]
            found.append(key)
        return found

    def rolled_up(self, own: Mapping[Key, _Number]) -> dict[Key, _Number]:
        """Sums of a figure over each account and all that is under it."""
        sums = dict(own)
        for key in sorted(self.parent, key=lambda each: -self.level[each]):  # from the lowest upwards
            if key in sums:
                up = self.parent[key]
                sums[up] = sums[up] + sums[key] if up in sums else sums[key]
        return sums


def _cycles(said: Mapping[Key, Key]) -> frozenset[Key]:
    """The accounts from which one comes back to where one was; each account is passed once."""
    found: set[Key] = set()
    passed: set[Key] = set()
    for start in said:
        way: dict[Key, None] = {}
        key = start
        while key in said and key not in passed:
            passed.add(key)
            way[key] = None
            key = said[key]
        if key in way:
            places = list(way)
            found |= set(places[places.index(key) :])
    return frozenset(found)


def _climb(key: Key, parent: Mapping[Key, Key], level: dict[Key, int], ultimate: dict[Key, Key]) -> None:
    """Find the level and the top of an account and of all on the way up."""
    way = []
    while key in parent and key not in level:
        way.append(key)
        key = parent[key]
    if key not in level:
        level[key], ultimate[key] = 0, key
    for each in reversed(way):
        level[each], ultimate[each] = level[parent[each]] + 1, ultimate[parent[each]]


def _children(parent: Mapping[Key, Key]) -> dict[Key, tuple[Key, ...]]:
    found: dict[Key, list[Key]] = {}
    for key in sorted(parent):
        found.setdefault(parent[key], []).append(key)
    return {key: tuple(each) for key, each in found.items()}
