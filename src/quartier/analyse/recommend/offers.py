"""What each person is offered: the next product and category, what goes with the last order, a step up."""

from dataclasses import dataclass

import numpy as np

from quartier.analyse.recommend.bought import Flags, Matrix, Whole
from quartier.analyse.recommend.neighbours import NOTHING, Lists
from quartier.analyse.recommend.pairs import Pair
from quartier.analyse.recommend.reading import Shelf

STEP_UP, TOO_FAR = 1.15, 3.0
"""A step up costs at least 15 % more than the piece that was bought, and no more than three times as much."""


@dataclass(frozen=True)
class Offers:
    """One place per person in each; NOTHING where there is nothing to offer."""

    product: Whole
    category: Whole
    with_last: Whole
    dearer: Whole
    is_personal: Flags


def offers(
    shelf: Shelf, found: Lists, nearness: Matrix, unwanted: Matrix, offered: Flags, pairs: tuple[Pair, ...]
) -> Offers:
    """The offers of every person from their list, the pairs and the nearness of products."""
    persons = shelf.bought.persons
    last = _last_lines(shelf)
    goes_with, dearer = _by_first(pairs), _dearer(shelf, nearness, offered)
    with_last, step = np.full(persons, NOTHING), np.full(persons, NOTHING)
    for person in range(persons):
        out = set(unwanted.indices[unwanted.indptr[person] : unwanted.indptr[person + 1]].tolist())
        own = last[person]
        out.update(own)
        with_last[person] = _first_free([then for each in own for then in goes_with.get(each, ())], out)
        out.add(int(with_last[person]))
        step[person] = _first_free([then for each in own for then in dearer.get(each, ())], out)
    return Offers(found.products[:, 0], _categories(shelf, found), with_last, step, found.is_personal[:, 0])


def _last_lines(shelf: Shelf) -> list[list[int]]:
    """The products of the last order of each person, the dearest first."""
    bought = shelf.bought
    price = np.nan_to_num(bought.typical[bought.product])
    latest = np.full(bought.persons, -1)
    np.maximum.at(latest, bought.person, bought.day)
    is_last = bought.day == latest[bought.person]
    found: list[list[int]] = [[] for _ in range(bought.persons)]
    rows = np.flatnonzero(is_last)
    for row in rows[np.lexsort((bought.product[rows], -price[rows]))]:
        found[bought.person[row]].append(int(bought.product[row]))
    return found


def _by_first(pairs: tuple[Pair, ...]) -> dict[int, list[int]]:
    """To each product those that go with it, the highest lift first; a pair goes both ways."""
    found: dict[int, list[tuple[float, int]]] = {}
    for each in pairs:
        found.setdefault(each.first, []).append((-each.lift, each.then))
        found.setdefault(each.then, []).append((-each.lift, each.first))
    return {first: [then for _, then in sorted(own)] for first, own in found.items()}


def _dearer(shelf: Shelf, nearness: Matrix, offered: Flags) -> dict[int, list[int]]:
    """To each product the dearer ones of its category, the nearest first, then what most buy."""
    typical, buyers, found = shelf.bought.typical, shelf.bought.buyers, dict[int, list[int]]()
    for category in range(len(shelf.categories)):
        own = np.flatnonzero((shelf.category == category) & np.isfinite(typical))
        able = own[offered[own]]
        if len(able) > 1:
            near = np.asarray(nearness[own][:, able].todense())
            for row, product in enumerate(own):
                ratio = typical[able] / typical[product]
                steps = np.flatnonzero((ratio >= STEP_UP) & (ratio <= TOO_FAR))
                best = steps[np.lexsort((able[steps], -buyers[able[steps]], -near[row, steps]))][:5]
                found[int(product)] = able[best].tolist()
    return found


def _first_free(candidates: list[int], out: set[int]) -> int:
    return next((each for each in candidates if each not in out), NOTHING)


def _categories(shelf: Shelf, found: Lists) -> Whole:
    """The category with the most of a list, the first places counting more; NOTHING without categories."""
    persons, places = found.products.shape
    if not shelf.categories:
        return np.full(persons, NOTHING)
    weight = np.zeros((persons, len(shelf.categories)))
    rows = np.arange(persons)
    for place in range(places):
        category = np.where(found.products[:, place] == NOTHING, -1, shelf.category[found.products[:, place]])
        known = category >= 0
        weight[rows[known], category[known]] += 1 / (place + 1)
    return np.where(weight.max(axis=1) > 0, weight.argmax(axis=1), NOTHING)
