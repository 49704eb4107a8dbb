"""The traits that a derived place can write, for the catalog."""

from quartier.catalog import Catalog, Family, Label, Meaning, Subject, Trait, ValueType

_T = ValueType
_TRAITS = (
    ("place_country", "country", _T.TEXT, Label(en="Country or territory", fr="Pays ou territoire"), Meaning.COUNTRY),
    ("place_continent", "continent", _T.TEXT, Label(en="Continent", fr="Continent"), None),
    ("place_in_eu", "in_eu", _T.BOOLEAN, Label(en="In the European Union", fr="Dans l'Union européenne"), None),
    ("place_in_eea", "in_eea", _T.BOOLEAN, Label(en="In the European Economic Area",
                                                 fr="Dans l'Espace économique européen"), None),
    ("place_region", "region", _T.TEXT, Label(en="Region of France", fr="Région française"), Meaning.REGION),
    ("place_department", "department", _T.TEXT, Label(en="Department of France", fr="Département français"), None),
    ("place_city", "city", _T.TEXT, Label(en="City, by GeoNames", fr="Ville, selon GeoNames"), Meaning.CITY),
    ("place_latitude", "latitude", _T.NUMBER, Label(en="Latitude of the city", fr="Latitude de la ville"),
     Meaning.LATITUDE),
    ("place_longitude", "longitude", _T.NUMBER, Label(en="Longitude of the city", fr="Longitude de la ville"),
     Meaning.LONGITUDE),
    ("place_settlement", "settlement", _T.TEXT, Label(en="Urban, suburban or rural",
                                                      fr="Urbain, périurbain ou rural"), None),
)  # fmt: skip

COLUMN_OF: dict[str, str] = {name: column for name, column, *_ in _TRAITS}
"""The column of `derived_places` that each trait takes its values from."""


def place_traits(catalog: Catalog, of: Subject = "person") -> tuple[Trait, ...]:
    """The traits to write, each with its meaning unless a trait that was given has it already."""
    return tuple(
        Trait(name=name, type=type_, family=Family.GEOGRAPHIC, label=label, of=of, origin="computed",
              meaning=meaning if meaning and _is_free(catalog, meaning, name, of) else None)
        for name, _, type_, label, meaning in _TRAITS
    )  # fmt: skip


def _is_free(catalog: Catalog, meaning: Meaning, name: str, of: Subject) -> bool:
    return all(each.name == name for each in catalog.traits if each.meaning is meaning and each.of == of)
