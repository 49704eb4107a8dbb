import pytest

from quartier.analyse.traits import RFM_TRAITS
from quartier.catalog import Catalog, EventType, Family, Label, Trait, ValueType
from quartier.segment.bind import bind
from quartier.segment.defining import RFM_STEPS, defining_traits
from quartier.segment.definition import read_segment

CATALOG = Catalog(
    traits=(
        Trait(name="country", type=ValueType.TEXT, family=Family.GEOGRAPHIC, label=Label(en="Country", fr="Pays")),
        *RFM_TRAITS,
    ),
    events=(EventType(name="Order Completed", label=Label(en="Order completed", fr="Commande passée")),),
)


def excluded(where):
    segment = read_segment({"segment": "some", "population": "customers", "where": where})
    return defining_traits(bind(segment, CATALOG, {}), CATALOG)


def test_a_segment_by_country_differs_in_country_by_definition_and_may_differ_in_what_is_computed():
    assert excluded({"trait": "country", "in": ["FR"]}) == {"country"} | RFM_STEPS


@pytest.mark.parametrize("asked", [{"changed": {"to": "FR"}}, {"is_not": {"ago": "90 days"}}])
def test_a_segment_by_earlier_values_of_a_trait_differs_in_it_by_definition(asked):
    assert excluded({"trait": "country", **asked}) == {"country"} | RFM_STEPS


def test_a_segment_by_purchases_differs_by_definition_in_all_that_is_computed_from_purchases():
    found = excluded({"event": "Order Completed", "within": "30 days", "count": {"at_least": 2}})
    assert found == {each.name for each in RFM_TRAITS} | RFM_STEPS


def test_the_steps_of_rfm_are_traits_that_exist():
    assert {each.name for each in RFM_TRAITS} >= RFM_STEPS
