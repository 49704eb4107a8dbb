"""From a leaf to a query that gives the keys of its persons.

The SQL of a leaf depends on its shape only (tables, columns, operators); values and edges of windows are parameters.
So each shape is compiled once, however many segments use it and however often they are refreshed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch

import ibis
import ibis.expr.datatypes as dtypes

from quartier.catalog import Catalog, Meaning, Subject, Trait, ValueType
from quartier.engine import KEY, PUBLIC_ID, Dialect, Query, dtype_of, kept_sql, parameter, to_sql
from quartier.segment.comparing import holds, numbered
from quartier.segment.conditions import AccountsLeaf, EventLeaf, Everyone, Leaf, PersonsLeaf, TraitLeaf
from quartier.segment.event_rows import EventShape, event_parameters, measure_holds, measured_persons, shape_of
from quartier.segment.moments import Moment, parameters

PERSON_KEY = KEY["person"]


@dataclass(frozen=True)
class Asking:
    """Whom a query is written for: the engine's dialect, where those listed are looked up, the subject."""

    dialect: Dialect = "duckdb"
    identifying: tuple[tuple[str, ValueType], ...] = ()
    subject: Subject = "person"

    @classmethod
    def of(cls, catalog: Catalog, dialect: Dialect = "duckdb", subject: Subject = "person") -> "Asking":
        """Asking over a catalog's traits."""
        found = identifying_traits(catalog.traits, subject)
        return cls(dialect, tuple((trait.name, trait.type) for trait in found), subject)


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
    return LeafQuery(Query(_everyone_sql(asking.subject, asking.dialect)))


@leaf_query.register
def _(leaf: TraitLeaf, moment: Moment, asking: Asking) -> LeafQuery:
    trait, compared = leaf.trait, leaf.comparison
    sql = _trait_sql(trait.of, trait.name, trait.type, compared.operator_key, asking.dialect)
    return LeafQuery(Query(sql, numbered("v", parameters(compared, trait.type, moment))))


@leaf_query.register
def _(leaf: PersonsLeaf | AccountsLeaf, _moment: Moment, asking: Asking) -> LeafQuery:
    sql = _listed_sql(asking.subject, asking.identifying, asking.dialect)
    return LeafQuery(Query(sql, {"v0": list(leaf.identifiers)}))


@leaf_query.register
def _(leaf: EventLeaf, moment: Moment, asking: Asking) -> LeafQuery:
    shape = shape_of(leaf)
    return LeafQuery(Query(_event_sql(shape, asking.dialect), event_parameters(leaf, moment)), shape.is_complement)


def identifying_traits(traits: Sequence[Trait], of: Subject = "person") -> list[Trait]:
    """The traits by which a user may name a person, or an account."""
    meanings = (Meaning.USER_ID, Meaning.EMAIL) if of == "person" else (Meaning.ACCOUNT_ID,)
    return [each for each in traits if each.of == of and each.meaning in meanings]


@kept_sql
def _everyone_sql(of: Subject, dialect: Dialect) -> str:
    subjects = ibis.table({KEY[of]: dtypes.int32, PUBLIC_ID[of]: dtypes.string}, name=of)
    return to_sql(subjects[[KEY[of]]], dialect)


@kept_sql
def _trait_sql(of: Subject, name: str, type_: ValueType, operator_key: str, dialect: Dialect) -> str:
    subjects = ibis.table({KEY[of]: dtypes.int32, name: dtype_of(type_)}, name=of)
    return to_sql(subjects.filter(holds(subjects[name], operator_key, type_, "v"))[[KEY[of]]], dialect)


@kept_sql
def _listed_sql(of: Subject, columns: tuple[tuple[str, ValueType], ...], dialect: Dialect) -> str:
    types = {PUBLIC_ID[of]: dtypes.string, **{name: dtype_of(type_) for name, type_ in columns}}
    subjects = ibis.table({KEY[of]: dtypes.int32, **types}, name=of)
    listed = parameter("v0", dtypes.Array(dtypes.string))
    named = ibis.or_(*(listed.contains(subjects[name].cast("string")) for name in types))
    return to_sql(subjects.filter(named)[[KEY[of]]], dialect)


@kept_sql
def _event_sql(shape: EventShape, dialect: Dialect) -> str:
    measured = measured_persons(shape)
    kept = measure_holds(measured.value, shape)
    return to_sql(measured.filter(~kept if shape.is_complement else kept)[[PERSON_KEY]], dialect)
