"""The funnel of a segment: for how many each condition holds, and how many are left after it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pyroaring import BitMap

from quartier.catalog import Catalog, Family, Label, Subject, Trait, ValueType
from quartier.segment.bind import bind
from quartier.segment.conditions import Condition, TraitLeaf
from quartier.segment.definition import read_segment
from quartier.segment.funnel import funnel
from quartier.segment.holding import holding

EVERYONE = BitMap(range(10))
KNOWN = {"a": BitMap([1, 2, 3, 4]), "b": BitMap([3, 4, 5]), "c": BitMap([9])}
ACCOUNTS = {"big": BitMap([0, 1])}


@dataclass
class Sets:
    """Sets by the names of traits; persons belong to no account here."""

    known: Mapping[str, BitMap]
    everyone: BitMap

    def about(self, of: Subject) -> "Sets":
        return self if of == "person" else Sets(ACCOUNTS, BitMap(range(3)))

    def holding(self, node: Condition) -> BitMap:
        if isinstance(node, TraitLeaf):
            return self.known[node.trait.name]
        return BitMap([1]) if type(node).__name__ == "OfAccount" else holding(node, self)  # type: ignore[arg-type]


def trait(name: str, of: Subject = "person") -> Trait:
    label = Label(en=name, fr=name)
    return Trait(name=name, type=ValueType.TEXT, family=Family.NEEDS, label=label, of=of)


CATALOG = Catalog(traits=(trait("a"), trait("b"), trait("c"), trait("big", "account")))
A, B, C = ({"trait": name, "known": True} for name in "abc")


def stages(where: dict[str, Any], population: str = "everyone") -> dict[str, tuple[int, int | None]]:
    segment = read_segment({"segment": "s", "population": population, "where": where})
    found = funnel(segment, bind(segment, CATALOG), Sets(KNOWN, EVERYONE))
    return {each.place: (each.holding, each.left) for each in found}


def test_each_part_of_all_leaves_those_whom_the_parts_before_it_left_too():
    assert stages({"all": [A, B, C]}) == {
        "where": (0, None), "where.all[0]": (4, 4), "where.all[1]": (3, 2), "where.all[2]": (1, 0),
    }  # fmt: skip


def test_each_part_of_any_adds_to_those_gathered_before_it():
    assert stages({"any": [A, B]}) == {"where": (5, None), "where.any[0]": (4, 4), "where.any[1]": (3, 5)}


def test_other_groups_count_their_parts_each_on_its_own():
    assert stages({"none": [A, C]}) == {"where": (5, None), "where.none[0]": (4, None), "where.none[1]": (1, None)}
    assert stages({"not": A}) == {"where": (6, None), "where.not": (4, None)}
    assert stages({"at_least": 2, "of": [A, B, C]})["where"] == (2, None)


def test_groups_inside_groups_have_their_own_funnels():
    found = stages({"all": [{"any": [A, C]}, {"not": B}]})
    assert found["where"] == (3, None)
    assert found["where.all[0].any[1]"] == (1, 5)
    assert found["where.all[1]"] == (7, 3)
    assert found["where.all[1].not"] == (3, None)


def test_what_is_asked_of_the_account_is_counted_in_accounts():
    found = stages({"all": [A, {"account": {"trait": "big", "known": True}}]})
    assert found["where.all[1]"] == (1, 1)
    assert found["where.all[1].account"] == (2, None)
