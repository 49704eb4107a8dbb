"""The two sides of a profile, read from the table of persons: which traits are compared, and their counts and means."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.types as ir

from quartier.analyse.compare import Means, Shares
from quartier.analyse.profile import Compared, Unit
from quartier.analyse.purchases import PERSON
from quartier.catalog import Catalog, Meaning, Sensitivity, Trait, ValueType
from quartier.engine import dtype_of, parameter, to_sql

IS_INSIDE, SIDES = "is_inside", "profile_sides"
"""The column, and the view of person_key and side, that the queries read."""
MOST_VALUES = 50
"""Values of one trait that are compared, the most frequent."""
FEWEST_PERSONS = 5
"""A value that fewer persons have is not shown: it could name someone."""

Row = Mapping[str, Any]
_AGES = frozenset({Meaning.BIRTH_DATE, Meaning.BIRTH_YEAR, Meaning.AGE})
_SHARED_BY_MANY = frozenset({Meaning.GENDER, Meaning.COUNTRY, Meaning.REGION, Meaning.CITY, Meaning.LANGUAGE})
CATEGORIES = frozenset({ValueType.TEXT, ValueType.BOOLEAN})
QUANTITIES = frozenset({ValueType.INTEGER, ValueType.NUMBER, ValueType.DATE, ValueType.INSTANT})
_DAYS_IN_YEAR, _SECONDS_IN_DAY = 365.2425, 86_400


def compared_traits(catalog: Catalog) -> list[Trait]:
    """The traits that may be compared: ordinary ones, and of the personal ones only age and what many people share."""
    return [each for each in catalog.traits if each.of == "person" and _may_be_shown(each) and _has_sides(each)]


def shares_sql(traits: Sequence[Trait]) -> list[str]:
    """For each category, the query of its frequent values: persons of each side who have one, and who have any."""
    return [_shares_sql(each) for each in traits if each.type in CATEGORIES]


# Compiling costs more than running on all but large bases, and every profile of a report asks the same of other sides.
@lru_cache(maxsize=1024)
def _shares_sql(trait: Trait) -> str:
    return to_sql(_values(_grouped([trait]), trait))


@lru_cache(maxsize=64)
def means_sql(traits: tuple[Trait, ...], year: int) -> str | None:
    """The query of one row per side: number, mean and variance of each quantity. None without quantities."""
    quantities = [each for each in traits if each.type in QUANTITIES]
    if not quantities:
        return None
    quantified = {each.name: quantity(each, year) for each in quantities}
    measured = _grouped(quantities).select(IS_INSIDE, **quantified)
    sums: dict[str, Callable[[ir.Table], ir.Value]] = {}
    for each in quantities:
        sums |= {f"{each.name}.{name}": measure for name, measure in _moments(each.name).items()}
    return to_sql(measured.group_by(IS_INSIDE).agg(**sums))


def _grouped(traits: Sequence[Trait]) -> ir.Table:
    """Persons with these traits and the side they are on."""
    sides = ibis.table({PERSON: "int32", IS_INSIDE: "boolean"}, name=SIDES)
    persons = ibis.table({PERSON: "int32"} | {each.name: dtype_of(each.type) for each in traits}, name="person")
    return persons.inner_join(sides, PERSON)


def by_share(traits: Sequence[Trait], rows: Sequence[Row]) -> Iterator[Compared]:
    """Comparisons from the rows of `shares_sql`."""
    named = {each.name: each for each in traits}
    for row in rows:
        trait, shares = named[row["trait"]], Shares(row["inside"], row["persons"], row["outside"], row["others"])
        is_mirror = trait.type is ValueType.BOOLEAN and row["value"] == "false"
        if shares.persons and shares.others and not is_mirror:
            yield Compared(trait, shares, value=row["value"])


def by_mean(traits: Sequence[Trait], rows: Sequence[Row]) -> Iterator[Compared]:
    """Comparisons from the rows of `means_sql`."""
    sides = {row[IS_INSIDE]: row for row in rows}
    for trait in traits if len(sides) == 2 else ():
        if trait.type not in QUANTITIES:
            continue
        numbers = [sides[side][f"{trait.name}.{name}"] for side in (True, False) for name in ("n", "mean", "var")]
        if None not in numbers:
            yield Compared(trait, Means(*numbers), unit=unit_of(trait))


def _may_be_shown(trait: Trait) -> bool:
    if trait.sensitivity is Sensitivity.PERSONAL:
        return trait.meaning in _AGES | _SHARED_BY_MANY
    return trait.sensitivity is Sensitivity.ORDINARY


def _has_sides(trait: Trait) -> bool:
    return trait.type in CATEGORIES | QUANTITIES


def _values(groups: ir.Table, trait: Trait) -> ir.Table:
    """Its frequent values with the persons of each side; the base of the shares is who has any value at all."""
    counts = (
        groups.filter(lambda r: r[trait.name].notnull())
        .group_by(value=lambda r: r[trait.name].cast("string"))
        .agg(inside=lambda r: r[IS_INSIDE].sum(), outside=lambda r: (~r[IS_INSIDE]).sum())
    )
    with_bases = counts.mutate(persons=lambda r: r.inside.sum().over(), others=lambda r: r.outside.sum().over())
    frequent = with_bases.filter(lambda r: r.inside + r.outside >= FEWEST_PERSONS)
    ordered = frequent.order_by([lambda r: (r.inside + r.outside).desc(), "value"]).limit(MOST_VALUES)
    return ordered.select("value", "inside", "outside", "persons", "others", trait=lambda _: ibis.literal(trait.name))


def quantity(trait: Trait, year: int) -> Callable[[ir.Table], ir.Value]:
    """The trait as a number: age in years, days since a date, or itself; what is not finite is not known."""
    match trait.type:
        case ValueType.DATE | ValueType.INSTANT:
            unit = _DAYS_IN_YEAR if trait.meaning is Meaning.BIRTH_DATE else 1.0
            return lambda r: _days_since(r[trait.name]) / unit
        case ValueType.NUMBER:
            return lambda r: (r[trait.name].isnan() | r[trait.name].isinf()).ifelse(ibis.null("float64"), r[trait.name])
        case _ if trait.meaning is Meaning.BIRTH_YEAR:
            return lambda r: (year - r[trait.name]).cast("float64")
        case _:
            return lambda r: r[trait.name].cast("float64")


def _days_since(value: ir.Value) -> ir.Value:
    now = parameter("instant", "timestamp").epoch_seconds()
    return (now - value.cast("timestamp").epoch_seconds()) / float(_SECONDS_IN_DAY)


def _moments(name: str) -> dict[str, Callable[[ir.Table], ir.Value]]:
    return {
        "n": lambda r: r[name].count(),
        "mean": lambda r: r[name].mean(),
        "var": lambda r: r[name].var(how="sample"),
    }


def unit_of(trait: Trait) -> Unit | None:
    """Years for an age, days for the time since a date."""
    if trait.meaning in _AGES:
        return "years"
    return "days" if trait.type in (ValueType.DATE, ValueType.INSTANT) else None
