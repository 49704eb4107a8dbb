"""Complete Journey (2,469 households of a grocer, 2017): recommendations against what most buy, judged on December."""

import datetime as dt

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quartier.analyse.recommend.bought import Bought
from quartier.analyse.recommend.measuring import Limits, chosen, measured
from quartier.analyse.recommend.reading import day_of
from tests.needs import shared_data

pytestmark = [pytest.mark.data, pytest.mark.slow]
END, LENGTH = day_of(dt.date(2018, 1, 1)), 31
LIMITS = Limits(fewest_buyers=5, again_days=90, replenish=0.2)


@pytest.fixture(scope="module")
def table() -> pa.Table:
    folder, columns = (
        shared_data("completejourney"),
        ["household_id", "basket_id", "product_id", "transaction_timestamp"],
    )
    quarters = [pq.read_table(folder / f"transactions_q{n}.parquet", columns=columns) for n in range(1, 5)]
    kinds = pq.read_table(folder / "products.parquet", columns=["product_id", "product_type"])
    return pa.concat_tables(quarters).join(kinds, "product_id", join_type="left outer").sort_by("basket_id")


def bought_by(table: pa.Table, level: str) -> Bought:
    households, person = np.unique(table["household_id"].to_numpy(), return_inverse=True)
    assert len(households) == 2469
    values = table[level].cast(pa.string()).fill_null("?").to_numpy(zero_copy_only=False).astype(str)
    products, product = np.unique(values, return_inverse=True)
    order = np.unique(table["basket_id"].to_numpy(), return_inverse=True)[1]
    day = table["transaction_timestamp"].to_numpy().astype("datetime64[D]").astype(np.int64)
    return Bought(person, product, order, day, np.full(len(day), np.nan), len(households), len(products))


@pytest.mark.parametrize("level", ["product_id", "product_type"])
def test_recommendations_find_more_of_december_than_what_most_buy(table, level):
    bought = bought_by(table, level).before(END)
    method = chosen(bought, LIMITS, END, LENGTH)
    found = measured(bought, LIMITS, END, LENGTH, method)
    print(
        f"\n{level}: {method}, {found.persons} households, coverage {found.coverage:.1%} / {found.popular_coverage:.1%}"
    )
    for each in found.gains:
        print(f"  {each.measure:9} {each.ours:.4f} against {each.popular:.4f}  [{each.low:+.4f}, {each.high:+.4f}]")
    recall, precision = (next(each for each in found.gains if each.measure == name) for name in ("recall", "precision"))
    assert recall.low > 0
    assert precision.low > 0
