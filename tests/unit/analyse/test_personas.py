"""The pure parts of personas: what is told of few, which answers agree, and words against deeds."""

import datetime as dt

import pyarrow as pa
import pytest
from pyroaring import BitMap

from quartier.analyse.personas.answers import answered
from quartier.analyse.personas.divergences import PAIRS, Deeds, Part, divergence, said_by, scale_of
from quartier.analyse.personas.sheet import is_told
from quartier.analyse.personas.typical import of_quarters, of_values, told
from quartier.analyse.profile import Interval, Profile, ShareDifference
from quartier.analyse.surveys.results import result_of
from quartier.catalog import Family, Label, Meaning, Sensitivity, Trait, ValueType
from quartier.collect.surveys.definition import Survey

TODAY = dt.date(2026, 11, 16)
NAME = Label(en="x", fr="x")
BY_NAME = {each.name: each for each in PAIRS}


def trait(name: str, type_: ValueType = ValueType.INTEGER, **given: object) -> Trait:
    return Trait(name=name, type=type_, family=Family.BEHAVIOURAL, label=NAME, **given)


def share(inside: int, persons: int, outside: int, others: int) -> ShareDifference:
    return ShareDifference(
        "x", NAME, Family.NEEDS, persons, others, 0.01, True, 0.3, "a", inside / persons, outside / others, 0.1,
        Interval(0.0, 0.2), None, None,
    )  # fmt: skip


def deeds() -> Deeds:
    """Keys 0 to 19 bought: the first ten a month ago for 10, the others two years ago for 30."""
    days = [TODAY - dt.timedelta(days=30 if key < 10 else 730) for key in range(20)]
    table = pa.table({
        "person_key": pa.array(range(20), pa.int32()), "last_at": pa.array(days).cast(pa.timestamp("us")),
        "orders": [2] * 20, "net": [20.0 if key < 10 else 60.0 for key in range(20)],
    })  # fmt: skip
    return Deeds.of(table, TODAY, 365)


def said(values: list[int], day: dt.date | None = None) -> pa.Table:
    columns = {"person_key": pa.array(range(len(values)), pa.int32()), "value": values}
    return pa.table(columns | ({"day": [day] * len(values)} if day else {}))


@pytest.mark.parametrize(
    ("inside", "outside", "expected"), [(5, 5, True), (4, 50, False), (0, 50, True), (50, 2, False)]
)
def test_a_share_behind_which_one_to_four_stand_is_not_told(inside: int, outside: int, expected: bool):
    assert is_told(share(inside, 60, outside, 90)) is expected


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [((0, 1), None, (1, 1)), ((1, 5), None, (4, 5)), ((1, 6), None, (6, 7)), ((3, 7), "nps", (9, 10)),
     ((1, 1), None, None), ((-1, 5), None, None), ((0, 40), None, None)],
)  # fmt: skip
def test_the_scale_is_that_of_the_question_or_told_by_the_highest_answer(values, kind, expected):
    assert scale_of(trait("x"), values, kind) == expected


def test_a_likelihood_to_recommend_has_ten_points_and_a_text_none():
    assert scale_of(trait("x", meaning=Meaning.RECOMMENDATION), [2, 5]) == (9, 10)
    assert scale_of(trait("x", ValueType.TEXT), ["a"]) is None
    assert scale_of(trait("x", ValueType.BOOLEAN), [True]) == (1, 1)


def test_of_the_satisfied_those_are_told_who_stopped_buying_against_the_rest():
    members, rest = BitMap(range(10)), BitMap(range(10, 24))
    found = divergence(BY_NAME["satisfied"], trait("satisfaction"), said([5] * 24), (members, rest), deeds(), TODAY)
    assert found is not None
    assert (found.own.persons, found.own.observed, found.own.share) == (10, 0, 0.0)
    assert found.rest is not None
    assert (found.rest.persons, found.rest.observed) == (10, 10)  # four of the rest never bought


