"""Keys as numbers of 64 bits, the same in every process, so that they can be kept, sorted and looked up. Pure.

Two keys with one number cost a pair that is compared in vain; no pair is missed by it.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.identify.matching.blocking import Key, Rule

Hashes = npt.NDArray[np.uint64]

_AT_ONCE = 200_000
_BASE, _STEP = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD1342543DE82EF95)


def hashed(values: pa.ChunkedArray) -> Hashes:
    """A number for each text; what is missing gets that of the empty text."""
    parts = [chunk.slice(start, _AT_ONCE) for chunk in values.chunks for start in range(0, len(chunk), _AT_ONCE)]
    return np.concatenate([_of_texts(each) for each in parts]) if parts else np.empty(0, np.uint64)


def keys_of(table: pa.Table, rules: tuple[Rule, ...]) -> tuple[Hashes, npt.NDArray[np.bool_]]:
    """For each rule and record of a prepared table its key, and whether it has one; without rules all share one key."""
    if not rules:
        return np.zeros((1, table.num_rows), np.uint64), np.ones((1, table.num_rows), np.bool_)
    parts = _Parts(table)
    found = [parts.of(rule, place + 1) for place, rule in enumerate(rules)]
    return np.stack([keys for keys, _ in found]), np.stack([has for _, has in found])


class _Parts:
    """The parts of keys, each hashed once."""

    def __init__(self, table: pa.Table) -> None:
        self._table, self._found = table, dict[Key, tuple[Hashes, npt.NDArray[np.bool_]]]()

    def of(self, rule: Rule, place: int) -> tuple[Hashes, npt.NDArray[np.bool_]]:
        n = self._table.num_rows
        keys, has = np.full(n, place, np.uint64), np.ones(n, np.bool_)
        for each in rule.keys:
            part, is_there = self._of_one(each)
            keys, has = _mixed(keys * _STEP + part), has & is_there
        return keys, has

    def _of_one(self, key: Key) -> tuple[Hashes, npt.NDArray[np.bool_]]:
        if key not in self._found:
            values = key.of(self._table)
            is_there = np.asarray(values.is_valid().to_numpy(zero_copy_only=False), np.bool_)
            self._found[key] = hashed(values), is_there
        return self._found[key]


def _of_texts(texts: pa.Array) -> Hashes:
    """A polynomial of the bytes, modulo 2^64, then mixed (Steele and others, "Fast splittable generators", 2014)."""
    wide = texts.cast(pa.large_string())
    _, where, data = wide.buffers()
    ends = np.frombuffer(where, np.int64)[wide.offset : wide.offset + len(wide) + 1]
    letters = np.frombuffer(data or b"", np.uint8)[ends[0] : ends[-1]].astype(np.uint64)
    lengths, starts = np.diff(ends), ends - ends[0]
    powers = np.cumprod(np.full(int(lengths.max(initial=0)) + 1, _BASE))
    place = np.arange(len(letters)) - np.repeat(starts[:-1], lengths)
    sums = np.append(np.uint64(0), np.cumsum(_mixed(letters + np.uint64(1)) * powers[place]))
    return _mixed(sums[starts[1:]] - sums[starts[:-1]] + lengths.astype(np.uint64))


def _mixed(numbers: Hashes) -> Hashes:
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = numbers ^ (numbers >> np.uint64(31))
    return mixed
