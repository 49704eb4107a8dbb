"""The base against its market: what is found, by hand and by chance, and how tables of markets are read."""

import math

import numpy as np
import pytest

from quartier.analyse.opportunities.bands import Band, band
from quartier.analyse.opportunities.columns import columns_of, trait_named
from quartier.analyse.opportunities.definition import Market
from quartier.analyse.opportunities.market import Counted, Standing, weigh
from quartier.analyse.opportunities.market_said import heading, notes_of, share
from quartier.analyse.opportunities.table import document_of
from quartier.catalog import Family, Label, Meaning, Trait, ValueType
from quartier.errors import InvalidDefinition


def trait(name: str, type_: ValueType, meaning: Meaning | None = None) -> Trait:
    label = Label(en=name.capitalize(), fr=name.capitalize())
    return Trait(name=name, type=type_, family=Family.DEMOGRAPHIC, label=label, meaning=meaning)


COUNTRY = trait("country", ValueType.TEXT, Meaning.COUNTRY)
BORN = trait("birth_date", ValueType.DATE, Meaning.BIRTH_DATE)
ORDERS = trait("orders", ValueType.INTEGER)
TRAITS = (COUNTRY, BORN, ORDERS, trait("newsletter", ValueType.BOOLEAN))
HELD = {"country": ["FR", "BE"]}


def market(table: str) -> Market:
    return Market.read(document_of(table, name="m", source="us", year=2025))


def read(table: str):
    return columns_of(market(table), TRAITS, lambda each: HELD.get(each.name, []), 2026)


def test_an_untapped_half_of_the_market_is_found_with_the_figures_that_a_hand_gives():
    first, second = weigh([Counted(("a",), 1000, 10), Counted(("b",), 1000, 30)])
    assert (first.values, first.standing, second.standing) == (("a",), Standing.UNTAPPED, Standing.STRONG)
    assert (first.market_share, first.base_share, first.index, first.penetration) == (0.5, 0.25, 0.5, 0.01)
    assert (first.rest, first.more) == (0.03, pytest.approx(20))
    exact = 2 * sum(math.comb(40, k) for k in range(11)) / 2**40
    assert first.p_value == pytest.approx(exact)  # both cells have it, so that nothing is left to correct
    assert first.index_interval.high < 1 < second.index_interval.low
    assert 0 < first.more_interval.low < 20 < first.more_interval.high


def test_a_cell_is_compared_with_those_that_differ_in_one_trait():
    cells = [
        Counted(("x", "1"), 1000, 10), Counted(("x", "2"), 1000, 40),
        Counted(("y", "1"), 2000, 50), Counted(("y", "2"), 3000, 999),
    ]  # fmt: skip
    found = {each.values: each for each in weigh(cells)}
    assert found["x", "1"].rest == (40 + 50) / (1000 + 2000)
    assert found["y", "2"].rest == (40 + 50) / (1000 + 2000)


def test_where_the_base_is_drawn_from_the_market_something_is_found_in_five_percent_of_cases_at_most():
    rng, sizes = np.random.default_rng(20261123), [5000, 3000, 1500, 800, 400, 300]
    shares = np.array(sizes) / sum(sizes)
    found = 0
    for _ in range(200):
        drawn = rng.multinomial(600, shares)
        cells = [Counted((str(n),), size, int(own)) for n, (size, own) in enumerate(zip(sizes, drawn, strict=True))]
        found += any(each.standing is Standing.UNTAPPED for each in weigh(cells))
    assert found <= 10


def test_a_cell_that_is_small_in_the_market_is_no_opportunity():
    cells = [Counted(("a",), 15, 0), Counted(("b",), 985, 500)]
    assert {each.values[0]: each.standing for each in weigh(cells)}["a"] is Standing.SMALL


def test_fewer_than_five_persons_are_told_as_four():
    (cell, other) = (each for name in "ab" for each in weigh(
        [Counted(("a",), 5000, 1), Counted(("b",), 5000, 400)]) if each.values == (name,))  # fmt: skip
    assert (cell.persons, cell.is_few, other.is_few) == (4, True, False)
    assert cell.base_share == 4 / 404


def test_more_persons_than_the_market_has_are_no_comparison_and_are_said():
    columns, problems = read("country,persons\nFR,10\nBE,1000\n")
    cells = weigh([Counted(("FR",), 10, 20), Counted(("BE",), 1000, 20)])
    assert not problems
    assert {each.values[0]: each.standing for each in cells}["FR"] is Standing.IMPOSSIBLE
    (note,) = notes_of(cells, columns, HELD, unknown=0, outside=0)
    assert note.to("en").startswith("France: your base has 20 persons, more than the 10 of the table")


