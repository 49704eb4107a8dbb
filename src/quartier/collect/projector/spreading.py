"""Values over columns, as expressions: what fits is typed, what does not is in `rest` with the key it came under.

The value of a row depends on its message and on the types of the columns, never on its neighbours: a rebuild gives the
same rows whatever the micro-batches were.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import ValueType
from quartier.collect.convert import LARGEST, iso_date, iso_instant, two_arguments
from quartier.collect.projector.fitting import Column, Source
from quartier.collect.projector.naming import Path, pointer
from quartier.collect.projector.reading import BODY, STRUCTURE, TABLE, merged, value_at
from quartier.engine import REST, dtype_of, parameter, to_sql

ODD = "staged_odd"
"""The shapes of which something does not fit, staged."""

MISFITS, PATCH = "misfits_", "patch_"
ODD_SCHEMA = ibis.schema({STRUCTURE: "string", MISFITS: "array<string>", PATCH: "string"})

_READ_AS = {
    ValueType.TEXT: ("VARCHAR", dtypes.string),
    ValueType.INTEGER: ("DOUBLE", dtypes.float64),
    ValueType.NUMBER: ("DOUBLE", dtypes.float64),
    ValueType.BOOLEAN: ("BOOLEAN", dtypes.boolean),
    ValueType.DATE: ("VARCHAR", dtypes.string),
    ValueType.INSTANT: ("VARCHAR", dtypes.string),
    ValueType.TEXTS: (["VARCHAR"], dtypes.Array(dtypes.string)),
}
_CHECKED = frozenset({ValueType.INTEGER, ValueType.NUMBER, ValueType.DATE, ValueType.INSTANT})
"""Types that a value of the right kind may still not fit."""


@lru_cache(maxsize=256)
def spread_sql(staged: str, carried: tuple[tuple[str, str], ...], columns: tuple[Column, ...], has_odd: bool) -> str:
    """The rows that go to one `table` (a parameter), with the values of their bodies in columns, and the rest.

    `carried` are the columns that are taken over with their types; `has_odd` says whether shapes are staged as `ODD`.
    """
    schema = {**dict(carried), BODY: "string", STRUCTURE: "string"}
    rows = ibis.table(ibis.schema({**schema, TABLE: "string"}), name=staged)
    rows = rows.filter(rows[TABLE] == parameter("table", dtypes.string)).drop(TABLE)
    judged = _judged(rows) if has_odd else rows.mutate(**{MISFITS: ibis.null(ODD_SCHEMA[MISFITS])})
    read = judged.mutate(**_read(judged, columns))
    places = {path: _round(number) for number, each in enumerate(_rounds(_places(columns))) for path in each}
    typed = read.mutate(**{f"v_{each.name}": _value(read, each, places) for each in columns})
    rest = _rest(typed, columns, places, has_odd)
    kept = [name for name, _ in carried]
    return to_sql(
        typed.select(*kept, **{each.name: typed[f"v_{each.name}"] for each in columns}, **{REST: rest}), in_steps=True
    )


def _judged(rows: ir.Table) -> ir.Table:
    odd = ibis.table(ODD_SCHEMA, name=ODD)
    return rows.left_join(odd, STRUCTURE).drop(f"{STRUCTURE}_right")


def _read(rows: ir.Table, columns: Sequence[Column]) -> dict[str, ir.Value]:
    """The values at the places that feed columns, in one look at each body; those within objects in another one."""
    places = _places(columns)
    rounds = enumerate(_rounds(places))
    return {_round(n): _transformed(rows[BODY], *_structs({path: places[path] for path in each})) for n, each in rounds}


def _places(columns: Sequence[Column]) -> dict[Path, Column]:
    return {source.path: each for each in columns for source in each.sources}


def _rounds(paths: Iterable[Path]) -> list[list[Path]]:
    """Places that can be read at once: the names in a struct are as many in lower case, and of one depth."""
    rounds: list[list[Path]] = []
    for path in sorted(paths):
        free = next((each for each in rounds if not any(_collide(path, other) for other in each)), None)
        if free is None:
            rounds.append([path])
        else:
            free.append(path)
    return rounds


def _collide(path: Path, other: Path) -> bool:
    if len(path) != len(other):
        return True
    if path[0] != other[0]:
        return path[0].lower() == other[0].lower()
    return path[-1].lower() == other[-1].lower()


def _round(number: int) -> str:
    return f"read_{number}"


def _structs(wanted: Mapping[Path, Column]) -> tuple[Any, dtypes.DataType]:
    """What DuckDB is to read, as its function takes it, and the type of the result."""
    tree: dict[str, Any] = {}
    types: dict[str, Any] = {}
    for path, column in wanted.items():
        written, dtype = _read_as(column)
        if len(path) == 1:
            tree[path[0]], types[path[0]] = written, dtype
        else:
            tree.setdefault(path[0], {})[path[1]] = written
            types.setdefault(path[0], {})[path[1]] = dtype
    return tree, dtypes.Struct({k: dtypes.Struct(v) if isinstance(v, dict) else v for k, v in types.items()})


def _read_as(column: Column) -> tuple[Any, dtypes.DataType]:
    """How DuckDB reads a value; lines whose fields differ in case alone are read one by one afterwards."""
    if column.type is not ValueType.LINES:
        return _READ_AS[column.type]
    fields = _places(column.lines)
    if len(_rounds(fields)) > 1:
        return ["JSON"], dtypes.Array(dtypes.string)
    tree, line = _structs(fields)
    return [tree], dtypes.Array(line)


def _transformed(body: ir.Value, tree: Any, dtype: dtypes.DataType) -> ir.Value:
    function = ibis.udf.scalar.builtin(
        two_arguments, name="json_transform", signature=((dtypes.string, dtypes.string), dtype)
    )
    return function(body, json.dumps(tree, ensure_ascii=False))


def _value(rows: ir.Table, column: Column, places: Mapping[Path, str]) -> ir.Value:
    """The value of a column: that of the one place that has it in this row."""
    found = [_typed(_fitting(rows, source, places), rows, column, source) for source in column.sources]
    return ibis.coalesce(*found) if len(found) > 1 else found[0]


def _at(rows: ir.Table, path: Path, places: Mapping[Path, str]) -> ir.Value:
    value = rows[places[path]]
    for key in path:
        value = value[key]
    return value


def _fitting(rows: ir.Table, source: Source, places: Mapping[Path, str]) -> ir.Value:
    """What stands at a place, nothing where it is of a kind that does not fit."""
    value = _at(rows, source.path, places)
    return _unless(_is_misfit(rows, source.path), value) if source.is_guarded else value


def _is_misfit(rows: ir.Table, path: Path) -> ir.BooleanValue:
    return rows[MISFITS].contains(pointer(path)).fill_null(False)


def _unless(is_left_out: ir.BooleanValue, value: ir.Value) -> ir.Value:
    return ibis.ifelse(is_left_out, ibis.null(value.type()), value)


def _typed(value: ir.Value, rows: ir.Table, column: Column, source: Source) -> ir.Value:
    match column.type:
        case ValueType.INTEGER | ValueType.NUMBER:
            exact = ibis.ifelse(value.abs() < LARGEST, value, ibis.null(dtypes.float64))
            return exact.cast(dtype_of(column.type))
        case ValueType.DATE:
            return iso_date(value)
        case ValueType.INSTANT:
            return iso_instant(value)
        case ValueType.TEXTS:
            return _unless(value.length() == 0, value)
        case ValueType.LINES:
            lines = value.map(lambda line: _line(line, rows, column, source))
            return _unless(value.length() == 0, lines)
        case _:
            return value


def _line(line: ir.Value, rows: ir.Table, column: Column, at: Source) -> ir.StructValue:
    """One line; a field that does not fit in some line of a row is left out in all lines of that row."""
    fields = _places(column.lines)
    rounds = _rounds(fields)
    read = [line]
    if len(rounds) > 1:
        read = [_transformed(line, *_structs({path: fields[path] for path in each})) for each in rounds]
    places = {path: struct for struct, each in zip(read, rounds, strict=True) for path in each}
    return ibis.struct({each.name: _field(places, rows, each, at) for each in column.lines})


def _field(places: Mapping[Path, ir.StructValue], rows: ir.Table, each: Column, at: Source) -> ir.Value:
    found = []
    for source in each.sources:
        value = places[source.path][source.path[0]]
        if each.type in (ValueType.INTEGER, ValueType.NUMBER):
            value = ibis.ifelse(value.abs() < LARGEST, value, ibis.null(dtypes.float64)).cast(dtype_of(each.type))
        if source.is_guarded:
            value = _unless(_is_misfit(rows, (*at.path, *source.path)), value)
        found.append(value)
    if not found:
        return ibis.null(dtype_of(each.type))
    return ibis.coalesce(*found) if len(found) > 1 else found[0]


def _rest(rows: ir.Table, columns: Sequence[Column], places: Mapping[Path, str], has_odd: bool) -> ir.StringValue:
    """What no column holds, under the keys of the message; empty where columns hold everything."""
    by_shape = ibis.null(dtypes.string)
    if has_odd:
        by_shape = ibis.ifelse(
            rows[PATCH].notnull(), merged(rows[BODY], rows[PATCH].fill_null("{}")), ibis.null(dtypes.string)
        )
    failing = _failing(rows, columns, places)
    if not failing:
        return by_shape
    added = [ibis.ifelse(failed, _pair(key, rows), "{}") for key, failed in failing.items()]
    rest = ibis.coalesce(by_shape, "{}")
    for each in added:
        rest = merged(rest, each)
    return ibis.ifelse(ibis.or_(*failing.values()), rest, by_shape)


def _pair(key: str, rows: ir.Table) -> ir.StringValue:
    return _object(key, value_at(rows[BODY], pointer((key,))))


_object = ibis.udf.scalar.builtin(
    two_arguments, name="json_object", signature=((dtypes.string, dtypes.json), dtypes.string)
)


def _failing(rows: ir.Table, columns: Sequence[Column], places: Mapping[Path, str]) -> dict[str, ir.BooleanValue]:
    """By key, whether a value of the right kind does not fit: a text that is no date, a number that is too large."""
    found: dict[str, list[ir.BooleanValue]] = {}
    for column in (each for each in columns if each.type in _CHECKED):
        for source in column.sources:
            lost = _fitting(rows, source, places).notnull() & rows[f"v_{column.name}"].isnull()
            found.setdefault(source.path[0], []).append(lost)
    return {key: ibis.or_(*lost) for key, lost in sorted(found.items())}
