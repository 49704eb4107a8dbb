"""Persons as connected components of identifiers: who is one person, given all links and all that people decided.

The answer depends on the set of links and decisions alone, not on the order in which they are given: links are followed
in one fixed order (by hand, then by likeness, then by what was seen together; the earlier before the later), and a link
that would make a person of two customers, or one of too many identifiers, is not followed but told. That is Kruskal's
way of growing a forest ("On the shortest spanning subtree", 1956), with two conditions on its trees.

Clusters are what all usable links would connect without these conditions. What happens in one cluster says nothing of
another one, so that a change is answered by the clusters that it touches.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]


class Reason(IntEnum):
    """Why two identifiers are held for one person's, the strongest first."""

    HAND = 0
    MATCH = 1
    RECORD = 2


@dataclass(frozen=True)
class Limits:
    """When identifiers are too many to be one person's, and which say nothing of who somebody is.

    Attributes:
        identifiers: how many a person may have at most.
        users: with how many user ids an identifier of a weaker kind may come before it says nothing of who it is.
        partners: the same with identifiers of any kind.
        untrusted: kinds of identifiers that link nobody by being seen together.
    """

    identifiers: int = 200
    users: int = 5
    partners: int = 50
    untrusted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Links:
    """Links between identifiers, in parallel arrays: the two identities, the reason, the likelihood, the number."""

    a: Numbers
    b: Numbers
    reason: Numbers
    probability: npt.NDArray[np.float64]
    number: Numbers

    def __len__(self) -> int:
        return len(self.a)

    def only(self, chosen: npt.NDArray[np.bool_] | Numbers) -> "Links":
        """Some of them."""
        return Links(self.a[chosen], self.b[chosen], self.reason[chosen], self.probability[chosen], self.number[chosen])


@dataclass(frozen=True)
class Solved:
    """Who is one person.

    Attributes:
        group: for each identity the smallest identity of its person.
        cluster: for each identity the smallest identity of its cluster.
        conflicting: places of links that would join two customers.
        crowding: places of links that would give a person too many identifiers.
    """

    group: Numbers
    cluster: Numbers
    conflicting: Numbers
    crowding: Numbers


def solve(
    identities: Numbers, is_user: npt.NDArray[np.bool_], links: Links, *, refused: npt.NDArray[np.bool_],
    blocked: Numbers, limits: Limits,
) -> Solved:  # fmt: skip
    """Find out who is one person.

    Args:
        identities: the identities, in rising order; whole clusters, with all their links.
        is_user: which of them are user ids, of which links that were seen together connect no two.
        links: the links between them.
        refused: which links somebody has refused.
        blocked: identities that say nothing of who somebody is; only what was linked by hand counts for them.
        limits: when identifiers are too many.
    """
    ends = np.searchsorted(identities, np.stack([links.a, links.b])) if len(links) else np.empty((2, 0), np.int64)
    is_blocked = np.isin(identities, blocked)
    is_usable = ~refused & ((links.reason == Reason.HAND) | ~is_blocked[ends].any(axis=0))
    label = _connected(len(identities), ends[:, is_usable])
    forest = _Forest(label, is_user, limits)
    places = np.flatnonzero(is_usable & forest.is_doubtful[ends[0]])
    order = np.lexsort((links.number[places], -links.probability[places], links.reason[places]))
    for place in places[order].tolist():
        forest.join(int(ends[0, place]), int(ends[1, place]), int(links.reason[place]), place)
    told = (np.array(each, np.int64) for each in (forest.conflicting, forest.crowding))
    return Solved(identities[forest.groups()], identities[label], *told)


def crowded(identity: Numbers, partner: Numbers, is_user: npt.NDArray[np.bool_], limits: Limits) -> Numbers:
    """Identities that come with too many others: each row is one with a partner, which is a user id or not."""
    if not len(identity):
        return np.empty(0, np.int64)
    held, place = np.unique(identity, return_inverse=True)
    pairs, first = np.unique(np.stack([place, partner]), axis=1, return_index=True)
    partners = np.bincount(pairs[0], minlength=len(held))
    users = np.bincount(pairs[0], weights=is_user[first], minlength=len(held))
    return np.asarray(held[(users > limits.users) | (partners > limits.partners)])


def _connected(n: int, ends: Numbers) -> Numbers:
    """For each place the smallest place that links connect it with."""
    if not ends.size:
        return np.arange(n)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(ends.shape[1], np.int8), (ends[0], ends[1])), shape=(n, n))
    _, component = connected_components(graph, directed=False)
    first = np.full(component.max() + 1, n, np.int64)
    np.minimum.at(first, component, np.arange(n))
    return np.asarray(first[component])


class _Forest:
    """Groups that grow by links; clusters in which nothing is in doubt are groups as they are."""

    def __init__(self, label: Numbers, is_user: npt.NDArray[np.bool_], limits: Limits) -> None:
        users = np.bincount(label, weights=is_user, minlength=len(label))
        sizes = np.bincount(label, minlength=len(label))
        self.is_doubtful = ((users > 1) | (sizes > limits.identifiers))[label]
        self._parent = np.where(self.is_doubtful, np.arange(len(label)), label).tolist()
        self._size = [1] * len(label)
        self._holds_user: list[bool] = is_user.tolist()
        self._most = limits.identifiers
        self.conflicting: list[int] = []
        self.crowding: list[int] = []

    def join(self, one: int, other: int, reason: int, place: int) -> None:
        """Follow a link, unless a condition forbids it."""
        low, high = sorted((self._root(one), self._root(other)))
        if low == high:
            return
        if reason == Reason.RECORD and self._holds_user[low] and self._holds_user[high]:
            self.conflicting.append(place)
        elif self._size[low] + self._size[high] > self._most:
            self.crowding.append(place)
        else:
            self._parent[high] = low
            self._size[low] += self._size[high]
            self._holds_user[low] = self._holds_user[low] or self._holds_user[high]

    def groups(self) -> Numbers:
        """For each place the smallest place of its group."""
        groups = np.array(self._parent, np.int64)
        for place in np.flatnonzero(self.is_doubtful).tolist():
            groups[place] = self._root(place)
        return groups

    def _root(self, place: int) -> int:
        while (above := self._parent[place]) != place:
            self._parent[place] = self._parent[above]
            place = above
        return place
