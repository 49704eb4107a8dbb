"""From a leaf to a query that gives the keys of its persons.

The SQL of a leaf depends on its shape only (tables, columns, operators); values and edges of windows are parameters.
So each shape is compiled once, however many segments use it and however often they are refreshed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch

import ibis
import ibis.expr.datatypes as dtypes

from quartier.catalog import Catalog, Meaning, Trait, ValueType
from quartier.engine import KEY, PUBLIC_ID, Dialect, Query, dtype_of, kept_sql, parameter, to_sql
from quartier.segment.comparing import holds, numbered
from quartier.segment.conditions import EventLeaf, Everyone, Leaf, PersonsLeaf, TraitLeaf
from quartier.segment.event_rows import EventShape, event_parameters, measure_holds, measured_persons, shape_of
from quartier.segment.moments import Moment, parameters

PERSON, PERSON_KEY = "person", KEY["person"]


@dataclass(frozen=True)
class Asking:
    """Whom a query is written for: the engine's dialect, and the traits in which listed persons are looked up."""

    dialect: Dialect = "duckdb"
    identifying: tuple[tuple[str, ValueType], ...] = ()

    @classmethod
    def of(cls, catalog: Catalog, dialect: Dialect = "duckdb") -> "Asking":
        """Asking over a catalog's traits."""
        return cls(dialect, tuple((trait.name, trait.type) for trait in identifying_traits(catalog.traits)))


@dataclass(frozen=True)
class LeafQuery:
    """The keys that a query gives are the leaf's persons or, for `is_complement`, everyone but them."""

    query: Query
    is_complement: bool = False


@singledispatch
def leaf_query(leaf: Leaf, _moment: Moment, _asking: Asking) -> LeafQuery:
    """The query of a leaf at a moment."""
    raise TypeError(f"not a leaf: {type(leaf).__name__}")


@leaf_query.register
def _(_leaf: Everyone, _moment: Moment, asking: Asking) -> LeafQuery:
    return LeafQuery(Query(_everyone_sql(asking.dialect)))


@leaf_query.register
def _(leaf: TraitLeaf, moment: Moment, asking: Asking) -> LeafQuery:
    trait, compared = leaf.trait, leaf.comparison
    sql = _trait_sql(trait.name, trait.type, compared.operator_key, asking.dialect)
    return LeafQuery(Query(sql, numbered("v", parameters(compared, trait.type, moment))))


@leaf_query.register
def _(leaf: PersonsLeaf, _moment: Moment, asking: Asking) -> LeafQuery:
    return LeafQuery(Query(_persons_sql(asking.identifying, asking.dialect), {"v0": list(leaf.identifiers)}))


@leaf_query.register
def _(leaf: EventLeaf, moment: Moment, asking: Asking) -> LeafQuery:
    shape = shape_of(leaf)
    return LeafQuery(Query(_event_sql(shape, asking.dialect), event_parameters(leaf, moment)), shape.is_complement)


def identifying_traits(traits: Sequence[Trait]) -> list[Trait]:
    """The traits by which a user may name a person."""
    meanings = (Meaning.USER_ID, Meaning.EMAIL)
    return [each for each in traits if each.of == "person" and each.meaning in meanings]


@kept_sql
def _everyone_sql(dialect: Dialect) -> str:
    persons = ibis.table({PERSON_KEY: dtypes.int32, PUBLIC_ID[PERSON]: dtypes.string}, name=PERSON)
    return to_sql(persons[[PERSON_KEY]], dialect)


@kept_sql
def _trait_sql(name: str, type_: ValueType, operator_key: str, dialect: Dialect) -> str:
    persons = ibis.table({PERSON_KEY: dtypes.int32, name: dtype_of(type_)}, name=PERSON)
    return to_sql(persons.filter(holds(persons[name], operator_key, type_, "v"))[[PERSON_KEY]], dialect)


@kept_sql
def _persons_sql(columns: tuple[tuple[str, ValueType], ...], dialect: Dialect) -> str:
    types = {PUBLIC_ID[PERSON]: dtypes.string, **{name: dtype_of(type_) for name, type_ in columns}}
    persons = ibis.table({PERSON_KEY: dtypes.int32, **types}, name=PERSON)
    listed = parameter("v0", dtypes.Array(dtypes.string))
    return to_sql(
        persons.filter(ibis.or_(*(listed.contains(persons[name].cast("string")) for name in types)))[[PERSON_KEY]],
        dialect,
    )


@kept_sql
def _event_sql(shape: EventShape, dialect: Dialect) -> str:
    measured = measured_persons(shape)
    kept = measure_holds(measured.value, shape)
    return to_sql(measured.filter(~kept if shape.is_complement else kept)[[PERSON_KEY]], dialect)
