"""From a leaf to a query that gives the keys of its persons.

The SQL of a leaf depends on its shape only (tables, columns, operators); values and edges of windows are parameters.
So each shape is compiled once per process, however many segments use it and however often they are refreshed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, singledispatch
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Meaning, Trait, ValueType
from quartier.engine import EVENT_ID, KEY, OCCURRED_AT, PUBLIC_ID, Query, dtype_of, parameter, to_sql
from quartier.segment.conditions import EventLeaf, Everyone, Leaf, PersonsLeaf, TraitLeaf
from quartier.segment.measures import MEASURES
from quartier.segment.moments import Moment, days_since_edges, parameters
from quartier.segment.numbers import holds_for_nothing
from quartier.segment.operators import OPERATORS

PERSON, PERSON_KEY = "person", KEY["person"]


@dataclass(frozen=True)
class LeafQuery:
    """The keys that a query gives are the leaf's persons or, for `is_complement`, everyone but them."""

    query: Query
    is_complement: bool = False


@dataclass(frozen=True)
class Column:
    """A property's place and type."""

    path: str
    type: ValueType

    @property
    def head(self) -> str:
        """The table's column."""
        return self.path.partition(".")[0]

    @property
    def line_field(self) -> str | None:
        """The field of the line, for a property of lines."""
        return self.path.partition(".")[2] or None


@dataclass(frozen=True)
class EventShape:
    """All of an event leaf but its values."""

    tables: tuple[str, ...]
    tests: tuple[tuple[Column, str], ...]
    has_start: bool
    measure: str
    measured: Column | None
    operator_key: str
    is_complement: bool


@singledispatch
def leaf_query(leaf: Leaf, _moment: Moment, _identifying: Sequence[Trait] = ()) -> LeafQuery:
    """The query of a leaf at a moment; the third argument gives the traits in which listed persons are looked up."""
    raise TypeError(f"not a leaf: {type(leaf).__name__}")


@leaf_query.register
def _(_leaf: Everyone, _moment: Moment, _identifying: Sequence[Trait] = ()) -> LeafQuery:
    return LeafQuery(Query(_everyone_sql()))


@leaf_query.register
def _(leaf: TraitLeaf, moment: Moment, _identifying: Sequence[Trait] = ()) -> LeafQuery:
    trait, compared = leaf.trait, leaf.comparison
    values = parameters(compared, trait.type, moment)
    return LeafQuery(Query(_trait_sql(trait.name, trait.type, compared.operator_key), _named("v", values)))


@leaf_query.register
def _(leaf: PersonsLeaf, _moment: Moment, identifying: Sequence[Trait] = ()) -> LeafQuery:
    columns = tuple((trait.name, trait.type) for trait in identifying)
    return LeafQuery(Query(_persons_sql(columns), {"v0": list(leaf.identifiers)}))


@leaf_query.register
def _(leaf: EventLeaf, moment: Moment, _identifying: Sequence[Trait] = ()) -> LeafQuery:
    shape = shape_of(leaf)
    return LeafQuery(Query(_event_sql(shape), event_parameters(leaf, moment)), shape.is_complement)


def identifying_traits(traits: Sequence[Trait]) -> list[Trait]:
    """The traits by which a user may name a person."""
    meanings = (Meaning.USER_ID, Meaning.EMAIL)
    return [each for each in traits if each.of == "person" and each.meaning in meanings]


def shape_of(leaf: EventLeaf) -> EventShape:
    """All of an event leaf but its values."""
    measure = leaf.measure
    return EventShape(
        tables=tuple(event.table for event in leaf.events),
        tests=tuple((Column(t.path, t.declared.type), t.comparison.operator_key) for t in leaf.where),
        has_start=leaf.window.has_start,
        measure=measure.kind,
        measured=Column(measure.path, measure.declared.type) if measure.path and measure.declared else None,
        operator_key=leaf.comparison.operator_key,
        # Persons without an event have no row to select: where having none satisfies the comparison, the query selects
        # those who fail and the leaf is everyone else.
        is_complement=holds_for_nothing(leaf),
    )


