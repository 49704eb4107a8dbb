"""The first half of an import: read, convert, count, identify. Everything is staged, nothing is stored.

Staged tables are temporary tables of the engine: memory stays bounded, and a failed import leaves no trace.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from quartier.catalog import Catalog
from quartier.collect import rows
from quartier.collect.comparing import is_filling, teach
from quartier.collect.definition import Mapping
from quartier.collect.evidence import Evidence, decide
from quartier.collect.findings import findings
from quartier.collect.marking import ROW, mark_events, mark_subjects, own_id
from quartier.collect.plan import Plan, make_plan, trait_of
from quartier.collect.readers import LINE, Reading, as_text
from quartier.collect.tables import KEYED, MARKED, RAW, REJECTED, SUBJECTS, TYPED, count, number, table, unstage
from quartier.config import Config
from quartier.engine import IDENTITY, KEY, DuckDBEngine, Query, said_table, to_sql
from quartier.identify.linking import Opening
from quartier.identify.run import Identified, identify
from quartier.language import Said, Text

VALUE = "value_"
_SAMPLE = 5_000


@dataclass(frozen=True)
class Staged:
    """A file that is ready to be stored: what is staged, and what there is to say about it."""

    plan: Plan
    problems: tuple[rows.Problem, ...]
    reading: Reading
    rows_in: int
    stored: int
    duplicates: int
    rejected: int
    identified: Identified
    findings: tuple[Text | Said, ...] = ()
    event_names: tuple[str, ...] = ()


def stage(
    engine: DuckDBEngine,
    reading: Reading,
    mapping: Mapping,
    catalog: Catalog,
    config: Config,
    ledger: Opening,
    where: str,
) -> Staged:
    """Read and convert a file, decide each row's fate and find out whose it is. Raises UserError."""
    teach(engine)
    kept = [name for name, column in mapping.columns.items() if column.to != "skip" and name in reading.names]
    engine.stage(RAW, _kept(reading, kept))
    rows_in = count(engine, RAW)
    plan = make_plan(mapping, reading.names, _samples(engine, kept), catalog, where)
    evidence = decide(engine, table(engine, RAW), plan, config, where)
    plan = replace(plan, mapping=evidence.settled(plan.mapping))
    problems = [*_type(engine, plan, evidence), _known_otherwise(plan)]
    usable = rows_in - count(engine, REJECTED)
    if plan.has_events:
        mark_events(engine, plan, evidence, len(problems) - 1)
    else:
        mark_subjects(engine, plan)
    _keep_rejected(engine, problems)
    unstage(engine, RAW, TYPED)
    who = _identify(engine, plan, ledger)
    _stage_subjects(engine, plan)
    stored = count(engine, KEYED) if plan.has_events else _without_unchanged(engine, plan)
    rejected = count(engine, REJECTED)
    duplicates = usable - stored - (rejected - (rows_in - usable))
    refused = len(reading.refused)
    return Staged(
        plan, tuple(problems), reading, rows_in + refused, stored, duplicates, rejected + refused, who,
        _findings(engine, plan, who), _event_names(engine, plan),
    )  # fmt: skip


def _kept(reading: Reading, kept: Sequence[str]) -> pa.RecordBatchReader:
    """Only the columns that are kept, text trimmed, under places that no name can break."""
    columns = [(f"c{place}", reading.type_of(name)) for place, name in enumerate(kept)]
    schema = pa.schema([*columns, (LINE, pa.int64())])
    chosen = (
        pa.RecordBatch.from_arrays(
            [*(_trimmed(batch.column(name)) for name in kept), batch.column(LINE)], schema=schema
        )
        for batch in reading.batches
    )
    return pa.RecordBatchReader.from_batches(schema, chosen)


def _trimmed(column: pa.Array) -> pa.Array:
    return pc.utf8_trim_whitespace(column) if pa.types.is_string(column.type) else column


def _samples(engine: DuckDBEngine, kept: Sequence[str]) -> dict[str, list[str | None]]:
    sample = engine.fetch(Query(to_sql(table(engine, RAW).limit(_SAMPLE)))).combine_chunks()
    return {name: as_text(sample.column(f"c{place}").combine_chunks()).to_pylist() for place, name in enumerate(kept)}


def _type(engine: DuckDBEngine, plan: Plan, evidence: Evidence) -> list[rows.Problem]:
    """Cells, values, checks: each computed once. The rows with a problem are set apart."""
    valued = rows.typed_values(rows.cells(table(engine, RAW), plan), plan, evidence.reader)
    typed, problems = rows.checked_rows(valued, plan)
    engine.stage(TYPED, Query(to_sql(typed, in_steps=True)))
    rejected = table(engine, TYPED).filter(lambda r: r[rows.PROBLEM].notnull()).select(LINE, rows.PROBLEM)
    engine.stage(REJECTED, Query(to_sql(rejected)))
    return problems


