"""The traits that a segment tells apart by its own definition: that its members differ in them is no finding."""

from quartier.catalog import Catalog
from quartier.segment.conditions import BoundSegment, ChangedLeaf, EarlierLeaf, EventLeaf, TraitLeaf, leaves
from quartier.segment.own_time import without_clocks

RFM_STEPS = frozenset({"rfm_r", "rfm_f", "rfm_m", "rfm_score"})


def defining_traits(bound: BoundSegment, catalog: Catalog) -> set[str]:
    """The traits that differ by definition.

    Those that the segment reads and, when it reads events or a computed trait, all that is computed from events. The
    steps of RFM are there always, because its class says them.
    """
    read = list(without_clocks(leaves(bound.where)))
    traits = {leaf.trait.name for leaf in read if isinstance(leaf, TraitLeaf | ChangedLeaf | EarlierLeaf)}
    computed = {each.name for each in catalog.traits if each.origin == "computed"}
    by_deeds = any(isinstance(leaf, EventLeaf) for leaf in read) or bool(traits & computed)
    return traits | RFM_STEPS | (computed if by_deeds else set())
