"""The rows of events that count for a leaf, and what is measured of them person by person.

A leaf's shape is all of it but its values, which become parameters; expressions depend on the shape only.
"""

from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import ValueType
from quartier.engine import EVENT_ID, KEY, OCCURRED_AT, dtype_of, local_time, parameter
from quartier.segment.comparing import holds, numbered
from quartier.segment.conditions import EventLeaf, Measure
from quartier.segment.measures import CALENDAR, ORDERED, measured_per_person
from quartier.segment.moments import Moment, days_since_edges, parameters, window_parameters
from quartier.segment.numbers import holds_for_nothing
from quartier.segment.wall_clock import CLOCK_PARTS

PERSON_KEY = KEY["person"]


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
    when: tuple[str, ...]
    has_start: bool
    measure: str
    measured: Column | None
    operator_key: str
    is_complement: bool
    prefix: str = ""
    """Before the names of the tests' parameters, where several leaves share a query."""

    @property
    def is_a_value(self) -> bool:
        """Whether what is measured is one of the property's own values."""
        return Measure(self.measure).is_a_value


def shape_of(leaf: EventLeaf) -> EventShape:
    """All of an event leaf but its values."""
    measure = leaf.measure
    return EventShape(
        tables=tuple(event.table for event in leaf.events),
        tests=tuple((Column(t.path, t.declared.type), t.comparison.operator_key) for t in leaf.where),
        when=tuple(test.part for test in leaf.when),
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
    given = window_parameters(leaf.window, moment)
    if leaf.measure.kind in CALENDAR:
        given["calendar"] = moment.zone.key
    return given | tests_parameters(leaf, moment, "") | numbered("v", measure_values(leaf, moment))


def tests_parameters(leaf: EventLeaf, moment: Moment, prefix: str) -> dict[str, Any]:
    """The values with which an event leaf compares properties and the time of events at a moment."""
    given: dict[str, Any] = {"zone": moment.zone.key} if leaf.when else {}
    given |= {f"when_{test.part}": list(test.values) for test in leaf.when}
    for index, test in enumerate(leaf.where):
        given |= numbered(f"{prefix}w{index}_", parameters(test.comparison, test.declared.type, moment))
    return given


def measure_values(leaf: EventLeaf, moment: Moment) -> list[Any]:
    """The values with which an event leaf compares its measure at a moment."""
    measure = leaf.measure
    if measure.kind.startswith("days_since"):
        return list(days_since_edges(leaf.comparison, moment))
    type_ = measure.declared.type if measure.is_a_value and measure.declared else ValueType.NUMBER
    return parameters(leaf.comparison, type_, moment)


def measured_persons(shape: EventShape) -> ir.Table:
    """One row per person with events that count: `person_key` and the measure's `value`."""
    return measured_per_person(events_that_count(shape), shape.measure)


def measure_holds(value: ir.Value, shape: EventShape) -> ir.BooleanValue:
    """The comparison of a measure's value."""
    if shape.measure.startswith("days_since"):
        return (value > parameter("v0", dtypes.timestamp)) & (value <= parameter("v1", dtypes.timestamp))
    own_type = shape.measured.type if shape.is_a_value and shape.measured else ValueType.NUMBER
    return holds(value, shape.operator_key, own_type, "v")


def events_that_count(shape: EventShape) -> ir.Table:
    """One row per event (or line, when a line is measured) in the window that passes the tests, with its `measured`."""
    rows = [_rows_of(table, shape) for table in shape.tables]
    return rows[0] if len(rows) == 1 else ibis.union(*rows)


def _rows_of(table: str, shape: EventShape) -> ir.Table:
    events = ibis.table(columns_of(shape), name=table)
    kept = events.filter(
        *in_time(events, shape),
        *row_tests(events, shape),
    )
    measured = shape.measured
    if measured is None:
        return kept.select(PERSON_KEY, OCCURRED_AT)
    if measured.line_field is None:
        order = [EVENT_ID] if shape.measure in ORDERED else []
        return kept.select(PERSON_KEY, OCCURRED_AT, *order, measured=kept[measured.path])
    lines = kept.select(PERSON_KEY, OCCURRED_AT, line=kept[measured.head].unnest())
    passing = lines.filter(lines.line.notnull(), *_line_tests(lines.line, measured.head, shape))
    return passing.select(PERSON_KEY, OCCURRED_AT, measured=passing.line[measured.line_field])


def row_tests(events: ir.Table, shape: EventShape) -> list[ir.BooleanValue]:
    """What an event must pass to count, its time aside."""
    own = [
        holds(events[column.path], key, column.type, f"{shape.prefix}w{i}_") for i, (column, key) in _own_tests(shape)
    ]
    return own + [_some_line_passes(events, head, shape) for head in _heads_of_lines(shape)]


def in_time(events: ir.Table, shape: EventShape) -> list[ir.BooleanValue]:
    """Whether an event lies in the window, and at a time of the wall clock that passes."""
    instant = events[OCCURRED_AT]
    return [*in_window(instant, shape.has_start), *(_is_on(instant, part) for part in shape.when)]


def in_window(instant: ir.TimestampValue, has_start: bool) -> list[ir.BooleanValue]:
    """Whether an instant lies between the edges that `window_parameters` gives."""
    after = [instant > parameter("after", dtypes.timestamp)] if has_start else []
    return [*after, instant <= parameter("until", dtypes.timestamp)]


def _is_on(instant: ir.TimestampValue, part: str) -> ir.BooleanValue:
    local = local_time(instant, parameter("zone", dtypes.string))
    passing = parameter(f"when_{part}", dtypes.Array(dtypes.int64))
    return passing.contains(CLOCK_PARTS[part].compiled(local).cast("int64"))


def _own_tests(shape: EventShape) -> list[tuple[int, tuple[Column, str]]]:
    return [(i, test) for i, test in enumerate(shape.tests) if test[0].line_field is None]


def _heads_of_lines(shape: EventShape) -> list[str]:
    return list(dict.fromkeys(column.head for column, _ in shape.tests if column.line_field))


def _some_line_passes(events: ir.Table, head: str, shape: EventShape) -> ir.BooleanValue:
    return events[head].filter(lambda line: ibis.and_(line.notnull(), *_line_tests(line, head, shape))).length() > 0


def _line_tests(line: ir.StructValue, head: str, shape: EventShape) -> list[ir.BooleanValue]:
    return [
        holds(line[column.line_field], key, column.type, f"{shape.prefix}w{i}_")
        for i, (column, key) in enumerate(shape.tests)
        if column.line_field and column.head == head
    ]


def columns_of(*shapes: EventShape) -> dict[str, dtypes.DataType]:
    """Only the columns that some leaves read, and the id: so that what is chosen is named, being never all of them."""
    columns = [column for shape in shapes for column, _ in shape.tests]
    columns += [shape.measured for shape in shapes if shape.measured]
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
