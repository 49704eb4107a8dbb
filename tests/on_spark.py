"""One Spark session for the tests of a process, and tiny worlds evaluated on it many at once: a job is what costs."""

from collections.abc import Iterable, Mapping
from functools import cache

import pyarrow as pa

from quartier.engine import SparkEngine
from quartier.identify.matching.on_spark import similarity
from quartier.segment.conditions import BoundSegment
from quartier.segment.leaves import Asking
from quartier.segment.moments import Moment
from quartier.segment.whole import members_of_each_query
from quartier.testing import TinyWorld, tables_of
from tests import needs

SMALL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.codegen.wholeStage": "false",  # for a handful of rows, compiling Java costs more than it saves
    "spark.sql.adaptive.enabled": "false",
    "spark.driver.maxResultSize": "1m",  # what would come home by mistake is refused
}
PYSPARK = "pyspark"


@cache
def local_engine() -> SparkEngine:
    """An engine on two cores of this machine; it lives until the process ends."""
    require_spark()
    return SparkEngine.open("local[2]", {**SMALL, **similarity()})


def require_spark() -> None:
    """Java and pyspark, or a skip at a desk and a failure in CI."""
    needs.requires("java")
    needs.requires_module(PYSPARK)
    needs.requires_module("splink")


def load_worlds(engine: SparkEngine, worlds: Iterable[TinyWorld]) -> None:
    """The tables of worlds on one catalog as one: the persons of each world follow those of the one before."""
    first = 0
    parts: dict[str, list[pa.Table]] = {}
    for world in worlds:
        keys = {person.id: number for number, person in enumerate(world.persons, first)}
        for name, _, data in tables_of(world, keys):
            parts.setdefault(name, []).append(data)
        first += len(world.persons)
    for name, tables in parts.items():
        engine.load(name, pa.concat_tables(tables))


def found_by_spark(
    engine: SparkEngine, segments: Mapping[str, BoundSegment], worlds: Iterable[TinyWorld], moment: Moment
) -> dict[str, list[set[str]]]:
    """For each segment the members in each of the worlds that were loaded, by public id; all in one job."""
    every = list(worlds)
    asking = Asking.of(every[0].catalog, "pyspark")
    rows = engine.rows(members_of_each_query(segments, moment, asking))
    places = [(index, person.id) for index, world in enumerate(every) for person in world.persons]
    found = {name: [set[str]() for _ in every] for name in segments}
    for name, key in rows:
        index, person = places[int(str(key))]
        assert person not in found[str(name)][index], "a member was given twice"
        found[str(name)][index].add(person)
    return found
