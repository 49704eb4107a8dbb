"""The model's document: what it takes, what it refuses, how far back it looks."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartier.analyse.definition import Rfm
from quartier.analyse.modelling.kinds import read_model
from quartier.errors import InvalidDefinition

PARIS = ZoneInfo("Europe/Paris")
AS_OF = dt.datetime(2024, 3, 31, 10, tzinfo=dt.UTC)

MODELS = st.builds(
    Rfm,
    bins=st.sampled_from([3, 4, 5]),
    purchase=st.text(min_size=1, max_size=20),
    amount=st.text(min_size=1, max_size=20),
    refunds=st.none() | st.text(max_size=20),
    within=st.none()
    | st.builds("{} {}".format, st.integers(1, 9999), st.sampled_from(["day", "weeks", "months", "year"])),
)


@given(MODELS)
def test_a_model_is_written_and_read_without_loss(model: Rfm) -> None:
    assert read_model(model.model_dump(mode="json")) == model


@given(MODELS)
def test_a_window_always_starts_before_the_instant(model: Rfm) -> None:
    since = model.since(AS_OF, PARIS)
    assert (since is None) == (model.within is None)
    assert since is None or since < AS_OF


@pytest.mark.parametrize(
    ("within", "since"),
    [
        ("30 days", dt.datetime(2024, 3, 1, 11, tzinfo=dt.UTC)),  # summer time began that night: 12:00 in Paris
        ("1 week", dt.datetime(2024, 3, 24, 11, tzinfo=dt.UTC)),
        ("1 month", dt.datetime(2024, 2, 29, 11, tzinfo=dt.UTC)),
        ("1 year", dt.datetime(2023, 3, 31, 10, tzinfo=dt.UTC)),
    ],
)
def test_windows_follow_the_calendar_of_the_workspace(within: str, since: dt.datetime) -> None:
    assert Rfm(within=within).since(AS_OF, PARIS) == since


def test_every_problem_is_told_at_once() -> None:
    with pytest.raises(InvalidDefinition) as refused:
        read_model({"model": "rfm", "bins": 7, "within": "soon", "colour": "red"})
    assert {problem.place for problem in refused.value.problems} == {"bins", "within", "colour"}
    assert refused.value.to("fr").startswith("impossible d'utiliser rfm")
