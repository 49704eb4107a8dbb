"""Comparisons of two numbers of a person: how they compile.

Both sides are rounded to six decimals, so that 0.1 three times is 0.3. A missing side makes the comparison false.
"""

from dataclasses import replace
from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Subject, ValueType
from quartier.engine import KEY, OCCURRED_AT, Dialect, Query, dtype_of, kept_sql, parameter, to_sql
from quartier.segment.conditions import ComparedLeaf, EventLeaf, TraitLeaf
from quartier.segment.event_rows import EventShape, event_parameters, events_that_count, measured_persons, shape_of
from quartier.segment.leaves import Asking, LeafQuery, leaf_query
from quartier.segment.measures import AGGREGATES, DECIMALS
from quartier.segment.moments import Moment
from quartier.segment.operators import OPERATORS
from quartier.segment.population import holds_for_stranger

PERSON_KEY = KEY["person"]
Column = tuple[str, ValueType]


@leaf_query.register
def _(leaf: ComparedLeaf, moment: Moment, asking: Asking) -> LeafQuery:
    key, given = leaf.operator_key, {"times": float(leaf.times)}
    match leaf.left, leaf.right:
        case TraitLeaf(trait=left), TraitLeaf(trait=right):
            of_traits = _traits_sql(left.of, (left.name, left.type), (right.name, right.type), key, asking.dialect)
            return LeafQuery(Query(of_traits, given))
        case EventLeaf() as events, TraitLeaf(trait=trait):
            shape = _shape(events)
            sql = _with_trait_sql(shape, (trait.name, trait.type), key, _is_zero(events), asking.dialect)
            return LeafQuery(Query(sql, given | _event_values(events, moment)))
        case EventLeaf() as now, EventLeaf() as earlier:
            # Who has no event has no row: where nothing compared with nothing holds, those who fail are asked for.
            is_complement = holds_for_stranger(leaf)
            windows = (now.window.has_start, earlier.window.has_start)
            sql = _windows_sql(_shape(now), windows, key, _is_zero(now), is_complement, asking.dialect)
            return LeafQuery(Query(sql, given | _windows_values(now, earlier, moment)), is_complement)
    raise TypeError(f"cannot compare {type(leaf.left).__name__} with {type(leaf.right).__name__}")


def _is_zero(side: TraitLeaf | EventLeaf) -> bool:
    return isinstance(side, EventLeaf) and side.measure.is_zero_of_nothing


def _shape(leaf: EventLeaf) -> EventShape:
    """The leaf's shape but for its own comparison, which nobody asks."""
    return replace(shape_of(leaf), is_complement=False)


def _event_values(leaf: EventLeaf, moment: Moment) -> dict[str, Any]:
    """The values of a leaf's rows at a moment, without those of its own comparison."""
    return {key: value for key, value in event_parameters(leaf, moment).items() if not key.startswith("v")}


def _windows_values(now: EventLeaf, earlier: EventLeaf, moment: Moment) -> dict[str, Any]:
    """The values of the rows and the edges of both windows; rows are read from the first to the last of them."""
    given = _event_values(now, moment)
    found = [each.window.edges(moment.now, moment.zone) for each in (now, earlier)]
    for index, (start, end) in enumerate(found):
        given[f"until{index}"] = moment.naive(end)
        if start is not None:
            given[f"after{index}"] = moment.naive(start)
    starts = [start for start, _ in found if start is not None]
    if len(starts) == len(found):
        given["after"] = moment.naive(min(starts))
    else:
        given.pop("after", None)
    return given | {"until": moment.naive(max(end for _, end in found))}


def numbers_compared(left: ir.Value, right: ir.Value, operator_key: str) -> ir.BooleanValue:
    """Whether two numbers compare, the right one taken so many times; false where one is missing."""
    times = parameter("times", dtypes.float64)
    sides = left.cast("float64").round(DECIMALS), (right.cast("float64") * times).round(DECIMALS)
    compiled = OPERATORS[operator_key].compiled(sides[0], [sides[1]])
    return left.notnull() & right.notnull() & compiled


def _or_zero(value: ir.Value, is_zero_of_nothing: bool) -> ir.Value:
    return ibis.coalesce(value.cast("float64"), 0.0) if is_zero_of_nothing else value


@kept_sql
def _traits_sql(of: Subject, left: Column, right: Column, operator_key: str, dialect: Dialect) -> str:
    types = {name: dtype_of(type_) for name, type_ in (left, right)}
    subjects = ibis.table({KEY[of]: dtypes.int32, **types}, name=of)
    kept = subjects.filter(numbers_compared(subjects[left[0]], subjects[right[0]], operator_key))
    return to_sql(kept[[KEY[of]]], dialect)


@kept_sql
def _with_trait_sql(
    shape: EventShape, trait: Column, operator_key: str, is_zero_of_nothing: bool, dialect: Dialect
) -> str:
    name, type_ = trait
    persons = ibis.table({PERSON_KEY: dtypes.int32, name: dtype_of(type_)}, name="person")
    known = persons.select(PERSON_KEY, other=persons[name])
    both = known.left_join(measured_persons(shape), PERSON_KEY)
    kept = both.filter(numbers_compared(_or_zero(both["value"], is_zero_of_nothing), both["other"], operator_key))
    return to_sql(kept[[PERSON_KEY]], dialect)


@kept_sql
def _windows_sql(
    shape: EventShape,
    has_starts: tuple[bool, bool],
    operator_key: str,
    is_zero_of_nothing: bool,
    is_complement: bool,
    dialect: Dialect,
) -> str:
    """The rows are read once and measured twice, for each window those that lie in it."""
    rows = events_that_count(replace(shape, has_start=all(has_starts)))
    measured = AGGREGATES[shape.measure]
    now, earlier = (measured(rows, _in_window(rows, index, has_starts[index])) for index in (0, 1))
    both = rows.group_by(PERSON_KEY).agg(now=now, earlier=earlier)
    sides = (_or_zero(both["now"], is_zero_of_nothing), _or_zero(both["earlier"], is_zero_of_nothing))
    kept = numbers_compared(*sides, operator_key)
    return to_sql(both.filter(~kept if is_complement else kept)[[PERSON_KEY]], dialect)


def _in_window(rows: ir.Table, index: int, has_start: bool) -> ir.BooleanValue:
    until = rows[OCCURRED_AT] <= parameter(f"until{index}", dtypes.timestamp)
    return until & (rows[OCCURRED_AT] > parameter(f"after{index}", dtypes.timestamp)) if has_start else until
