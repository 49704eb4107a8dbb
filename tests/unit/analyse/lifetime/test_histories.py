"""From purchases to what the models read."""

import numpy as np

from quartier.analyse.lifetime.histories import Distinct, Histories, purchased

KEYS, DAYS = np.array([7, 5, 7, 7, 5, 9]), np.array([24, 10, 10, 17, 80, 99])
AMOUNTS = np.array([30.0, 5.0, 100.0, 10.0, 8.0, 1.0])


def test_histories_count_from_the_first_purchase_in_weeks():
    found = purchased(KEYS, DAYS, AMOUNTS, 45)
    assert found.keys.tolist() == [5, 7]
    assert found.histories.repeats.tolist() == [0, 2]
    assert found.histories.last.tolist() == [0, 2]
    assert found.histories.age.tolist() == [5, 5]
    assert found.first.tolist() == [10, 10]


def test_the_mean_spend_leaves_out_the_first_purchase():
    found = purchased(KEYS, DAYS, AMOUNTS, 99)
    np.testing.assert_array_equal(found.spend, [8.0, 20.0, np.nan])


def test_nobody_has_no_history():
    found = purchased(KEYS, DAYS, AMOUNTS, 9)
    assert (len(found.keys), len(found.histories)) == (0, 0)


def test_distinct_histories_say_which_customer_has_which():
    repeats, last, age = np.array([[0, 2, 0, 2, 0], [0, 1, 0, 3, 0], [9, 9, 9, 9, 8]], dtype=float)
    found = Distinct.of(Histories(repeats, last, age))
    assert sorted(found.counts.tolist()) == [1, 1, 1, 2]
    for name, column in (("repeats", repeats), ("last", last), ("age", age)):
        np.testing.assert_array_equal(getattr(found.histories, name)[found.place], column)
