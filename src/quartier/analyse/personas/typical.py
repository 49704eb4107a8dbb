"""What is usual among some persons, as expressions over the tables of the engine."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import ibis
import ibis.expr.datatypes as dtypes

from quartier.analyse.personas.sheet import MOST_OF_FAMILY, Frequent, Typical
from quartier.analyse.profile import Profile, Unit
from quartier.analyse.purchases import PERSON
from quartier.analyse.sides import CATEGORIES, FEWEST_PERSONS, QUANTITIES, quantity, unit_of
from quartier.catalog import EventType, Trait
from quartier.engine import OCCURRED_AT, dtype_of, event_table, kept_sql, parameter, to_sql
from quartier.engine.keyed import of_wanted

SMALLEST_SHARE: Final = 0.1
"""A value that fewer than one in ten have is not usual."""
STANDING: Final = (
    "stage", "rfm_class", "profit_class", "clusters_group", "score", "lifetime_value", "lifetime_value_alive",
)  # fmt: skip
"""What models write of where somebody stands, under the names that they have by themselves."""
_QUARTERS: Final = {"low": 0.25, "median": 0.5, "high": 0.75}


def told(traits: Sequence[Trait], profile: Profile) -> list[Trait]:
    """Of each family the few traits that differ most from the rest, in the order of the families.

    What models write stands apart; a date that is no birth date says little of a type of person.
    """
    strength: dict[str, float] = {}
    for found in profile.distinct():
        strength[found.trait] = max(strength.get(found.trait, 0.0), found.strength)
    chosen: dict[str, list[Trait]] = {}
    for each in sorted(traits, key=lambda trait: -strength.get(trait.name, 0.0)):
        own = chosen.setdefault(each.family, [])
        if each.origin == "given" and len(own) < MOST_OF_FAMILY and _is_lasting(each):
            own.append(each)
    order = list(dict.fromkeys(each.family for each in traits))
    return [each for family in order for each in chosen[family]]


def standing(traits: Sequence[Trait]) -> list[Trait]:
    """What models wrote of where somebody stands."""
    named = {each.name: each for each in traits if each.origin != "given"}
    return [named[name] for name in STANDING if name in named]


def categories(traits: Sequence[Trait]) -> list[Trait]:
    """Those with values that recur."""
    return [each for each in traits if each.type in CATEGORIES]


def quantities(traits: Sequence[Trait]) -> tuple[Trait, ...]:
    """Those that can be ordered."""
    return tuple(each for each in traits if each.type in QUANTITIES)


@kept_sql
def values_sql(trait: Trait, most: int) -> str:
    """The most frequent values among the wanted: value, persons, and `known`, of how many any is."""
    persons = of_wanted(ibis.table({PERSON: dtypes.int32, trait.name: dtype_of(trait.type)}, name="person"), PERSON)
    counts = (
        persons.filter(lambda r: r[trait.name].notnull())
        .group_by(value=lambda r: r[trait.name].cast("string"))
        .agg(persons=lambda r: r.count())
        .mutate(known=lambda r: r.persons.sum().over())
    )
    return to_sql(counts.order_by([lambda r: r.persons.desc(), "value"]).limit(most))


@kept_sql
def quarters_sql(traits: tuple[Trait, ...], year: int) -> str:
    """One row: of each quantity how many of the wanted have it, and its quarters."""
    held = {PERSON: dtypes.int32} | {each.name: dtype_of(each.type) for each in traits}
    persons = of_wanted(ibis.table(held, name="person"), PERSON)
    measured = persons.select(**{each.name: quantity(each, year) for each in traits})
    sums: dict[str, Any] = {}
    for each in traits:
        sums[f"{each.name}.known"] = measured[each.name].count()
        sums |= {f"{each.name}.{key}": measured[each.name].quantile(at) for key, at in _QUARTERS.items()}
    return to_sql(measured.agg(**sums))


@kept_sql
def doers_sql(event: EventType) -> str:
    """One row: how many of the wanted did it after `since`, up to `instant`."""
    table = event_table(event)
    since, until = parameter("since", "timestamp"), parameter("instant", "timestamp")
    within = table.filter((table[OCCURRED_AT] > since) & (table[OCCURRED_AT] <= until))
    return to_sql(of_wanted(within.select(PERSON).distinct(), PERSON).agg(persons=lambda r: r.count()))


def of_values(trait: Trait, rows: Sequence[Mapping[str, Any]]) -> Typical | None:
    """From the rows of `values_sql`; None where nothing is usual, or only what would name someone."""
    known = int(rows[0]["known"]) if rows else 0
    values = tuple(
        Frequent(str(row["value"]), row["persons"], row["persons"] / known)
        for row in rows if row["persons"] >= FEWEST_PERSONS and row["persons"] >= SMALLEST_SHARE * known
    )  # fmt: skip
    return Typical(trait.name, trait.label, trait.family, known, values) if values else None


def of_quarters(trait: Trait, row: Mapping[str, Any]) -> Typical | None:
    """From the row of `quarters_sql`; None under five persons, of whom a quarter would name someone."""
    known = int(row[f"{trait.name}.known"] or 0)
    if known < FEWEST_PERSONS:
        return None
    low, median, high = (float(row[f"{trait.name}.{key}"]) for key in _QUARTERS)
    unit: Unit | None = unit_of(trait)
    return Typical(
        trait.name, trait.label, trait.family, known, low=low, median=median, high=high, unit=unit
    )  # fmt: skip


def _is_lasting(trait: Trait) -> bool:
    return unit_of(trait) != "days"
