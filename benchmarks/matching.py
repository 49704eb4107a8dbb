"""Matching of generated customers: its time against Splink's own on the same pairs, and a million records in one run.

    python -m benchmarks.matching            both; the million takes minutes
    python -m benchmarks.matching --quick    small, to see that it runs

Splink is given the pairs that our rules find, so that it need not block, and settings as its demos have them: its own
comparisons for each column, u from a million random pairs, two trainings, predictions of all pairs. Ours is the whole
run: cleaning, inferring, blocking, learning, scoring, naming. Seconds are of the processor, since other work may share
the machine.
"""

import argparse
import itertools
import multiprocessing
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa

from benchmarks.matching_people import people, person_of
from quartier.identify.matching.blocking import rules_for
from quartier.identify.matching.measures import PairScores, pair_scores, true_pairs
from quartier.identify.matching.records import records_of
from quartier.identify.matching.run import match
from quartier.identify.matching.workbench import Limits

Result = TypeVar("Result")
SEED, DUPLICATES = 7, 0.2
SIZES, QUICK, MILLION = (20_000, 100_000), (3_000,), 1_000_000
REPEATS, LARGE = 3, 50_000


@dataclass(frozen=True)
class Side:
    """How long one side took of the processor and on the clock, its peak memory, and how good its pairs were."""

    name: str
    compared: int
    processor: float
    clock: float
    megabytes: float
    scores: PairScores

    def as_markdown(self, records: int, ours: float) -> str:
        """The row of a table."""
        found = f"{self.scores.precision:.3f} | {self.scores.recall:.3f} | {self.scores.f1:.3f}"
        took = f"{self.processor:.1f} s | {self.processor / ours:.2f} | {self.clock:.1f} s | {self.megabytes:.0f} MB"
        return f"| {records:,} | {self.name} | {self.compared:,} | {took} | {found} |"


HEADING = (
    "| records | | pairs compared | processor | times ours | clock | peak memory | precision | recall | F1 |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)


def measure(sizes: tuple[int, ...], million: int | None = None) -> list[str]:
    """The rows of the table: both sides of each size, and ours alone for the million."""
    rows = []
    for n in sizes:
        repeats = REPEATS if n < LARGE else 1
        sides = [_apart(_ours, n, repeats), _apart(_splinks, n, repeats)]
        rows += [each.as_markdown(n, sides[0].processor) for each in sides]
    if million:
        alone = _apart(_ours, million, 1)
        rows.append(alone.as_markdown(million, alone.processor))
    return rows


def as_markdown(rows: list[str]) -> str:
    """The whole table."""
    return "\n".join([HEADING, *rows])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    quick = parser.parse_args().quick
    print(as_markdown(measure(QUICK if quick else SIZES, None if quick else MILLION)))


def _ours(n: int, repeats: int) -> Side:
    table = people(n, DUPLICATES, SEED)
    found, processor, clock = _timed(lambda: match(table, record="id", limits=Limits(memory="2GB")), repeats)
    pairs = found.pairs.select(["a", "b"]).to_pydict()
    return Side("Quartier", found.compared, processor, clock, _megabytes(), _scored(pairs["a"], pairs["b"], table))


def _splinks(n: int, repeats: int) -> Side:
    table = people(n, DUPLICATES, SEED)
    pairs = _pairs(table)
    found, processor, clock = _timed(lambda: _by_splink(table, pairs), repeats)
    ids = [found[f"unique_id_{side}"].to_pylist() for side in "lr"]
    return Side("Splink 5", pairs.num_rows, processor, clock, _megabytes(), _scored(*ids, table))


def _pairs(table: pa.Table) -> pa.Table:
    """The pairs that our rules find, by their ids, each once."""
    records, configuration = records_of(table, None, "id", None)
    blocks = records.blocks(rules_for(records.table, configuration, records.possible))
    ids, seen = records.ids.to_pylist(), set[tuple[int, int]]()
    for column in blocks.column_names[2:]:
        together: dict[int, list[int]] = {}
        for number, block in enumerate(blocks[column].to_pylist()):
            if block is not None:
                together.setdefault(block, []).append(number)
        seen.update(pair for each in together.values() for pair in itertools.combinations(each, 2))
    # Splink asks that the smaller id comes first
    left, right = zip(*(sorted((ids[one], ids[other])) for one, other in seen), strict=True)
    return pa.table({"match_key": ["0"] * len(left), "join_key_l": list(left), "join_key_r": list(right)})


def _by_splink(table: pa.Table, pairs: pa.Table) -> pa.Table:
    """Splink as its demos use it, on given pairs."""
    import duckdb
    from splink import DuckDBAPI, Linker, block_on

    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "splink.duckdb")) as connection:
        connection.execute("SET enable_progress_bar = false")
        api = DuckDBAPI(connection=connection)
        linker = Linker(
            api.register(table.rename_columns(["unique_id", *table.column_names[1:]])), _settings(), log_level=None
        )
        training = linker.training
        training.estimate_probability_two_random_records_match(_certain(), recall=0.6)
        training.estimate_u_using_random_sampling(max_pairs=1_000_001, seed=SEED)
        training.estimate_parameters_using_expectation_maximisation(block_on("prenom", "nom"))
        training.estimate_parameters_using_expectation_maximisation(block_on("email"))
        linker.table_management.register_blocked_pairs_for_predict(api.register(pairs))
        found = linker.inference.predict(threshold_match_probability=0.5).as_duckdbpyrelation()
        return found.project("unique_id_l, unique_id_r, match_probability").to_arrow_table()


def _settings() -> Any:
    import splink.comparison_library as by
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            by.NameComparison("prenom"),
            by.NameComparison("nom"),
            by.EmailComparison("email"),
            by.LevenshteinAtThresholds("telephone", [1, 2]),
            by.DateOfBirthComparison("date_naissance", input_is_string=True),
            by.JaroWinklerAtThresholds("adresse", [0.92, 0.8]),
            by.ExactMatch("code_postal").configure(term_frequency_adjustments=True),
            by.ExactMatch("ville").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[block_on("prenom", "nom")],
        retain_intermediate_calculation_columns=True,
    )


def _certain() -> list[Any]:
    from splink import block_on

    return [block_on("email"), block_on("nom", "date_naissance"), block_on("nom", "telephone")]


def _scored(left: list[str], right: list[str], table: pa.Table) -> PairScores:
    person = {each: person_of(each) for each in table["id"].to_pylist()}
    return pair_scores(zip(left, right, strict=True), true_pairs(person))


def _timed(work: Callable[[], Result], repeats: int) -> tuple[Result, float, float]:
    """What the work gives, and the medians of its seconds of the processor and on the clock."""
    results, processor, clock = [], [], []
    for _ in range(repeats):
        random.seed(SEED)
        started, at = time.process_time(), time.perf_counter()
        results.append(work())
        processor.append(time.process_time() - started)
        clock.append(time.perf_counter() - at)
    return results[-1], statistics.median(processor), statistics.median(clock)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _apart(work: Callable[[int, int], Side], n: int, repeats: int) -> Side:
    """In a process of its own, so that each side's memory is its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (n, repeats))


if __name__ == "__main__":
    main()
