"""Places by rules alone: countries, the parts of France, the European Union."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quartier.catalog import Catalog, Family, Meaning, Trait, ValueType
from quartier.catalog.model import Label
from quartier.identify.places import (
    COLUMN_OF,
    EEA,
    EU,
    Place,
    continent,
    country_code,
    department_of,
    departments,
    derived_place,
    derived_places,
    place_traits,
    territories_of,
)
from quartier.identify.places.columns import COLUMNS
from quartier.identify.places.france import city_of_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FR", "FR"), ("fr", "FR"), ("FRA", "FR"), ("France", "FR"), ("FRANCE métropolitaine", "FR"),
        ("Allemagne", "DE"),
        ("Deutschland", "DE"), ("Germany", "DE"), ("Royaume-Uni", "GB"), ("UK", "GB"), ("England", "GB"),
        ("United States", "US"), ("États-Unis", "US"), ("La Réunion", "RE"), ("Nouvelle-Calédonie", "NC"),
        ("Suisse", "CH"), ("Schweiz", "CH"), ("EL", "GR"), ("Česko", None), ("Czechia", "CZ"), ("ROU", "RO"),
        ("Atlantis", None), ("", None),
    ],
)  # fmt: skip
def test_a_country_is_known_by_its_codes_and_names(text, code):
    assert country_code(text) == code


def test_the_union_has_27_members_and_the_area_three_countries_more():
    members = {each for each in EU if continent(each) == "europe"} - {"AX"}
    assert len(members) == 27
    assert {each for each in EEA if each not in EU} == {"IS", "LI", "NO"}


@pytest.mark.parametrize(
    ("country", "code", "territory", "lies_in", "in_eu", "in_eea"),
    [
        ("FR", "75008", "FR", "europe", True, True),
        ("FR", None, "FR", "europe", True, True),
        ("FR", "97400", "RE", "africa", True, True),
        ("RE", "97400", "RE", "africa", True, True),
        ("Réunion", None, "RE", "africa", True, True),
        ("FR", "97100", "GP", "north_america", True, True),
        ("FR", "97133", "BL", "north_america", False, False),  # Saint-Barthélemy left the Union in 2012
        ("FR", "97150", "MF", "north_america", True, True),  # Saint-Martin did not
        ("FR", "97300", "GF", "south_america", True, True),
        ("FR", "97500", "PM", "north_america", False, False),
        ("FR", "97600", "YT", "africa", True, True),
        ("FR", "98800", "NC", "oceania", False, False),
        ("FR", "98713", "PF", "oceania", False, False),
        ("FR", "98000", "MC", "europe", False, False),
        ("MC", "98000", "MC", "europe", False, False),
        ("FI", "22100", "FI", "europe", True, True),
        ("DK", "3900", "GL", "north_america", False, False),  # Nuuk
        ("DK", "2100", "DK", "europe", True, True),
        ("NO", "0150", "NO", "europe", False, True),
        ("NO", "9170", "SJ", "europe", False, False),  # Longyearbyen
        ("ES", "35001", "ES", "europe", True, True),  # Las Palmas
        ("CH", "1201", "CH", "europe", False, False),
        ("GB", "SW1A 1AA", "GB", "europe", False, False),
        ("US", "10001", "US", "north_america", False, False),
    ],
)
def test_the_law_of_the_union_holds_where_it_does(country, code, territory, lies_in, in_eu, in_eea):
    found = derived_place(country, code, None)
    assert (found.country, found.continent, found.in_eu, found.in_eea) == (territory, lies_in, in_eu, in_eea)


def test_there_are_101_departments_in_18_regions():
    assert len(departments()) == 101
    assert len({each.region.code for each in departments().values()}) == 18
    assert all(each.prefecture for each in departments().values())


@pytest.mark.parametrize(
    ("code", "department", "region"),
    [
        ("75008", "75", "Île-de-France"), ("01000", "01", "Auvergne-Rhône-Alpes"), ("20000", "2A", "Corse"),
        ("20167", "2A", "Corse"), ("20200", "2B", "Corse"), ("20600", "2B", "Corse"), ("97400", "974", "La Réunion"),
        ("97100", "971", "Guadeloupe"), ("97600", "976", "Mayotte"), ("59000", "59", "Hauts-de-France"),
        ("67000", "67", "Grand Est"), ("90000", "90", "Bourgogne-Franche-Comté"),
    ],
)  # fmt: skip
def test_a_french_code_tells_department_and_region(code, department, region):
    found = derived_place("FR", code, None)
    assert (found.department, found.region) == (department, region)


@pytest.mark.parametrize("code", ["98000", "98800", "97133", "97500", "00100"])
def test_what_is_in_no_department_has_none(code):
    assert department_of(code) is None


@pytest.mark.parametrize(
    ("code", "city"),
    [("75011", "Paris"), ("69003", "Lyon"), ("69100", None), ("13008", "Marseille"), ("13100", None),
     ("33000", "Bordeaux"), ("51000", "Châlons-en-Champagne"), ("51100", None), ("20000", "Ajaccio"),
     ("20200", "Bastia"), ("20137", None), ("97400", "Saint-Denis"), ("98000", "Monaco")],
)  # fmt: skip
def test_a_code_tells_its_city_only_where_it_can(code, city):
    assert city_of_code(code) == city


def test_a_record_that_says_nothing_of_its_country_is_not_put_into_ours():
    assert derived_place(None, None, None) == Place()
    assert derived_place(None, "inconnu", "Springfield") == Place(city="Springfield")
    assert derived_place("Atlantis", "75008", None) == Place()
    assert derived_place(None, "75008", None).department == "75"
    assert derived_place("", "1201", None, region="CH").country == "CH"


def test_a_code_of_another_country_than_the_record_says_is_left_out():
    assert derived_place("FR", "CH-1201", "Genève") == Place(
        country="FR", continent="europe", in_eu=True, in_eea=True, city="Genève"
    )


RECORDS = pa.table({
    "country": ["FR", None, "FR", "DE", "FR"],
    "postal_code": ["75008", "97400", "75008", "10115", None],
    "city": ["PARIS CEDEX 08", None, "PARIS CEDEX 08", "Berlin", None],
})  # fmt: skip


def test_records_get_their_places_row_by_row():
    found = derived_places(RECORDS)
    assert found.column_names == list(COLUMNS)
    assert found["country"].to_pylist() == ["FR", "RE", "FR", "DE", "FR"]
    assert found["city"].to_pylist() == ["Paris", "Saint-Denis", "Paris", "Berlin", None]
    assert territories_of(RECORDS) == {"FR", "RE", "DE"}


def test_columns_may_be_missing_and_codes_may_be_numbers():
    assert derived_places(pa.table({"postal_code": [1000, None]}))["department"].to_pylist() == ["01", None]
    assert derived_places(pa.table({"other": ["x"]}))["country"].to_pylist() == [None]
    assert derived_places(RECORDS.slice(0, 0)).num_rows == 0


TEXT = st.one_of(
    st.none(), st.text(max_size=12), st.sampled_from(["FR", "97400", "Paris", "DE", "98800", "SW1A 1AA", "é"])
)


@settings(max_examples=60)
@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=6))
def test_no_text_makes_it_fail_and_many_rows_get_what_each_would_get_alone(rows):
    table = pa.table({
        key: pa.array([row[place] for row in rows], pa.string())
        for place, key in enumerate(("country", "postal_code", "city"))
    })  # fmt: skip
    alone = [derived_place(*row) for row in rows]
    assert [Place(**each) for each in derived_places(table).to_pylist()] == alone


def test_derived_traits_are_geographic_and_leave_meanings_to_what_was_given():
    given_city = Trait(name="ville", type=ValueType.TEXT, family=Family.GEOGRAPHIC, label=Label(fr="Ville", en="City"),
                       meaning=Meaning.CITY)  # fmt: skip
    traits = {each.name: each for each in place_traits(Catalog(traits=(given_city,)))}
    assert set(COLUMN_OF.values()) == set(COLUMNS)
    assert {each.family for each in traits.values()} == {Family.GEOGRAPHIC}
    assert {each.origin for each in traits.values()} == {"computed"}
    assert traits["place_city"].meaning is None
    assert traits["place_latitude"].meaning is Meaning.LATITUDE
    again = Catalog(traits=(given_city,)).with_traits(*traits.values())
    assert place_traits(again) == tuple(traits.values())
