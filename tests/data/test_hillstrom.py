"""The e-mail experiment of Kevin Hillstrom (2008): 64,000 customers, two e-mails, and an arm without any.

Rates and effects are those that others computed from the same file.
"""

import csv
import functools
import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from quartier.evaluate.effect import Verdict
from quartier.evaluate.experiment import evaluate_experiment
from quartier.evaluate.report import EffectReport
from quartier.evaluate.wording import Unit

pytestmark = pytest.mark.data
NONE, MENS, WOMENS = "No E-Mail", "Mens E-Mail", "Womens E-Mail"

Columns = dict[str, np.ndarray]


@pytest.fixture
def hillstrom(shared_data: Callable[[str], Path]) -> Columns:
    return _read(shared_data("hillstrom_email.csv.gz"))


@functools.cache
def _read(path: Path) -> Columns:
    with gzip.open(path, "rt", encoding="utf-8") as text:
        head, *rows = csv.reader(text)
    return {name: np.array(values) for name, values in zip(head, zip(*rows, strict=True), strict=True)}


def _effects(columns: Columns, outcome: str) -> dict[str, EffectReport]:
    segments = {f"newbie {value}": columns["newbie"] == value for value in ("0", "1")}
    segments |= {value: columns["history_segment"] == value for value in np.unique(columns["history_segment"])}
    unit = Unit.MONEY if outcome == "spend" else Unit.SHARE
    values = columns[outcome].astype(float)
    return evaluate_experiment(columns["segment"], values, segments, held_out=NONE, name=outcome, unit=unit)


def test_the_three_visit_rates_are_the_published_ones(hillstrom: Columns) -> None:
    reports = _effects(hillstrom, "visit")
    assert reports[MENS].overall.targeted.mean == pytest.approx(0.1828, abs=5e-5)
    assert reports[WOMENS].overall.targeted.mean == pytest.approx(0.1514, abs=5e-5)
    assert reports[MENS].overall.held_out.mean == pytest.approx(0.1062, abs=5e-5)


@pytest.mark.parametrize(
    ("outcome", "arm", "difference", "error"),
    [
        ("visit", MENS, 0.0766, 0.0034),
        ("visit", WOMENS, 0.0452, 0.0032),
        ("conversion", MENS, 0.0068, 0.0009),
        ("conversion", WOMENS, 0.0031, 0.0008),
        ("spend", MENS, 0.770, 0.145),
        ("spend", WOMENS, 0.424, 0.130),
    ],
)
def test_effects_and_their_errors_are_the_known_ones(
    hillstrom: Columns, outcome: str, arm: str, difference: float, error: float
) -> None:
    overall = _effects(hillstrom, outcome)[arm].overall
    places = 5e-4 if outcome == "spend" else 5e-5
    assert overall.difference == pytest.approx(difference, abs=places)
    assert overall.interval is not None
    assert (overall.interval.high - overall.interval.low) / 2 / 1.96 == pytest.approx(error, abs=places)
    assert overall.verdict is Verdict.GAIN


def test_effects_per_segment_are_corrected_and_only_claimed_where_they_show(hillstrom: Columns) -> None:
    report = _effects(hillstrom, "spend")[MENS]
    by_name = {effect.segment: effect for effect in report.segments}
    assert len(by_name) == 9
    assert {effect.confidence for effect in by_name.values()} == {1 - 0.05 / 9}
    newbie, others = by_name["newbie 1"], by_name["newbie 0"]
    assert newbie.verdict is Verdict.GAIN
    assert newbie.difference == pytest.approx(0.96, abs=0.005)
    # The others' gain would pass at 95 % were it the only segment; among nine it does not.
    assert others.verdict is Verdict.TOO_SMALL
    assert others.pvalue is not None
    assert others.pvalue < 0.05
    assert others.needed is not None
    assert others.needed.targeted > others.targeted.persons


def test_every_segment_visits_more_after_the_mens_email(hillstrom: Columns) -> None:
    segments = _effects(hillstrom, "visit")[MENS].segments
    assert {effect.verdict for effect in segments} == {Verdict.GAIN}


def test_each_pair_of_complementary_segments_adds_up_to_everybody(hillstrom: Columns) -> None:
    report = _effects(hillstrom, "visit")[WOMENS]
    halves = [effect for effect in report.segments if str(effect.segment).startswith("newbie")]
    assert sum(effect.targeted.persons for effect in halves) == report.overall.targeted.persons == 21_387
    assert sum(effect.held_out.responders for effect in halves) == report.overall.held_out.responders