def event_parameters(leaf: EventLeaf, moment: Moment) -> dict[str, Any]:
    """The values of an event leaf's query at a moment."""
    start, end = leaf.window.edges(moment.now, moment.zone)
    given: dict[str, Any] = {"until": moment.naive(end)}
    if start is not None:
        given["after"] = moment.naive(start)
    return given | tests_parameters(leaf, moment) | _named("v", measure_values(leaf, moment))


def tests_parameters(leaf: EventLeaf, moment: Moment) -> dict[str, Any]:
    """The values with which an event leaf compares properties at a moment."""
    given: dict[str, Any] = {}
    for index, test in enumerate(leaf.where):
        given |= _named(f"w{index}_", parameters(test.comparison, test.declared.type, moment))
    return given


def measure_values(leaf: EventLeaf, moment: Moment) -> list[Any]:
    """The values with which an event leaf compares its measure at a moment."""
    measure = leaf.measure
    if measure.kind.startswith("days_since"):
        return list(days_since_edges(leaf.comparison, moment))
    type_ = measure.declared.type if measure.kind in ("first", "last") and measure.declared else ValueType.NUMBER
    return parameters(leaf.comparison, type_, moment)


def forget_compiled() -> None:
    """Compile every shape anew, as a new process does; for benchmarks."""
    for kept in (_everyone_sql, _trait_sql, _persons_sql, _event_sql):
        kept.cache_clear()


def _named(prefix: str, values: Sequence[Any]) -> dict[str, Any]:
    return {f"{prefix}{index}": value for index, value in enumerate(values)}


@lru_cache(maxsize=1)
def _everyone_sql() -> str:
    persons = ibis.table({PERSON_KEY: dtypes.int32, PUBLIC_ID[PERSON]: dtypes.string}, name=PERSON)
    return to_sql(persons[[PERSON_KEY]])


@lru_cache(maxsize=4096)
def _trait_sql(name: str, type_: ValueType, operator_key: str) -> str:
    persons = ibis.table({PERSON_KEY: dtypes.int32, name: dtype_of(type_)}, name=PERSON)
    return to_sql(persons.filter(holds(persons[name], operator_key, type_, "v"))[[PERSON_KEY]])


@lru_cache(maxsize=64)
def _persons_sql(columns: tuple[tuple[str, ValueType], ...]) -> str:
    types = {PUBLIC_ID[PERSON]: dtypes.string, **{name: dtype_of(type_) for name, type_ in columns}}
    persons = ibis.table({PERSON_KEY: dtypes.int32, **types}, name=PERSON)
    listed = parameter("v0", dtypes.Array(dtypes.string))
    return to_sql(
        persons.filter(ibis.or_(*(listed.contains(persons[name].cast("string")) for name in types)))[[PERSON_KEY]]
    )


@lru_cache(maxsize=4096)
def _event_sql(shape: EventShape) -> str:
    measured = measured_persons(shape)
    kept = measure_holds(measured.value, shape)
    return to_sql(measured.filter(~kept if shape.is_complement else kept)[[PERSON_KEY]])


def measured_persons(shape: EventShape) -> ir.Table:
    """One row per person with events that count: `person_key` and the measure's `value`."""
    rows = events_that_count(shape)
    return rows.group_by(PERSON_KEY).agg(value=MEASURES[shape.measure](rows, None))


def measure_holds(value: ir.Value, shape: EventShape) -> ir.BooleanValue:
    """The comparison of a measure's value."""
    if shape.measure.startswith("days_since"):
        return (value > parameter("v0", dtypes.timestamp)) & (value <= parameter("v1", dtypes.timestamp))
    own_type = shape.measured.type if shape.measure in ("first", "last") and shape.measured else ValueType.NUMBER
    return holds(value, shape.operator_key, own_type, "v")


