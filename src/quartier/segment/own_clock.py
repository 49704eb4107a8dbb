"""What can be read on a person's own clock: whatever is decided by the person's own rows at one instant."""

from quartier.catalog import Trait
from quartier.errors import Problem
from quartier.language import Text
from quartier.segment import definition as written
from quartier.segment import memory_documents as remembered
from quartier.segment.conditions import Condition, Leaf, OwnTime, PersonsLeaf, PlaceLeaf, RankLeaf, TraitLeaf
from quartier.segment.operators import TIMES

_OF_OTHERS = (
    remembered.SegmentCondition, remembered.EnteredCondition, remembered.LeftCondition, remembered.CampaignCondition,
    written.AccountCondition,
)  # fmt: skip


def not_on_own_clock(node: object, place: str) -> Problem | None:
    """What is wrong with a condition as written on a person's own clock."""
    return Problem(place, _NOT_THERE, _PUT_BESIDE) if isinstance(node, _OF_OTHERS) else None


def rank_on_own_clock(found: Condition, place: str) -> Problem | None:
    """What is wrong with a rank there: places are counted among all persons at once, whose clocks differ."""
    return Problem(place, _NOT_THERE, _PUT_BESIDE) if isinstance(found, RankLeaf) else None


def on_own_clock(found: Condition, zone: Trait) -> Condition:
    """A bound leaf on the person's own clock, as it is where no clock is looked at; groups hold such leaves already."""
    return OwnTime(zone, found) if isinstance(found, Leaf) and _looks_at_a_clock(found) else found


def _looks_at_a_clock(leaf: Leaf) -> bool:
    match leaf:
        case OwnTime() | PersonsLeaf() | PlaceLeaf():
            return False
        case TraitLeaf(trait, comparison):
            return trait.type in TIMES and comparison.operator_key != "known"
    return True


_NOT_THERE = Text(
    en="segments, campaigns, accounts and ranks cannot be read in each person's own time zone",
    fr="les segments, les campagnes, les comptes et les rangs ne se lisent pas à l'heure de chaque personne",
)
_PUT_BESIDE = Text(
    en="put it beside `own_time`, under `all`: there it is read in the workspace's time zone",
    fr="placez-le à côté de `own_time`, sous `all` : il s'y lit dans le fuseau horaire de l'espace de travail",
)
