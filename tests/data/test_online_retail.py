"""Online Retail, one year of a British gift shop: the counts that are usually published."""

from collections.abc import Callable
from pathlib import Path

import pytest

import quartier
from quartier.engine import Query

pytestmark = pytest.mark.data
PURCHASED = """select count(*), round(sum(line.price * line.quantity), 2), count(distinct person_key)
from (select person_key, unnest(products) as line from event_order_completed) where line.price > 0"""


def test_online_retail_gives_its_clean_lines_customers_and_revenue(
    workspace: quartier.Workspace, shared_data: Callable[[str], Path]
) -> None:
    path = shared_data("online_retail.parquet")
    summary = workspace.collect(path, workspace.propose(path).mapping)
    assert (summary.rows_in, summary.stored, summary.rejected) == (541_909, 406_829, 135_080)
    assert workspace.engine.rows(Query(PURCHASED)) == [(397_884, 8_911_407.90, 4_338)]
    assert summary.persons == 4_372


@pytest.mark.slow
def test_online_retail_without_repeated_lines(
    workspace: quartier.Workspace, shared_data: Callable[[str], Path]
) -> None:
    path = shared_data("online_retail.parquet")
    workspace.collect(path, workspace.propose(path, repeated_rows="drop").mapping)
    ((lines, _, customers),) = workspace.engine.rows(Query(PURCHASED))
    assert (lines, customers) == (392_692, 4_338)
