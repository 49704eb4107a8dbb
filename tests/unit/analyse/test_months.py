"""Calendar months of instants, in the time zone of the workspace."""

import datetime as dt
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa
import pytest

from quartier.analyse.months import month_of
from quartier.engine import DuckDBEngine, Query, to_sql


@pytest.mark.parametrize("zone", ["Europe/Paris", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu"])
def test_the_month_of_an_instant_is_that_of_the_clock_on_the_wall(zone: str) -> None:
    begin = dt.datetime(2023, 12, 1, tzinfo=dt.UTC)
    instants = [begin.replace(tzinfo=None) + dt.timedelta(minutes=90 * step) for step in range(16 * 500)]
    engine = DuckDBEngine(memory_limit="256MB", threads=1)
    with engine.view(pa.table({"at": pa.array(instants, pa.timestamp("us"))}), "instants"):
        table = ibis.table({"at": "timestamp"}, name="instants")
        found = engine.fetch(Query(to_sql(table.select("at", month=month_of(table["at"], zone)))))
    engine.close()
    local = [each.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(zone)) for each in found["at"].to_pylist()]
    assert found["month"].to_pylist() == [each.date().replace(day=1) for each in local]
