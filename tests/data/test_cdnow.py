"""CDNOW, a cohort of buyers of music: white space between the columns, dates as 19970101."""

from collections.abc import Callable
from pathlib import Path

import pytest

import quartier
from quartier.engine import Query

pytestmark = pytest.mark.data


def test_cdnow_gives_its_customers_orders_and_revenue(
    workspace: quartier.Workspace, shared_data: Callable[[str], Path]
) -> None:
    path = shared_data("cdnow_master.txt.gz")
    summary = workspace.collect(path, workspace.propose(path).mapping)
    assert (summary.rows_in, summary.stored, summary.rejected) == (69_659, 69_659, 0)
    found = "select count(*), count(distinct person_key), round(sum(revenue), 2) from event_order_completed"
    assert workspace.engine.rows(Query(found)) == [(69_659, 23_570, 2_500_315.63)]
