"""Conditions over traits, all of those over one table at once: one scan, whose rows say which of them hold.

It is the semantics of a single leaf's own query: the same expression of the same operator, selected beside the others
where a leaf's own query filters by it.
"""

from collections.abc import Iterable, Iterator

import ibis
import ibis.expr.datatypes as dtypes
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyroaring import BitMap

from quartier.catalog import Subject, ValueType
from quartier.engine import KEY, Dialect, Query, dtype_of, kept_sql, to_sql
from quartier.engine.keys import are_places, key_set, marked
from quartier.segment.comparing import holds, numbered
from quartier.segment.conditions import Everyone, Leaf, TraitLeaf
from quartier.segment.moments import Moment, parameters
from quartier.segment.shared import batched

MOST = 32
"""Conditions that share a scan: a bound on the memory that its result takes."""

Tested = tuple[str, ValueType, str]
"""A trait's name and type, and the operator."""


def traits_together(leaves: Iterable[Leaf]) -> Iterator[tuple[TraitLeaf, ...]]:
    """The leaves over traits of one subject, in groups that one scan each can answer."""
    by_subject: dict[Subject, list[TraitLeaf]] = {}
    for leaf in leaves:
        if isinstance(leaf, TraitLeaf):
            by_subject.setdefault(leaf.trait.of, []).append(leaf)
    for found in by_subject.values():
        yield from batched(found, MOST)


def traits_query(together: tuple[TraitLeaf, ...], moment: Moment, dialect: Dialect = "duckdb") -> Query:
    """For everyone the key, and whether each of the leaves holds: columns `h0`, `h1` and on."""
    given = [
        numbered(f"h{place}_", parameters(leaf.comparison, leaf.trait.type, moment))
        for place, leaf in enumerate(together)
    ]
    tested = tuple((leaf.trait.name, leaf.trait.type, leaf.comparison.operator_key) for leaf in together)
    parameters_of_all = {name: value for each in given for name, value in each.items()}
    return Query(_traits_sql(together[0].trait.of, tested, dialect), parameters_of_all)


def sets_of_traits(together: tuple[TraitLeaf, ...], rows: pa.Table) -> Iterator[tuple[TraitLeaf | Everyone, BitMap]]:
    """For each leaf the set of keys for whom it holds, and that of everyone, who come home on the way."""
    keys = rows.column(0).to_numpy().astype(np.uint32, copy=False)
    yield Everyone(), key_set(keys)
    is_in_order = are_places(keys)
    for place, leaf in enumerate(together):
        does_hold = _flags(rows.column(place + 1))
        yield leaf, marked(does_hold) if is_in_order else key_set(keys[does_hold])


def _flags(column: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    """A column of booleans; what is missing does not hold."""
    return np.asarray(column.fill_null(False).to_numpy(), np.bool_)


@kept_sql
def _traits_sql(of: Subject, tested: tuple[Tested, ...], dialect: Dialect) -> str:
    columns = {name: dtype_of(type_) for name, type_, _ in tested}
    subjects = ibis.table({KEY[of]: dtypes.int32, **columns}, name=of)
    held = {
        f"h{place}": holds(subjects[name], operator_key, type_, f"h{place}_")
        for place, (name, type_, operator_key) in enumerate(tested)
    }
    return to_sql(subjects.select(KEY[of], **held), dialect)
