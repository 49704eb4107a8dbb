"""The first half of an import: read, convert, count, identify. Everything is staged, nothing is stored.

Staged tables are temporary tables of the engine: memory stays bounded, and a failed import leaves no trace.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from quartier.catalog import Catalog
from quartier.collect import events, rows
from quartier.collect.convert import one_argument
from quartier.collect.definition import Layout, Mapping
from quartier.collect.evidence import Evidence, decide
from quartier.collect.findings import findings
from quartier.collect.plan import Plan, make_plan, trait_of
from quartier.collect.readers import LINE, Reading
from quartier.config import Config
from quartier.engine import KEY, DuckDBEngine, Query, to_sql
from quartier.identify.run import Identified, identify
from quartier.language import Said, Text

RAW, TYPED, MARKED, KEYED, SUBJECTS = (
    "staged_raw", "staged_typed", "staged_marked", "staged_keyed", "staged_subjects",
)  # fmt: skip
SEEN = "quartier_rows"
"""The engine's memory of every event row: its id and its content, as two 128-bit numbers."""

SEEN_SCHEMA = ibis.schema(dict.fromkeys(("id_high", "id_low", "content_high", "content_low"), "uint64"))
ROW = "row"
_SAMPLE = 20_000
_STATUS, _STORED, _DUPLICATE, _REJECTED = "status_", 0, 1, 2


@dataclass(frozen=True)
class Staged:
    """A file that is ready to be stored: what is staged, and what there is to say about it."""

    plan: Plan
    problems: tuple[rows.Problem, ...]
    reading: Reading
    rows_in: int
    stored: int
    duplicates: int
    identified: Identified
    findings: tuple[Text | Said, ...] = ()
    event_names: tuple[str, ...] = ()
    accounts: Identified | None = None

    @property
    def rejected(self) -> int:
        """Rows that cannot be used."""
        return self.rows_in - self.stored - self.duplicates


def table(engine: DuckDBEngine, name: str) -> ir.Table:
    """A staged or stored table, as the engine has it."""
    return ibis.table(engine.schema(name), name=name)


def number(engine: DuckDBEngine, expression: ir.Expr) -> int:
    """The one number that an expression gives; 0 for none."""
    ((value,),) = engine.rows(Query(to_sql(expression)))
    return int(str(value or 0))


def stage(
    engine: DuckDBEngine,
    reading: Reading,
    mapping: Mapping,
    catalog: Catalog,
    config: Config,
    next_key: int,
    where: str,
) -> Staged:
    """Read and convert a file, decide each row's fate and find out whose it is. Raises UserError."""
    kept = [name for name, column in mapping.columns.items() if column.to != "skip" and name in reading.names]
    engine.stage(RAW, _kept(reading, kept))
    plan = make_plan(mapping, reading.names, _samples(engine, kept), catalog, where)
    evidence = decide(engine, table(engine, RAW), plan, config, where)
    plan = replace(plan, mapping=evidence.settled(plan.mapping))
    problems = _type(engine, plan, evidence)
    marked = _mark_events(engine, plan, len(problems), evidence) if plan.has_events else _mark_subjects(engine, plan)
    engine.stage(MARKED, Query(to_sql(marked)))
    who = _identify(engine, plan, next_key)
    _stage_subjects(engine, plan)
    if not plan.has_events:
        _mark_unchanged(engine, plan)
    return _staged(engine, plan, problems, reading, who)


def unstage(engine: DuckDBEngine) -> None:
    """Let every staged table go."""
    for name in (RAW, TYPED, MARKED, KEYED, SUBJECTS):
        engine.drop(name)


def rejected_rows(engine: DuckDBEngine) -> ir.Table:
    """The rejected rows: line and number of the problem."""
    return table(engine, MARKED).filter(lambda r: r[_STATUS] == _REJECTED).select(LINE, rows.PROBLEM)


def _kept(reading: Reading, kept: Sequence[str]) -> pa.RecordBatchReader:
    """Only the columns that are kept, trimmed, under places that no name can break."""
    schema = pa.schema([*((f"c{place}", pa.string()) for place in range(len(kept))), (LINE, pa.int64())])
    chosen = (
        pa.RecordBatch.from_arrays(
            [*(pc.utf8_trim_whitespace(batch.column(name)) for name in kept), batch.column(LINE)], schema=schema
        )
        for batch in reading.batches
    )
    return pa.RecordBatchReader.from_batches(schema, chosen)


def _samples(engine: DuckDBEngine, kept: Sequence[str]) -> dict[str, list[str | None]]:
    sample = engine.fetch(Query(to_sql(table(engine, RAW).limit(_SAMPLE))))
    return {name: sample.column(f"c{place}").to_pylist() for place, name in enumerate(kept)}


