"""Signs of frustration against what people said: the real set iweb."""

import pytest

from benchmarks.signals_iweb import FILE, UNHAPPY, Measured, measure, read
from tests.needs import shared_data

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def measured() -> dict[str, Measured]:
    return {each.name: each for each in measure(read(shared_data(FILE)))}


def test_the_set_is_as_published():
    tasks = read(shared_data(FILE))
    assert len(tasks) == 479
    assert sum(task.rating <= UNHAPPY for task in tasks) == 178


def test_clicks_while_loading_go_with_bad_ratings(measured: dict[str, Measured]):
    assert measured["Clicked While Loading"].high < -0.35
    assert measured["Clicked While Loading"].precision > 0.5


def test_naive_bursts_say_next_to_nothing(measured: dict[str, Measured]):
    naive = measured["3 clicks in 1 s within 30 px, anywhere"]
    assert -0.2 < naive.correlation < 0
    assert naive.precision < 0.45


def test_bursts_that_the_page_left_unanswered_are_fewer_and_say_more(measured: dict[str, Measured]):
    naive, ours = measured["3 clicks in 1 s within 30 px, anywhere"], measured["Rage Clicked"]
    assert ours.events < naive.events / 4
    assert ours.precision > naive.precision + 0.1
    assert ours.correlation < naive.correlation
