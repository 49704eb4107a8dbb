"""Lifetime value and profit in the application: run by their forms, and each place is the segment of its persons."""

import pytest

from quartier.engine import Query
from tests.web.test_analyse import documents

LIFETIME, PROFIT = "/analyse/models/lifetime_value", "/analyse/models/profit"
# So few customers of whom hardly any leave do not settle BG/NBD, which the page says.
LAW = {"method": "pareto-nbd", "horizon": "26"}
COSTS = {"margin": "0.4", "acquisition": "25", "service": "Order Refunded", "service_cost": "6"}


@pytest.fixture
def run(own_browser):
    def posted(url: str, language: str = "en", **typed: str) -> str:
        own = own_browser("analyst", language)
        done = own.post_form(url, {"purchase": "Order Completed", "amount": "revenue"} | typed)
        assert done.status_code == 303, done.text
        return own.get(url).text

    return posted


def sizes(shop, text: str) -> dict[str, int]:
    found = documents(text)
    return {each["segment"]: len(seen.members) for each, seen in zip(found, shop.preview(found), strict=True)}


def test_each_tenth_and_each_cell_of_lifetime_value_opens_as_the_segment_of_its_persons(run, own_shop):
    members = sizes(own_shop, run(LIFETIME, **LAW))
    figures = own_shop.analysis.figures("lifetime_value")
    assert [members[f"lifetime-value-tenth-{each.tenth}"] for each in figures.tenths] == [
        each.persons for each in figures.tenths
    ]
    cells = [count for name, count in members.items() if name.endswith("-days")]
    assert sorted(cells) == sorted(each.persons for each in figures.cells if each.persons)
    assert members.get("lifetime-value-gone", 0) == figures.gone


def test_each_segment_and_tenth_of_profit_opens_as_the_segment_of_its_persons(run, own_shop):
    members = sizes(own_shop, run(PROFIT, **COSTS))
    figures = own_shop.analysis.figures("profit")
    assert {name: count for name, count in members.items() if "tenth" in name} == {
        f"profit-tenth-{each.tenth}": each.persons for each in figures.tenths
    }
    for each in figures.classes:
        assert members.get(f"profit-{each.id}".replace("_", "-"), 0) == each.persons
    assert members["profit-losing"] == figures.losing > 0
    (row,) = own_shop.engine.rows(Query("select sum(profit), count(profit) from person"))
    assert row == (pytest.approx(figures.profit), figures.customers)


def test_a_forecast_that_the_purchases_do_not_settle_is_refused_and_what_was_typed_is_kept(own_browser):
    typed = {"purchase": "Order Completed", "amount": "revenue", "method": "bg-nbd", "horizon": "26"}
    refused = own_browser("analyst").post_form(LIFETIME, typed)
    assert refused.status_code == 400
    assert "These purchases do not settle the parameter b" in refused.text
    assert 'value="26"' in refused.text


def test_profit_without_a_cost_of_goods_is_refused_with_what_would_help(own_browser):
    refused = own_browser("analyst").post_form(PROFIT, {"purchase": "Order Completed", "amount": "revenue"})
    assert refused.status_code == 400
    assert "revenue, not profit" in refused.text
    assert "State the margin on goods" in refused.text


def test_the_pages_speak_french_and_obey_the_policy(run):
    for text, said in (
        (run(LIFETIME, "fr", **LAW), "La prévision tient-elle"),
        (run(PROFIT, "fr", **COSTS), "non indiqué"),
    ):
        assert said in text
        assert " style=" not in text
