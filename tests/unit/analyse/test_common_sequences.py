"""Common sequences, against counting every one of them by hand, and within their bound."""

from itertools import pairwise, product

import numpy as np

from quartier.analyse.journeys.patterns import Coded, Pattern, closed, common, is_within


def _drawn(persons: int, kinds: int, seed: int) -> tuple[Coded, list[list[int]]]:
    draw = np.random.default_rng(seed)
    events = [draw.integers(0, kinds, draw.integers(1, 9)).tolist() for _ in range(persons)]
    who = np.repeat(np.arange(persons, dtype=np.int32), [len(each) for each in events])
    return Coded.of(who, np.concatenate([np.array(each, np.int16) for each in events])), events


def test_the_sequences_found_are_all_there_are() -> None:
    rows, events = _drawn(80, 4, 3)
    found, is_whole = common(rows, 4, fewest=8, longest=4)
    every = [
        codes for size in (2, 3, 4) for codes in product(range(4), repeat=size)
        if all(one != two for one, two in pairwise(codes))
    ]  # fmt: skip
    counted = {codes: sum(is_within(codes, each) for each in events) for codes in every}
    assert is_whole
    assert {each.codes: each.persons for each in found} == {each: n for each, n in counted.items() if n >= 8}


def test_only_closed_sequences_are_told() -> None:
    short, long, own = Pattern((0, 1), 5), Pattern((0, 2, 1), 5), Pattern((0, 2), 6)
    assert closed([short, long, own]) == (own, long)


def test_an_event_that_repeats_the_one_before_counts_once() -> None:
    rows = Coded.of(np.array([1, 1, 1, 2, 2], np.int32), np.array([0, 0, 1, 1, 1], np.int16))
    assert rows.codes.tolist() == [0, 1, 1]
    assert rows.begins.tolist() == [0, 2, 3]


def test_the_work_is_bounded_and_what_is_left_undone_is_said() -> None:
    rows, _ = _drawn(200, 4, 5)
    found, is_whole = common(rows, 4, fewest=2, longest=5, most_work=10_000)
    assert not is_whole
    assert found
