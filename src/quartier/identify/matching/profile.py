"""What the values of a column look like, whatever it is called: filled how often, how many, how long, made of what."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

MOST = 50_000
"""Rows that are looked at; of more, every n-th."""


@dataclass(frozen=True)
class Profile:
    """The shape of a column: counts of a sample, and shares of its filled values."""

    rows: int
    filled: int
    distinct: int
    longest: int
    mean_length: float
    digits: float
    letters: float
    at_signs: float
    spaces: float
    dates: float
    is_number: bool
    examples: tuple[str, ...]

    @cached_property
    def fill(self) -> float:
        """Share of the rows that have a value."""
        return self.filled / self.rows if self.rows else 0.0

    @cached_property
    def variety(self) -> float:
        """Distinct values for each filled row: 1 when no value comes twice."""
        return self.distinct / self.filled if self.filled else 0.0


def as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The values as text; what cannot be written as one line of text is left out."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_floating(column.type):
        whole = pc.all(pc.equal(pc.floor(column), column)).as_py()
        return column.cast(pa.int64(), safe=False).cast(pa.string()) if whole else column.cast(pa.string())
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type) or pa.types.is_null(column.type):
        return pa.chunked_array([pa.nulls(len(column), pa.string())])
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column, "%Y-%m-%d")
    return column.cast(pa.string())


def thinned(table: pa.Table, most: int = MOST) -> pa.Table:
    """Every n-th row, so that at most `most` are left."""
    step = -(-table.num_rows // most) if table.num_rows else 1
    return table if step == 1 else table.take(pa.array(np.arange(0, table.num_rows, step)))


def profile(column: pa.ChunkedArray) -> Profile:
    """The shape of one column."""
    values = pc.utf8_trim_whitespace(as_text(column)).drop_null()
    values = values.filter(pc.greater(pc.utf8_length(values), 0))
    lengths, n = pc.utf8_length(values), len(values)
    return Profile(
        rows=len(column),
        filled=n,
        distinct=pc.count_distinct(values).as_py(),
        longest=pc.max(lengths).as_py() or 0,
        mean_length=pc.mean(lengths).as_py() or 0.0,
        digits=_share(values, r"^[\d\s.+()/-]*\d[\d\s.+()/-]*$"),
        letters=_share(values, r"^[^\d]*\p{L}[^\d]*$"),
        spaces=_share(values, r"\S\s+\S"),
        at_signs=_share(values, r"^[^@\s]+@[^@\s]+$"),
        dates=1.0 if pa.types.is_temporal(column.type) else _share(values, _DATE),
        is_number=pa.types.is_floating(column.type) or pa.types.is_decimal(column.type),
        examples=tuple(values.slice(0, 200).to_pylist()),
    )


_DATE = (
    r"^((18|19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}([T ].*)?|\d{1,2}[-/.]\d{1,2}[-/.](\d\d|(18|19|20)\d\d)"
    r"|(18|19|20)\d\d(0\d|1[0-2])[0-3]\d)$"
)


def _share(values: pa.ChunkedArray, pattern: str) -> float:
    return pc.mean(pc.match_substring_regex(values, pattern).cast(pa.float64())).as_py() or 0.0
