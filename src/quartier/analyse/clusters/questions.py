"""The questions of a tree as conditions of the language of segments, in the traits' own units.

A missing value satisfies no comparison. So a missing number stands below all others: it is never "more than", and the
other answer to the question is written so that it holds for who has no value, where there are such persons.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any, Final

import numpy as np

from quartier.analyse.clusters.columns import Column, Flags, Form, Numbers
from quartier.catalog import ValueType

WORDS: Final = 20
_DIGITS: Final = 3

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """What a tree may ask: whether a number is above a bound, whether a trait is a word, whether a flag is set.

    Attributes:
        column: the trait asked.
        word: the word of a category, empty for others.
        known: the values that the tree learns from, in order and each once.
        unknown: what stands for a missing value: less than any known.
        has_missing: whether some persons have no value, or one that neither side of a comparison names.
    """

    column: Column
    word: str
    known: Numbers
    unknown: float
    has_missing: bool

    def bound(self, threshold: float) -> float:
        """The bound to be written: the shortest number between the same two neighbours, or near them.

        A threshold of a tree lies halfway between two values. Any number between them asks the same of the persons
        seen; where they are so near that it would be long, three digits are taken. Below all known values the
        question is whether there is one.
        """
        place = int(np.searchsorted(self.known, threshold, side="right"))
        if place == 0:
            return self.unknown
        if self.word or self.column.form is Form.FLAG:
            return 0.5
        below = float(self.known[place - 1])
        above = float(self.known[min(place, len(self.known) - 1)])
        if not self._is_whole:
            return _shortest(below, above, threshold)
        least = _roundest(below, above, threshold) - 1
        return max(least, 0) if self.column.form is Form.DAYS else least

    def is_spared(self, answers: Numbers) -> Flags:
        """Where neither side of a comparison holds: no value, or a day to come, which is not within the last days."""
        is_to_come = (answers < 0) if self.column.form is Form.DAYS else np.zeros(len(answers), dtype=np.bool_)
        return np.asarray((answers <= self.unknown) | is_to_come, dtype=np.bool_)

    @property
    def is_counted(self) -> bool:
        """Whether the trait is a whole number as it stands."""
        return self.column.form is Form.NUMBER and self.column.trait.type is ValueType.INTEGER

    @property
    def _is_whole(self) -> bool:
        return self.column.form in (Form.DAYS, Form.YEARS) or self.is_counted


@dataclass(frozen=True)
class Answered:
    """A question of a path with its answer: above the bound, or not."""

    place: int
    question: Question
    bound: float
    is_above: bool


def questions_of(columns: Sequence[Column]) -> tuple[Question, ...]:
    """What may be asked of these persons."""
    found = []
    for column in columns:
        known = np.unique(column.values[~column.is_missing])
        has_missing = bool(column.is_missing.any())
        lowest, highest = (float(known[0]), float(known[-1])) if len(known) else (0.0, 0.0)
        unknown = lowest - (highest - lowest) - 1
        words = column.categories[:WORDS] if column.form is Form.CATEGORY else ("",)
        found += [Question(column, word, known, unknown, has_missing) for word in words]
    return tuple(found)


def asked_of(questions: Sequence[Question], columns: Sequence[Column]) -> Numbers:
    """One column per question for all persons: the number itself, or 1 and 0 for a word."""
    by_name = {each.trait.name: each for each in columns}
    answers = []
    for each in questions:
        column = by_name[each.column.trait.name]
        if each.word:
            answers.append((column.values == column.categories.index(each.word)).astype(np.float64))
        else:
            answers.append(np.where(column.is_missing, each.unknown, column.values))
    return np.column_stack(answers)


def condition(paths: Sequence[Sequence[Answered]], columns: Sequence[Column]) -> dict[str, Any]:
    """The condition that holds for who follows one of these paths."""
    parts = [_path(each, columns) for each in paths]
    return parts[0] if len(parts) == 1 else {"any": parts}


def _path(answers: Sequence[Answered], columns: Sequence[Column]) -> dict[str, Any]:
    """All that one path asks, each bound once; and that something is known, where all it asks holds for a stranger."""
    low: dict[int, Answered] = {}
    high: dict[int, Answered] = {}
    for each in answers:
        side = low if each.is_above else high
        side[each.place] = each if each.place not in side else _tighter(side[each.place], each)
    parts = [part for place in dict.fromkeys([*low, *high]) for part in _of(low.get(place), high.get(place))]
    if all("not" in each or False in each.values() for each in parts):
        lacking = {each["trait"] for each in parts if each.get("known") is False}
        known = [{"trait": each.trait.name, "known": True} for each in columns if each.trait.name not in lacking]
        parts += known if len(known) < 2 else [{"any": known}]
    return parts[0] if len(parts) == 1 else {"all": parts}


def _of(low: Answered | None, high: Answered | None) -> list[dict[str, Any]]:
    """What is asked of one trait: a whole number between two bounds in one condition, anything else one by one."""
    is_between = low and high and low.bound > low.question.unknown
    if low and high and is_between and low.question.is_counted:
        name, least, most = low.question.column.trait.name, int(low.bound) + 1, int(high.bound)
        return [{"trait": name, "is": most} if least == most else {"trait": name, "between": [least, most]}]
    if low and high and low.bound <= low.question.unknown and not high.question.has_missing:
        return [_written(high)]  # a comparison holds for nobody without a value
    return [_written(each) for each in (low, high) if each]


def _tighter(one: Answered, other: Answered) -> Answered:
    highest, lowest = (one, other) if one.bound >= other.bound else (other, one)
    return highest if one.is_above else lowest


def _written(answer: Answered) -> dict[str, Any]:
    question, name = answer.question, answer.question.column.trait.name
    if question.word:
        return _unless(answer, {"trait": name, "is": question.word})
    if answer.bound <= question.unknown:
        return {"trait": name, "known": answer.is_above}
    if question.column.form is Form.FLAG:
        return _unless(answer, {"trait": name, "is": True})
    above, below = _compared(question.column, answer.bound)
    if answer.is_above:
        return {"trait": name} | above
    return {"not": {"trait": name} | above} if question.has_missing else {"trait": name} | below


def _unless(answer: Answered, held: dict[str, Any]) -> dict[str, Any]:
    return held if answer.is_above else {"not": held}


def _compared(column: Column, bound: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """Above the bound, and at or below it, as the language writes it for this trait."""
    if column.form is Form.YEARS:
        return {"age": {"at_least": int(bound) + 1}}, {"age": {"at_most": int(bound)}}
    if column.form is Form.DAYS:
        duration = f"{int(bound) + 1} days"
        return {"older_than": duration}, {"within": duration}
    number: float = int(bound) if float(bound).is_integer() else bound
    if column.trait.type is ValueType.INTEGER:
        return {"at_least": int(number) + 1}, {"at_most": number}
    return {"more_than": number}, {"at_most": number}


def _shortest(below: float, above: float, between: float) -> float:
    """The number of fewest digits in [below, above), three significant ones where that takes more."""
    for rounded in _rounded(below, above, between):
        if below <= rounded < above:
            return rounded
    return float(f"{between:.{_DIGITS}g}")


def _roundest(below: float, above: float, between: float) -> int:
    """The whole number of fewest digits in (below, above]: the least that is above."""
    for rounded in _rounded(below, above, between):
        if below < rounded <= above and rounded.is_integer():
            return int(rounded)
    return floor(between) + 1


def _rounded(below: float, above: float, between: float) -> Iterator[float]:
    size = floor(log10(max(abs(below), abs(above), 1e-12)))
    return (float(round(between, digits - size)) for digits in range(_DIGITS))
