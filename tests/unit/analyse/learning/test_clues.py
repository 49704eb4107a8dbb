"""Clues: what is read of persons, as numbers or categories."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from quartier.analyse.learning.clues import OTHER, UNKNOWN, Clue, clue_of, recoded
from quartier.analyse.learning.usable import telling, usable
from quartier.catalog import Family, Label, Meaning, Sensitivity, Trait, ValueType

AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


def trait(type_: ValueType, **more: object) -> Trait:
    made = {"name": "t", "family": Family.DEMOGRAPHIC, "label": Label(en="T", fr="T"), "type": type_}
    return Trait(**(made | more))


def test_rare_values_share_a_level_and_empty_texts_are_not_known():
    clue = clue_of(trait(ValueType.TEXT), pa.array([*["a"] * 6, *["b"] * 5, "c", "d", "", None]), AT)
    assert clue.levels == ("a", "b", OTHER)
    assert clue.values.tolist() == [0] * 6 + [1] * 5 + [2, 2, UNKNOWN, UNKNOWN]


def test_dates_become_days_and_what_lies_ahead_is_not_known():
    clue = clue_of(trait(ValueType.DATE), pa.array([dt.date(2026, 10, 31), dt.date(2026, 11, 2)]), AT)
    assert clue.unit == "days"
    assert clue.values[0] == 1
    assert np.isnan(clue.values[1])


def test_a_birth_date_becomes_an_age():
    clue = clue_of(trait(ValueType.DATE, meaning=Meaning.BIRTH_DATE), pa.array([dt.date(1986, 11, 1)]), AT)
    assert clue.values[0] == pytest.approx(40, abs=0.01)


def test_what_is_not_finite_is_not_known():
    clue = clue_of(trait(ValueType.NUMBER), pa.array([1.0, float("inf"), None]), AT)
    assert clue.known.tolist() == [True, False, False]


def test_another_reading_takes_the_levels_of_the_first():
    label = Label(en="T", fr="T")
    first = Clue("t", label, np.array([0, 1, 2], np.int32), ("a", "b", OTHER))
    later = recoded(Clue("t", label, np.array([0, 1, UNKNOWN], np.int32), ("new", "a")), first)
    assert later.values.tolist() == [2, 0, UNKNOWN]


def test_who_persons_are_and_what_would_hurt_them_is_not_read():
    asked = [
        trait(ValueType.TEXT, name="email", sensitivity=Sensitivity.PERSONAL, meaning=Meaning.EMAIL),
        trait(ValueType.NUMBER, name="income", sensitivity=Sensitivity.SENSITIVE),
        trait(ValueType.TEXT, name="country", sensitivity=Sensitivity.PERSONAL, meaning=Meaning.COUNTRY),
        trait(ValueType.TEXTS, name="tags"),
    ]
    kept, left = usable(asked)
    assert [each.name for each in kept] == ["country"]
    assert {each.trait for each in left} == {"email", "income", "tags"}
    assert "income" in [each.name for each in usable(asked, ["income"])[0]]


def test_what_is_the_same_for_all_known_of_nobody_or_a_name_tells_nothing():
    names = clue_of(trait(ValueType.TEXT, name="names"), pa.array([f"n{n}" for n in range(20)]), AT)
    same = clue_of(trait(ValueType.NUMBER, name="same"), pa.array([1.0] * 20), AT)
    none = clue_of(trait(ValueType.NUMBER, name="none"), pa.array([None] * 20, pa.float64()), AT)
    kept, left = telling([names, same, none])
    assert not kept
    assert {each.trait: each.reason.en.split()[0] for each in left} == {
        "names": "names",
        "same": "the",
        "none": "known",
    }