def test_who_says_that_price_decides_and_spends_more_than_half_of_all_is_told():
    sides = (BitMap(range(20)), BitMap())
    found = divergence(BY_NAME["price"], trait("price_matters"), said([4] * 20), sides, deeds(), TODAY)
    assert found is not None
    assert (found.amount, found.own.observed, found.own.share, found.rest) == (20.0, 10, 0.5, None)


@pytest.mark.parametrize(("days_ago", "observed"), [(60, 10), (29, None)])
def test_an_intention_is_held_against_purchases_since_once_there_was_time(days_ago: int, observed: int | None):
    sides, day = (BitMap(range(20)), BitMap()), TODAY - dt.timedelta(days=days_ago)
    found = divergence(BY_NAME["intends"], trait("will_buy"), said([1, 0] + [1] * 18, day), sides, deeds(), TODAY)
    assert (found.own.observed if found else None) == observed


def test_counts_of_one_to_four_are_withheld_on_both_sides():
    assert Part.of(BitMap(range(4)), BitMap()) is None
    for others in (2, 18):
        assert Part.of(BitMap(range(20)), BitMap(range(others))) == Part(20)


def test_sensitive_traits_say_nothing_and_an_intention_needs_its_day():
    hidden = trait("satisfaction", sensitivity=Sensitivity.SENSITIVE)
    found = said_by([hidden, trait("will_buy"), trait("a_b")], {"a_b": "nps"}, dated=False)
    assert {name: [each.name for each in traits] for name, traits in found.items()} == {
        "satisfied": [], "recommends": ["a_b"], "price": [], "intends": [],
    }  # fmt: skip


def test_usual_is_what_one_in_ten_and_five_persons_have():
    rows = [{"value": "a", "persons": 60, "known": 80}, {"value": "b", "persons": 7, "known": 80}]
    found = of_values(trait("x", ValueType.TEXT), rows)
    assert found is not None
    assert [(each.value, each.share) for each in found.values] == [("a", 0.75)]
    assert of_values(trait("x", ValueType.TEXT), [{"value": "a", "persons": 4, "known": 4}]) is None
    few = {"x.known": 4, "x.low": 1.0, "x.median": 2.0, "x.high": 3.0}
    assert of_quarters(trait("x"), few) is None
    quarters = of_quarters(trait("x"), few | {"x.known": 5})
    assert quarters is not None
    assert (quarters.low, quarters.median, quarters.high) == (1.0, 2.0, 3.0)


def test_of_a_family_the_traits_that_differ_most_are_told_and_no_computed_ones():
    traits = [trait(name, ValueType.TEXT) for name in ("a", "b", "c", "x")] + [trait("rfm_f", origin="computed")]
    profile = Profile(dt.datetime(2026, 11, 16, tzinfo=dt.UTC), 60, 90, (share(30, 60, 10, 90),))
    assert [each.name for each in told(traits, profile)] == ["x", "a", "b"]


def test_what_somebody_wrote_and_sensitive_answers_are_never_told():
    label = {"en": "x", "fr": "x"}
    survey = Survey.read({
        "survey": "s", "title": label, "questions": [
            {"name": "score", "type": "nps", "text": label},
            {"name": "why", "type": "text", "text": label},
            {"name": "income", "type": "number", "text": label,
             "trait": {"family": "demographic", "sensitivity": "sensitive"}},
            {"name": "need", "type": "choice", "text": label,
             "options": [{"value": "a", "label": label}, {"value": "b", "label": label}]},
        ],
    })  # fmt: skip
    answers = {"score": [9] * 6, "why": ["because"] * 6, "income": [1.0] * 6, "need": ["a"] * 5 + ["b"]}
    own = [result_of(each, answers[each.name]) for each in survey.questions]
    rest = [result_of(each, answers[each.name][:4]) for each in survey.questions]
    found = list(answered(survey, own, rest))
    assert [(each.question, each.own.kind, each.rest) for each in found] == [
        ("score", "nps", None), ("need", "share", None),
    ]  # fmt: skip
