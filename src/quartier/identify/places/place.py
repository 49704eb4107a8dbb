"""Where a person or company is, from the country, the postal code and the city that their records hold."""

from collections.abc import Iterable
from dataclasses import dataclass

from quartier.identify.cleaning.addresses import clean_city
from quartier.identify.cleaning.postal_codes import clean_postal_code
from quartier.identify.cleaning.postal_forms import FRENCH_ABROAD
from quartier.identify.places.cities import City
from quartier.identify.places.countries import EEA, EU, continent, country_code
from quartier.identify.places.france import Department, city_of_code, department_of, territory_of
from quartier.identify.places.gazetteer import Gazetteer
from quartier.identify.places.settlement import Settlement, settlement_of


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of where someone lives; None for what is not.

    Attributes:
        country: ISO 3166; Réunion is RE, however it was written.
        continent: where the country or part of it lies.
        in_eu: whether the law of the Union holds there, its parts overseas included.
        in_eea: the same of the European Economic Area.
        region: the region of France.
        department: the department of France by its number.
        city: the name by GeoNames, or that of the record where GeoNames has none.
        latitude: of the city's centre, in degrees; not where someone lives in it.
        longitude: the same.
        settlement: how densely people live around the city.
    """

    country: str | None = None
    continent: str | None = None
    in_eu: bool | None = None
    in_eea: bool | None = None
    region: str | None = None
    department: str | None = None
    city: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    settlement: Settlement | None = None


def derived_place(
    country: str | None,
    postal_code: str | None,
    city: str | None,
    gazetteer: Gazetteer | None = None,
    *,
    region: str = "FR",
) -> Place:
    """The place of one record, by rules alone without a gazetteer.

    Args:
        country: as the record has it, a code or a name in any of seven languages; None where it has none.
        postal_code: as the record has it.
        city: as the record has it.
        gazetteer: the places of at least the territory in question; None when cities are not looked up.
        region: the country of records that have none (ISO 3166). One that cannot be read stays unknown.
    """
    written = (country or "").strip()
    home = country_code(written) if written else region.upper()
    code = _code(postal_code, home)
    territory = _territory(code, home)
    department = department_of(code) if code and home in _FRENCH else None
    name = _name(city) or (city_of_code(code) if code and home in _FRENCH | {"MC"} else None)
    found = gazetteer.find(name, territory, _region_code(department)) if gazetteer and name and territory else None
    if not (written or code or found):  # nothing tells that it is the country of the workspace
        return Place(city=name)
    return _place(territory, department, name, found, gazetteer)


_FRENCH = FRENCH_ABROAD | {"FR"}
_GREENLAND, _SVALBARD = "39", "917"
"""How the postal codes begin of two parts of Denmark and Norway that are in neither Union nor Area."""


def _code(postal_code: str | None, home: str | None) -> str | None:
    """A clean postal code of that country; one that names another country says nothing."""
    value = clean_postal_code(postal_code, home).value if postal_code and home else None
    return value if value and "-" not in value else None


def _territory(code: str | None, home: str | None) -> str | None:
    """The territory where a code is, by ISO 3166; without a code the country as a whole."""
    if home in _FRENCH and code:
        return territory_of(code)
    if home == "DK" and code and code.startswith(_GREENLAND):
        return "GL"
    return "SJ" if home == "NO" and code and code.startswith(_SVALBARD) else home


def _name(city: str | None) -> str | None:
    return clean_city(city).shown if city else None


def _region_code(department: Department | None) -> str | None:
    """GeoNames has the regions of France in Europe by their numbers at INSEE, and other divisions overseas."""
    return department.region.code if department and department.region.territory == "FR" else None


def _place(
    territory: str | None, department: Department | None, name: str | None, found: City | None, known: Gazetteer | None
) -> Place:
    return Place(
        country=territory,
        continent=continent(territory) if territory else None,
        in_eu=territory in EU if territory else None,
        in_eea=territory in EEA if territory else None,
        region=department.region.name if department else None,
        department=department.code if department else None,
        city=found.name if found else name,
        latitude=found.latitude if found else None,
        longitude=found.longitude if found else None,
        settlement=settlement_of(found, known.of[found.country]) if found and known else None,
    )


def territories(countries: Iterable[str | None], postal_codes: Iterable[str | None], region: str) -> frozenset[str]:
    """The territories that some records may be in, so that a gazetteer is read for these."""
    records = zip(countries, postal_codes, strict=True)
    found = (derived_place(country, code, None, region=region).country for country, code in records)
    return frozenset(each for each in found if each) | {region.upper()}
