"""How much each kind of agreement says, learnt from the records without a single labelled pair. Pure.

The model is that of Fellegi and Sunter, "A theory for record linkage" (JASA 64, 1969): m is the chance of an agreement
among pairs of one person, u among pairs of two; the logarithm of m/u is the weight of the evidence. The u come from
random pairs, the m and the number of matches from expectation maximisation (Winkler, "Using the EM algorithm for weight
computation in the Fellegi-Sunter model", 1988), over all pairs that the rules of blocking find at once: a pair that no
rule finds is taken for one of two persons, which is what makes the u of random pairs the right ones.

Between the two there is a third class: two persons who share a home, a telephone or an employer, who agree on much
without being one (Larsen and Rubin, "Iterative automated record linkage using mixture models", JASA 96, 2001). What is
a person's own (first name, birth date, numbers) agrees among them as it does among strangers, and everything else as
often as the records say: h. Without this class families become one person as soon as they outnumber the duplicates.
Among organisations it is that of two sites of one of them, under one name and telephone: their own is the address.

Two corrections make small tables come out right. Random pairs hold matches too, as many as are estimated, and these are
taken out of the u. And the m are held by a prior as strong as a few pairs, so that a field that is nearly always empty
or constant keeps sensible weights instead of running away.

With fewer than three fields nothing can be learnt: any number of matches explains how two fields agree (Goodman,
"Exploratory latent structure analysis", Biometrika 61, 1974). Then the usual m are taken, and few matches expected.
"""

from dataclasses import dataclass

import numpy as np

STEPS, SETTLED = 200, 1e-5
_PRIOR_PAIRS = 4.0
_LEAST_SHARE = 1e-9
_MOST_MATCHES, _MOST_EACH = 0.25, 10
_EXPECTED_EACH = 0.25
_FEWEST_FIELDS = 3


@dataclass(frozen=True)
class Parameters:
    """For each comparison m, u and h by level, the closest level first; the shares of both classes among all pairs."""

    m: tuple[np.ndarray, ...]
    u: tuple[np.ndarray, ...]
    h: tuple[np.ndarray, ...]
    prior: float
    near: float = 0.0
    steps: int = 0

    def weights(self, place: int) -> np.ndarray:
        """The weight of each level of a comparison against strangers, in bits."""
        weights: np.ndarray = np.log2(self.m[place] / self.u[place])
        return weights

    def against_near(self, place: int) -> np.ndarray:
        """The weight of each level of a comparison against two who share something, in bits."""
        weights: np.ndarray = np.log2(self.m[place] / self.h[place])
        return weights


@dataclass(frozen=True)
class Patterns:
    """The combinations of levels that pairs show (-1: one of the values is missing), and how many pairs show each."""

    levels: np.ndarray
    counts: np.ndarray

    def shares(self, place: int, size: int, p: np.ndarray | None = None) -> tuple[np.ndarray, float]:
        """How the pairs are spread over the levels of a comparison, and how many have both values."""
        weighted = self.counts if p is None else self.counts * p
        own = self.levels[:, place]
        here = own >= 0
        spread = np.bincount(own[here], weighted[here], size).astype(float)
        return spread, float(spread.sum())


def usual_m(size: int) -> np.ndarray:
    """What m is believed to be before anything is seen: most pairs of one person agree, and few differ altogether."""
    if size == 1:
        return np.ones(1)
    between = 0.15 / max(size - 2, 1) if size > 2 else 0.0
    m = np.array([0.75, *[between] * (size - 2), 0.1])
    usual: np.ndarray = m / m.sum()
    return usual


def by_chance(random: Patterns, sizes: list[int], same: list[float]) -> tuple[np.ndarray, ...]:
    """How random pairs are spread over the levels of each comparison.

    `same` is the exact share of pairs with the same value, from the frequencies of values: a sample would seldom see
    any. The other levels come from the sample, half a pair being added to each.
    """
    found = []
    for place, size in enumerate(sizes):
        spread, seen = random.shares(place, size)
        shares = (spread + 0.5) / (seen + 0.5 * size)
        rest = shares[1:].sum()
        first = min(max(same[place], _LEAST_SHARE), 1 - 1e-6)
        found.append(np.array([first, *(shares[1:] / rest * (1 - first))]) if rest else np.ones(1))
    return tuple(found)


