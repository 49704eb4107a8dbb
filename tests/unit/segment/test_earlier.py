"""Conditions over earlier values: read without loss, said in both languages, moved by what they look back to."""

import datetime as dt

import pytest

from quartier.errors import InvalidDefinition
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.segment.edges import edges
from quartier.segment.moments import Moment
from quartier.segment.past import has_times
from quartier.segment.reads import columns_read
from quartier.segment.sentence import sentence
from quartier.testing.loading import PARIS
from tests.unit.segment.shop import SHOP

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
UPGRADED = {"trait": "plan", "changed": {"within": "30 days", "from": "free", "to": ["pro", "team"]}}
GREW = {"trait": "ltv", "more_than": {"ago": "90 days", "times": 1.2}}
SAID = {
    "from one value to others": (
        UPGRADED,
        "All persons whose plan changed from “free” to “pro” or “team” in the last 30 days.",
        "Toutes les personnes dont la formule a changé (« free » avant, « pro » ou « team » après) au cours des "
        "30 derniers jours.",
    ),
    "from a value": (
        {"trait": "country", "changed": {"from": "FR", "during": "last month"}},
        "All persons whose country changed from France to something else last month.",
        "Toutes les personnes dont le pays a changé (la France avant) le mois dernier.",
    ),
    "to a value": (
        {"trait": "newsletter", "changed": {"to": False}},
        "All persons whose “Newsletter” changed to “no”.",
        "Toutes les personnes dont « Newsletter » a changé (« non » après).",
    ),
    "any change": (
        {"trait": "country", "changed": {"within": "1 year"}},
        "All persons whose country changed in the last year.",
        "Toutes les personnes dont le pays a changé au cours des 12 derniers mois.",
    ),
    "more than so many times": (
        GREW,
        "All persons whose lifetime value is more than 1.2 times what it was 90 days ago.",
        "Toutes les personnes dont la valeur vie dépasse 1,2 fois sa valeur d'il y a 90 jours.",
    ),
    "less than before": (
        {"trait": "ltv", "less_than": {"ago": "1 month"}},
        "All persons whose lifetime value is less than it was 1 month ago.",
        "Toutes les personnes dont la valeur vie est en dessous de sa valeur d'il y a 1 mois.",
    ),
    "not the same": (
        {"trait": "country", "is_not": {"ago": "1 year"}},
        "All persons whose country is not what it was 1 year ago.",
        "Toutes les personnes dont le pays n'a pas la même valeur qu'il y a 1 an.",
    ),
}


def bound(where):
    return bind(read_segment({"segment": "s", "population": "everyone", "where": where}), SHOP)


@pytest.mark.parametrize(("where", "english", "french"), SAID.values(), ids=SAID)
def test_an_earlier_value_reads_as_people_say_it(where, english, french):
    assert sentence(bound(where), "en") == english
    assert sentence(bound(where), "fr").replace("\N{NO-BREAK SPACE}", " ") == french


@pytest.mark.parametrize("where", [each[0] for each in SAID.values()], ids=SAID)
def test_it_is_written_as_it_was_read(where):
    assert read_segment({"segment": "s", "where": where}).model_dump()["where"] == where


def test_the_edges_move_over_changes_and_over_the_arrivals_of_persons():
    found = [(each.table, (NOW.replace(tzinfo=None) - each.value).days) for each in edges(_leaf(GREW), _moment())]
    assert found == [("person_change", 0), ("person_change", 90), ("person_known", 90)]
    found = [(each.table, (NOW.replace(tzinfo=None) - each.value).days) for each in edges(_leaf(UPGRADED), _moment())]
    assert found == [("person_change", 30), ("person_change", 0)]


def test_the_columns_of_the_trait_and_its_type_are_read():
    columns = columns_read([_leaf(GREW)], SHOP)
    assert "ltv" in columns["person"]
    assert {"before_number", "after_number", "trait"} <= set(columns["person_change"])
    assert "before_text" not in columns["person_change"]


@pytest.mark.parametrize("where", [UPGRADED, GREW])
def test_both_can_be_computed_for_the_past(where):
    assert has_times(_leaf(where))


@pytest.mark.parametrize("asked", [{"changed": {}}, {"is": {"ago": "90 days"}}])
def test_a_computed_trait_has_no_earlier_values(asked):
    with pytest.raises(InvalidDefinition, match="“rfm_class” is computed"):
        bound({"trait": "rfm_class", **asked})


def _leaf(where):
    return bound(where).where


def _moment():
    return Moment(NOW, PARIS)
