"""The example shop: the same for the same seed, whole, and alive."""

import datetime as dt

import numpy as np
import pytest

from quartier.errors import InvalidRequest
from quartier.example import Shop, generate
from quartier.example.arrays import spread
from quartier.example.goods import PRODUCTS, choices, expected_line, pick
from quartier.example.orders import REFUND_DAYS
from quartier.example.places import CITIES
from quartier.example.season import busyness
from quartier.example.shop import FRANC
from quartier.example.web import PRODUCT_VIEWED

END = dt.date(2026, 11, 1)


@pytest.fixture(scope="module")
def shop() -> Shop:
    return generate(seed=7, end=END, persons=3_000)


def test_the_same_seed_draws_the_same_orders_and_another_seed_others(shop: Shop) -> None:
    again, other = generate(seed=7, end=END, persons=3_000), generate(seed=8, end=END, persons=3_000)
    assert np.array_equal(shop.orders.placed_at, again.orders.placed_at)
    assert np.array_equal(shop.lines.price, again.lines.price)
    assert len(shop.orders) != len(other.orders)


def test_asking_for_one_part_first_does_not_change_another(shop: Shop) -> None:
    again = generate(seed=7, end=END, persons=3_000)
    assert len(again.answers)
    assert np.array_equal(again.web_events.occurred_at, shop.web_events.occurred_at)


def test_nothing_happens_before_the_two_years_or_after_the_end(shop: Shop) -> None:
    begin, end = shop.days[0].astype("datetime64[s]"), np.datetime64(END, "s")
    for instants in (shop.orders.placed_at, shop.mails.occurred_at, shop.refunds.refunded_at):
        assert instants.min() >= begin
        assert instants.max() < end
    assert shop.web_events.occurred_at.max() < end


def test_every_order_has_a_line_and_every_line_an_order(shop: Shop) -> None:
    assert np.array_equal(np.unique(shop.lines.order), np.arange(len(shop.orders)))


def test_nobody_orders_or_receives_mail_before_signing_up(shop: Shop) -> None:
    for person, at in (
        (shop.orders.person, shop.orders.placed_at),
        (shop.mails.person, shop.mails.occurred_at),
    ):
        assert (at >= shop.persons.signed_up[person]).all()


def test_each_refund_follows_its_order_by_the_days_it_takes(shop: Shop) -> None:
    ordered_at = shop.orders.placed_at[shop.lines.order[shop.refunds.line]]
    days = (shop.refunds.refunded_at - ordered_at) / np.timedelta64(1, "D")
    assert days.min() >= REFUND_DAYS[0]
    assert days.max() <= REFUND_DAYS[1]
    assert len(np.unique(shop.refunds.line)) == len(shop.refunds.line)


def test_the_products_of_an_order_were_seen_on_the_site_before_it(shop: Shop) -> None:
    views = shop.web_events.event == PRODUCT_VIEWED
    seen = set(zip(shop.web_events.person[views].tolist(), shop.web_events.product[views].tolist(), strict=True))
    bought = zip(shop.orders.person[shop.lines.order].tolist(), shop.lines.product.tolist(), strict=True)
    assert set(bought) <= seen


def test_the_swiss_pay_in_francs_and_nobody_else_does(shop: Shop) -> None:
    country = np.array([city.country for city in CITIES])[shop.persons.city[shop.orders.person]]
    assert np.array_equal(country == "CH", shop.currency == FRANC)


def test_postal_codes_are_those_of_the_city(shop: Shop) -> None:
    first = np.array([city.first_code for city in CITIES])[shop.persons.city]
    last = np.array([city.last_code for city in CITIES])[shop.persons.city]
    assert ((first <= shop.persons.postal_code) & (shop.persons.postal_code <= last)).all()


def test_customers_differ_some_are_lost_and_a_few_bring_much_of_the_revenue(shop: Shop) -> None:
    spent = np.bincount(shop.orders.person, shop.lines.amounts(len(shop.orders)), minlength=len(shop.persons))
    newest = np.full(len(shop.persons), np.datetime64("1970-01-01", "s"))
    np.maximum.at(newest, shop.orders.person, shop.orders.placed_at)
    buyers = np.unique(shop.orders.person)
    is_lost = newest[buyers] < np.datetime64(END) - np.timedelta64(180, "D")
    best_fifth = np.sort(spent[buyers])[-len(buyers) // 5 :]
    assert 0.3 < is_lost.mean() < 0.7
    assert 0.45 < best_fifth.sum() / spent.sum() < 0.8


def test_christmas_and_the_sales_are_busier_than_august() -> None:
    days = np.arange(np.datetime64("2026-01-01"), np.datetime64("2027-01-01"))
    level = dict(zip(days.astype(str).tolist(), busyness(days).tolist(), strict=True))
    august = level["2026-08-12"]
    for busy in ("2026-12-16", "2026-01-21", "2026-07-01", "2026-11-25"):
        assert level[busy] > 1.8 * august
    assert busyness(days).mean() == pytest.approx(1)


def test_picked_products_come_with_the_probabilities_that_are_told() -> None:
    rng, tastes = np.random.default_rng(3), np.repeat([2, 20], 200_000)
    picked = pick(rng, tastes)
    for taste in (2, 20):
        shares = np.bincount(picked[tastes == taste], minlength=len(PRODUCTS)) / 200_000
        assert np.abs(shares - choices()[taste]).max() < 0.005


def test_the_expected_line_weighs_prices_by_probabilities() -> None:
    assert expected_line(np.ones(len(PRODUCTS))) == pytest.approx(1.15)


def test_spread_tells_owners_and_their_positions() -> None:
    owner, position = spread(np.array([2, 0, 3]))
    assert owner.tolist() == [0, 0, 2, 2, 2]
    assert position.tolist() == [0, 1, 0, 1, 2]


def test_a_shop_of_a_handful_of_persons_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="at least 50 persons"):
        generate(seed=1, end=END, persons=3)
