import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from quartier.errors import InvalidDefinition
from quartier.evaluate.outcome import Measure, Outcome
from quartier.evaluate.sentence import parse


def _outcome(measure: str, of: str | None = None, within: str = "14 days") -> Outcome:
    return Outcome(measure=Measure(measure), of=of, event="Order Completed", within=within)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("sum of revenue of Order Completed within 14 days", _outcome("sum", "revenue")),
        ("Total of revenue of Order Completed within 14 days", _outcome("sum", "revenue")),
        ("mean of products.price of Order Completed within 2 weeks", _outcome("mean", "products.price", "2 weeks")),
        ("count of Order Completed within 36 hours", _outcome("count", None, "36 hours")),
        ("distinct order_id of Order Completed within 14 days", _outcome("distinct", "order_id")),
        ("any Order Completed within 30 days", _outcome("any", None, "30 days")),
        ("  at least one  Order Completed  within  1 day ", _outcome("any", None, "1 day")),
        ("somme de revenue de Order Completed sous 14 jours", _outcome("sum", "revenue")),
        ("somme de revenue d'Order Completed sous 14 jours", _outcome("sum", "revenue")),
        ("moyenne de revenue de Order Completed dans les 14 jours", _outcome("mean", "revenue")),
        ("nombre de Order Completed sous 1 semaine", _outcome("count", None, "1 week")),
        ("nombre d’Order Completed en 14 j", _outcome("count", None)),
        ("valeurs distinctes de order_id de Order Completed sous 14 jours", _outcome("distinct", "order_id")),
        ("au moins un Order Completed sous 30 jours", _outcome("any", None, "30 days")),
        ("AU MOINS UNE Order Completed SOUS 30 JOURS", _outcome("any", None, "30 days")),
    ],
)
def test_outcomes_are_read_as_people_write_them(sentence: str, expected: Outcome) -> None:
    assert parse(sentence).outcome == expected


def test_an_event_may_have_the_words_of_the_language_in_its_name() -> None:
    assert parse("count of End of Trial within 2 days within 14 days").outcome.event == "End of Trial within 2 days"


def test_the_places_of_the_parts_are_counted_from_one() -> None:
    sentence = "sum of revenue of Order Completed within 14 days"
    written = parse(sentence)
    assert sentence[written.property_at - 1 :].startswith("revenue")
    assert sentence[written.event_at - 1 :].startswith("Order")


@pytest.mark.parametrize(
    ("sentence", "places", "message"),
    [
        ("", ["measure", "within"], "a measure is expected at character 1"),
        ("revenue of Order Completed within 14 days", ["measure"], "a measure is expected at character 1"),
        ("sum of revenue of Order Completed", ["within"], "is expected at character 34"),
        ("sum of Order Completed within 14 days", ["property"], "“property of event” is expected at character 8"),
        ("count of within 14 days", ["event"], "the name of an event is expected at character 10"),
        ("count of Order Completed within x days", ["within"], "“x” at character 33 is not a whole number"),
        ("count of Order Completed within 0 days", ["within"], "“0” at character 33 is not a whole number"),
        ("count of Order Completed within 1 month", ["within"], "“month” at character 35 is not a unit of time"),
        ("count of Order Completed within -3 months", ["within", "within"], "a month has no fixed length: 30 days"),
    ],
)
def test_a_sentence_that_cannot_be_read_says_where_and_everything_at_once(
    sentence: str, places: list[str], message: str
) -> None:
    with pytest.raises(InvalidDefinition) as refused:
        parse(sentence)
    assert [problem.place for problem in refused.value.problems] == places
    assert message in str(refused.value)


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=40).filter(lambda text: not text.rstrip()[-1:].isalpha()))
def test_no_text_without_a_window_is_an_outcome_and_none_breaks_the_parser(text: str) -> None:
    with pytest.raises(InvalidDefinition) as refused:
        parse(f"sum {text}")
    assert refused.value.problems
    assert refused.value.to("fr")


@settings(deadline=None)  # the machine may be busy
@given(
    st.sampled_from(Measure),
    st.from_regex(r"[a-z][a-z_]{0,8}(\.[a-z]{1,5})?", fullmatch=True),
    st.from_regex(r"[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8}){0,2}", fullmatch=True),
    st.integers(1, 9999),
)
def test_what_is_written_plainly_is_read_back(measure: Measure, of: str, event: str, days: int) -> None:
    subject = f"{of} of {event}" if measure.has_property else event
    head = "any" if measure is Measure.ANY else f"{measure.value} of"
    outcome = parse(f"{head} {subject} within {days} days").outcome
    assert (outcome.measure, outcome.event, outcome.window) == (measure, event, dt.timedelta(days=days))
    assert outcome.of == (of if measure.has_property else None)


def test_an_outcome_reads_and_writes_without_loss() -> None:
    outcome = _outcome("sum", "revenue")
    assert Outcome.model_validate(outcome.model_dump(mode="json")) == outcome


@pytest.mark.parametrize(
    "wrong", [{"within": "a month"}, {"of": None}, {"measure": "count"}, {"measure": "median"}, {"until": "now"}]
)
def test_a_document_that_says_nothing_measurable_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Outcome.model_validate(_outcome("sum", "revenue").model_dump() | wrong)
