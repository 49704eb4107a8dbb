"""How conditions over places are bound: the traits that hold a person's position, and the area."""

import re
from collections.abc import Mapping
from typing import Any

from quartier.catalog import Meaning, Trait
from quartier.errors import Unusable, suggestion
from quartier.identify.places.cities import find_city
from quartier.identify.places.distance import Point
from quartier.language import Text
from quartier.segment.binding import Binder, bind_condition
from quartier.segment.conditions import Condition, PlaceLeaf
from quartier.segment.operators import NUMERIC
from quartier.segment.place_documents import PlaceCondition
from quartier.segment.places import FARTHEST_KM, MOST_CORNERS, Area, Box, Circle, Polygon

_DISTANCE = re.compile(r"\s*(\d{1,9}(?:[.,]\d{1,6})?)\s*(km|m|mi|miles?)\s*")
_KM = {"km": 1.0, "m": 0.001, "mi": 1.609344, "mile": 1.609344, "miles": 1.609344}
_SIDES = ("south", "west", "north", "east")


@bind_condition.register
def _(node: PlaceCondition, binder: Binder, place: str) -> Condition:
    try:
        latitude, longitude = (_trait(binder, each) for each in (Meaning.LATITUDE, Meaning.LONGITUDE))
        return PlaceLeaf(latitude, longitude, area_of(node.place))
    except Unusable as error:
        return binder.unusable(f"{place}.place", error)


def area_of(written: Mapping[str, Any]) -> Area:
    """The area that a document describes. Raises Unusable with the reason why not."""
    keys = set(written)
    if keys == {"near", "within"}:
        return _circle(written["near"], _km(written["within"]))
    if keys == {"in"}:
        inside = written["in"]
        return _box(inside) if isinstance(inside, Mapping) else _polygon(inside)
    unknown = [str(key) for key in written if key not in ("near", "within", "in")]
    raise Unusable(_NO_PLACE, suggestion(unknown[0], ["near", "within", "in"]) if unknown else _PLACES)


def _trait(binder: Binder, meaning: Meaning) -> Trait:
    found = binder.catalog.with_meaning(meaning)
    if found is None or found.type not in NUMERIC:
        raise Unusable(_NO_POSITION.with_(meaning=meaning.value), _GIVE_MEANINGS)
    return found


def _circle(near: Any, km: float) -> Circle:
    if isinstance(near, list | tuple):
        return Circle(*_point(near), km)
    given = {"city": near} if isinstance(near, str) else near
    if not isinstance(given, Mapping) or not {"city"} <= set(given) <= {"city", "country"}:
        raise Unusable(_NO_CENTRE, _CENTRES)
    name, country = given["city"], given.get("country")
    if not isinstance(name, str) or not isinstance(country, str | None):
        raise Unusable(_NO_CENTRE, _CENTRES)
    city = find_city(name, country.upper() if country else None)
    return Circle(city.latitude, city.longitude, km, city.told)


def _km(written: Any) -> float:
    found = _DISTANCE.fullmatch(written) if isinstance(written, str) else None
    km = float(found[1].replace(",", ".")) * _KM[found[2]] if found else 0.0
    if not 0 < km <= FARTHEST_KM:
        raise Unusable(_NO_DISTANCE, _DISTANCES)
    return km


def _box(written: Mapping[Any, Any]) -> Box:
    if set(written) != set(_SIDES):
        raise Unusable(_NO_BOX, _BOXES)
    south, west = _point([written["south"], written["west"]])
    north, east = _point([written["north"], written["east"]])
    if south > north:
        raise Unusable(_REVERSED, _BOXES)
    return Box(south, west, north, east)


def _polygon(written: Any) -> Polygon:
    if not isinstance(written, list | tuple) or not 3 <= len(written) <= MOST_CORNERS:
        raise Unusable(_NO_POLYGON.with_(n=MOST_CORNERS), _POLYGONS)
    return Polygon(tuple(_point(each) for each in written))


def _point(written: Any) -> Point:
    """Latitude and longitude in degrees."""
    is_pair = isinstance(written, list | tuple) and len(written) == 2
    if not is_pair or not all(isinstance(each, int | float) and not isinstance(each, bool) for each in written):
        raise Unusable(_NO_POINT, _POINTS)
    latitude, longitude = written
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise Unusable(_NOT_ON_EARTH, _POINTS)
    return float(latitude), float(longitude)


_NO_PLACE = Text(en="this is not a place", fr="ceci n'est pas un lieu")
_PLACES = Text(
    en="write `near: [48.8566, 2.3522]` with `within: 10 km`, or `in` with a box or corners",
    fr="écrivez `near: [48.8566, 2.3522]` avec `within: 10 km`, ou `in` avec un rectangle ou des sommets",
)
_NO_POSITION = Text(
    en="no number of persons means `{meaning}`", fr="aucun nombre des personnes ne signifie `{meaning}`"
)
_GIVE_MEANINGS = Text(
    en="collect latitudes and longitudes, or give their traits these meanings in the catalog",
    fr="collectez des latitudes et longitudes, ou donnez ces significations à leurs traits dans le catalogue",
)
_NO_CENTRE = Text(en="this is neither a point nor a city", fr="ceci n'est ni un point ni une ville")
_CENTRES = Text(
    en="write [48.8566, 2.3522], Lyon or `{{city: Paris, country: FR}}`",
    fr="écrivez [48.8566, 2.3522], Lyon ou `{{city: Paris, country: FR}}`",
)
_NO_DISTANCE = Text(en="this is not a distance on the Earth", fr="ceci n'est pas une distance sur la Terre")
_DISTANCES = Text(en="write `10 km`, `500 m` or `5 miles`", fr="écrivez `10 km`, `500 m` ou `5 miles`")
_NO_BOX = Text(en="a box has four sides", fr="un rectangle a quatre côtés")
_BOXES = Text(
    en="write `{{south: 48, west: 2, north: 49, east: 3}}`", fr="écrivez `{{south: 48, west: 2, north: 49, east: 3}}`"
)
_REVERSED = Text(en="the south lies north of the north", fr="le sud est au nord du nord")
_NO_POLYGON = Text(en="an area has from 3 to {n} corners", fr="une zone a de 3 à {n} sommets")
_POLYGONS = Text(en="write [[48, 2], [49, 2], [49, 3]]", fr="écrivez [[48, 2], [49, 2], [49, 3]]")
_NO_POINT = Text(en="a point is a latitude and a longitude", fr="un point est une latitude et une longitude")
_NOT_ON_EARTH = Text(
    en="latitudes go from -90 to 90, longitudes from -180 to 180",
    fr="les latitudes vont de -90 à 90, les longitudes de -180 à 180",
)
_POINTS = Text(en="write [48.8566, 2.3522], the latitude first", fr="écrivez [48.8566, 2.3522], la latitude d'abord")
