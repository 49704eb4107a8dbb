"""What every kind of model has in common."""

import datetime as dt

import pyarrow as pa
import pytest
from starlette.datastructures import FormData

from quartier.analyse.definition import Rfm
from quartier.analyse.modelling.computed import figures_in, scored_in
from quartier.analyse.modelling.kinds import KINDS, all_kinds, read_model
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.modelling.shown import Money, Share, written
from quartier.analyse.propensity.definition import Propensity
from quartier.analyse.psychographic.classes_model import AnswerClasses
from quartier.analyse.psychographic.factors_model import Factors
from quartier.analyse.psychographic.themes_model import Themes
from quartier.catalog import Catalog, EventType, Family, Label, Property, Trait, ValueType
from quartier.config import Config
from quartier.engine import DuckDBEngine, event_schema, subject_schema
from quartier.errors import InvalidDefinition, UnknownName
from quartier.store.runs import Run
from quartier.web.analyse.models.form import document_of, form_of, shown_again

NAME = Label(en="x", fr="x")
ORDER = EventType(
    name="Order Completed", label=NAME, properties=(Property(name="revenue", type=ValueType.NUMBER, label=NAME),)
)


def test_a_kind_is_called_as_its_documents_call_it() -> None:
    assert [each.name for each in all_kinds()] == list(KINDS)
    for each in all_kinds():
        assert each.document.model_fields["model"].default == each.name


def test_an_unknown_kind_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName) as refused:
        read_model({"model": "rmf"})
    assert "rfm" in str(refused.value)


def test_a_name_begins_with_a_letter() -> None:
    with pytest.raises(InvalidDefinition):
        read_model({"model": "rfm", "name": "2nd"})


def test_orders_are_one_row_per_person_and_local_day() -> None:
    at = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
    catalog, engine = Catalog(events=(ORDER,)), DuckDBEngine(memory_limit="256MB", threads=1)
    engine.ensure("person", subject_schema(catalog))
    engine.append("person", pa.table({"person_key": pa.array([1], pa.int32()), "person_id": ["p1"]}))
    engine.ensure(ORDER.table, event_schema(ORDER))
    # The first was in the evening of the 27th by UTC, on the 28th in Paris.
    rows = [("a", "2026-02-27T23:30", 10.0), ("b", "2026-02-28T12:00", 5.0), ("c", "2026-03-01T12:00", 7.0)]
    instants = [dt.datetime.fromisoformat(each[1]) for each in rows]
    engine.append(
        ORDER.table,
        pa.table({
            "event_id": [each[0] for each in rows], "person_key": pa.array([1, 1, 1], pa.int32()),
            "occurred_at": pa.array(instants, pa.timestamp("us")), "revenue": [each[2] for each in rows],
        }),
    )  # fmt: skip
    found = Reading(engine, catalog, Config(name="shop", time_zone="Europe/Paris"), at).orders(Rfm())
    assert found.to_pylist() == [
        {"person_key": 1, "day": dt.date(2026, 2, 28), "amount": 15.0},
        {"person_key": 1, "day": dt.date(2026, 3, 1), "amount": 7.0},
    ]
    engine.close()


def test_a_form_makes_the_document_it_shows() -> None:
    form = form_of(Rfm, {"bins": 4, "within": "2 years"}, Catalog(events=(ORDER,)), "en")
    sent = FormData([(each.name, each.value) for each in form.fields])
    assert read_model(document_of(Rfm, "rfm", sent)) == Rfm(bins=4, within="2 years")


def test_what_a_model_made_is_not_offered_as_an_answer_of_persons() -> None:
    said, made, size = (
        Trait(name=name, type=type_, family=Family.NEEDS, label=NAME, origin=origin)
        for name, type_, origin in (
            ("said", ValueType.TEXT, "given"),
            ("made", ValueType.TEXT, "computed"),
            ("size", ValueType.NUMBER, "given"),
        )
    )
    catalog = Catalog(traits=(said, made, size))
    offered = [
        [
            name
            for name, _ in next(each for each in form_of(of, {}, catalog, "en").fields if each.name == setting).options
        ]
        for of, setting in ((AnswerClasses, "traits"), (Factors, "traits"), (Themes, "answer"))
    ]
    assert offered == [["said", "size"], ["size"], ["said"]]


def test_a_form_offers_the_segments_where_one_is_chosen() -> None:
    form = form_of(Propensity, {"segment": "loyal"}, Catalog(), "fr", (("loyal", "Fidèles"), ("lost", "Perdus")))
    (field,) = (each for each in form.fields if each.name == "segment")
    assert (field.kind, field.value) == ("select", "loyal")
    assert field.options == (("", "aucun"), ("loyal", "Fidèles"), ("lost", "Perdus"))


def test_what_was_typed_stays_in_a_form_that_is_refused() -> None:
    form = form_of(Rfm, {}, Catalog(events=(ORDER,)), "en")
    again = shown_again(form, FormData([("bins", "12"), ("within", "two moons")]), "no")
    assert {each.name: each.value for each in again.fields if each.value} == {"bins": "12", "within": "two moons"}


@pytest.mark.parametrize(
    ("cell", "said"), [(None, "–"), (1234, "1,234"), (0.24263, "0.243"), (Share(0.125), "12.5%"), (Money(2.5), "€2.50")]
)
def test_a_cell_is_written_as_its_kind_is(cell: object, said: str) -> None:
    assert written(cell, "en", "EUR") == said


def test_a_run_of_rfm_from_before_there_were_other_models_is_still_read() -> None:
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    run = Run(1, "rfm", at, at, {"model": "rfm"}, {"customers": 3, "classes": {"champions": 3}})
    assert (scored_in(run), figures_in(run)) == (3, {"classes": {"champions": 3}})


@pytest.mark.parametrize(("given", "read"), [(1, "1"), (True, "true"), ("premium", "premium")])
def test_a_value_that_is_foretold_may_be_written_as_the_number_that_it_is(given: object, read: str) -> None:
    document = read_model({"model": "propensity", "outcome": "value", "trait": "response", "value": given})
    assert document.model_dump()["value"] == read
