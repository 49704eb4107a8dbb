"""How a segment overlaps the others: members of both, and what share of each they are."""

from dataclasses import dataclass

from quartier.language import Language, percent, whole
from quartier.store import membership
from quartier.web.addresses import address
from quartier.web.segments.head import Head
from quartier.web.segments.seen import Seen
from quartier.workspace import Workspace


@dataclass(frozen=True)
class Shared:
    """Another segment, and what it shares with this one. Shares are None where nobody is in it."""

    label: str
    url: str
    size: str
    both: str
    of_this: float
    of_this_words: str
    of_other: float
    of_other_words: str


@dataclass(frozen=True)
class OverlapPage:
    """The overlaps of a segment, the largest first, and those that it shares nobody with."""

    head: Head
    shared: tuple[Shared, ...]
    apart: tuple[tuple[str, str], ...]
    alone: str
    alone_share: str


def overlap_page(ws: Workspace, seen: Seen, head: Head, language: Language) -> OverlapPage:
    """The page, by the members of the last evaluation."""
    others = {name: each for name, each in seen.known.items() if name != seen.name and each.subject == seen.of}
    with ws.store.begin() as connection:
        members = {name: each for name, each in membership.members_now(connection).items() if name in others}
    counts = {name: seen.members.intersection_cardinality(each) for name, each in members.items()}
    alone = seen.members.copy()
    for each in members.values():
        alone -= each
    labels = {name: each.label.to(language) if each.label else name for name, each in others.items()}
    shared = tuple(
        _shared(labels[name], name, n, len(seen.members), len(members[name]), language)
        for name, n in sorted(counts.items(), key=lambda pair: -pair[1])
        if n
    )
    apart = tuple((labels[name], address("segments", name)) for name, n in sorted(counts.items()) if not n)
    part = percent(len(alone) / len(seen.members), language) if seen.members else ""
    return OverlapPage(head, shared, apart, whole(len(alone), language), part)


def _shared(label: str, name: str, both: int, size: int, other: int, language: Language) -> Shared:
    return Shared(
        label, address("segments", name), whole(other, language), whole(both, language),
        both / size, percent(both / size, language), both / other, percent(both / other, language),
    )  # fmt: skip
