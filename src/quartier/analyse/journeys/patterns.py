"""Sequences that many persons have in common, other events between them allowed: which, and of how many.

Prefixes grow event by event; of each the persons are kept who have it, with the place where its earliest match ends
(PrefixSpan: Pei and others, "Mining Sequential Patterns by Pattern-Growth", IEEE TKDE 16, 2004). A longer sequence
holds for nobody new, so one that too few have is not grown. Only closed ones are told: those that no longer sequence
has for as many persons (Yan, Han and Afshar, "CloSpan", SIAM SDM 2003). The commonest are grown first, and the work is
bounded: what is left undone when the bound is reached is said.
"""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.int16]
Places = npt.NDArray[np.int32]
MOST_WORK = 150_000_000
"""Looks at one person's next event: about a second."""


@dataclass(frozen=True)
class Coded:
    """The events of persons as codes, one person after the other in order of time; `begins` has one more place."""

    codes: Codes
    begins: Places

    @classmethod
    def of(cls, persons: npt.NDArray[np.int32], codes: Codes) -> "Coded":
        """From one row per event, in order of person and time; an event that repeats the one before counts once."""
        if not len(persons):
            return cls(np.empty(0, np.int16), np.zeros(1, np.int32))
        is_new = np.append(True, (persons[1:] != persons[:-1]) | (codes[1:] != codes[:-1]))
        persons, codes = persons[is_new], codes[is_new]
        firsts = np.flatnonzero(np.append(True, persons[1:] != persons[:-1]))
        return cls(codes, np.append(firsts, len(codes)).astype(np.int32))

    @property
    def persons(self) -> int:
        """How many persons have an event."""
        return len(self.begins) - 1


@dataclass(frozen=True)
class Pattern:
    """A sequence of codes and how many persons have it."""

    codes: tuple[int, ...]
    persons: int


def common(
    rows: Coded, kinds: int, *, fewest: int, longest: int, most_work: int = MOST_WORK
) -> tuple[tuple[Pattern, ...], bool]:
    """Every sequence of two events and more that `fewest` persons have, and whether all of them were looked for."""
    found: list[Pattern] = []
    following = _following(rows.codes, kinds)
    ends = rows.begins[1:]
    whole = (np.arange(rows.persons, dtype=np.int32), rows.begins[:-1])
    waiting: list[tuple[int, tuple[int, ...], tuple[Places, Places]]] = [(-rows.persons, (), whole)]
    work = 0
    while waiting:
        count, codes, (who, places) = heapq.heappop(waiting)
        work += len(who) * kinds
        if work > most_work:
            return tuple(found), False
        if len(codes) >= 2:
            found.append(Pattern(codes, -count))
        if len(codes) < longest:
            for code, some in _grown(codes, who, places, following, ends, fewest):
                heapq.heappush(waiting, (-len(some[0]), (*codes, code), some))
    return tuple(found), True


def closed(patterns: Sequence[Pattern]) -> tuple[Pattern, ...]:
    """Those that no longer sequence among them has for as many persons; the commonest first."""
    by_persons: dict[int, list[Pattern]] = {}
    for each in patterns:
        by_persons.setdefault(each.persons, []).append(each)
    kept = [
        each
        for each in patterns
        if not any(
            len(other.codes) > len(each.codes) and is_within(each.codes, other.codes)
            for other in by_persons[each.persons]
        )
    ]
    return tuple(sorted(kept, key=lambda each: (-each.persons, -len(each.codes), each.codes)))


def is_within(short: Sequence[int], long: Sequence[int]) -> bool:
    """Whether the events of one sequence come in another, in that order."""
    rest = iter(long)
    return all(code in rest for code in short)


def _following(codes: Codes, kinds: int) -> Places:
    """For each kind and place the next place, from there on, with an event of the kind; past the end where none is."""
    past = len(codes)
    table = np.full((kinds, past + 1), past, np.int32)
    places = np.arange(past, dtype=np.int32)
    for kind in range(kinds):
        own = np.where(codes == kind, places, past)
        table[kind, :past] = np.minimum.accumulate(own[::-1])[::-1]
    return table


def _grown(
    codes: tuple[int, ...], who: Places, places: Places, following: Places, ends: Places, fewest: int
) -> Iterator[tuple[int, tuple[Places, Places]]]:
    for code in range(len(following)):
        if codes and code == codes[-1]:
            continue  # the same event twice is no way from one to another
        ahead = following[code, places]
        has = ahead < ends[who]
        if np.count_nonzero(has) >= fewest:
            yield code, (who[has], ahead[has] + 1)
