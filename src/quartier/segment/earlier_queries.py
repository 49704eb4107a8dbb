"""Earlier values of a trait: how conditions over them compile.

The changes of a trait are a table of their own, with instants as events have them. The value at an instant is the one
held before the first change after it, or else the one that the person has; what lies after the moment of evaluation
is not known yet.
"""

from typing import Any

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Trait
from quartier.engine import (
    KEY,
    OCCURRED_AT,
    SEQ,
    TRAIT,
    Dialect,
    Query,
    change_columns,
    change_schema,
    change_table,
    dtype_of,
    kept_sql,
    known_schema,
    known_table,
    parameter,
    to_sql,
)
from quartier.segment.compared_queries import numbers_compared
from quartier.segment.comparing import holds, numbered
from quartier.segment.conditions import ChangedLeaf, EarlierLeaf
from quartier.segment.event_rows import in_window
from quartier.segment.leaves import Asking, LeafQuery, leaf_query
from quartier.segment.moments import Moment, parameters, window_parameters
from quartier.segment.operators import NUMERIC, OPERATORS

BEFORE, AFTER = "before", "after"
"""The value until a change, and the one from then on."""
_NOW, _THEN = "now", "then"


@leaf_query.register
def _(leaf: ChangedLeaf, moment: Moment, asking: Asking) -> LeafQuery:
    sql = _changed_sql(leaf.trait, leaf.window.has_start, operators_of(leaf), asking.dialect)
    return LeafQuery(Query(sql, change_parameters(leaf, moment)))


@leaf_query.register
def _(leaf: EarlierLeaf, moment: Moment, asking: Asking) -> LeafQuery:
    given = earlier_parameters(leaf, moment)
    if leaf.trait.type in NUMERIC:
        given["times"] = float(leaf.times)
    return LeafQuery(Query(_earlier_sql(leaf.trait, leaf.operator_key, asking.dialect), given))


def operators_of(leaf: ChangedLeaf) -> tuple[str | None, ...]:
    """The operators of the tests of the value before and of the one after."""
    return tuple(test.operator_key if test else None for test in (leaf.before, leaf.after))


def change_parameters(leaf: ChangedLeaf, moment: Moment) -> dict[str, Any]:
    """The edges of the window and the values of the tests at a moment."""
    given = window_parameters(leaf.window, moment)
    for prefix, test in (("b", leaf.before), ("a", leaf.after)):
        if test:
            given |= numbered(prefix, parameters(test, leaf.trait.type, moment))
    return given


def earlier_parameters(leaf: EarlierLeaf, moment: Moment) -> dict[str, Any]:
    """Both instants at a moment."""
    return {_NOW: moment.naive(moment.now), _THEN: moment.naive(leaf.ago.before(moment.now, moment.zone))}


def changes_of(trait: Trait) -> ir.Table:
    """The changes of a trait: who, when, by which import, the values before and after."""
    read = change_columns_read(trait)
    rows = ibis.table({name: change_schema(trait.of)[name] for name in read}, name=change_table(trait.of))
    before, after = change_columns(trait.type)
    own = rows.filter(rows[TRAIT] == trait.name)
    return own.select(KEY[trait.of], OCCURRED_AT, SEQ, **{BEFORE: own[before], AFTER: own[after]})


def change_columns_read(trait: Trait) -> tuple[str, ...]:
    """The columns of the table of changes that the changes of a trait stand in."""
    return (KEY[trait.of], OCCURRED_AT, SEQ, TRAIT, *change_columns(trait.type))


def changes_that_count(trait: Trait, has_start: bool, tests: tuple[str | None, ...]) -> ir.Table:
    """The changes of a trait in a window from one known value to another, of which both pass their tests."""
    rows = changes_of(trait)
    passing = [
        holds(rows[column], operator, trait.type, prefix)
        for prefix, column, operator in zip(("b", "a"), (BEFORE, AFTER), tests, strict=True)
        if operator
    ]
    return rows.filter(
        *in_window(rows[OCCURRED_AT], has_start), rows[BEFORE].notnull(), rows[AFTER].notnull(), *passing
    )


def both_values(trait: Trait) -> ir.Table:
    """Of those who were known then: the value `now` and the value `then`, and when the latter ended (`ended_at`)."""
    key, dtype = KEY[trait.of], dtype_of(trait.type)
    subjects = ibis.table({key: dtypes.int32, trait.name: dtype}, name=trait.of)
    known = ibis.table(known_schema(trait.of), name=known_table(trait.of))
    old = known.filter(known[OCCURRED_AT] <= parameter(_THEN, dtypes.timestamp)).select(key)
    held = subjects.select(key, held=subjects[trait.name]).semi_join(old, key)
    now, then = (_first_changes_after(trait, each) for each in (_NOW, _THEN))
    both = held.left_join(now, [(key, "now_key")]).left_join(then, [(key, "then_key")])
    return both.select(
        key,
        now=ibis.ifelse(both.now_key.isnull(), both.held, both.now_value),
        then=ibis.ifelse(both.then_key.isnull(), both.held, both.then_value),
        ended_at=both.then_at,
    )


def _first_changes_after(trait: Trait, instant: str) -> ir.Table:
    """The first change of each person after an instant, with the value that it ended."""
    key, rows = KEY[trait.of], changes_of(trait)
    later = rows.filter(rows[OCCURRED_AT] > parameter(instant, dtypes.timestamp))
    order = ibis.row_number().over(group_by=later[key], order_by=[later[OCCURRED_AT], later[SEQ]])
    first = later.mutate(order_=order).filter(lambda each: each.order_ == 0)
    return first.select(
        **{f"{instant}_key": first[key], f"{instant}_value": first[BEFORE], f"{instant}_at": first[OCCURRED_AT]}
    )


@kept_sql
def _changed_sql(trait: Trait, has_start: bool, tests: tuple[str | None, ...], dialect: Dialect) -> str:
    return to_sql(changes_that_count(trait, has_start, tests)[[KEY[trait.of]]].distinct(), dialect)


@kept_sql
def _earlier_sql(trait: Trait, operator_key: str, dialect: Dialect) -> str:
    both = both_values(trait)
    if trait.type in NUMERIC:
        kept = numbers_compared(both["now"], both["then"], operator_key)
    else:
        are_known = both["now"].notnull() & both["then"].notnull()
        kept = are_known & OPERATORS[operator_key].compiled(both["now"], [both["then"]])
    return to_sql(both.filter(kept)[[KEY[trait.of]]], dialect)
