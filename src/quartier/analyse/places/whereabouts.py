"""Where the members of a segment live, among its population: by country, and by city where positions are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
from pyroaring import BitMap

from quartier.analyse.plain import Plain
from quartier.analyse.sides import FEWEST_PERSONS
from quartier.catalog import Catalog, Meaning, Subject, Trait, ValueType
from quartier.engine import KEY, DuckDBEngine, Query, kept_sql, to_sql
from quartier.identify.places.countries import country_code

MOST_CITIES = 200
"""Cities that are told, those with the most members."""
_SIDES = "places_sides"
_COMPUTED = {
    Meaning.COUNTRY: "place_country", Meaning.CITY: "place_city", Meaning.LATITUDE: "place_latitude",
    Meaning.LONGITUDE: "place_longitude",
}  # fmt: skip
"""What is derived of places is preferred to what was given: it is written in one way."""


@dataclass(frozen=True)
class InCountry(Plain):
    """How many live in one country: of the members, and of the population."""

    code: str
    """ISO 3166"""
    members: int
    population: int
    values: tuple[str, ...]
    """how the trait writes it"""

    @property
    def share(self) -> float:
        """The members among those of the population who live there."""
        return self.members / self.population


@dataclass(frozen=True)
class InCity(Plain):
    """How many live in one city, and where it lies in degrees."""

    name: str
    code: str
    """of its country; empty where that is not known"""
    members: int
    population: int
    latitude: float
    longitude: float
    values: tuple[str, ...]
    """how the trait of countries writes its country"""

    @property
    def share(self) -> float:
        """The members among those of the population who live there."""
        return self.members / self.population


@dataclass(frozen=True)
class Whereabouts(Plain):
    """Where members live.

    Places where fewer than five of the population are known to live are not told: they could name someone.

    Attributes:
        of: persons or accounts.
        members: of the segment in all.
        population: among whom it is drawn, with the members.
        countries: with members, the most first.
        cities: with members, the most first; none where positions are not known.
        unknown: members whose country is not known or is no country.
        withheld: members in countries that are not told.
        country: the trait that says in which country somebody lives.
        city: the trait that says in which city; None where positions are not known.
    """

    of: Subject
    members: int
    population: int
    countries: tuple[InCountry, ...]
    cities: tuple[InCity, ...]
    unknown: int
    withheld: int
    country: str
    city: str | None


def whereabouts(
    engine: DuckDBEngine, catalog: Catalog, of: Subject, members: BitMap, population: BitMap
) -> Whereabouts | None:
    """Where members live; None where no trait that may be shown says in which country anybody does."""
    known = {each: _trait(engine, catalog, of, each) for each in _COMPUTED}
    country = known[Meaning.COUNTRY]
    if country is None:
        return None
    names, everyone = _names(known), members | population
    with engine.view(_sides(members, everyone), _SIDES):
        rows = engine.rows(Query(_countries_sql(of, country.name)))
        places = engine.rows(Query(_cities_sql(of, country.name, *names))) if names else ()
    counted = _folded([(str(value), int(str(own)), int(str(all_))) for value, own, all_ in rows])
    told = tuple(each for each in counted if each.members and each.population >= FEWEST_PERSONS)
    codes = {value: each.code for each in counted for value in each.values}
    named = sum(each.members for each in counted)
    return Whereabouts(
        of=of, members=len(members), population=len(everyone), countries=told,
        cities=tuple(_city(row, codes) for row in places), unknown=len(members) - named,
        withheld=named - sum(each.members for each in told), country=country.name, city=names[0] if names else None,
    )  # fmt: skip


def _trait(engine: DuckDBEngine, catalog: Catalog, of: Subject, meaning: Meaning) -> Trait | None:
    """The trait that says something of places, if anybody may see it: the derived one, or else a given one."""
    present = engine.schema(of) or ()
    wanted = {ValueType.NUMBER} if meaning in (Meaning.LATITUDE, Meaning.LONGITUDE) else {ValueType.TEXT}
    found = [
        each for each in catalog.traits
        if each.of == of and each.name in present and each.type in wanted and not each.sensitivity.is_masked
        and (each.meaning is meaning or (each.name == _COMPUTED[meaning] and each.origin == "computed"))
    ]  # fmt: skip
    return min(found, key=lambda each: each.origin != "computed", default=None)


def _names(known: Mapping[Meaning, Trait | None]) -> tuple[str, str, str] | None:
    city, north, east = (known[each] for each in (Meaning.CITY, Meaning.LATITUDE, Meaning.LONGITUDE))
    return (city.name, north.name, east.name) if city and north and east else None


def _sides(members: BitMap, everyone: BitMap) -> pa.Table:
    keys, inside = (pa.array(each.to_array(), pa.int32()) for each in (everyone, members))
    return pa.table({"key": keys, "is_member": pc.is_in(keys, value_set=inside)})


def _folded(rows: Iterable[tuple[str, int, int]]) -> list[InCountry]:
    """The countries that some values name, the most members first; what names none is left out."""
    found: dict[str, list[tuple[str, int, int]]] = {}
    for row in rows:
        if code := country_code(row[0]):
            found.setdefault(code, []).append(row)
    counted = [
        InCountry(code, sum(own for _, own, _ in same), sum(all_ for *_, all_ in same),
                  tuple(sorted(value for value, *_ in same)))
        for code, same in found.items()
    ]  # fmt: skip
    return sorted(counted, key=lambda each: (-each.members, -each.population, each.code))


def _city(row: tuple[object, ...], codes: Mapping[str, str]) -> InCity:
    country, name, own, all_, latitude, longitude = row
    return InCity(
        str(name), codes.get(str(country), ""), int(str(own)), int(str(all_)), float(str(latitude)),
        float(str(longitude)), () if country is None else (str(country),),
    )  # fmt: skip


@kept_sql
def _countries_sql(of: Subject, country: str) -> str:
    rows = _rows(of, {"country": country}).filter(lambda row: row.country.notnull())
    return to_sql(_counted(rows, ("country",)).order_by("country"))


@kept_sql
def _cities_sql(of: Subject, country: str, city: str, latitude: str, longitude: str) -> str:
    rows = _rows(of, {"country": country, "city": city}, {"latitude": latitude, "longitude": longitude})
    located = rows.filter(lambda row: row.city.notnull() & row.latitude.notnull() & row.longitude.notnull())
    counted = _counted(located, ("country", "city"), "latitude", "longitude")
    shown = counted.filter(lambda row: (row.members > 0) & (row.everyone >= FEWEST_PERSONS))
    return to_sql(shown.order_by([lambda row: row.members.desc(), "city", "country"]).limit(MOST_CITIES))


def _rows(of: Subject, texts: Mapping[str, str], numbers: Mapping[str, str] | None = None) -> ir.Table:
    """What is known of each of the population, and whether they are members."""
    key, columns = KEY[of], {**texts, **(numbers or {})}
    types = {**dict.fromkeys(texts.values(), "string"), **dict.fromkeys((numbers or {}).values(), "float64")}
    subjects = ibis.table({key: dtypes.int32, **types}, name=of)
    sides = ibis.table({"key": dtypes.int32, "is_member": dtypes.boolean}, name=_SIDES)
    said = subjects.select(subject=subjects[key], **{name: subjects[held] for name, held in columns.items()})
    return said.join(sides, said.subject == sides.key)


def _counted(rows: ir.Table, by: tuple[str, ...], *means: str) -> ir.Table:
    middle = {name: (lambda row, name=name: row[name].mean()) for name in means}
    counts = {"members": lambda row: row.is_member.sum(), "everyone": lambda row: row.count()}
    return rows.group_by(list(by)).agg(**counts, **middle)
