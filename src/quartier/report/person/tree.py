"""Identifiers as a tree: from the one that most links lead to, along the links, each identifier once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quartier.identify.profile import Identifier, LinkShown

MOST = 24
"""How many identifiers are drawn; a table has all of them."""

_STRENGTH = ("user_id", "account_id", "email", "phone", "anonymous_id")


@dataclass(frozen=True)
class Branch:
    """An identifier, the links by which it hangs on the one before it, and how deep it hangs."""

    identifier: Identifier
    parent: int | None
    links: tuple[LinkShown, ...]
    depth: int

    @property
    def is_followed(self) -> bool:
        """Whether a link makes one person of both."""
        return any(each.is_followed for each in self.links)


def tree(identifiers: Sequence[Identifier], links: Iterable[LinkShown], most: int = MOST) -> tuple[Branch, ...]:
    """The identifiers in order of reading, each after the one that it hangs on; those without links are roots."""
    between: dict[int, dict[int, list[LinkShown]]] = defaultdict(lambda: defaultdict(list))
    for each in links:
        between[each.a][each.b].append(each)
        between[each.b][each.a].append(each)
    known = {each.number: each for each in identifiers}
    found: list[Branch] = []
    seen: set[int] = set()
    for root in sorted(identifiers, key=lambda each: _rank(each, between[each.number])):
        if root.number not in seen:
            _grow(root.number, None, (), 0, between, known, seen, found)
    return tuple(found[:most])


def _grow(
    number: int, parent: int | None, links: tuple[LinkShown, ...], depth: int,
    between: dict[int, dict[int, list[LinkShown]]], known: dict[int, Identifier], seen: set[int], found: list[Branch],
) -> None:  # fmt: skip
    """Followed links first, so that whoever is one person hangs together."""
    stack = [(number, parent, links, depth)]
    while stack:
        number, parent, links, depth = stack.pop()
        if number in seen or number not in known:
            continue
        seen.add(number)
        found.append(Branch(known[number], parent, links, depth))
        nexts = [(other, tuple(these)) for other, these in between[number].items() if other not in seen]
        nexts.sort(key=lambda each: (not any(one.is_followed for one in each[1]), each[0]), reverse=True)
        stack += [(other, number, these, depth + 1) for other, these in nexts]


def _rank(each: Identifier, others: dict[int, list[LinkShown]]) -> tuple[bool, int, int, int]:
    strength = _STRENGTH.index(each.kind) if each.kind in _STRENGTH else len(_STRENGTH)
    return not each.is_own, strength, -len(others), each.number
