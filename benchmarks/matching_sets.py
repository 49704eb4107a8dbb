"""Sets of which the truth is known: pairs and clusters by the one configuration that fits itself, against it.

    python -m benchmarks.matching_sets

The sets are not in the repository (set QUARTIER_DATA to their folder). FEBRL and fake_1000 are generated; the contacts
of early-childhood sites in Chicago are real, and their truth was set by hand. Splink's own figures are those of the
settings of its demos, written by hand for each set, with pairs at probability 0.5.
"""

import os
import sys
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pv

from quartier.identify.matching.clusters import clusters
from quartier.identify.matching.measures import ClusterScores, PairScores, cluster_scores, pair_scores, true_pairs
from quartier.identify.matching.run import match

SETS = {
    "FEBRL 1": ("febrl1.csv.gz",),
    "FEBRL 2": ("febrl2.csv.gz",),
    "FEBRL 3": ("febrl3.csv.gz",),
    "FEBRL 4": ("febrl4a.csv.gz", "febrl4b.csv.gz"),
    "fake_1000": ("fake_1000.csv.gz",),
    "Chicago": ("chicago_early_childhood_messy.csv.gz", "chicago_early_childhood_true_ids.csv.gz"),
}
SPLINK = {"FEBRL 3": 0.993, "FEBRL 4": 0.999, "fake_1000": 0.805}
"""F1 of Splink 5.0 by its own demos' settings."""


@dataclass(frozen=True)
class Known:
    """One table or two, the column that names a record, and the person of each record."""

    tables: tuple[pa.Table, ...]
    record: str
    person: dict[Hashable, Hashable]


@dataclass(frozen=True)
class Measured:
    """How well one set was matched."""

    name: str
    records: int
    compared: int
    pairs: PairScores
    clusters: ClusterScores

    def as_markdown(self) -> str:
        """The row of a table."""
        pairs, found = self.pairs, self.clusters
        splink = f"{SPLINK[self.name]:.3f}" if self.name in SPLINK else ""
        scores = f"{pairs.precision:.4f} | {pairs.recall:.4f} | {pairs.f1:.4f} | {splink}"
        whole = f"{found.precision:.3f} | {found.recall:.3f} | {found.adjusted_rand:.3f} | {found.impure}"
        return f"| {self.name} | {self.records:,} | {pairs.true:,} | {self.compared:,} | {scores} | {whole} |"


HEADING = (
    "| set | records | true pairs | compared | precision | recall | F1 | Splink's F1 | B³ precision | B³ recall"
    " | adjusted Rand | impure clusters |\n|---|---|---|---|---|---|---|---|---|---|---|---|"
)


def read(name: str, folder: Path) -> Known:
    """A set with its truth."""
    files = [pv.read_csv(folder / file, parse_options=_LINES_IN_FIELDS) for file in SETS[name]]
    if name == "Chicago":
        sites, truth = files
        return Known((sites,), "Id", dict(zip(truth["Id"].to_pylist(), truth["True Id"].to_pylist(), strict=True)))
    if name == "fake_1000":
        (table,) = files
        person = dict(zip(table["unique_id"].to_pylist(), table["cluster"].to_pylist(), strict=True))
        return Known((table.drop_columns(["cluster"]),), "unique_id", person)
    named = [record for each in files for record in each["rec_id"].to_pylist()]
    return Known(tuple(files), "rec_id", {record: record.split("-")[1] for record in named})


def measure(name: str, folder: Path) -> Measured:
    """Match a set by the default configuration, and hold the pairs and clusters at 0.5 against its truth."""
    known = read(name, folder)
    found = match(known.tables[0], record=known.record, other=known.tables[1] if len(known.tables) > 1 else None)
    pairs = zip(found.pairs["a"].to_pylist(), found.pairs["b"].to_pylist(), strict=True)
    grouped = clusters(list(known.person), found.pairs)
    return Measured(
        name,
        len(known.person),
        found.compared,
        pair_scores(pairs, true_pairs(known.person)),
        cluster_scores(grouped.cluster, known.person),
    )


def main() -> None:
    """Print the table, row by row."""
    folder = Path(os.environ.get("QUARTIER_DATA") or Path(__file__).parents[2] / "shared" / "data")
    print(HEADING)
    for name in sys.argv[1:] or SETS:
        print(measure(name, folder).as_markdown(), flush=True)


_LINES_IN_FIELDS = pv.ParseOptions(newlines_in_values=True)


if __name__ == "__main__":
    main()
