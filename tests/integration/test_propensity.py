"""Propensities, and drivers of what comes later, over a shop whose truth is known.

Regulars go on ordering, the others rarely do.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import ibis
import numpy as np
import pyarrow as pa
import pytest

from quartier.analyse.drivers.asking import outcome_of
from quartier.analyse.drivers.run import drivers_later
from quartier.analyse.modelling.kinds import kind_of, read_model
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.modelling.run import rerun
from quartier.analyse.propensity.definition import Propensity
from quartier.analyse.propensity.samples import chosen, sample
from quartier.catalog import Catalog, EventType, Family, Label, Property, Sensitivity, Trait, ValueType
from quartier.config import Config
from quartier.engine import DuckDBEngine, event_schema, subject_schema
from quartier.errors import InvalidDefinition, NoAnswer
from quartier.segment import run
from quartier.segment.for_models import Holding
from quartier.store import Store, runs

AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
NAME = Label(en="x", fr="x")
ORDER = EventType(
    name="Order Completed", label=Label(en="Order", fr="Commande"),
    properties=(Property(name="revenue", type=ValueType.NUMBER, label=NAME),),
)  # fmt: skip
TRAITS = (
    Trait(name="plan", type=ValueType.TEXT, family=Family.BEHAVIOURAL, label=NAME),
    Trait(
        name="income", type=ValueType.NUMBER, family=Family.DEMOGRAPHIC, label=NAME, sensitivity=Sensitivity.SENSITIVE
    ),
    Trait(name="left", type=ValueType.BOOLEAN, family=Family.BEHAVIOURAL, label=Label(en="Left", fr="Parti")),
    Trait(name="rfm_f", type=ValueType.INTEGER, family=Family.BEHAVIOURAL, label=NAME, origin="computed"),
)
CATALOG = Catalog(traits=TRAITS, events=(ORDER,))
PERSONS = 700


def shop(until: dt.datetime = AT) -> DuckDBEngine:
    """Two kinds of persons and a year of their orders, up to an instant."""
    rng = np.random.default_rng(5)
    regular = rng.random(PERSONS) < 0.4
    engine = DuckDBEngine(memory_limit="512MB", threads=1)
    engine.ensure("person", subject_schema(CATALOG))
    engine.append("person", pa.table({
        "person_key": pa.array(range(PERSONS), pa.int32()), "person_id": [f"p{n}" for n in range(PERSONS)],
        "plan": np.where(rng.random(PERSONS) < np.where(regular, 0.8, 0.2), "paid", "free"),
        "income": rng.normal(size=PERSONS), "left": rng.random(PERSONS) > np.where(regular, 0.9, 0.4),
        "rfm_f": pa.array(regular.astype(int), pa.int64()),
    }))  # fmt: skip
    rows = [
        (key, AT - dt.timedelta(days=float(day)), float(rng.gamma(2, 30)))
        for key in range(PERSONS)
        for day in rng.uniform(0, 365, rng.poisson(14 if regular[key] else 2))
    ]
    kept = sorted((each for each in rows if each[1] <= until), key=lambda each: each[1])
    engine.ensure(ORDER.table, event_schema(ORDER))
    engine.append(ORDER.table, pa.table({
        "person_key": pa.array([each[0] for each in kept], pa.int32()), "event_id": [f"e{n}" for n in range(len(kept))],
        "occurred_at": pa.array([each[1].replace(tzinfo=None) for each in kept], pa.timestamp("us")),
        "revenue": [each[2] for each in kept],
    }))  # fmt: skip
    return engine


@pytest.fixture(scope="module")
def reading() -> Iterator[Reading]:
    engine = shop()
    yield Reading(engine, CATALOG, Config(name="tiny"), AT)
    engine.close()


def computed(reading: Reading, **told: object):
    document = read_model({"model": "propensity", **told})
    return kind_of("propensity").compute(reading, document)


def test_nothing_after_the_cut_is_read(reading):
    cut, document = AT - dt.timedelta(days=60), Propensity(days=60)
    traits, _ = chosen(reading, document, None)
    then = sample(reading, document, traits, cut, until=None)
    engine = shop(cut)
    blind = sample(replace(reading, engine=engine), document, traits, cut, until=None)
    engine.close()
    assert then.keys.tolist() == blind.keys.tolist()
    for one, other in zip(then.clues, blind.clues, strict=True):
        assert np.array_equal(one.values, other.values, equal_nan=True), one.name


def test_regulars_are_likelier_to_order_and_the_later_span_judges(reading):
    found = computed(reading, days=60)
    figures = found.figures
    assert figures.split == "time"
    assert figures.taught_at < figures.judged_at < figures.until == AT
    assert figures.judgement.area.low > 0.7
    assert figures.judgement.calibration_error < 0.1
    assert found.table["propensity_probability"].to_numpy().max() <= 1
    regular = reading.persons(["rfm_f"]).filter(pa.compute.equal(reading.persons(["rfm_f"])["rfm_f"], 1))["person_key"]
    first = found.table.filter(pa.compute.less_equal(found.table["propensity_tenth"], 3))["person_key"]
    assert len(set(first.to_pylist()) & set(regular.to_pylist())) > 0.8 * len(first)
    assert figures.judgement.tenths[0].lift > 1.2
    assert [each.origin for each in found.traits] == ["predicted", "predicted"]


def test_a_run_is_the_same_each_time(reading):
    assert computed(reading, days=60).table.equals(computed(reading, days=60).table)


def test_churn_is_foretold_of_those_active_alone(reading):
    found = computed(reading, outcome="silence", days=60)
    assert found.table.num_rows < PERSONS
    assert "no Order for 60 days" in found.figures.outcome.en
    assert found.figures.judgement.area.low > 0.6


def test_an_outcome_without_time_is_judged_by_others_of_the_same_moment_and_says_so(reading):
    found = computed(reading, outcome="value", trait="left", value="true")
    assert found.figures.split == "persons"
    assert found.table.num_rows == PERSONS
    assert any("no time" in str(each) for each in found.findings)
    assert "left" in {each.trait for each in found.figures.not_read}


def test_sensitive_and_computed_traits_and_those_of_today_are_read_only_on_request(reading):
    found = computed(reading, days=60)
    reasons = {each.trait: each.reason.en.split(":")[0] for each in found.figures.not_read}
    assert reasons["income"] == "sensitive"
    assert reasons["rfm_f"].startswith("computed today")
    assert reasons["plan"].startswith("known only as it is today")
    asked = computed(reading, days=60, traits=["income"])
    assert "income" in {each.trait for each in asked.figures.clues}


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"days": 400}, "two spans of 400 days"),
        ({"outcome": "value", "trait": "plan", "value": "gold"}, "its values are: free, paid"),
        ({"days": 1, "among": "did_not"}, "the least to learn from|nobody"),
    ],
)
def test_what_has_no_answer_says_why_and_what_would_help(reading, told, said):
    with pytest.raises(NoAnswer, match=said) as refused:
        computed(reading, **told)
    assert "→" in str(refused.value)


def test_a_value_without_its_trait_is_refused():
    with pytest.raises(InvalidDefinition, match="which value of which trait"):
        read_model({"model": "propensity", "outcome": "value"})


LATELY = {"segment": "lately", "where": {"event": "Order Completed", "within": "30 days"}}
PAYING = {"segment": "paying", "where": {"trait": "plan", "is": "paid"}}
SPAN = dt.timedelta(days=60)


@pytest.fixture(scope="module")
def asking(reading: Reading) -> Iterator[Reading]:
    """The same shop with two segments: one is observed since long ago, the other since now."""
    store = Store("sqlite://", AT)
    put = partial(run.apply, store, reading.engine, CATALOG, reading.config, author="test")
    put([PAYING], at=AT - 3 * SPAN)
    put([LATELY], at=AT)
    yield replace(reading, conditions=Holding(store, reading.engine, CATALOG, reading.config))
    store.close()


def ordered(reading: Reading, first: dt.datetime, last: dt.datetime) -> set[int]:
    """Who ordered after one instant, up to another."""
    at = "occurred_at"
    rows = reading.fetch(ibis.table(event_schema(ORDER), name=ORDER.table)[["person_key", at]]).to_pylist()
    return {each["person_key"] for each in rows if first < each[at].replace(tzinfo=dt.UTC) <= last}


def test_who_enters_a_segment_of_events_is_foretold_from_its_conditions_as_of_each_cut(asking):
    found = computed(asking, outcome="segment", segment="lately", days=60)
    month = dt.timedelta(days=30)
    before, after = (ordered(asking, at - month, at) for at in (AT - SPAN, AT))
    someone = ordered(asking, AT - 10 * SPAN, AT - SPAN)
    judgement = found.figures.judgement
    assert (judgement.persons, judgement.outcomes) == (len(someone - before), len((someone - before) & after))
    assert judgement.area.low > 0.6
    assert found.figures.outcome.en == "a member of “lately” in 60 days"
    assert not set(found.table["person_key"].to_pylist()) & after
    assert any("was not observed" in str(each) for each in found.findings)


def test_who_leaves_a_segment_is_foretold_of_its_members(asking):
    found = computed(asking, outcome="leaving", segment="lately", days=60)
    assert set(found.table["person_key"].to_pylist()) == ordered(asking, AT - dt.timedelta(days=30), AT)


def test_members_that_were_observed_are_read_as_they_were_then(asking):
    observed = asking.asked.belonging("paying", (AT - 2 * SPAN, AT))
    paid = asking.holding(PAYING["where"])[0]
    assert observed.is_observed
    assert list(observed.members.values()) == [paid, paid]


def test_a_segment_whose_past_nobody_can_know_is_refused_with_the_day_since_when_it_is_observed(asking):
    with pytest.raises(NoAnswer, match=r"is “paid”.* observed only since 5 May 2026") as refused:
        computed(asking, outcome="segment", segment="paying", days=100)
    assert "take a segment of events" in str(refused.value)
    with pytest.raises(InvalidDefinition, match="which segment"):
        read_model({"model": "propensity", "outcome": "segment"})


def test_a_rebuild_goes_on_where_a_model_reads_a_segment_that_is_gone(asking, caplog):
    store = Store("sqlite://", AT)
    with store.begin() as connection:
        gone = {"kind": "model", "model": "propensity", "outcome": "segment", "segment": "gone"}
        runs.append(connection, "propensity", gone, {"traits": []}, as_of=AT, at=AT)
    conditions = Holding(store, asking.engine, CATALOG, asking.config)
    assert rerun(store, asking.engine, asking.config, conditions) == ([], ("propensity",))
    assert "there is no segment" in caplog.text
    store.close()


def test_drivers_of_an_event_hold_what_was_known_at_the_cut_against_what_came_after_it(asking):
    found = drivers_later(asking, outcome_of("event:Order Completed@60"))
    someone, came = ordered(asking, AT - 10 * SPAN, AT - SPAN), ordered(asking, AT - SPAN, AT)
    assert (found.persons, found.outcomes) == (len(someone), len(someone & came))
    assert (found.cut, found.until) == (AT - SPAN, AT)
    assert found.honest.trees.low > 0.6
    assert found.leaks == ()
    assert {each.trait for each in found.left_out} >= {"plan", "income", "rfm_f"}


def test_drivers_of_membership_are_of_those_who_were_no_members_at_the_cut(asking):
    month = dt.timedelta(days=30)
    found = drivers_later(asking, outcome_of("segment:lately@60"))
    before, after = (ordered(asking, at - month, at) for at in (AT - SPAN, AT))
    someone = ordered(asking, AT - 10 * SPAN, AT - SPAN)
    assert (found.persons, found.outcomes) == (len(someone - before), len((someone - before) & after))


def test_drivers_of_what_nobody_could_have_are_refused(asking):
    with pytest.raises(NoAnswer, match="nobody could have had the outcome after 1 November 2025"):
        drivers_later(asking, outcome_of("event:Order Completed@365"))


def test_a_computed_trait_that_is_asked_for_is_read_and_looked_at_for_leaks(asking):
    found = drivers_later(asking, outcome_of("event:Order Completed@60"), traits=["rfm_f"])
    assert "rfm_f" in {each.trait for each in found.weights}
