"""A query that runs away is stopped, and says which one it was."""

import pytest

from quartier.engine import DuckDBEngine, Query
from quartier.engine.failures import QueryStopped

ENDLESS = "select count(*) from range(1000000000) a, range(1000000000) b where a.range + b.range = $wanted"


def test_a_query_that_takes_too_long_is_stopped_and_shows_its_sql_and_no_values() -> None:
    engine = DuckDBEngine(memory_limit="256MB", threads=1, seconds=0.3)
    with pytest.raises(QueryStopped) as stopped:
        engine.rows(Query(ENDLESS, {"wanted": 987654321}))
    assert stopped.value.where == ENDLESS
    assert "987654321" not in stopped.value.to("en")
    assert "query_seconds" in stopped.value.to("fr")
    assert engine.rows(Query("select 1")) == [(1,)]


def test_a_query_that_needs_too_much_memory_is_stopped_and_shows_its_sql() -> None:
    engine = DuckDBEngine(memory_limit="20MB", threads=1)
    large = "select len(list(range / 7)) from range(30000000)"
    with pytest.raises(QueryStopped) as stopped:
        engine.rows(Query(large))
    assert stopped.value.where == large
    assert "memory_limit" in stopped.value.to("en")
