"""Where identities belong: from solved links to keys, which are given once and outlive every link."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quartier.identify.components import Limits, Links, Numbers, Solved, solve

NONE = -1
"""No key of its own."""


@dataclass(frozen=True)
class Standing:
    """Identities in rising order, with what is known of them; `first` is the row of a fresh one, NONE of the others."""

    identity: Numbers
    is_user: npt.NDArray[np.bool_]
    own_key: Numbers
    first: Numbers

    def __len__(self) -> int:
        return len(self.identity)


@dataclass(frozen=True)
class Placed:
    """Where the identities belong: whose key, which cluster, and the key that each has of its own."""

    key: Numbers
    cluster: Numbers
    own_key: Numbers
    solved: Solved


def placed(
    standing: Standing, links: Links, first_of_link: Numbers, *, refused: npt.NDArray[np.bool_], blocked: Numbers,
    next_key: int, limits: Limits,
) -> Placed:  # fmt: skip
    """Solve the links and give keys: a person has the smallest of the keys that its identities have of their own.

    An identity gets a key of its own with its first row, unless that row links it to one that was there before; so the
    keys do not depend on how many rows came at once. `first_of_link` is the row that brought each link, NONE for links
    that were known.
    """
    solved = solve(standing.identity, standing.is_user, links, refused=refused, blocked=blocked, limits=limits)
    group = np.searchsorted(standing.identity, solved.group)
    own = _given(standing, links, first_of_link, group, next_key)
    highest = np.iinfo(np.int64).max
    key = np.full(len(standing), highest)
    np.minimum.at(key, group, np.where(own == NONE, highest, own))
    return Placed(key[group], solved.cluster, own, solved)


def _given(standing: Standing, links: Links, first_of_link: Numbers, group: Numbers, next_key: int) -> Numbers:
    is_fresh = standing.first != NONE
    joins = np.zeros(len(standing), np.bool_)
    if len(links):
        a, b = (np.searchsorted(standing.identity, each) for each in (links.a, links.b))
        at_birth = (first_of_link != NONE) & (first_of_link == standing.first[b]) & (group[a] == group[b])
        joins[b[at_birth]] = True
    own = standing.own_key.copy()
    wants = is_fresh & ~joins
    has_key = np.zeros(len(standing), np.bool_)
    has_key[group[wants | (own != NONE)]] = True
    wants |= ~has_key[group] & (group == np.arange(len(standing)))  # whoever was parted from the rest
    own[wants] = next_key + np.arange(int(wants.sum()))
    return own
