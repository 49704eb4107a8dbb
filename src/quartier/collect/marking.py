"""Which rows are known already, from earlier in the file or from earlier files: what is left is to be stored.

An event is known by its own id, or by its content and how often that was repeated before in the file. An id that is
known with other values cannot be used. Rows that come once and never came before, nearly all, cost two look-ups.
"""

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.collect import events, rows
from quartier.collect.definition import Layout
from quartier.collect.evidence import Evidence
from quartier.collect.plan import Field, Plan
from quartier.collect.readers import LINE
from quartier.collect.tables import MARKED, REJECTED, SEEN, SEEN_SCHEMA, TYPED, count, table
from quartier.engine import DuckDBEngine, Query, to_sql

ROW = "row"
ID = "id_"
_REPEATS, _FIRSTS = "staged_repeats", "staged_firsts"


def mark_events(engine: DuckDBEngine, plan: Plan, evidence: Evidence, conflict: int) -> None:
    """Stage the events that are to be stored; those whose id is known with other values join the rejected rows."""
    engine.ensure(SEEN, SEEN_SCHEMA)
    usable = _usable(engine)
    valued = usable.mutate(**{events.RATE: evidence.rate(usable), "currency": evidence.currency_of(usable)})
    own = own_id(plan)
    if own is None:
        _mark_by_content(engine, valued, plan)
    else:
        _mark_by_id(engine, valued, own, plan, conflict)


def mark_subjects(engine: DuckDBEngine, plan: Plan) -> None:
    """Stage the rows that the file does not hold already; all of them where rows are persons by themselves."""
    numbered = _numbered(engine, _usable(engine))
    if not plan.identifiers:
        numbered = numbered.mutate(**{ROW: _numbered_id(numbered).cast(dtypes.string)})
    if plan.identifiers or plan.mapping.repeated_rows == "drop":
        numbered = numbered.filter(numbered[rows.TIMES] == 0)
    engine.stage(MARKED, Query(to_sql(numbered)))


def own_id(plan: Plan) -> Field | None:
    """The column that numbers the events, or the orders where a row is one."""
    return plan.field("event_id") or (plan.field("order_id") if plan.mapping.layout is Layout.ORDERS else None)


def _usable(engine: DuckDBEngine) -> ir.Table:
    return table(engine, TYPED).filter(lambda r: r[rows.PROBLEM].isnull()).drop(rows.PROBLEM)


def _mark_by_content(engine: DuckDBEngine, valued: ir.Table, plan: Plan) -> None:
    numbered = _numbered(engine, valued)
    named = numbered.mutate(**{ID: _numbered_id(numbered)})
    named = named.mutate(**{events.OWN_ID: named[ID].cast(dtypes.string)})
    if count(engine, SEEN):
        named = named.anti_join(_seen(), ID)
    if plan.mapping.repeated_rows == "drop":
        named = named.filter(named[rows.TIMES] == 0)
    engine.stage(MARKED, Query(to_sql(named)))


def _numbered(engine: DuckDBEngine, usable: ir.Table) -> ir.Table:
    """Rows with the number of equal rows before them in the file; only those that come more than once are looked at."""
    often = usable.group_by(rows.CONTENT).having(lambda r: r.count() > 1).agg(n=lambda r: r.count())
    repeated = usable.select(LINE, rows.CONTENT).semi_join(often, rows.CONTENT)
    place = ibis.row_number().over(group_by=rows.CONTENT, order_by=LINE)
    engine.stage(_REPEATS, Query(to_sql(repeated.select(again_=LINE, **{rows.TIMES: place}))))
    if not count(engine, _REPEATS):
        return usable.mutate(**{rows.TIMES: ibis.literal(0, dtypes.int64)})
    again = table(engine, _REPEATS)
    joined = usable.left_join(again, usable[LINE] == again.again_).drop("again_")
    return joined.mutate(**{rows.TIMES: joined[rows.TIMES].fill_null(0)})


def _numbered_id(numbered: ir.Table) -> ir.UUIDValue:
    """The content itself the first time, then the content and how often it came before."""
    again = rows.digest([numbered[rows.CONTENT], numbered[rows.TIMES]])
    return ibis.ifelse(numbered[rows.TIMES] == 0, numbered[rows.CONTENT], again)


def _mark_by_id(engine: DuckDBEngine, valued: ir.Table, own: Field, plan: Plan, conflict: int) -> None:
    """The first row of an id stays; an equal one is a duplicate, another one cannot be used."""
    name = valued["event"] if plan.field("event") else ibis.literal("")
    own_value = valued[own.kind]
    named = valued.mutate(**{
        ID: rows.digest([ibis.literal(own.kind), name, own_value]), events.OWN_ID: own_value,
    })  # fmt: skip
    judged = _judged(engine, named)
    if judged is None:
        engine.stage(MARKED, Query(to_sql(named, in_steps=True)))
        return
    others = judged.filter(judged.is_again_ & (judged.first_ != judged[rows.CONTENT]))
    problem = ibis.literal(conflict).cast(dtypes.int16)
    engine.insert(REJECTED, Query(to_sql(others.select(LINE, **{rows.PROBLEM: problem}))))
    engine.stage(MARKED, Query(to_sql(judged.filter(~judged.is_again_).drop("is_again_", "first_"))))


def _judged(engine: DuckDBEngine, named: ir.Table) -> ir.Table | None:
    """Whether each id came before, and the content that it came with first; None when none ever did."""
    firsts = named.group_by(again_id_=named[ID]).having(lambda r: r.count() > 1).agg(
        first_line_=lambda r: r[LINE].min(), first_content_=lambda r: r[rows.CONTENT].argmin(r[LINE])
    )  # fmt: skip
    engine.stage(_FIRSTS, Query(to_sql(firsts)))
    if not count(engine, SEEN) and not count(engine, _FIRSTS):
        return None
    first, seen = table(engine, _FIRSTS), _seen().rename(seen_id_=ID, seen_content_=rows.CONTENT)
    joined = named.left_join(first, named[ID] == first.again_id_)
    joined = joined.left_join(seen, joined[ID] == seen.seen_id_)
    is_later = (joined[LINE] != joined.first_line_).fill_null(False)
    judged = joined.mutate(
        is_again_=joined.seen_id_.notnull() | is_later,
        first_=ibis.coalesce(joined.seen_content_, joined.first_content_),
    )
    return judged.select(*named.columns, "is_again_", "first_")


def _seen() -> ir.Table:
    return ibis.table(SEEN_SCHEMA, name=SEEN)
