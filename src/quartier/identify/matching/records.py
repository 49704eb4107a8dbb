"""Records made ready to be compared: numbered, cleaned, with the keys of the rules. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from quartier.catalog import Meaning
from quartier.errors import InvalidRequest
from quartier.identify.matching.blocking import Rule, blocks
from quartier.identify.matching.comparing import Configuration, configure, frequencies, prepared
from quartier.identify.matching.model import Model
from quartier.identify.matching.splinking import BLOCK, NUMBER, SIDE
from quartier.language import Text

RANDOM_PAIRS = 200_000


@dataclass(frozen=True)
class Records:
    """The ids of records, their cleaned columns, and how many pairs of them there could be.

    With two tables the records of the second one come after those of the first, on side 1.
    """

    ids: pa.ChunkedArray
    table: pa.Table
    possible: int

    @property
    def n(self) -> int:
        """How many records there are."""
        return int(self.table.num_rows)

    def blocks(self, rules: tuple[Rule, ...]) -> pa.Table:
        """The block of each record by each rule."""
        numbered = {f"{BLOCK}{number}": each for number, each in enumerate(blocks(self.table, rules))}
        return pa.table({NUMBER: self.table[NUMBER], SIDE: self.table[SIDE], **numbered})


def records_of(
    table: pa.Table, other: pa.Table | None, name: str, meanings: Mapping[str, Meaning] | None
) -> tuple[Records, Configuration]:
    """The records of one table or two, named by the column `name`, and the configuration that they call for."""
    if other is None:
        configuration = configure(_without(table, name), meanings)
        return ready(table, name, configuration, table.num_rows * (table.num_rows - 1) // 2), configuration
    both = joined(table, other, name)
    configuration = configure(_without(both, name), meanings)
    return ready(both, name, configuration, table.num_rows * other.num_rows, first=table.num_rows), configuration


def joined(one: pa.Table, other: pa.Table, name: str) -> pa.Table:
    """The records of both tables; columns of different types, or that only one has, do not part them."""
    _check_named(one, name)
    _check_named(other, name)
    return pa.concat_tables([one, other], promote_options="permissive")


def ready(table: pa.Table, name: str, configuration: Configuration, possible: int, first: int | None = None) -> Records:
    """Records to be compared as a configuration says; those after the first `first` ones are on side 1."""
    return numbered(table[name], prepared(table, configuration), possible, table.num_rows if first is None else first)


def numbered(ids: pa.ChunkedArray, columns: pa.Table, possible: int, first: int) -> Records:
    """Cleaned columns with the place and the side of each record."""
    n = len(ids)
    side = np.zeros(n, np.int8)
    side[first:] = 1
    cleaned = {each: columns[each] for each in columns.column_names}
    return Records(ids, pa.table({NUMBER: pa.array(np.arange(n)), SIDE: pa.array(side), **cleaned}), possible)


def named_by(table: pa.Table, name: str) -> pa.ChunkedArray:
    """The column that names the records."""
    _check_named(table, name)
    return table[name]


def random_pairs(records: Records, seed: int) -> pa.Table:
    """Pairs drawn at random, of different sides where there are two: what Splink calls blocked pairs."""
    rng, side = np.random.default_rng(seed), records.table[SIDE].to_numpy()
    first = int((side == 0).sum())
    start = first if first < records.n else 0
    left = rng.integers(0, first, RANDOM_PAIRS)
    right = rng.integers(start, records.n, RANDOM_PAIRS)
    low, high = np.minimum(left, right), np.maximum(left, right)
    drawn = np.unique(np.stack([low, high])[:, low != high], axis=1)
    return blocked_pairs(pa.array(drawn[0]), pa.array(drawn[1]))


def blocked_pairs(left: pa.Array, right: pa.Array) -> pa.Table:
    """Pairs of records by their places, as Splink knows pairs that rules found."""
    return pa.table({"match_key": pa.array(["0"] * len(left)), "join_key_l": left, "join_key_r": right})


def same_by_chance(records: Records, configuration: Configuration) -> list[float]:
    """For each field the share of pairs of records that have the same value, among those that have one."""
    found = []
    for field in configuration.fields:
        values = records.table[field.column]
        shares, n = frequencies(values)[1], len(values) - values.null_count
        found.append(float(max(((shares**2).sum() * n - 1) / max(n - 1, 1), 0.0)))
    return found


def weighed(values: pa.ChunkedArray, model: Model, place: int) -> tuple[pa.Array, np.ndarray, float]:
    """The values of a field with their frequencies, such that their agreements by chance add up to the model's own.

    The last answer is the frequency of a value that was seen once.
    """
    found, shares = frequencies(values)
    scale = model.parameters.u[place][0] / max((shares**2).sum(), 1e-12)
    return found, shares * scale, float(scale / max(len(values) - values.null_count, 1))


def _without(table: pa.Table, name: str) -> pa.Table:
    _check_named(table, name)
    return table.drop_columns([name])


def _check_named(table: pa.Table, name: str) -> None:
    if name not in table.column_names:
        raise InvalidRequest(_NO_NAME.with_(name=name), remedy=_ITS_COLUMNS.with_(names=", ".join(table.column_names)))


_NO_NAME = Text(
    en="The records have no column “{name}”, which was to name them",
    fr="Les enregistrements n'ont pas de colonne « {name} », qui devait les nommer",
)
_ITS_COLUMNS = Text(en="Columns: {names}", fr="Colonnes : {names}")
