"""Run by a test in a process of its own, since a process has one Spark: two executors write a small base's membership.

python -m tests.integration.written_by_a_cluster FOLDER
"""

import datetime as dt
import json
import sys
from zoneinfo import ZoneInfo

from quartier.engine import MembershipTable, SparkEngine
from quartier.segment.bind import bind
from quartier.segment.definition import read_segment
from quartier.segment.moments import Moment
from quartier.segment.whole_run import write_membership
from tests.integration.spark_shop import CATALOG, SEGMENTS, draw

AT = dt.datetime(2026, 11, 21, 14, 5, tzinfo=dt.UTC)
LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",  # for so few rows, compiling Java costs more than it saves
    "spark.sql.adaptive.coalescePartitions.enabled": "false",  # a base so small would else end up on one executor
    "spark.driver.maxResultSize": "1m",
}


def main(folder: str) -> None:
    engine = SparkEngine.open("local-cluster[2,1,1024]", LOCAL)
    draw(engine, persons=50_000)
    bound = {each["segment"]: bind(read_segment(each), CATALOG) for each in SEGMENTS[2:]}
    table = MembershipTable(engine, folder)
    runs = [
        write_membership(table, bound, CATALOG, Moment(at, ZoneInfo("UTC"))) for at in (AT, AT + dt.timedelta(days=30))
    ]
    counted = [{each.segment: [each.size, each.entered, each.left] for each in run} for run in runs]
    print(json.dumps({"counted": counted, "tasks": _tasks_by_executor(engine)}))
    engine.close()


def _tasks_by_executor(engine: SparkEngine) -> dict[str, int]:
    """How many tasks each executor has finished; the driver runs none."""
    infos = engine.session.sparkContext._jsc.sc().statusStore().executorList(False)
    each = [infos.apply(index) for index in range(infos.size())]
    return {info.id(): info.completedTasks() for info in each if info.id() != "driver"}


if __name__ == "__main__":
    main(sys.argv[1])
