"""From a set of persons to accounts and back: what a crossing gives once it is known for whom its part holds.

Between two moments a crossing can change only for those to whom a link leads from somebody for whom the part turned,
and for those whose links came or went. The links of these few are read, and nobody else's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from pyroaring import BitMap

from quartier.catalog import Subject, other_subject
from quartier.engine import Reads
from quartier.engine.keys import key_set, renewed
from quartier.segment.conditions import Crossing, EveryPerson, SomePersons
from quartier.segment.links import Links


def through(node: Crossing, links: Links, part: BitMap) -> BitMap:
    """For whom a crossing holds, by the links and the set of those for whom its part holds."""
    if isinstance(node, SomePersons):
        return links.accounts_with(part, node.count)
    if isinstance(node, EveryPerson):
        return links.accounts_with_only(part)
    return links.persons_of(part)


@dataclass(frozen=True)
class Reached:
    """For whom crossings may have changed, and all of their links."""

    whom: BitMap
    links: Links
    others: BitMap

    @classmethod
    def by(cls, engine: Reads, of: Subject, turned: Iterable[BitMap], relinked: BitMap) -> "Reached":
        """Persons or accounts (`of`) to whom a link leads from others for whom something turned, or with new links."""
        turned_others = BitMap.union(BitMap(), *turned)
        leading = Links.some(engine, other_subject(of), turned_others)
        whom = _side(leading, of) | relinked
        links = Links.some(engine, of, whom)
        return cls(whom, links, _side(links, other_subject(of)))

    def after(self, node: Crossing, before: BitMap, part: BitMap) -> BitMap:
        """For whom a crossing holds now, from what it was before and for whom its part holds now."""
        return renewed(before, self.whom, through(node, self.links, part & self.others))


def _side(links: Links, of: Subject) -> BitMap:
    return key_set(links.persons if of == "person" else links.accounts)
