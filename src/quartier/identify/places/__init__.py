"""Places: where someone is, from what their records say, by rules and a gazetteer; nothing is asked of a network.

In order: `Gazetteer.read` the `territories_of` the records (or go without), derive the places, and write
them as `place_traits`.
"""

from quartier.identify.places.cities import City, find_city
from quartier.identify.places.columns import derived_places, territories_of
from quartier.identify.places.countries import EEA, EU, continent, country_code
from quartier.identify.places.distance import Point, distance_km
from quartier.identify.places.france import Department, Region, department_of, departments
from quartier.identify.places.gazetteer import Gazetteer, Places
from quartier.identify.places.place import Place, derived_place
from quartier.identify.places.settlement import Settlement, settlement_of
from quartier.identify.places.traits import COLUMN_OF, place_traits

__all__ = [
    "City",
    "COLUMN_OF",
    "Department",
    "EEA",
    "EU",
    "Gazetteer",
    "Place",
    "Places",
    "Point",
    "Region",
    "Settlement",
    "continent",
    "country_code",
    "department_of",
    "departments",
    "derived_place",
    "derived_places",
    "distance_km",
    "find_city",
    "place_traits",
    "settlement_of",
    "territories_of",
]