def _type(engine: DuckDBEngine, plan: Plan, evidence: Evidence) -> list[rows.Problem]:
    """In three steps, so that no expression is computed twice."""
    engine.stage(MARKED, Query(to_sql(rows.texts(table(engine, RAW), plan))))
    engine.stage(KEYED, Query(to_sql(rows.typed_values(table(engine, MARKED), plan, evidence.reader))))
    typed, problems = rows.checked_rows(table(engine, KEYED), plan)
    engine.stage(TYPED, Query(to_sql(typed)))
    return problems


def _mark_subjects(engine: DuckDBEngine, plan: Plan) -> ir.Table:
    """A row that the file holds already is a duplicate, unless rows are persons by themselves."""
    numbered = rows.numbered_repeats(table(engine, TYPED))
    is_repeat = numbered[rows.TIMES] > 0
    if not plan.identifiers:
        is_repeat = is_repeat & (plan.mapping.repeated_rows == "drop")
        numbered = numbered.mutate(**{ROW: _row_id(numbered)})
    return _with_status(numbered, is_repeat)


def _mark_events(engine: DuckDBEngine, plan: Plan, conflict: int, evidence: Evidence) -> ir.Table:
    """An event that is known, by its own id or by its content and how often it was repeated, is a duplicate."""
    engine.ensure(SEEN, SEEN_SCHEMA)
    typed = table(engine, TYPED)
    numbered = rows.numbered_repeats(typed)
    numbered = numbered.mutate(**{events.RATE: evidence.rate(numbered), "currency": evidence.currency_of(numbered)})
    own = plan.field("event_id") or (plan.field("order_id") if plan.mapping.layout is Layout.ORDERS else None)
    if own is None:
        return _mark_by_content(numbered, plan)
    return _mark_by_id(numbered, own.kind, plan, conflict)


def _mark_by_content(numbered: ir.Table, plan: Plan) -> ir.Table:
    high, low = rows.digest_columns([numbered[rows.HIGH], numbered[rows.LOW], numbered[rows.TIMES]])
    named = numbered.mutate(id_high=high, id_low=low)
    named = named.mutate(**{events.OWN_ID: _hex(named.id_high).concat(_hex(named.id_low))})
    joined = _with_seen(named)
    is_known = joined.seen_high.notnull()
    if plan.mapping.repeated_rows == "drop":
        is_known = is_known | (joined[rows.TIMES] > 0)
    return _with_status(joined, is_known).drop("seen_high", "seen_low")


def _mark_by_id(numbered: ir.Table, own: str, plan: Plan, conflict: int) -> ir.Table:
    """The first row of an id stays; an equal one is a duplicate, another one cannot be used."""
    name = numbered["event"] if plan.field("event") else ibis.literal("")
    high, low = rows.digest_columns([ibis.literal(own), name, numbered[own]])
    named = numbered.mutate(id_high=high, id_low=low, **{events.OWN_ID: numbered[own]})
    usable = named[rows.PROBLEM].isnull()
    window = ibis.window(group_by=[named.id_high, named.id_low, usable], order_by=named[LINE])
    placed = named.mutate(
        place_=ibis.row_number().over(window),
        first_high=named[rows.HIGH].first().over(window),
        first_low=named[rows.LOW].first().over(window),
    )
    joined = _with_seen(placed)
    is_known = joined.seen_high.notnull()
    is_repeat = is_known | (joined.place_ > 0)
    high, low = ibis.coalesce(joined.seen_high, joined.first_high), ibis.coalesce(joined.seen_low, joined.first_low)
    is_other = is_repeat & ((high != joined[rows.HIGH]) | (low != joined[rows.LOW])) & joined[rows.PROBLEM].isnull()
    problem = ibis.ifelse(is_other, ibis.literal(conflict), joined[rows.PROBLEM]).cast(dtypes.int16)
    checked = joined.mutate(**{rows.PROBLEM: problem})
    marked = _with_status(checked, is_repeat)
    return marked.drop("seen_high", "seen_low", "place_", "first_high", "first_low")


def _with_seen(named: ir.Table) -> ir.Table:
    seen = ibis.table(SEEN_SCHEMA, name=SEEN).rename(
        known_high="id_high", known_low="id_low", seen_high="content_high", seen_low="content_low"
    )
    joined = named.left_join(seen, (named.id_high == seen.known_high) & (named.id_low == seen.known_low))
    return joined.drop("known_high", "known_low")


def _with_status(marked: ir.Table, is_duplicate: ir.BooleanValue) -> ir.Table:
    status = ibis.cases((marked[rows.PROBLEM].notnull(), _REJECTED), (is_duplicate, _DUPLICATE), else_=_STORED)
    return marked.mutate(**{_STATUS: status.cast(dtypes.int8)})


def _row_id(numbered: ir.Table) -> ir.StringValue:
    high, low = rows.digest_columns([numbered[rows.HIGH], numbered[rows.LOW], numbered[rows.TIMES]])
    return _hex(high).concat(_hex(low))


_hex = ibis.udf.scalar.builtin(one_argument, name="hex", signature=((dtypes.uint64,), dtypes.string))


