"""How alike the members of a segment are, and how far segments lie apart, on chosen traits.

Three measures, each told in a sentence:

- **explained**: the share of the variance of a trait that knowing the memberships explains. For a number and segments
  that do not overlap it is the correlation ratio, eta squared (Fisher, *Statistical Methods for Research Workers*,
  1925); for a category, whose values are columns of zeros and ones, it is Goodman and Kruskal's tau (JASA 49, 1954) as
  Light and Margolin showed (JASA 66, 1971). Where segments overlap it is the share explained by the regression on the
  memberships, which gives these two when they do not. It is adjusted for the number of segments (Ezekiel 1930), so
  that many segments drawn at random explain nothing.
- **homogeneity**: how much smaller the variance among the members is than among everybody: 1 when all members are
  alike, 0 when they differ as everybody does, negative when they differ more.
- **silhouette**: whether a person is nearer to their own segment than to the next (Rousseeuw, J. Comput. Appl. Math.
  20, 1987), on standardised numbers, for persons in exactly one segment.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from quartier.analyse.plain import Plain
from quartier.catalog import Label
from quartier.evaluate.segmentation.sample import Column, Floats, Sample, Truths

FEWEST = 30
"""Persons of whom a trait must be known before a variance is believed."""
MOST_COMPARED = 2_000
"""Persons whose distances to one another are computed."""


@dataclass(frozen=True)
class TraitSeparation(Plain):
    """How well the segments tell one trait apart."""

    trait: str
    label: Label
    kind: Literal["number", "category"]
    persons: int
    """of whom it is known, in the sample"""
    explained: float | None
    """share of its variance that the memberships explain, adjusted; None when there are too few persons or no spread"""
    is_defining: bool
    """whether a segment of the set reads it: that it is told apart is then no finding"""


@dataclass(frozen=True)
class Silhouette(Plain):
    """The mean silhouette of everybody compared, and of each segment; between -1 and 1."""

    persons: int
    traits: tuple[str, ...]
    mean: float
    segments: dict[str, float]


def explained(column: Column, is_member: Truths) -> float | None:
    """The share of the trait's variance that the memberships explain, adjusted for their number."""
    known = column.is_known
    values, members = column.values[known], is_member[known].astype(np.float64)
    if len(values) < FEWEST:
        return None
    values, members = values - values.mean(axis=0), members - members.mean(axis=0)
    total = float((values**2).sum())
    if total <= 0:
        return None
    between, freedom = _between(values, members)
    left = len(values) - 1 - freedom
    unexplained = max(0.0, 1 - between / total)
    return max(0.0, 1 - unexplained * (len(values) - 1) / left) if left > 0 else None


def homogeneity(column: Column, is_member: Truths) -> list[float | None]:
    """For each segment, one less the variance among its members divided by that among everybody."""
    known = column.is_known
    values, members = column.values[known], is_member[known]
    overall = float(values.var(axis=0).sum()) if len(values) >= FEWEST else 0.0
    return [_alike(values[inside], overall) for inside in members.T]


def silhouette(sample: Sample, random: np.random.Generator) -> Silhouette | None:
    """How well numbers separate the segments; None without numbers, or without two segments to tell apart.

    Persons in several segments are left out, and numbers that are known of less than half of the rest.
    """
    alone = np.flatnonzero(sample.is_member.sum(axis=1) == 1)
    chosen = [each for each in sample.columns if each.kind == "number" and 2 * each.is_known[alone].sum() > len(alone)]
    if not chosen:
        return None
    points = np.column_stack([each.standardised[alone] for each in chosen])
    complete = np.flatnonzero(~np.isnan(points).any(axis=1))
    if len(complete) > MOST_COMPARED:
        complete = np.sort(random.choice(complete, MOST_COMPARED, replace=False))
    segments = sample.is_member[alone[complete]].argmax(axis=1)
    if len(complete) < FEWEST or len(np.unique(segments)) < 2:
        return None
    scores = _silhouettes(points[complete], segments)
    of_each = {sample.names[place]: float(scores[segments == place].mean()) for place in np.unique(segments)}
    return Silhouette(len(complete), tuple(each.trait for each in chosen), float(scores.mean()), of_each)


def _between(values: Floats, members: Floats) -> tuple[float, int]:
    """The sum of squares that a regression on the memberships explains, and how many of them are independent.

    Segments may repeat one another, so the equations are solved by eigenvectors, leaving out those without weight.
    """
    weights, vectors = np.linalg.eigh(members.T @ members)
    is_used = weights > 1e-9 * max(float(weights.max(initial=0.0)), 1.0)
    projected = vectors[:, is_used].T @ (members.T @ values)
    return float((projected**2 / weights[is_used, None]).sum()), int(is_used.sum())


def _alike(values: Floats, overall: float) -> float | None:
    if len(values) < FEWEST or overall <= 0:
        return None
    return 1 - float(values.var(axis=0).sum()) / overall


def _silhouettes(points: Floats, segments: np.ndarray) -> Floats:
    """Of each point: (distance to the next segment - distance to its own) / the larger; 0 for who is alone in it."""
    from scipy.spatial.distance import cdist

    labels, place = np.unique(segments, return_inverse=True)
    belongs = np.eye(len(labels))[place]
    sums, counts = cdist(points, points) @ belongs, belongs.sum(axis=0)
    own_count = counts[place]
    own = sums[np.arange(len(points)), place] / np.maximum(own_count - 1, 1)
    means = np.where(belongs > 0, np.inf, sums / counts)
    other = means.min(axis=1)
    larger = np.maximum(own, other)
    found: Floats = np.where((own_count > 1) & (larger > 0), (other - own) / np.where(larger > 0, larger, 1), 0.0)
    return found
