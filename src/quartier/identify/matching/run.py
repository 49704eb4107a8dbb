"""Matching, thin: records in, pairs with their probability and reasons out, on a connection of its own."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quartier.catalog import Meaning
from quartier.identify.matching.blocking import Rule, may_compare_all, rules_for
from quartier.identify.matching.comparing import Configuration
from quartier.identify.matching.kept import Kept
from quartier.identify.matching.learning import Parameters, Patterns, by_chance, learn
from quartier.identify.matching.model import Model
from quartier.identify.matching.near import Due, due
from quartier.identify.matching.records import (
    Records,
    blocked_pairs,
    numbered,
    random_pairs,
    records_of,
    same_by_chance,
    weighed,
)
from quartier.identify.matching.segments import ID
from quartier.identify.matching.splinking import settings
from quartier.identify.matching.telling import asked, nobody, told
from quartier.identify.matching.workbench import BLOCKS, RECORDS, DuckDBWorkbench, Limits, Workbench, nothing_drawn

if TYPE_CHECKING:
    from quartier.engine import SparkEngine

TRAINING_PAIRS = 300_000
SEED = 20_261_122
BETWEEN = "l.side < r.side"


@dataclass(frozen=True)
class Matched:
    """What matching found.

    `pairs` holds the two records (`a`, `b`, by their names), the `probability` that they are of one person, the
    `match_weight` in bits, `weight_near` (what is taken off because two of one home would agree as well), and for each
    field its `level_` (0 the closest, -1 a value is missing) and its `weight_`; the likeliest pairs come first.
    """

    pairs: pa.Table
    model: Model
    compared: int

    @property
    def configuration(self) -> Configuration:
        """What was compared."""
        return self.model.configuration


@dataclass(frozen=True)
class Renewed:
    """What new records changed: all that is known now, the pairs that were found with them, and how many it took."""

    kept: Kept
    pairs: pa.Table
    compared: int


def match(
    table: pa.Table,
    *,
    record: str,
    other: pa.Table | None = None,
    meanings: Mapping[str, Meaning] | None = None,
    least: float = 0.5,
    limits: Limits | None = None,
    seed: int = SEED,
    spark: "SparkEngine | None" = None,
) -> Matched:
    """The pairs of records of `table`, or of `table` and `other`, that are of one person with probability `least`.

    `record` is the column that names a record, in both tables. Nothing has to be configured; `meanings` are those of
    the catalog, by column. The same records and seed give the same pairs. Pairs are compared in this process, within
    `limits`, or in the session of `spark`.

    Raises:
        InvalidRequest: a table has no column `record`; the session of `spark` lacks what Splink needs.
    """
    with _spark_bench(spark) if spark is not None else _bench(limits) as bench:
        return match_on(bench, table, record=record, other=other, meanings=meanings, least=least, seed=seed)


def match_on(
    bench: Workbench,
    table: pa.Table,
    *,
    record: str,
    other: pa.Table | None = None,
    meanings: Mapping[str, Meaning] | None = None,
    least: float = 0.5,
    seed: int = SEED,
) -> Matched:
    """`match` on a workbench that is open."""
    records, configuration = records_of(table, other, record, meanings)
    rules = rules_for(records.table, configuration, records.possible)
    if records.possible == 0 or not (rules or may_compare_all(configuration, records.possible)):
        return Matched(nobody(records.ids), Model(configuration, (), Parameters((), (), (), 0.0), records.n), 0)
    blocked = _blocked(bench, records, configuration, rules, BETWEEN if other is not None else "")
    parameters = _learnt(bench, blocked, records, configuration, rules, seed)
    model = Model(configuration, rules, parameters, records.n)
    found = _scored(bench, records.ids, model, blocked, least, _shares(records, model))
    return Matched(found, model, bench.count(blocked))


def keep(table: pa.Table, found: Matched, *, record: str, least: float = 0.5) -> Kept:
    """The records of a table that was matched as known ones, among which new ones find theirs in a moment.

    `least` is the probability from which on pairs were asked for.

    Raises:
        InvalidRequest: a table has no column `record`.
    """
    return Kept.of(table, found.model, found.pairs, record=record, least=least)


def match_new(
    new: pa.Table, known: Kept, *, gone: pa.ChunkedArray | None = None, limits: Limits | None = None
) -> Renewed:
    """The pairs of new records with known ones and with one another, by the model that is kept; nothing is learnt.

    A record that is known by its name is replaced; those named by `gone` are there no longer. In whatever order and in
    how many parts records come, change and go, what is known in the end is the same.

    Raises:
        InvalidRequest: `new` has no column by which records are named.
    """
    waiting = due(known, new, gone)
    if not known.model.parameters.m or not len(waiting.used):
        return Renewed(waiting.with_found(known.pairs.slice(0, 0)).tidied(), known.pairs.slice(0, 0), 0)
    with _bench(limits) as bench:
        found = _compared(bench, waiting)
    return Renewed(waiting.with_found(found).tidied(), found, len(waiting.pairs[0]))


@contextmanager
def _spark_bench(spark: "SparkEngine") -> Iterator[Workbench]:
    from quartier.identify.matching.on_spark import SparkWorkbench

    with nothing_drawn():
        yield SparkWorkbench(spark)


@contextmanager
def _bench(limits: Limits | None) -> Iterator[Workbench]:
    chosen = limits or Limits()
    with nothing_drawn(), tempfile.TemporaryDirectory(dir=chosen.folder) as scratch:
        bench = DuckDBWorkbench.open(chosen, Path(scratch))
        try:
            yield bench
        finally:
            bench.close()


def _blocked(
    bench: Workbench, records: Records, configuration: Configuration, rules: tuple[Rule, ...], only: str
) -> Any:
    bench.load(RECORDS, records.table)
    bench.load(BLOCKS, records.blocks(rules))
    return bench.blocked(bench.linker(BLOCKS, settings(configuration, None, rules=len(rules), only=only)))


def _learnt(
    bench: Workbench,
    blocked: Any,
    records: Records,
    configuration: Configuration,
    rules: tuple[Rule, ...],
    seed: int,
) -> Parameters:
    linker = bench.linker(RECORDS, settings(configuration, None))
    seen = _patterns(bench, linker, bench.part(blocked, TRAINING_PAIRS), configuration)
    strangers = _patterns(bench, linker, bench.pairs(random_pairs(records, seed)), configuration) if rules else seen
    scale = bench.count(blocked) / max(seen.counts.sum(), 1)
    sizes = [len(each.levels) for each in configuration.comparisons]
    chance = by_chance(strangers, sizes, same_by_chance(records, configuration))
    return learn(Patterns(seen.levels, seen.counts * scale), chance, configuration.own, records.possible, records.n)


def _patterns(bench: Workbench, linker: Any, pairs: Any, configuration: Configuration) -> Patterns:
    columns = [f"mw_{each.column}" for each in configuration.fields]
    grouped = bench.grouped(linker, pairs, columns)
    levels = np.stack([np.rint(grouped[each].to_numpy()).astype(np.int16) - 1 for each in columns], axis=1)
    order = np.lexsort(levels.T)
    return Patterns(levels[order], grouped["n"].to_numpy().astype(float)[order])


def _compared(bench: Workbench, waiting: Due) -> pa.Table:
    """The pairs that are due and were found."""
    rows, model = waiting.after.rows(waiting.used), waiting.after.model
    records = numbered(rows[ID], rows.drop_columns([ID]), len(waiting.pairs[0]), rows.num_rows)
    left, right = (pa.array(np.searchsorted(waiting.used, each)) for each in waiting.pairs)
    bench.load(RECORDS, records.table)
    pairs = bench.pairs(blocked_pairs(left, right))
    shares = {name: _distinct(records.table, name) for name in waiting.after.shares}
    return _scored(bench, records.ids, model, pairs, waiting.after.least, shares)


def _shares(records: Records, model: Model) -> dict[str, pa.Table]:
    """For each field of which rare values count more, its values with their frequencies."""
    found = {}
    for place, each in enumerate(model.configuration.comparisons):
        if each.by_frequency:
            values, shares, _ = weighed(records.table[each.field.column], model, place)
            found[each.field.column] = pa.table({each.field.column: values, f"tf_{each.field.column}": shares})
    return found


def _distinct(records: pa.Table, column: str) -> pa.Table:
    values, share = records[column].combine_chunks(), f"tf_{column}"
    here = pc.unique(values).drop_null()
    return pa.table({column: here, share: records[share].take(pc.index_in(here, values))})


def _scored(
    bench: Workbench, ids: pa.ChunkedArray, model: Model, pairs: Any, least: float, shares: Mapping[str, pa.Table]
) -> pa.Table:
    linker = bench.linker(RECORDS, settings(model.configuration, model.parameters))
    for column, table in shares.items():
        bench.frequencies(linker, column, table)
    found = told(bench.scored(linker, pairs, least, asked(model)), ids, model)
    return found.filter(pc.greater_equal(found["probability"], least))
