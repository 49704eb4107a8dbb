"""Tests of an event's properties as expressions over its row: own properties, and those that one line satisfies."""

from collections.abc import Sequence

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.engine import dtype_of
from quartier.segment.comparing import holds
from quartier.segment.event_rows import Column

Tests = Sequence[tuple[Column, str]]
"""Columns with the keys of operators."""


def columns_of(columns: Sequence[Column]) -> dict[str, dtypes.DataType]:
    """The columns of a table of events that some properties are read from, with their types."""
    lines: dict[str, dict[str, dtypes.DataType]] = {}
    for column in columns:
        if column.line_field:
            lines.setdefault(column.head, {})[column.line_field] = dtype_of(column.type)
    own = {column.path: dtype_of(column.type) for column in columns if not column.line_field}
    return own | {head: dtypes.Array(dtypes.Struct(fields)) for head, fields in lines.items()}


def passes(events: ir.Table, tests: Tests, prefix: str) -> list[ir.BooleanValue]:
    """That an event passes every test, those of lines on one and the same line.

    The values of test i are the parameters `{prefix}{i}_0` and on.
    """
    own = [
        holds(events[column.path], key, column.type, f"{prefix}{i}_")
        for i, (column, key) in enumerate(tests)
        if not column.line_field
    ]
    heads = dict.fromkeys(column.head for column, _ in tests if column.line_field)
    return [*own, *(_some_line(events, head, tests, prefix) for head in heads)]


def _some_line(events: ir.Table, head: str, tests: Tests, prefix: str) -> ir.BooleanValue:
    def all_of(line: ir.StructValue) -> ir.BooleanValue:
        on_it = [
            holds(line[column.line_field], key, column.type, f"{prefix}{i}_")
            for i, (column, key) in enumerate(tests)
            if column.line_field and column.head == head
        ]
        return ibis.and_(line.notnull(), *on_it)

    return events[head].filter(all_of).length() > 0