def test_nothing_is_compared_with_an_empty_base():
    assert weigh([Counted(("a",), 10, 0), Counted(("b",), 10, 0)]) == ()
    assert heading((), ()).to("en") == "Nobody could be compared with the market"


def test_money_goes_with_the_persons_that_could_be_won():
    first, _ = weigh([Counted(("a",), 1000, 10, 5000.0), Counted(("b",), 1000, 30, 15000.0)])
    assert (first.spend_share, first.spend) == (0.25, pytest.approx(100))


@pytest.mark.parametrize(("written", "meant"), [
    ("25-34", Band(25, 34)), ("25 à 34 ans", Band(25, 34)), ("De 25 à 34 ans", Band(25, 34)), ("25–34", Band(25, 34)),
    ("65+", Band(65)), ("65 and over", Band(65)), ("65 ans et plus", Band(65)), (">=65", Band(65)),
    ("<25", Band(below=25)), ("moins de 18 ans", Band(below=18)), ("7", Band(7, 7)), ("1,5-2,5", Band(1.5, 2.5)),
    ("34-25", None), ("old", None),
])  # fmt: skip
def test_ranges_are_read_as_public_tables_write_them(written, meant):
    assert band(written) == meant


def test_columns_mean_conditions():
    columns, problems = read("Country;age;persons\nFrance;<25;10\nbe;25-34;20\nDE;65+;30")
    assert not problems
    countries, ages = ({written: value.where for written, value in each.values.items()} for each in columns)
    assert countries == {"France": {"trait": "country", "is": "FR"}, "be": {"trait": "country", "is": "BE"}, "DE": None}
    assert list(ages.values()) == [
        {"trait": "birth_date", "age": {"less_than": 25}}, {"trait": "birth_date", "age": {"between": [25, 34]}},
        {"trait": "birth_date", "age": {"at_least": 65}},
    ]  # fmt: skip


def test_a_year_of_birth_is_read_by_ages():
    born = trait("birth_year", ValueType.INTEGER, Meaning.BIRTH_YEAR)
    (column,), _ = columns_of(market("âge,persons\n25-34,1\n65+,2\n"), (born,), lambda _: [], 2026)
    assert [each.where for each in column.values.values()] == [
        {"trait": "birth_year", "between": [1992, 2001]}, {"trait": "birth_year", "at_most": 1961},
    ]  # fmt: skip


@pytest.mark.parametrize(("table", "said"), [
    ("contry,persons\nFR,1\nBE,2", "no trait that may be compared is called “contry”"),
    ("orders,persons\nmany,1\n2,2", "“many” is no range of “orders”"),
    ("orders,persons\n1-3,1\n3-5,2", "the ranges “1-3” and “3-5” overlap"),
    ("country,persons\nFrance,1\nFR,2", "“France” and “FR” mean the same"),
    ("country,persons\nPT,1\nES,2", "nobody has any of the values of “country” that the table has"),
    ("newsletter,persons\nperhaps,1\nno,2", "“perhaps” is neither yes nor no"),
])  # fmt: skip
def test_what_does_not_fit_the_traits_is_told(table, said):
    _, problems = read(table)
    assert said in problems[0].what.to("en")


@pytest.mark.parametrize(("table", "said"), [
    ("", "there is no table"), ("country,n\nFR,1", "none of the columns says how many persons"),
    ("country,persons\nFR,many", "no whole number of persons"), ("country,persons\nFR", "1 fields under 2 heads"),
    ("country,persons\nFR,1\nFR,2", "is there twice"), ("country,persons\nFR,0\nBE,0", "no cell has persons"),
])  # fmt: skip
def test_a_table_that_cannot_be_read_says_where_and_why(table, said):
    with pytest.raises(InvalidDefinition) as caught:
        market(table)
    assert said in caught.value.to("en")


def test_numbers_are_read_with_the_spaces_and_points_of_thousands():
    found = market("pays;personnes;dépenses\nFR;7 901 000;1.234,5\nBE;1.480.000;99,5\n".replace("1.234,5", "1234,5"))
    assert [(each.persons, each.spend) for each in found.cells] == [(7901000, 1234.5), (1480000, 99.5)]


def test_a_value_like_those_that_persons_have_is_asked_about():
    columns, _ = read("country,persons\nFR,10\nBX,20\n")
    (note,) = notes_of((), columns, HELD, unknown=0, outside=0)
    assert "Did you mean BE?" in note.to("en")


def test_the_age_of_a_table_is_the_trait_that_says_it():
    assert trait_named("age", TRAITS) is BORN
    assert trait_named("Orders", TRAITS) is ORDERS
    assert trait_named("shoe size", TRAITS) is None


def test_small_shares_keep_two_figures():
    assert [share(each).to("en") for each in (0.222, 0.000055, 0.0)] == ["22.2%", "0.0055%", "0%"]
