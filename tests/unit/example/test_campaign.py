"""The campaign whose effect is known: the closed form is what many draws come to."""

import datetime as dt

import numpy as np
import pytest

from quartier.errors import UnknownName
from quartier.example import GROUPS, Shop, generate, members_of_groups, respond, truth
from quartier.example.campaign import WINDOW, futures
from quartier.example.groups import group_of
from quartier.example.shop import user_ids

END = dt.date(2026, 11, 1)
PERSONS, DRAWS = 2_000, 250


@pytest.fixture(scope="module")
def shop() -> Shop:
    return generate(seed=11, end=END, persons=PERSONS)


@pytest.fixture(scope="module")
def everyone(shop: Shop) -> list[str]:
    return user_ids(np.arange(PERSONS))


def test_every_person_is_in_exactly_one_group_and_every_group_has_persons(shop: Shop, everyone: list[str]) -> None:
    members = members_of_groups(shop)
    assert sorted(each for group in members.values() for each in group) == everyone
    assert all(members.values())


def test_the_true_effect_is_the_mean_difference_of_many_draws_in_every_group(shop: Shop, everyone: list[str]) -> None:
    """Law of large numbers: over 250 draws with all persons reached and with none, within four standard errors."""
    known, group = truth(shop, everyone, members_of_groups(shop)), group_of(shop)
    revenue, orders = _differences(shop, everyone)
    for number, each in enumerate(GROUPS):
        inside, told = group == number, known.segments[each.name]
        _agree(revenue[:, inside].mean(axis=1), told.revenue)
        _agree(orders[:, inside].mean(axis=1), told.conversion)
    _agree(revenue.mean(axis=1), known.overall.revenue)
    _agree(orders.mean(axis=1), known.overall.conversion)


def test_lapsed_customers_gain_loyal_ones_do_not_move_and_big_spenders_lose(shop: Shop, everyone: list[str]) -> None:
    effects = truth(shop, everyone, members_of_groups(shop)).segments
    assert effects["lapsed"].revenue > 3
    assert effects["loyal"].revenue == 0
    assert effects["loyal"].conversion == 0
    assert effects["big"].revenue < -5
    assert effects["big"].conversion < -0.05


def test_the_effect_of_all_is_the_mean_of_the_groups_weighted_by_their_persons(shop: Shop, everyone: list[str]) -> None:
    known = truth(shop, everyone, members_of_groups(shop))
    weighted = sum(each.persons * each.revenue for each in known.segments.values()) / PERSONS
    assert known.overall.persons == PERSONS
    assert known.overall.revenue == pytest.approx(weighted)


def test_a_segment_counts_only_the_persons_addressed(shop: Shop, everyone: list[str]) -> None:
    known = truth(shop, everyone[:10], {"first": everyone[:4], "far": everyone[1000:], "half": everyone[5:1500]})
    assert known.overall.persons == 10
    assert {name: effect.persons for name, effect in known.segments.items()} == {"first": 4, "half": 5}


def test_the_same_seed_gives_the_same_aftermath_and_another_seed_another(shop: Shop, everyone: list[str]) -> None:
    first, again, other = (respond(shop, everyone[::2], at=shop.ends_at, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(first.orders.placed_at, again.orders.placed_at)
    assert np.array_equal(first.lines.product, again.lines.product)
    assert not np.array_equal(first.revenue(PERSONS), other.revenue(PERSONS))


def test_all_orders_fall_within_the_fourteen_days(shop: Shop, everyone: list[str]) -> None:
    at = dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    placed_at = respond(shop, everyone, at=at, seed=3).orders.placed_at
    begin = np.datetime64("2026-11-02T08:30", "s")
    assert placed_at.min() > begin
    assert placed_at.max() < begin + np.timedelta64(WINDOW)
    assert (np.diff(placed_at) >= np.timedelta64(0, "s")).all()


def test_a_person_held_out_has_the_chance_of_one_left_alone(shop: Shop) -> None:
    known = futures(shop)
    ordered = np.mean([respond(shop, [], at=shop.ends_at, seed=seed).has_ordered(PERSONS).mean() for seed in range(60)])
    assert ordered == pytest.approx(known.chance_alone.mean(), abs=4 * np.sqrt(0.06 / (60 * PERSONS)))


@pytest.mark.parametrize("user_id", ["C999999", "C000000", "X000001", "somebody", ""])
def test_a_user_id_that_the_shop_does_not_have_is_refused(shop: Shop, user_id: str) -> None:
    with pytest.raises(UnknownName, match="no such user id"):
        respond(shop, [user_id], at=shop.ends_at, seed=1)


def _differences(shop: Shop, everyone: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """For each draw and person the difference of revenue and of orders between all reached and none."""
    revenue, orders = [], []
    for draw in range(DRAWS):
        reached = respond(shop, everyone, at=shop.ends_at, seed=draw)
        alone = respond(shop, [], at=shop.ends_at, seed=10_000 + draw)
        revenue.append(reached.revenue(PERSONS) - alone.revenue(PERSONS))
        orders.append(reached.has_ordered(PERSONS).astype(float) - alone.has_ordered(PERSONS))
    return np.array(revenue), np.array(orders)


def _agree(means: np.ndarray, expected: float) -> None:
    error = means.std(ddof=1) / np.sqrt(len(means))
    assert abs(means.mean() - expected) < 4 * error
