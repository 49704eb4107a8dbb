"""The values that are ranked, one per person: the query that brings them home, and the ranks as one expression.

An engine where the persons are too many to come home computes the ranks itself: `persons_ranked` is the whole of it.
"""

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import ValueType
from quartier.engine import KEY, Dialect, Query, dtype_of, kept_sql, to_sql
from quartier.segment.conditions import RankLeaf, TraitLeaf
from quartier.segment.event_rows import EventShape, event_parameters, measured_persons, shape_of
from quartier.segment.measures import DECIMALS
from quartier.segment.moments import Moment
from quartier.segment.ranks import Rank

PERSON_KEY, VALUE = KEY["person"], "value"


def values_query(leaf: RankLeaf, moment: Moment, dialect: Dialect) -> Query:
    """One row per person with a known value: `person_key` and `value`."""
    ranked = leaf.ranked
    if isinstance(ranked, TraitLeaf):
        return Query(_trait_sql(ranked.trait.name, ranked.trait.type, dialect))
    given = event_parameters(ranked, moment)
    asked = {key: value for key, value in given.items() if not key.startswith("v")}  # nothing is compared
    return Query(_events_sql(shape_of(ranked), dialect), asked)


def values_of(leaf: RankLeaf) -> ir.Table:
    """The same rows as an expression; the values of parameters are those of `values_query`."""
    ranked = leaf.ranked
    if isinstance(ranked, TraitLeaf):
        return _trait_values(ranked.trait.name, ranked.trait.type)
    return _event_values(shape_of(ranked))


def persons_ranked(values: ir.Table, among: ir.Table, rank: Rank) -> ir.Table:
    """The keys of those in the places asked for, among the keys of a table; all in the engine.

    A person is in when the places before theirs are fewer than those asked for: who shares the last place is in too.
    """
    rows = values.semi_join(among, PERSON_KEY)
    if rank.kind == "share_of_total":
        return _share_of_total(rows, rank)
    order = ibis.asc(rows[VALUE]) if rank.kind == "bottom" else ibis.desc(rows[VALUE])
    placed = rows.mutate(before=ibis.rank().over(order_by=order), persons=rows.count().over())
    if rank.percent is None:
        return placed.filter(placed.before < rank.places)[[PERSON_KEY]]
    hundred, percent = 100 * rank.percent.denominator, rank.percent.numerator
    return placed.filter(placed.before * hundred < placed.persons * percent)[[PERSON_KEY]]


def _share_of_total(rows: ir.Table, rank: Rank) -> ir.Table:
    """Those whose higher values make less than the share."""
    assert rank.percent is not None  # a share of a total is in percent
    each = rows.group_by(VALUE).agg(worth=lambda r: r[VALUE].round(DECIMALS).cast(_EXACT).sum())
    higher = ibis.window(order_by=ibis.desc(each[VALUE]), rows=(None, -1))
    summed = each.mutate(before=each.worth.sum().over(higher).fill_null(0), total=each.worth.sum().over())
    hundred, percent = 100 * rank.percent.denominator, rank.percent.numerator
    kept = summed.filter(summed.total > 0, summed.before * hundred < summed.total * percent)
    return rows.semi_join(kept, VALUE)[[PERSON_KEY]]


_EXACT = dtypes.Decimal(38, DECIMALS)


def _trait_values(name: str, type_: ValueType) -> ir.Table:
    persons = ibis.table({PERSON_KEY: dtypes.int32, name: dtype_of(type_)}, name="person")
    known = persons.filter(persons[name].notnull())
    return known.select(PERSON_KEY, **{VALUE: known[name].cast("float64")})


def _event_values(shape: EventShape) -> ir.Table:
    measured = measured_persons(shape)
    known = measured.filter(measured[VALUE].notnull())
    return known.select(PERSON_KEY, **{VALUE: known[VALUE].cast("float64")})


@kept_sql
def _trait_sql(name: str, type_: ValueType, dialect: Dialect) -> str:
    return to_sql(_trait_values(name, type_), dialect)


@kept_sql
def _events_sql(shape: EventShape, dialect: Dialect) -> str:
    return to_sql(_event_values(shape), dialect)
