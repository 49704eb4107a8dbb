"""Matching, thin: records in, pairs with their probability and reasons out, on a connection of its own."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quartier.catalog import Meaning
from quartier.identify.matching.blocking import Rule, may_compare_all, rules_for
from quartier.identify.matching.comparing import Configuration
from quartier.identify.matching.kinds import OWN
from quartier.identify.matching.known import Known
from quartier.identify.matching.learning import Parameters, Patterns, by_chance, learn
from quartier.identify.matching.model import Model
from quartier.identify.matching.records import Records, random_pairs, records_of, same_by_chance, weighed
from quartier.identify.matching.splinking import settings
from quartier.identify.matching.telling import asked, nobody, told
from quartier.identify.matching.workbench import BLOCKS, RECORDS, DuckDBWorkbench, Limits, Workbench, nothing_drawn

TRAINING_PAIRS = 300_000
SEED = 20_261_122
BETWEEN, NEW = "l.side < r.side", "r.side = 1"


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


def match(
    table: pa.Table,
    *,
    record: str,
    other: pa.Table | None = None,
    meanings: Mapping[str, Meaning] | None = None,
    least: float = 0.5,
    limits: Limits | None = None,
    seed: int = SEED,
) -> Matched:
    """The pairs of records of `table`, or of `table` and `other`, that are of one person with probability `least`.

    `record` is the column that names a record, in both tables. Nothing has to be configured; `meanings` are those of
    the catalog, by column. The same records and seed give the same pairs.

    Raises:
        InvalidRequest: a table has no column `record`.
    """
    with _bench(limits) as bench:
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
    return _scored(bench, records, Model(configuration, rules, parameters, records.n), blocked, least)


def match_new(
    new: pa.Table,
    known: pa.Table | Known,
    model: Model,
    *,
    record: str,
    least: float = 0.5,
    limits: Limits | None = None,
) -> Matched:
    """The pairs of new records with known ones and with one another, scored by a kept model; nothing is learnt.

    Whoever asks often keeps `Known.of(table, model, record)`, which is most of the work.

    Raises:
        InvalidRequest: a table has no column `record`.
    """
    before = known if isinstance(known, Known) else Known.of(known, model, record)
    records = before.with_new(new, model, record)
    rules = model.rules or rules_for(records.table, model.configuration, records.possible)
    is_all = may_compare_all(model.configuration, records.possible)
    if records.possible == 0 or not model.parameters.m or not (rules or is_all):
        return Matched(nobody(records.ids), model, 0)
    with _bench(limits) as bench:
        blocked = _blocked(bench, records, model.configuration, rules, NEW)
        return _scored(bench, records, model, blocked, least, before)


@contextmanager
def _bench(limits: Limits | None) -> Iterator[DuckDBWorkbench]:
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
    own = tuple(each.kind in OWN for each in configuration.fields)
    return learn(Patterns(seen.levels, seen.counts * scale), chance, own, records.possible, records.n)


def _patterns(bench: Workbench, linker: Any, pairs: Any, configuration: Configuration) -> Patterns:
    columns = [f"mw_{each.column}" for each in configuration.fields]
    grouped = bench.grouped(linker, pairs, columns)
    levels = np.stack([np.rint(grouped[each].to_numpy()).astype(np.int16) - 1 for each in columns], axis=1)
    order = np.lexsort(levels.T)
    return Patterns(levels[order], grouped["n"].to_numpy().astype(float)[order])


def _scored(
    bench: Workbench, records: Records, model: Model, blocked: Any, least: float, known: Known | None = None
) -> Matched:
    linker = bench.linker(RECORDS, settings(model.configuration, model.parameters))
    for place, each in enumerate(model.configuration.comparisons):
        if each.by_frequency:
            shares = known.weighed(model, place, records) if known and known.n else weighed(records, model, place)
            bench.frequencies(linker, each.field.column, shares)
    found = told(bench.scored(linker, blocked, least, asked(model)), records.ids, model)
    return Matched(found.filter(pc.greater_equal(found["probability"], least)), model, bench.count(blocked))