def events_that_count(shape: EventShape) -> ir.Table:
    """One row per event (or line, when a line is measured) in the window that passes the tests, with its `measured`."""
    rows = [_rows_of(table, shape) for table in shape.tables]
    return rows[0] if len(rows) == 1 else ibis.union(*rows)


def holds(column: ir.Value, operator_key: str, type_: ValueType, prefix: str) -> ir.BooleanValue:
    """An operator over a column and its parameters; false where the column is missing."""
    operator = OPERATORS[operator_key]
    dtype = dtype_of(type_)
    types: Sequence[dtypes.DataType]
    match operator.takes:
        case "values":
            types = [dtype if type_ is ValueType.TEXTS else dtypes.Array(dtype)]
        case "pair" | "range":
            types = [dtype, dtype]
        case "duration":
            types = [dtype] if operator_key == "older_than" else [dtype, dtype]
        case "flag":
            types = [dtypes.boolean]
        case _:
            types = [dtype]
    compiled = operator.compiled(column, [parameter(f"{prefix}{i}", each) for i, each in enumerate(types)])
    return compiled if operator_key == "known" else column.notnull() & compiled


def _rows_of(table: str, shape: EventShape) -> ir.Table:
    events = ibis.table(_schema(shape), name=table)
    kept = events.filter(
        *_window(events, shape),
        *(holds(events[column.path], key, column.type, f"w{i}_") for i, (column, key) in _own_tests(shape)),
        *(_some_line_passes(events, head, shape) for head in _heads_of_lines(shape)),
    )
    measured = shape.measured
    if measured is None:
        return kept.select(PERSON_KEY, OCCURRED_AT)
    if measured.line_field is None:
        return kept.select(PERSON_KEY, OCCURRED_AT, EVENT_ID, measured=kept[measured.path])
    lines = kept.select(PERSON_KEY, OCCURRED_AT, line=kept[measured.head].unnest())
    passing = lines.filter(lines.line.notnull(), *_line_tests(lines.line, measured.head, shape))
    return passing.select(PERSON_KEY, OCCURRED_AT, measured=passing.line[measured.line_field])


def _window(events: ir.Table, shape: EventShape) -> list[ir.BooleanValue]:
    until = events[OCCURRED_AT] <= parameter("until", dtypes.timestamp)
    return [events[OCCURRED_AT] > parameter("after", dtypes.timestamp), until] if shape.has_start else [until]


def _own_tests(shape: EventShape) -> list[tuple[int, tuple[Column, str]]]:
    return [(i, test) for i, test in enumerate(shape.tests) if test[0].line_field is None]


def _heads_of_lines(shape: EventShape) -> list[str]:
    return list(dict.fromkeys(column.head for column, _ in shape.tests if column.line_field))


def _some_line_passes(events: ir.Table, head: str, shape: EventShape) -> ir.BooleanValue:
    return events[head].filter(lambda line: ibis.and_(line.notnull(), *_line_tests(line, head, shape))).length() > 0


def _line_tests(line: ir.StructValue, head: str, shape: EventShape) -> list[ir.BooleanValue]:
    return [
        holds(line[column.line_field], key, column.type, f"w{i}_")
        for i, (column, key) in enumerate(shape.tests)
        if column.line_field and column.head == head
    ]


def _schema(shape: EventShape) -> dict[str, dtypes.DataType]:
    """Only the columns that the leaf reads."""
    columns = [column for column, _ in shape.tests] + ([shape.measured] if shape.measured else [])
    lines: dict[str, dict[str, dtypes.DataType]] = {}
    schema: dict[str, dtypes.DataType] = {
        PERSON_KEY: dtypes.int32, OCCURRED_AT: dtypes.timestamp, EVENT_ID: dtypes.string,
    }  # fmt: skip
    for column in columns:
        if column.line_field:
            lines.setdefault(column.head, {})[column.line_field] = dtype_of(column.type)
        else:
            schema[column.path] = dtype_of(column.type)
    return schema | {head: dtypes.Array(dtypes.Struct(fields)) for head, fields in lines.items()}
