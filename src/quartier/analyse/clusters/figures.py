"""What a run found beside the trait: how the number was chosen, what each cluster is, and its rule."""

from typing import Any

from quartier.analyse.modelling.computed import Figures
from quartier.catalog import Label


class Tried(Figures):
    """One number of clusters that was tried; see `choosing.Point`."""

    number: int
    stability: float
    low: float
    high: float
    silhouette: float
    chance: float
    refused: Label | None
    """why it was not taken; None where it could have been"""


class UsedTrait(Figures):
    """A trait in which clusters are alike."""

    trait: str
    label: Label
    form: str
    is_logarithm: bool
    missing: float


class LeftOutTrait(Figures):
    """A trait that was named and not used, and why."""

    trait: str
    label: Label
    why: Label


class Row(Figures):
    """One trait, or one word of it, over the clusters; see `naming.Mark`."""

    trait: str
    label: Label
    form: str
    is_share: bool
    typical: tuple[float | None, ...]
    overall: float | None
    apart: tuple[float, ...]


class ClusterFigures(Figures):
    """One cluster, the largest first."""

    id: str
    """the value of the trait: A, B, ..."""
    name: Label
    persons: int
    share: float
    where: dict[str, Any] | None
    """its rule; None where the tree has no leaf for it"""
    precision: float | None
    recall: float | None


class ClustersFigures(Figures):
    """All that a run of clusters found."""

    trait: str
    method: str
    number: int
    is_asked: bool
    """whether the number was asked for rather than found"""
    persons: int
    nowhere: int
    """persons in no cluster"""
    sample: int
    """how many were looked at for each number that was tried"""
    tried: tuple[Tried, ...]
    used: tuple[UsedTrait, ...]
    left_out: tuple[LeftOutTrait, ...]
    profile: tuple[Row, ...]
    clusters: tuple[ClusterFigures, ...]
    fidelity: float
    """the share of unseen persons whom the rules put into their own cluster"""
    unseen: int
    leaves: int
