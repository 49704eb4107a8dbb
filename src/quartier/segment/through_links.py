"""Whom a change reaches through the links between persons and accounts, and whose rows decide about somebody.

Pure: sets of keys in, sets of keys out, for conditions that cross from accounts to persons or back, at any depth.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from pyroaring import BitMap

from quartier.catalog import Subject
from quartier.segment.conditions import Condition, EveryPerson, OfAccount, SomePersons, parts
from quartier.segment.links import Links


@dataclass(frozen=True)
class Touched:
    """What changed: the data of persons and of accounts, and the links that came or went (`Links.without`)."""

    persons: BitMap = field(default_factory=BitMap)
    accounts: BitMap = field(default_factory=BitMap)
    relinked: Links = field(default_factory=Links)


@dataclass(frozen=True)
class Needed:
    """The persons and accounts whose rows and links decide whether a condition holds."""

    persons: BitMap = field(default_factory=BitMap)
    accounts: BitMap = field(default_factory=BitMap)

    def __or__(self, other: "Needed") -> "Needed":
        return Needed(self.persons | other.persons, self.accounts | other.accounts)


def touched_for(node: Condition, of: Subject, touched: Touched, links: Links) -> BitMap:
    """The keys of persons or accounts (`of`) for whom a condition may hold otherwise than before.

    `links` are those after the change; what is reached through a link that went is reached by `touched.relinked`.
    """
    own = touched.persons if of == "person" else touched.accounts
    inside, across, relinked = _across(node, links, touched.relinked)
    if inside is None:
        return BitMap.union(own, *(touched_for(part, of, touched, links) for part in parts(node)))
    return own | relinked | across(touched_for(inside, _other(of), touched, links))


def needed_for(node: Condition, of: Subject, keys: BitMap, links: Links) -> Needed:
    """Whose rows decide whether a condition holds for some persons or accounts (`of`), themselves among them."""
    own = Needed(persons=keys) if of == "person" else Needed(accounts=keys)
    if isinstance(node, SomePersons | EveryPerson):
        return own | needed_for(node.part, "person", links.persons_of(keys), links)
    if isinstance(node, OfAccount):
        return own | needed_for(node.part, "account", links.accounts_of(keys), links)
    for part in parts(node):
        own |= needed_for(part, of, keys, links)
    return own


def _across(
    node: Condition, links: Links, relinked: Links
) -> tuple[Condition | None, Callable[[BitMap], BitMap], BitMap]:
    """The part that is asked of the other subject, the way back from there, and those whose links came or went."""
    if isinstance(node, SomePersons | EveryPerson):
        return node.part, links.accounts_of, BitMap(relinked.accounts)
    if isinstance(node, OfAccount):
        return node.part, links.persons_of, BitMap(relinked.persons)
    return None, BitMap, BitMap()


def _other(of: Subject) -> Subject:
    return "account" if of == "person" else "person"
