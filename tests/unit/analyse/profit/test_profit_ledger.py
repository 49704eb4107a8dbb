"""The account of each customer, the whale curve, the classes."""

import numpy as np
import pytest

from quartier.analyse.profit.ledger import Ledger, class_of, classes, limits, peak, tenths, whale

KEYS = np.arange(4)
REVENUE = np.array([100.0, 60.0, 20.0, 0.0])


def ledger(**known) -> Ledger:
    nothing = {"acquisition": None, "service": None, "follow_up": None}
    return Ledger(KEYS, REVENUE, REVENUE / 2, **(nothing | {name: np.array(each) for name, each in known.items()}))


LOSING = ledger(service=[0.0, 0.0, 30.0, 15.0])
"""Profits of 50, 30, -20 and -15."""


def test_profit_is_revenue_less_the_costs_that_are_known():
    assert ledger().profit.tolist() == [50, 30, 10, 0]
    assert ledger(acquisition=[5.0] * 4, follow_up=[1.0, 0, 0, 0]).profit.tolist() == [44, 25, 5, -5]


def test_the_lines_add_up_and_what_is_not_known_is_no_zero():
    account = {each.line: each.amount for each in LOSING.account()}
    assert account == {
        "revenue": 180.0, "goods": 90.0, "acquisition": None, "service": 45.0, "follow_up": None, "profit": 45.0
    }  # fmt: skip


def test_the_whale_curve_rises_above_all_profit_and_falls_back_to_it():
    curve = whale(LOSING.profit)
    assert (curve[0].profit, curve[-1].profit) == (0, 1)
    assert curve[50].profit == pytest.approx(80 / 45)
    assert curve[50].profit == max(each.profit for each in curve)
    assert peak(LOSING.profit) == curve[50]


def test_without_profit_there_is_no_curve():
    assert whale(np.array([-1.0, 1.0])) == ()
    assert peak(np.array([-1.0, 0.5])) is None


def test_stated_limits_divide_the_customers():
    bounds = limits(LOSING, even=15.0, high=50.0)
    assert class_of(LOSING.profit, bounds).tolist() == ["very_profitable", "profitable", "loss_making", "break_even"]
    found = classes(LOSING, bounds)
    assert [(each.id, each.persons, each.profit) for each in found] == [
        ("very_profitable", 1, 50), ("profitable", 1, 30), ("break_even", 1, -15), ("loss_making", 1, -20)
    ]  # fmt: skip


def test_limits_that_are_not_stated_come_from_the_customers():
    found = limits(ledger(), None, None)
    assert (found.even, found.high) == (2.25, 50.0)
    assert limits(ledger(), 80.0, None).high > 80, "very profitable is always beyond break-even"


def test_tenths_hold_everybody_once():
    profit = np.random.default_rng(5).normal(0, 30, 997).round(2)
    found = tenths(profit)
    assert len(found) == 10
    assert sum(each.persons for each in found) == 997
    assert [each.high for each in found[1:]] == [each.low for each in found[:-1]]


def test_equal_profits_stay_in_one_tenth():
    found = tenths(np.array([0.0] * 95 + [10.0] * 5))
    assert [(each.persons, each.low) for each in found] == [(100, 0.0)]
