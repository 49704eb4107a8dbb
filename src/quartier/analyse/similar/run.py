"""Similar persons at work: two queries over the table of persons, in the memory that the engine is allowed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.analyse.similar.comparing import (
    ALIKE,
    AS_NUMBERS,
    Named,
    comparable,
    last_key_sql,
    nearest_sql,
    number_of,
    shares_sql,
    spreads_sql,
    weights,
)
from quartier.catalog import Trait, ValueType
from quartier.engine import KEY, DuckDBEngine, Query, dtype_of
from quartier.engine.compiler import Scalar
from quartier.identify.profile import Shared, Similar
from quartier.identify.profile.naming import called
from quartier.identify.profile.queries import row_sql
from quartier.identify.profile.run import Reading

MEASURED = 100_000
"""Over so many persons, evenly taken by their keys, spreads are measured."""

SHOWN = 6
"""How many traits are named for each of the similar persons."""

ENOUGH = 0.5
"""From so much on, a trait is named among those that two persons have in common."""


@dataclass(frozen=True)
class Weighed:
    """A trait that says something of the person in question: its place in the queries, its weight, who shares it."""

    place: int
    trait: Trait
    value: Any
    weight: float
    spread: float | None
    persons: int
    """how many have the same value"""


def similar(reading: Reading, key: int, n: int) -> tuple[Similar, ...]:
    """The persons most similar to one, the most similar first; none where too little is known of that one."""
    traits = comparable(reading.traits)
    if not traits or n < 1:
        return ()
    named: Named = tuple((each.name, each.type) for each in traits)
    own = _row(reading.engine, traits, key)
    weighed = _weighed(traits, own, _told(reading.engine, named, own))
    if not weighed:
        return ()
    rows = reading.engine.fetch(Query(nearest_sql(named, n), _given(key, traits, weighed))).to_pylist()
    names = called(reading.engine, reading.catalog, [row[KEY["person"]] for row in rows])
    return tuple(_similar(row, weighed, names) for row in rows)


def _row(engine: DuckDBEngine, traits: Sequence[Trait], key: int) -> Mapping[str, Any]:
    columns = tuple((each.name, dtype_of(each.type)) for each in traits)
    rows: list[dict[str, Any]] = engine.fetch(Query(row_sql("person", columns), {"key": key})).to_pylist()
    return rows[0] if rows else {}


def _told(engine: DuckDBEngine, named: Named, own: Mapping[str, Any]) -> Mapping[str, Any]:
    """How many share each value, and the spreads of numbers."""
    ((last,),) = engine.rows(Query(last_key_sql()))
    step = max(1, int(str(last)) // MEASURED)
    given = {f"value_{place}": own.get(name) for place, (name, _) in enumerate(named)}
    (shares,) = engine.fetch(Query(shares_sql(named), given)).to_pylist()  # type: ignore[arg-type]  # what is not known is empty
    (spreads,) = engine.fetch(Query(spreads_sql(named), {"step": step})).to_pylist()
    return {**shares, **spreads}


def _weighed(traits: Sequence[Trait], own: Mapping[str, Any], told: Mapping[str, Any]) -> tuple[Weighed, ...]:
    """The traits that are known of the person, and that others may share."""
    kept = [
        place
        for place, each in enumerate(traits)
        if own.get(each.name) not in (None, []) and _says_something(each, told, place)
    ]
    weight = weights([traits[place].family for place in kept])
    return tuple(
        Weighed(place, traits[place], own[traits[place].name], one, _spread(told, place), told[f"same_{place}"])
        for place, one in zip(kept, weight, strict=True)
    )


def _says_something(trait: Trait, told: Mapping[str, Any], place: int) -> bool:
    """A value that nobody else has, such as a number of one's own, brings nobody nearer."""
    spread = _spread(told, place)
    return bool(spread) if spread is not None else trait.type is ValueType.TEXTS or told[f"same_{place}"] > 1


def _spread(told: Mapping[str, Any], place: int) -> float | None:
    low, high = told.get(f"low_{place}"), told.get(f"high_{place}")
    return None if low is None or high is None else float(high - low)


def _given(key: int, traits: Sequence[Trait], weighed: Sequence[Weighed]) -> dict[str, Scalar]:
    """The parameters of the query; of a trait that is not weighed anything will do."""
    given: dict[str, Any] = {"key": key}
    for place, trait in enumerate(traits):
        given[f"weight_{place}"] = 0.0
        given |= (
            {f"number_{place}": 0.0, f"spread_{place}": 1.0} if trait.type in AS_NUMBERS else {f"value_{place}": None}
        )
    for each in weighed:
        given[f"weight_{each.place}"] = each.weight
        if each.spread is None:
            given[f"value_{each.place}"] = each.value
        else:
            given |= {f"number_{each.place}": number_of(each.value), f"spread_{each.place}": each.spread}
    return given


def _similar(row: Mapping[str, Any], weighed: Sequence[Weighed], names: Mapping[int, tuple[str, str]]) -> Similar:
    """What is the same is told first, and of that what few have."""
    person, name = names[row[KEY["person"]]]
    alike = [(row[f"{ALIKE}{each.place}"], each) for each in weighed if row[f"{ALIKE}{each.place}"] >= ENOUGH]
    alike.sort(key=lambda one: (one[0] < 1, one[1].persons if one[0] == 1 else -one[0]))
    shared = [
        Shared(each.trait.name, each.trait.label, each.value, row[each.trait.name], how) for how, each in alike[:SHOWN]
    ]
    return Similar(person, name, row[ALIKE], tuple(shared))