def learn(
    pairs: Patterns, chance: tuple[np.ndarray, ...], own: tuple[bool, ...], possible: float, records: int
) -> Parameters:
    """The parameters that explain best how pairs agree; the same patterns give the same parameters.

    `own` says of each comparison whether it is about what a person shares with nobody; without any there is no third
    class, since nothing would tell it from the first.
    """
    now = _before(chance, own, min(records * _EXPECTED_EACH / possible, _MOST_MATCHES))
    most = min(records * _MOST_EACH / possible, _MOST_MATCHES)
    for step in range(1, STEPS + 1 if len(chance) >= _FEWEST_FIELDS else 0):
        after = _improved(pairs, now, chance, own, (possible, most), step)
        moved = _moved(now, after)
        now = after
        if moved < SETTLED:
            break
    return now


def _before(chance: tuple[np.ndarray, ...], own: tuple[bool, ...], prior: float) -> Parameters:
    usual = tuple(usual_m(len(each)) for each in chance)
    beside = tuple(rates if is_own else m for rates, m, is_own in zip(chance, usual, own, strict=True))
    return Parameters(usual, chance, beside, prior, prior if any(own) and not all(own) else 0.0)


def classes(levels: np.ndarray, parameters: Parameters) -> tuple[np.ndarray, np.ndarray]:
    """The probabilities of each pattern to be of one person, and to be of two who share something."""
    strangers = 1 - parameters.prior - parameters.near
    against_strangers = np.full(len(levels), np.log2(parameters.prior / strangers))
    against_near = np.full(len(levels), np.log2(parameters.prior / parameters.near) if parameters.near else np.inf)
    for place in range(levels.shape[1]):
        own = levels[:, place]
        against_strangers += with_missing(parameters.weights(place))[own]
        against_near += with_missing(parameters.against_near(place))[own]
    one = probability(against_strangers, against_near)
    return one, one * np.exp2(-np.clip(against_near, -500, 500))


def probability(against_strangers: np.ndarray, against_near: np.ndarray) -> np.ndarray:
    """The probability of being one person, from the weights against both ways of being two."""
    odds = np.exp2(-np.clip(against_strangers, -500, 500)) + np.exp2(-np.clip(against_near, -500, 500))
    p: np.ndarray = 1 / (1 + odds)
    return p


def with_missing(weights: np.ndarray) -> np.ndarray:
    """Weights by level, with the one of level -1 at the end: a value that is missing says nothing."""
    return np.append(weights, 0.0)


def _improved(
    pairs: Patterns,
    now: Parameters,
    chance: tuple[np.ndarray, ...],
    own: tuple[bool, ...],
    among: tuple[float, float],
    step: int,
) -> Parameters:
    one, beside = classes(pairs.levels, now)
    prior, near = (_share(p, pairs, *among) for p in (one, beside))
    m, u, h = [], [], []
    for place, (rates, is_own) in enumerate(zip(chance, own, strict=True)):
        usual = usual_m(len(rates))
        m.append(_held(*pairs.shares(place, len(rates), one), usual))
        u.append(without_matches(rates, m[-1], prior))
        h.append(u[-1] if is_own else _held(*pairs.shares(place, len(rates), beside), usual))
    return Parameters(tuple(m), tuple(u), tuple(h), prior, near if now.near else 0.0, step)


def _share(p: np.ndarray, pairs: Patterns, possible: float, most: float) -> float:
    return float(min(max((p * pairs.counts).sum() / possible, _LEAST_SHARE / possible), most))


def _held(spread: np.ndarray, seen: float, usual: np.ndarray) -> np.ndarray:
    """The spread as shares, held by what is usual as if a few pairs had been seen before."""
    shares = np.maximum((spread + _PRIOR_PAIRS * usual) / (seen + _PRIOR_PAIRS), 1e-6)
    held: np.ndarray = shares / shares.sum()
    return held


def _moved(before: Parameters, after: Parameters) -> float:
    by_level = (np.abs(new - old).max() for new, old in zip(after.m + after.h, before.m + before.h, strict=True))
    return max(abs(float(np.log(after.prior / before.prior))) * 0.01, *map(float, by_level))


def without_matches(rates: np.ndarray, m: np.ndarray, prior: float) -> np.ndarray:
    """What is left of the agreements of random pairs when those of one person are taken out."""
    left = np.maximum((rates - prior * m) / (1 - prior), rates * 0.02)
    u: np.ndarray = left / left.sum()
    return u