def _keep_rejected(engine: DuckDBEngine, problems: Sequence[rows.Problem]) -> None:
    """The rejected rows with the value that is to blame, so that the rest of the file can go."""
    if not count(engine, REJECTED):
        return
    rejected, raw = table(engine, REJECTED), table(engine, RAW)
    joined = rejected.join(raw, LINE)
    blamed = [
        (joined[rows.PROBLEM] == number, joined[each.place].cast(dtypes.string))
        for number, each in enumerate(problems) if each.place
    ]  # fmt: skip
    value = ibis.cases(*blamed) if blamed else ibis.null(dtypes.string)
    engine.stage(REJECTED, Query(to_sql(joined.select(LINE, rows.PROBLEM, **{VALUE: value}))))


def kinds_of(plan: Plan) -> list[str]:
    """The kinds of identifiers in this file, the strongest first; `row` when rows are persons by themselves."""
    return [each.kind for each in plan.identifiers] or [ROW]


def _identify(engine: DuckDBEngine, plan: Plan, ledger: Opening) -> Identified:
    who = identify(engine, MARKED, kinds_of(plan), plan.subject, ledger=ledger, line=LINE, into=KEYED)
    unstage(engine, MARKED)
    return who


def _stage_subjects(engine: DuckDBEngine, plan: Plan) -> None:
    """One row per identifier that rows came under: of every trait the last value that the file gives."""
    keyed = table(engine, KEYED)
    traits = {trait: rows.as_given(each) for each in plan.fields if (trait := trait_of(each))}
    order = ibis.struct({"at": keyed.time, "line": keyed[LINE]}) if plan.has_events else keyed[LINE]
    ordered = keyed.mutate(order_=order)
    latest = {trait: _last(column) for trait, column in traits.items()}
    grouped = ordered.group_by(IDENTITY, KEY[plan.subject]).agg(first_=lambda r: r[LINE].min(), **latest)
    engine.stage(SUBJECTS, Query(to_sql(grouped)))


def _last(column: str):  # type: ignore[no-untyped-def]  # a deferred expression of Ibis, which has no type
    return lambda r: r[column].argmax(r.order_)


def _without_unchanged(engine: DuckDBEngine, plan: Plan) -> int:
    """Leave out identifiers of which the file says nothing that is not known; how many rows say something new."""
    present = engine.schema(said_table(plan.subject))
    if present is None:
        return count(engine, KEYED)
    fresh, known = table(engine, SUBJECTS), table(engine, said_table(plan.subject))
    traits = [name for name in fresh.columns if name not in (IDENTITY, KEY[plan.subject], "first_")]
    known = known.select(
        known_key=known[IDENTITY], **{f"known_{name}": known[name] for name in traits if name in present}
    )
    joined = fresh.left_join(known, fresh[IDENTITY] == known.known_key)
    changed = joined.filter(ibis.or_(*_changes(joined, traits, present))).select(*fresh.columns)
    engine.stage(_CHANGED, Query(to_sql(changed)))
    engine.stage(SUBJECTS, Query(to_sql(table(engine, _CHANGED))))
    engine.drop(_CHANGED)
    return number(engine, table(engine, KEYED).semi_join(table(engine, SUBJECTS), IDENTITY).count())


_CHANGED = "staged_changed"


def _changes(joined: ir.Table, traits: Sequence[str], present: ibis.Schema) -> list[ir.BooleanValue]:
    """What makes a row news: an identifier that is not known, a value that is new or another one."""
    changes = [joined.known_key.isnull()]
    for name in traits:
        is_other = joined[name].notnull()
        if name in present:
            is_other = is_other & ~joined[name].identical_to(joined[f"known_{name}"])
        changes.append(is_other)
    return changes


def _findings(engine: DuckDBEngine, plan: Plan, who: Identified) -> tuple[Said, ...]:
    keyed = table(engine, KEYED)
    is_numbered = plan.has_events and rows.TIMES in keyed.columns
    repeated = number(engine, keyed.agg(n=(keyed[rows.TIMES] > 0).sum())) if is_numbered else 0
    return findings(repeated, who.shared, _unusable(engine, plan))


def _unusable(engine: DuckDBEngine, plan: Plan) -> Counter[tuple[str, bool]]:
    """How many rows have an identifier that compares nothing, by its kind and whether it only fills the field."""
    counted: Counter[tuple[str, bool]] = Counter()
    found = rows.unusable(table(engine, KEYED), plan)
    if found is not None:
        for value, n, kind in engine.rows(Query(to_sql(found))):
            counted[str(kind), is_filling(str(kind), str(value), plan.mapping.country or "")] += int(str(n))
    return counted


def _event_names(engine: DuckDBEngine, plan: Plan) -> tuple[str, ...]:
    if not plan.field("event"):
        return ()
    listed = engine.rows(Query(to_sql(table(engine, KEYED).select("event").distinct().order_by("event"))))
    return tuple(str(name) for (name,) in listed)


def _known_otherwise(plan: Plan) -> rows.Problem:
    own = own_id(plan)
    return rows.Problem(own.column if own else "", own.place if own else None, _OTHER_CONTENT)


_OTHER_CONTENT = Text(
    en="this number is known with other values; what is stored is not overwritten",
    fr="ce numéro est connu avec d'autres valeurs\N{NO-BREAK SPACE}; ce qui est enregistré n'est pas remplacé",
)