def kinds_of(plan: Plan) -> list[str]:
    """The kinds of identifiers in this file, the strongest first; `row` when rows are persons by themselves."""
    return [each.kind for each in plan.identifiers] or [ROW]


def _identify(engine: DuckDBEngine, plan: Plan, next_key: int) -> Identified:
    stored = table(engine, MARKED).filter(lambda r: r[_STATUS] == _STORED).drop(_STATUS, rows.PROBLEM)
    engine.stage(KEYED, Query(to_sql(stored)))
    return identify(
        engine, KEYED, kinds_of(plan), plan.subject, next_key=next_key, line=LINE, key=KEY[plan.subject], into=KEYED
    )


def _stage_subjects(engine: DuckDBEngine, plan: Plan) -> None:
    """One row per person or account: of every trait the last value that the file gives."""
    keyed = table(engine, KEYED)
    traits = {trait: rows.name_of(each) for each in plan.fields if (trait := trait_of(each))}
    order = ibis.struct({"at": keyed.time, "line": keyed[LINE]}) if plan.has_events else keyed[LINE]
    ordered = keyed.mutate(order_=order)
    latest = {trait: _last(column) for trait, column in traits.items()}
    grouped = ordered.group_by(KEY[plan.subject]).agg(first_=lambda r: r[LINE].min(), **latest)
    engine.stage(SUBJECTS, Query(to_sql(grouped)))


def _last(column: str):  # type: ignore[no-untyped-def]  # a deferred expression of Ibis, which has no type
    return lambda r: r[column].argmax(r.order_)


def _mark_unchanged(engine: DuckDBEngine, plan: Plan) -> None:
    """Rows of persons about whom the file says nothing that is not known are duplicates."""
    key, subject = KEY[plan.subject], plan.subject
    present = engine.schema(subject)
    if present is None:
        return
    fresh, known = table(engine, SUBJECTS), table(engine, subject)
    known = known.select(
        known_key=known[key], **{f"known_{name}": known[name] for name in _traits(fresh, key, present)}
    )
    joined = fresh.left_join(known, fresh[key] == known.known_key)
    changes = [joined.known_key.isnull()]
    for name in fresh.columns:
        if name in (key, "first_"):
            continue
        is_other = joined[name].notnull()
        if name in present:
            is_other = is_other & ~joined[name].identical_to(joined[f"known_{name}"])
        changes.append(is_other)
    unchanged = joined.filter(~ibis.or_(*changes)).select(key)
    keyed = table(engine, KEYED)
    same = engine.fetch(Query(to_sql(keyed.semi_join(unchanged, key).select(LINE))))
    if same.num_rows:
        engine.stage("staged_same", same)
        marked = table(engine, MARKED)
        hits = table(engine, "staged_same").rename(same_line=LINE)
        joined = marked.left_join(hits, marked[LINE] == hits.same_line)
        status = ibis.ifelse(joined.same_line.notnull(), _DUPLICATE, joined[_STATUS]).cast(dtypes.int8)
        engine.stage(MARKED, Query(to_sql(joined.mutate(**{_STATUS: status}).drop("same_line"))))
        engine.stage(SUBJECTS, Query(to_sql(fresh.anti_join(unchanged, key))))
        engine.drop("staged_same")


def _traits(fresh: ir.Table, key: str, present: ibis.Schema) -> list[str]:
    return [name for name in fresh.columns if name not in (key, "first_") and name in present]


def _staged(
    engine: DuckDBEngine, plan: Plan, problems: list[rows.Problem], reading: Reading, who: Identified
) -> Staged:
    counted = engine.rows(Query(to_sql(table(engine, MARKED).group_by(_STATUS).agg(n=lambda r: r.count()))))
    counts = {int(str(status)): int(str(n)) for status, n in counted}
    total = number(engine, table(engine, RAW).count()) + len(reading.refused)
    names: tuple[str, ...] = ()
    if plan.field("event"):
        listed = engine.rows(Query(to_sql(table(engine, KEYED).select("event").distinct().order_by("event"))))
        names = tuple(str(name) for (name,) in listed)
    own = plan.field("event_id") or plan.field("order_id")
    known = rows.Problem(own.column, own.place, _OTHER_CONTENT) if own else rows.Problem("", None, _OTHER_CONTENT)
    is_kept = plan.has_events and plan.mapping.repeated_rows == "keep"
    repeated = number(engine, table(engine, KEYED).filter(lambda r: r[rows.TIMES] > 0).count()) if is_kept else 0
    return Staged(
        plan, (*problems, known), reading, total, counts.get(_STORED, 0), counts.get(_DUPLICATE, 0), who,
        findings(repeated, who.shared), names,
    )  # fmt: skip


_OTHER_CONTENT = Text(
    en="this number is known with other values; what is stored is not overwritten",
    fr="ce numéro est connu avec d'autres valeurs\N{NO-BREAK SPACE}; ce qui est enregistré n'est pas remplacé",
)
