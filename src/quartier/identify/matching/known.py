"""Records that are known already, cleaned once, so that new ones find theirs among them in a moment. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quartier.identify.matching.blocking import LARGEST, Key, Rule
from quartier.identify.matching.comparing import frequencies, prepared
from quartier.identify.matching.model import Model
from quartier.identify.matching.records import Records, named_by, numbered

Frequencies = tuple[pa.Array, np.ndarray]


@dataclass(frozen=True)
class Known:
    """Known records as a model compares them, with the frequencies of their values."""

    ids: pa.ChunkedArray
    table: pa.Table
    frequencies: Mapping[str, Frequencies]

    @property
    def n(self) -> int:
        """How many records are known."""
        return len(self.ids)

    @classmethod
    def of(cls, table: pa.Table, model: Model, record: str) -> "Known":
        """The records of a table, named by its column `record`."""
        columns = prepared(table, model.configuration)
        counted = {
            each.field.column: frequencies(columns[each.field.column])
            for each in model.configuration.comparisons
            if each.by_frequency
        }
        return cls(named_by(table, record), columns, counted)

    def with_new(self, new: pa.Table, model: Model, record: str) -> Records:
        """The new records, after those known ones that share a key of some rule with one of them."""
        names, fresh = named_by(new, record), prepared(new, model.configuration)
        near = pa.array(_share_a_key(self.table, fresh, model.rules))
        old = self.table.filter(near)
        ids = pa.chunked_array([*self.ids.filter(near).cast(names.type).chunks, *names.chunks], names.type)
        possible = old.num_rows * new.num_rows + new.num_rows * (new.num_rows - 1) // 2
        return numbered(ids, pa.concat_tables([old, fresh], promote_options="permissive"), possible, old.num_rows)

    def weighed(self, model: Model, place: int, records: Records) -> pa.Table:
        """The frequencies of the values that these records have; a value that is new is as rare as can be."""
        column = model.configuration.comparisons[place].field.column
        values, shares = self.frequencies[column]
        here = pc.unique(records.table[column].drop_null())
        found = pc.fill_null(pc.index_in(here, values), -1).to_numpy(zero_copy_only=False)
        rarest = 1 / self.n
        own = np.where(found >= 0, np.append(shares, rarest)[found], rarest)
        scale = model.parameters.u[place][0] / max((shares**2).sum(), 1e-12)
        return pa.table({column: here, f"tf_{column}": pa.array(own * scale)})


def _share_a_key(known: pa.Table, new: pa.Table, rules: tuple[Rule, ...]) -> np.ndarray:
    """Of each known record whether some rule pairs it with a new one; all of them when there is no rule."""
    share = np.full(known.num_rows, not rules)
    here, there = _Keys(known), _Keys(new)
    for rule in rules:
        wanted = pc.unique(there.of(rule)).drop_null()
        place = pc.fill_null(pc.index_in(here.of(rule), wanted), -1).to_numpy()
        share |= _of_few(place, len(wanted))[place]
    return share


def _of_few(place: np.ndarray, kinds: int) -> np.ndarray:
    """For each key whether few enough records have it to make pairs; the last answer is for place -1, no key."""
    return np.append(np.bincount(place[place >= 0], minlength=kinds) <= LARGEST, False)


class _Keys:
    """The keys of a table's records by each rule, as one text; none where one of them is missing."""

    def __init__(self, table: pa.Table) -> None:
        self._table, self._found = table, dict[Key, pa.ChunkedArray]()

    def of(self, rule: Rule) -> pa.ChunkedArray:
        for each in rule.keys:
            if each not in self._found:
                self._found[each] = each.of(self._table)
        return pc.binary_join_element_wise(*(self._found[each] for each in rule.keys), "\x1f")
