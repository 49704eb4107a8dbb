"""The adviser: what is feasible on which data, and how many segments a base bears."""

import datetime as dt
from functools import partial

import pyarrow as pa
import pytest

from quartier.analyse.adviser.advice import Verdict, advise
from quartier.analyse.adviser.bears import sizing
from quartier.analyse.adviser.held import Column, Held, columns_of
from quartier.analyse.adviser.questions import survey_for
from quartier.analyse.adviser.run import advised
from quartier.catalog import Catalog, Family, Label, Meaning, Sensitivity, Trait, ValueType
from quartier.engine import DuckDBEngine, subject_schema
from quartier.evaluate.sizes import smallest_segment

NAME = Label(en="x", fr="x")
SMALLEST = partial(smallest_segment, held_out=0.2, alpha=0.05)


def trait(name: str, **more) -> Trait:
    return Trait(**({"name": name, "type": ValueType.TEXT, "family": Family.DEMOGRAPHIC, "label": NAME} | more))


def column(known: int, family: Family = Family.DEMOGRAPHIC, meaning: Meaning | None = Meaning.GENDER) -> Column:
    return Column("gender", NAME, family, meaning, ValueType.TEXT, "person", known, 10_000)


def held(*columns: Column, customers: int = 0, again: int = 0, types: int = 0) -> Held:
    return Held(10_000, 0, columns, customers, again, customers, types, has_products=False)


def of(family: Family, found: Held, kinds=("rfm", "clusters", "lifetime_value")):
    return next(each for each in advise(found, kinds) if each.family is family)


@pytest.mark.parametrize(
    ("known", "verdict"), [(5_000, Verdict.FEASIBLE), (4_999, Verdict.PARTLY), (499, Verdict.NOT_YET)]
)
def test_a_family_is_feasible_when_half_of_the_base_is_known(known, verdict):
    assert of(Family.DEMOGRAPHIC, held(column(known))).verdict is verdict


def test_what_is_missing_is_named_with_where_it_comes_from():
    missing = [each.to("en") for each in of(Family.DEMOGRAPHIC, held(column(9_000))).missing]
    assert missing == ["age: not there. It comes from: a field of the sign-up form or of the order."]


def test_a_method_is_advised_only_where_there_is_one():
    found = held(customers=500, again=200, types=2)
    assert "model:lifetime_value" in [each.place for each in of(Family.BEHAVIOURAL, found).methods]
    assert "model:lifetime_value" not in [each.place for each in of(Family.BEHAVIOURAL, found, ("rfm",)).methods]


def test_few_customers_are_no_basis_for_statistics_of_purchases():
    advice = of(Family.BEHAVIOURAL, held(customers=40, again=9, types=1))
    assert advice.verdict is Verdict.PARTLY
    assert "about 100" in advice.missing[0].to("en")


def test_what_names_or_is_special_or_was_made_by_a_model_is_no_trait_to_divide_by():
    traits = [
        trait("email", meaning=Meaning.EMAIL), trait("faith", sensitivity=Sensitivity.SPECIAL), trait("title"),
        trait("rfm_class", family=Family.BEHAVIOURAL, origin="computed"), trait("note"), trait("constant"),
    ]  # fmt: skip
    counts = {each.name: (900, 3) for each in traits} | {"note": (900, 800), "constant": (900, 1)}
    assert [each.name for each in columns_of(traits, counts, 1000)] == ["title"]


@pytest.mark.parametrize("family", list(Family))
def test_each_family_has_a_survey_whose_answers_become_its_traits(family):
    survey = survey_for(family)
    assert survey.survey == f"ask-{family.value}"
    assert {each.trait.family for each in survey.questions} == {family}


def test_the_smallest_segment_is_the_one_that_the_rule_of_effects_names():
    assert smallest_segment(0.10, 0.05, held_out=0.2, alpha=0.05) == 2355
    assert smallest_segment(0.5, 0.6, held_out=0.2, alpha=0.05) is None


def test_a_base_bears_as_many_segments_as_stay_measurable():
    found = sizing(10_000, 0.1, 0.2, SMALLEST)
    assert [each.segments for each in found.rows] == [10_000 // each.smallest for each in found.rows]
    assert found.rows[1].segments == 4
    assert "bears 4 segments" in found.said.to("en")


def test_a_small_base_is_not_to_be_divided():
    assert "too small to divide" in sizing(900, None, 0.2, SMALLEST).said.to("en")


def test_the_advice_reads_what_the_tables_hold():
    catalog, engine = Catalog(traits=(trait("gender", meaning=Meaning.GENDER),)), DuckDBEngine(memory_limit="256MB")
    engine.ensure("person", subject_schema(catalog))
    keys = pa.array(range(1, 301), pa.int32())
    people = {"person_key": keys, "person_id": [f"p{n}" for n in range(300)], "gender": ["f", "m", None] * 100}
    engine.append("person", pa.table(people))
    at = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
    found = advised(engine, catalog, at, held_out=0.2, smallest=SMALLEST)
    demographic = found.families[0]
    assert (found.persons, demographic.verdict, demographic.columns[0].known) == (300, Verdict.FEASIBLE, 200)
    assert found.sizing.is_assumed


def test_an_empty_base_has_no_advice_but_to_bring_data():
    found = advised(DuckDBEngine(), Catalog(), dt.datetime(2026, 3, 1, tzinfo=dt.UTC), held_out=0.2, smallest=SMALLEST)
    assert {each.verdict for each in found.families} == {Verdict.NOT_YET}
