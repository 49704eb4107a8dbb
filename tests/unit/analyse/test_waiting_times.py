"""Times between steps, against a published table of Kaplan and Meier's estimate."""

import numpy as np
import pytest

from quartier.analyse.journeys.times import kaplan_meier_quartiles, waiting_of

# Freireich and others (Blood 21, 1963), weeks of remission with 6-MP, as in Kalbfleisch and Prentice: median 23 weeks.
RELAPSED = np.array([6, 6, 6, 7, 10, 13, 16, 22, 23], float)
FOLLOWED = np.array([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35], float)


def test_the_median_is_that_of_the_published_table() -> None:
    assert kaplan_meier_quartiles(RELAPSED, FOLLOWED) == (13.0, 23.0, None)


def test_without_anybody_left_waiting_the_two_quartiles_agree() -> None:
    found = waiting_of(np.arange(1.0, 102.0), np.empty(0))
    assert found.of_done == pytest.approx((26.0, 51.0, 76.0))
    assert found.of_all == pytest.approx((26.0, 51.0, 76.0))


def test_nobody_has_no_times() -> None:
    found = waiting_of(np.empty(0), np.array([3.0]))
    assert (found.of_done, found.of_all) == (None, (None, None, None))
