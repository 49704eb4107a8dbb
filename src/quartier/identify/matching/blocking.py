"""Which pairs are compared at all: those that agree on one of many rules, each within its share of the cost. Pure.

Of a million records there are 500 billion pairs. A rule is one key or two that must be equal; a pair that shares none
is never seen, so many rules are wanted, each as loose as it can be paid for. For each field alone and for each two
fields the loosest form is taken whose number of pairs, counted on the records themselves, stays within its share of the
budget. Values that very many records share (a telephone of a shop, `test@test.fr`, a date that stands for none) make no
pairs at all: whoever shares only that is found by another rule or is somebody else.
"""

from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quartier.identify.matching.comparing import Configuration, Field
from quartier.identify.matching.kinds import Kind
from quartier.identify.matching.profile import MOST, thinned

ALL_PAIRS = 600_000
"""Up to so many pairs all are compared: no rule misses anything."""
PAIRS_PER_RECORD, MOST_PAIRS = 150, 24_000_000
LARGEST = 200
"""Records that may share a key before it is no key any more."""
FIELDS_IN_RULES = 8
"""Fields that rules are made of at most, the most telling ones."""


@dataclass(frozen=True)
class Key:
    """A part of a field that must be equal: `whole`, or so many of its first or last letters."""

    column: str
    start: int = 0
    stop: int = 0

    def of(self, table: pa.Table) -> pa.ChunkedArray:
        """Its values; a value that is too short has none."""
        values = table[self.column]
        if not self.stop:
            return values
        part = pc.utf8_slice_codeunits(values, self.start, self.stop)
        long_enough = pc.greater_equal(pc.utf8_length(part), self.stop - self.start)
        return pc.if_else(long_enough, part, pa.scalar(None, pa.string()))


@dataclass(frozen=True)
class Rule:
    """Keys that must all be equal, and how many pairs that makes."""

    keys: tuple[Key, ...]
    pairs: int = 0

    def as_json(self) -> dict[str, object]:
        """The plain form."""
        return {"equal": [[each.column, each.start, each.stop] for each in self.keys], "pairs": self.pairs}


def blocks(table: pa.Table, rules: tuple[Rule, ...]) -> list[pa.Array]:
    """For each rule the block of every record of a prepared table; none for who is alone in it, or one of too many."""
    codes = _Codes(table)
    return [_kept(codes.of(rule.keys)) for rule in rules]


def _kept(codes: np.ndarray) -> pa.Array:
    _, block, size = np.unique(codes, return_inverse=True, return_counts=True)
    is_kept = (codes >= 0) & (size[block] > 1) & (size[block] <= LARGEST)
    return pa.array(block.astype(np.int64), mask=~is_kept)


class _Codes:
    """The keys of a table as numbers, equal where the keys are; -1 for no value."""

    def __init__(self, table: pa.Table) -> None:
        self._table, self._found = table, dict[Key, np.ndarray]()

    def of(self, keys: tuple[Key, ...]) -> np.ndarray:
        first, *others = keys
        codes = self._of_one(first)
        for each in others:
            more = self._of_one(each)
            codes = np.where((codes >= 0) & (more >= 0), codes * (more.max(initial=0) + 1) + more, -1)
        return codes

    def _of_one(self, key: Key) -> np.ndarray:
        if key not in self._found:
            encoded = key.of(self._table).combine_chunks().dictionary_encode()
            self._found[key] = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
        return self._found[key]


class _Counted:
    """How many pairs a rule makes: counted on every n-th row, scaled to all."""

    def __init__(self, table: pa.Table) -> None:
        part = thinned(table, MOST)
        self._codes, self._scale = _Codes(part), table.num_rows / max(part.num_rows, 1)

    def pairs(self, keys: tuple[Key, ...]) -> tuple[int, int]:
        """How many pairs agree on all keys: in all blocks, and in those that are not too large."""
        codes = self._codes.of(keys)
        size = np.unique(codes[codes >= 0], return_counts=True)[1].astype(float)
        pairs = size * (size - 1) / 2 * self._scale**2
        return round(pairs.sum()), round(pairs[size * self._scale <= max(LARGEST, 2 * self._scale)].sum())


def rules_for(table: pa.Table, configuration: Configuration, possible: int) -> tuple[Rule, ...]:
    """The rules for a prepared table of which `possible` pairs could be compared; none when all of them are to be."""
    if possible <= ALL_PAIRS or not configuration.comparisons:
        return ()
    budget = min(table.num_rows * PAIRS_PER_RECORD, MOST_PAIRS)
    counted, fields = _Counted(table), _telling(configuration)
    alone = [_loosest(counted, [(key,) for key in forms(each)], budget // (2 * len(fields))) for each in fields]
    single = {rule.keys[0].column: rule for rule in alone if rule}
    twos = list(combinations(fields, 2))
    both = [_two(counted, one, other, single, budget // (2 * max(len(twos), 1))) for one, other in twos]
    return tuple(rule for rule in (*alone, *both) if rule)


def may_compare_all(configuration: Configuration, possible: int) -> bool:
    """Whether all pairs are compared, since there are few and there is something to compare."""
    return bool(configuration.comparisons) and possible <= ALL_PAIRS


def forms(field: Field) -> list[Key]:
    """The keys of a field, the loosest first."""
    column, text = field.column, field.words or field.column
    match field.kind:
        case Kind.FIRST_NAME | Kind.LAST_NAME:
            return [Key(column, 0, 3), Key(column)]
        case Kind.DATE:
            return [Key(column, 0, 4), Key(column, 0, 6), Key(column)]
        case Kind.NUMBER | Kind.PHONE | Kind.EMAIL:
            return [Key(column, 0, 4), Key(column)]
        case Kind.FULL_NAME | Kind.COMPANY | Kind.ADDRESS | Kind.TEXT:
            return [Key(column, 0, 5), Key(text)]
        case _:
            return [Key(column)]


def _telling(configuration: Configuration) -> list[Field]:
    return sorted(configuration.fields, key=lambda each: (-each.bits, each.column))[:FIELDS_IN_RULES]


def _two(counted: _Counted, one: Field, other: Field, single: dict[str, Rule], share: int) -> Rule | None:
    """The loosest rule of two fields that finds more than either alone does."""
    wanted = [
        (left, right)
        for left, right in product(forms(one), forms(other))
        if not any(_is_within(key, single) for key in (left, right))
    ]
    return _loosest(counted, sorted(wanted, key=_tightness), share)


def _tightness(keys: tuple[Key, ...]) -> int:
    return sum(each.stop or 99 for each in keys)


def _is_within(key: Key, single: dict[str, Rule]) -> bool:
    """Whether a rule of one field already finds all pairs that agree on the key."""
    column = key.column.removesuffix("_words")
    rule = single.get(column) or single.get(f"{column}_words")
    return rule is not None and (not key.stop or 0 < rule.keys[0].stop <= key.stop)


def _loosest(counted: _Counted, candidates: list[tuple[Key, ...]], share: int) -> Rule | None:
    """The first candidate that can be paid for; of the last, the tightest, blocks that are too large are left out."""
    for keys in candidates:
        every, kept = counted.pairs(keys)
        if 0 < kept <= share and (every <= share or keys == candidates[-1]):
            return Rule(keys, kept)
    return None
