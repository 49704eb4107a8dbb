import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from quartier.errors import InvalidRequest
from quartier.evaluate.effect import Verdict
from quartier.evaluate.experiment import evaluate_experiment, from_columns
from quartier.evaluate.report import Kind
from quartier.evaluate.wording import Unit

TREATED = [True] * 60 + [False] * 60
SPENT = [12.0, 14.0, 16.0] * 20 + [9.0, 10.0, 11.0] * 20
EVEN = [True, False] * 60


@pytest.mark.parametrize("column", [list, np.array, pd.Series, pl.Series, pa.array])
def test_columns_of_every_kind_give_the_same_effect(column: type) -> None:
    report = from_columns(column(TREATED), column(SPENT), {"even": column(EVEN)}, name="spending", unit=Unit.MONEY)
    assert report.overall.difference == 4.0
    assert report.overall.verdict is Verdict.GAIN
    assert (report.segments[0].targeted.persons, report.segments[0].held_out.persons) == (30, 30)
    assert report.sentences("en")[0].startswith("spending: €14.00 for the targeted, €10.00 for the held out")


def test_arms_may_be_written_as_one_and_zero() -> None:
    assert from_columns([int(each) for each in TREATED], SPENT).overall.difference == 4.0


@pytest.mark.parametrize(
    ("treated", "outcome", "said"),
    [
        ([True, False], [1.0], "“treated” has 2 rows where the outcome has 1"),
        ([True, 2], [1.0, 2.0], "“treated” must say yes or no"),
        (["yes", "no"], [1.0, 2.0], "“treated” must say yes or no"),
        ([True, False], [1.0, None], "a missing one is not a zero"),
        ([True, False], ["a", "b"], "must hold one number for each person"),
    ],
)
def test_columns_that_do_not_fit_are_refused(treated: list[object], outcome: list[object], said: str) -> None:
    with pytest.raises(InvalidRequest, match=said):
        from_columns(treated, outcome)


def test_sizes_are_checked_when_the_share_that_was_drawn_is_given() -> None:
    assert from_columns(TREATED, SPENT, holdout=0.5).findings == ()
    (finding,) = from_columns(TREATED, SPENT, holdout=0.1).findings
    assert finding.kind is Kind.SAMPLE_RATIO


def test_every_arm_is_compared_with_the_one_held_out() -> None:
    arms = ["a"] * 40 + ["b"] * 40 + ["none"] * 40
    outcome = [3.0, 5.0] * 20 + [0.0, 2.0] * 20 + [1.0, 3.0] * 20
    reports = evaluate_experiment(arms, outcome, {"even": EVEN}, held_out="none")
    assert {arm: report.overall.difference for arm, report in reports.items()} == {"a": 2.0, "b": -1.0}
    assert reports["a"].segments[0].held_out.persons == 20


def test_an_arm_that_nobody_is_in_cannot_be_the_one_held_out() -> None:
    with pytest.raises(InvalidRequest, match="no person is in an arm called “control”"):
        evaluate_experiment(["a", "b"], [1.0, 2.0], held_out="control")


def test_a_name_with_braces_is_written_as_it_is() -> None:
    assert from_columns(TREATED, SPENT, name="{x}").sentences("fr")[0].startswith("{x}\N{NO-BREAK SPACE}: 14 pour")
