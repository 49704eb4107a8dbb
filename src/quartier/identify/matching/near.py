"""Which pairs are due when records come, change or go: those of the keys that they touch, and no others. Pure."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quartier.identify.matching.comparing import prepared
from quartier.identify.matching.hashing import Hashes
from quartier.identify.matching.kept import Kept, in_order
from quartier.identify.matching.records import named_by
from quartier.identify.matching.segments import ID, Numbers

Pairs = tuple[Numbers, Numbers]
"""Pairs of records by their numbers, the smaller first, each pair once."""


@dataclass(frozen=True)
class Due:
    """What is due when records came, changed or went.

    Attributes:
        before: what was known.
        after: what is known now, but for the pairs.
        pairs: those that are to be compared.
        doubtful: those that share a key no more which they shared, since too many have it now.
        replaced: the numbers of the records that went or were replaced.
    """

    before: Kept
    after: Kept
    pairs: Pairs
    doubtful: Pairs
    replaced: Numbers

    @cached_property
    def used(self) -> Numbers:
        """The records that are to be compared, in rising order."""
        return np.union1d(*self.pairs)

    def with_found(self, found: pa.Table) -> Kept:
        """What is known now, with the pairs that were found."""
        fresh, held = in_order(found), self._still_held()
        if held.num_rows and fresh.num_rows:
            held = _without(held, fresh)
        return replace(self.after, pairs=in_order(pa.concat_tables([held, fresh], promote_options="permissive")))

    def _still_held(self) -> pa.Table:
        """The pairs of before whose records are there and still share a key."""
        held = self.before.pairs
        if len(self.replaced):
            names = self.before.rows(self.replaced)[ID].combine_chunks()
            is_gone = pc.or_(pc.is_in(held["a"], names), pc.is_in(held["b"], names))
            held = held.filter(pc.invert(is_gone))
        return _without(held, self._parted()) if len(self.doubtful[0]) else held

    def _parted(self) -> pa.Table:
        """Of the doubtful pairs those that share no key at all."""
        one, other = self.doubtful
        both = np.union1d(one, other)
        keys, has = self.after.keys(self.after.rows(both))
        a, b = np.searchsorted(both, one), np.searchsorted(both, other)
        is_same = has[:, a] & has[:, b] & (keys[:, a] == keys[:, b])
        wanted = np.unique(keys[:, a][is_same])
        few = wanted[np.bincount(self.after.having(wanted)[0], minlength=len(wanted)) <= self.after.largest]
        is_parted = ~(is_same & np.isin(keys[:, a], few)).any(axis=0)
        return in_order(_named(self.after, one[is_parted], other[is_parted]))


def due(kept: Kept, new: pa.Table, gone: pa.ChunkedArray | None = None) -> Due:
    """What is due when the records `new` come; those that are known by these names, and `gone`, are there no longer."""
    names = named_by(new, kept.record)
    replaced = kept.named(names)
    if gone is not None:
        replaced = np.union1d(replaced, kept.named(gone))
    columns = prepared(new, kept.model.configuration)
    after = kept.without(replaced).with_records(new, columns)
    touched = _touched(kept, columns, replaced)
    pairs, doubtful = _pairs(kept, after, touched)
    return Due(kept, after, pairs, doubtful, replaced)


def _touched(kept: Kept, columns: pa.Table, replaced: Numbers) -> Hashes:
    tables = [columns, *([kept.rows(replaced)] if len(replaced) else [])]
    found = [keys[has] for keys, has in (kept.keys(each) for each in tables)]
    return np.unique(np.concatenate(found))


def _pairs(before: Kept, after: Kept, touched: Hashes) -> tuple[Pairs, Pairs]:
    """The pairs of some keys that are to be compared, and those of keys that too many have by now."""
    key, number = after.having(touched)
    had = np.bincount(before.having(touched)[0], minlength=len(touched))
    has = np.bincount(key, minlength=len(touched))
    is_few, was_few = has <= after.largest, had <= after.largest
    is_fresh = (number >= before.numbers) | ~was_few[key]
    one, all_of_it = is_few[key] & is_fresh, is_few[key]
    left_over = ~is_few[key] & was_few[key] & (number < before.numbers)
    return (
        _each_once(_with_same_key(key[one], number[one], key[all_of_it], number[all_of_it])),
        _each_once(_with_same_key(key[left_over], number[left_over], key[left_over], number[left_over])),
    )


def _with_same_key(key: Numbers, number: Numbers, other_key: Numbers, other: Numbers) -> Pairs:
    order = np.argsort(other_key, kind="stable")
    other_key, other = other_key[order], other[order]
    low, high = (np.searchsorted(other_key, key, side) for side in ("left", "right"))
    held = high - low
    rows = np.repeat(low - (np.cumsum(held) - held), held) + np.arange(held.sum())
    return np.repeat(number, held), other[rows]


def _each_once(pairs: Pairs) -> Pairs:
    one, other = np.minimum(*pairs), np.maximum(*pairs)
    is_pair = one != other
    found = np.unique((one[is_pair] << 32) | other[is_pair])
    return found >> 32, found & np.int64(0xFFFFFFFF)


def _named(kept: Kept, one: Numbers, other: Numbers) -> pa.Table:
    both = np.union1d(one, other)
    names = kept.rows(both)[ID]
    a, b = (names.take(pa.array(np.searchsorted(both, each))) for each in (one, other))
    return pa.table({"a": a, "b": b, "match_weight": pa.array(np.zeros(len(one)))})


def _without(pairs: pa.Table, others: pa.Table) -> pa.Table:
    """Pairs that are not among others, by the names of both."""
    ours, theirs = (pc.binary_join_element_wise(*_texts(each), "\x1f") for each in (pairs, others))
    return pairs.filter(pc.invert(pc.is_in(ours, theirs.combine_chunks())))


def _texts(pairs: pa.Table) -> list[pa.ChunkedArray]:
    return [pairs[name].cast(pa.string()) for name in "ab"]
