"""Membership that stays where Spark is: who belongs to what after each run, who entered, who left, in Parquet files.

    place/membership/run=7/segment=loyal/    person_key        the members
    place/changes/run=7/segment=loyal/       person_key, has_entered    against the segment's run before
    place/runs/run=7/                        segment, at, size, entered, left

A run exists once its row file in `runs` does, and that is written last: what a broken run has left is written over by
the next. Members are compared and counted by Spark; only the counts come home. One process writes to a place.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from quartier.engine.compiler import Query
from quartier.engine.marking import SEGMENT
from quartier.engine.schema import KEY, naive_utc
from quartier.engine.spark import SparkEngine, explained

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

PERSON_KEY = KEY["person"]
MEMBERS = f"{PERSON_KEY} int, {SEGMENT} string"
CHANGES = f"{PERSON_KEY} int, has_entered boolean, {SEGMENT} string"
RUNS = f"{SEGMENT} string, at timestamp_ntz, size bigint, entered bigint, left bigint, run int"


@dataclass(frozen=True)
class Counted:
    """A segment after a run: how many members, and how many entered and left since its run before."""

    segment: str
    run: int
    at: dt.datetime
    size: int
    entered: int
    left: int


@dataclass(frozen=True)
class MembershipTable:
    """The files below a place: a folder, or any address that the session reaches (`hdfs:`, `s3a:`)."""

    engine: SparkEngine
    place: str

    def standing(self) -> dict[str, Counted]:
        """Each segment after the last complete run that computed it."""
        return {each.segment: each for each in sorted(self.counted(), key=lambda each: each.run)}

    def counted(self) -> list[Counted]:
        """Every segment of every complete run."""
        if not self._exists():
            return []
        rows = self._read("runs", RUNS).collect()
        return [Counted(r.segment, r.run, r.at.replace(tzinfo=dt.UTC), r.size, r.entered, r.left) for r in rows]

    def write(self, names: Sequence[str], batches: Iterable[Query], at: dt.datetime) -> list[Counted]:
        """A run: the rows (segment, person_key) of each query written, compared with each segment's run before."""
        if not names:
            return []
        before = self.standing()
        run = max((each.run for each in before.values()), default=0) + 1
        mode = "overwrite"
        for query in batches:
            self._write(self.engine.frame(query), f"membership/run={run}", mode)
            mode = "append"
        self._write_changes(names, run, before)
        self._publish(names, run, at)
        found = {each.segment: each for each in self.counted() if each.run == run}
        return [found[name] for name in names]

    def members(self, run: int) -> "DataFrame":
        """The rows (segment, person_key) of a run, lazily."""
        return self._read(f"membership/run={run}", MEMBERS)

    def changes(self, run: int) -> "DataFrame":
        """The rows (segment, person_key, has_entered) of a run, lazily."""
        return self._read(f"changes/run={run}", CHANGES)

    def _write_changes(self, names: Sequence[str], run: int, before: dict[str, Counted]) -> None:
        """Who is in one of the two runs only: a row is +1 now and -1 before, and what does not cancel has changed."""
        from pyspark.sql import functions as f

        signed = self.members(run).withColumn("sign", f.lit(1))
        for earlier in sorted({before[name].run for name in names if name in before}):
            own = [name for name in names if name in before and before[name].run == earlier]
            old = self.members(earlier).where(f.col(SEGMENT).isin(own))
            signed = signed.unionByName(old.withColumn("sign", f.lit(-1)))
        total = signed.groupBy(SEGMENT, PERSON_KEY).agg(f.sum("sign").alias("sign")).where("sign <> 0")
        changed = total.select(SEGMENT, PERSON_KEY, (f.col("sign") > 0).alias("has_entered"))
        self._write(changed, f"changes/run={run}", "overwrite")

    def _publish(self, names: Sequence[str], run: int, at: dt.datetime) -> None:
        """One small file, in one move: with it the run exists."""
        from pyspark.sql import functions as f

        sizes = self.members(run).groupBy(SEGMENT).agg(f.count("*").alias("size"))
        moves = self.changes(run).groupBy(SEGMENT).agg(
            f.count_if("has_entered").alias("entered"), f.count_if(~f.col("has_entered")).alias("left")
        )  # fmt: skip
        segments = self.engine.session.createDataFrame(pa.table({SEGMENT: list(names)}))
        joined = segments.join(sizes, SEGMENT, "left").join(moves, SEGMENT, "left").na.fill(0)
        stamp = naive_utc(at).isoformat(sep=" ")
        rows = joined.withColumn("at", f.lit(stamp).cast("timestamp_ntz")).coalesce(1)
        with explained(f"{self.place}/runs/run={run}"):
            rows.write.mode("overwrite").parquet(f"{self.place}/runs/run={run}")

    def _write(self, frame: "DataFrame", part: str, mode: str) -> None:
        with explained(f"{self.place}/{part}"):
            frame.write.mode(mode).partitionBy(SEGMENT).parquet(f"{self.place}/{part}")

    def _read(self, part: str, schema: str) -> "DataFrame":
        path = f"{self.place}/{part}"
        return self.engine.session.read.schema(schema).option("basePath", path).parquet(path)

    def _exists(self) -> bool:
        from pyspark.errors import AnalysisException

        try:
            self._read("runs", RUNS)
        except AnalysisException as error:
            if error.getCondition() == "PATH_NOT_FOUND":
                return False
            raise
        return True
