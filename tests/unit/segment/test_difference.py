"""What two versions of a document differ in, condition by condition."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartier.segment.difference import Edit, edits

FR, BE = {"trait": "country", "is": "FR"}, {"trait": "country", "is": "BE"}
PRO = {"trait": "plan", "is": "pro"}
BOUGHT, VIEWED = {"event": "Order Completed", "within": "90 days"}, {"event": "Product Viewed"}
CONDITIONS = st.recursive(
    st.sampled_from([FR, BE, PRO, BOUGHT, VIEWED, {"segment": "loyal"}, {"persons": ["C1"]}]),
    lambda inner: st.one_of(
        *(st.fixed_dictionaries({group: st.lists(inner, min_size=1, max_size=3)}) for group in ("all", "any", "none")),
        st.fixed_dictionaries({"not": inner}),
        st.fixed_dictionaries({"at_least": st.integers(1, 2), "of": st.lists(inner, min_size=1, max_size=3)}),
    ),
    max_leaves=8,
)


def between(old: Any, new: Any) -> list[tuple[Any, ...]]:
    found = edits({"segment": "x", "where": old}, {"segment": "x", "where": new})
    return [(each.kind, each.place, each.before, each.after) for each in found]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"all": [FR, BOUGHT]}, {"all": [BOUGHT, FR]}, []),
        ({"all": [FR]}, {"all": [FR, BOUGHT]}, [("added", "where.all[1]", None, BOUGHT)]),
        ({"all": [FR, BOUGHT]}, {"all": [BOUGHT]}, [("removed", "where.all[0]", FR, None)]),
        ({"all": [FR, BOUGHT]}, {"all": [BOUGHT, BE]}, [("changed", "where.all[1]", FR, BE)]),
        (FR, {"all": [FR, PRO]}, [("added", "where.all[1]", None, PRO)]),
        ({"all": [FR, PRO]}, FR, [("removed", "where.all[1]", PRO, None)]),
        (FR, BE, [("changed", "where", FR, BE)]),
        ({"not": FR}, {"not": BE}, [("changed", "where.not", FR, BE)]),
        (
            {"all": [FR]},
            {"any": [FR]},
            [("removed", "where.all[0]", FR, None), ("added", "where.all[0]", None, {"any": [FR]})],
        ),
        (
            {"at_least": 1, "of": [FR, BOUGHT]},
            {"at_least": 2, "of": [FR, BOUGHT]},
            [("changed", "where.at_least", 1, 2)],
        ),
        (
            {"all": [PRO, {"any": [FR, BOUGHT]}]},
            {"all": [{"any": [BOUGHT, VIEWED, FR]}, PRO]},
            [("added", "where.all[0].any[1]", None, VIEWED)],
        ),
    ],
)  # fmt: skip
def test_two_conditions_differ_where_a_reader_would_say_so(old: Any, new: Any, expected: list[Any]):
    assert between(old, new) == expected


def test_labels_and_populations_are_compared_by_value():
    old = {"label": {"en": "Big", "fr": "Gros"}, "population": None, "where": FR}
    new = {"label": {"en": "Big", "fr": "Très gros"}, "population": "customers", "where": FR}
    assert edits(old, new) == (
        Edit("changed", "label.fr", "Gros", "Très gros"),
        Edit("added", "population", None, "customers"),
    )


@given(CONDITIONS)
def test_a_document_does_not_differ_from_itself(condition: Any):
    assert between(condition, condition) == []


@given(CONDITIONS, CONDITIONS)
def test_there_and_back_are_the_same_places_with_the_sides_exchanged(old: Any, new: Any):
    there, back = between(old, new), between(new, old)
    assert len(there) == len(back)
    mirrored = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted(mirrored[kind] for kind, *_ in there) == sorted(kind for kind, *_ in back)
