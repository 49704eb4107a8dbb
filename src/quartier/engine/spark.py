"""Spark: runs compiled SQL over the tables of a session, for bases too large to bring their keys home.

The session is the user's, on any master, or one made by `spark_session`. It must be in UTC and in ANSI mode: elsewhere
the same SQL would move instants, or give a missing value where a cast has failed.
"""

import datetime as dt
import itertools
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quartier.engine.compiler import Query, Scalar
from quartier.engine.dialects import Dialect
from quartier.engine.failures import EngineFailure
from quartier.engine.lacks import Capability, refuse
from quartier.errors import InvalidRequest
from quartier.language import Text

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

REQUIRED = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true"}
"""What a session must be set to, so that the same SQL means the same as elsewhere."""

SETTINGS = REQUIRED | {
    "spark.python.sql.dataFrameDebugging.enabled": "false",  # its log would quote the values of rows
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
}
"""What `spark_session` sets; settings of the caller's own come on top."""


def spark_session(master: str, settings: Mapping[str, str] | None = None) -> "SparkSession":
    """A session on a master such as `local[2]`, `spark://host:7077` or `yarn`, as `SparkEngine` wants it.

    Python on the executors is the one that runs here, unless PYSPARK_PYTHON names another: Spark would take the
    system's, which lacks what is installed here.
    """
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("Quartier")
    session = builder.config(map={**SETTINGS, **(settings or {})}).getOrCreate()
    session.sparkContext.setLogLevel("OFF")  # what fails is raised; the log would quote the values of rows
    return session


class SparkEngine:
    """One Spark session; its tables and views are those that queries read."""

    dialect: Dialect = "pyspark"

    def __init__(self, session: "SparkSession") -> None:
        """Raises InvalidRequest when the session is not in UTC or not in ANSI mode."""
        wrong = {key: session.conf.get(key) for key, wanted in REQUIRED.items() if session.conf.get(key) != wanted}
        if wrong:
            said = ", ".join(f"{key}={value}" for key, value in wrong.items())
            raise InvalidRequest(
                _WRONG_SETTINGS.with_(said=said),
                remedy=_SET.with_(settings=", ".join(f"{key}={REQUIRED[key]}" for key in wrong)),
            )
        self.session = session
        self._names = itertools.count()

    @classmethod
    def open(cls, master: str, settings: Mapping[str, str] | None = None) -> "SparkEngine":
        """The engine over a session of its own on a master such as `local[2]`."""
        return cls(spark_session(master, settings))

    def close(self) -> None:
        """Stop the session."""
        self.session.stop()

    def frame(self, query: Query) -> "DataFrame":
        """A query as a lazy data frame: nothing runs and nothing comes home."""
        given = {name: _literal(value) for name, value in query.parameters.items()}
        with explained(query.sql):
            return self.session.sql(query.sql, args=given)

    def fetch(self, query: Query) -> pa.Table:
        """The result of a query as an Arrow table."""
        frame = self.frame(query)
        with explained(query.sql):
            return frame.toArrow()

    def rows(self, query: Query) -> list[tuple[object, ...]]:
        """The result of a small query as tuples."""
        frame = self.frame(query)
        with explained(query.sql):
            return [tuple(row) for row in frame.collect()]

    def keys(self, query: Query) -> npt.NDArray[np.uint32]:
        """The one column of dense keys that a query gives, as numbers."""
        (column,) = self.fetch(query).columns
        found: npt.NDArray[np.int64] = column.to_numpy()
        return found.astype(np.uint32, copy=False)

    def batches(self, query: Query, rows_at_once: int = 50_000) -> Iterator[pa.RecordBatch]:
        """The result of a query, part by part; all of it comes home."""
        yield from self.fetch(query).to_batches(rows_at_once)

    def execute(self, query: Query) -> None:
        """Run a statement for its effect."""
        self.rows(query)

    def load(self, table: str, data: pa.Table) -> None:
        """An Arrow table as a view of the session, in place of an earlier one; for what fits into this process."""
        from pyspark.sql.pandas.types import from_arrow_schema

        schema = from_arrow_schema(data.schema, prefer_timestamp_ntz=True)
        whole = data.combine_chunks()  # pyspark 4.0 stops reading at an empty chunk and loses the rest
        self.session.createDataFrame(whole, schema).createOrReplaceTempView(table)

    @contextmanager
    def view(self, data: pa.Table, name: str | None = None) -> Iterator[str]:
        """An Arrow table that queries can read by the name given back, for the length of the block."""
        name = name or f"arrow_{next(self._names)}"
        self.load(name, data)
        try:
            yield name
        finally:
            self.drop(name)

    def read(self, table: str, path: str) -> None:
        """Parquet files as a view of the session: a folder, on any storage that the session reaches."""
        self.session.read.parquet(path).createOrReplaceTempView(table)

    def ensure(self, table: str, schema: ibis.Schema) -> NoReturn:
        """Raises Lacking: tables are kept by something else."""
        refuse(self.dialect, Capability.WRITING)

    def append(self, table: str, data: pa.Table) -> NoReturn:
        """Raises Lacking, as `ensure`."""
        refuse(self.dialect, Capability.WRITING)

    def merge(self, table: str, key: str, data: pa.Table) -> NoReturn:
        """Raises Lacking, as `ensure`."""
        refuse(self.dialect, Capability.WRITING)

    def stage(self, table: str, data: Query | pa.Table) -> NoReturn:
        """Raises Lacking: files are not typed and identified in Spark."""
        refuse(self.dialect, Capability.STAGING)

    def drop(self, table: str) -> None:
        """Forget a view if it is there."""
        self.session.catalog.dropTempView(table)


@contextmanager
def explained(what: str) -> Iterator[None]:
    """A failure shows what was asked, never the values of rows: what Spark said of them is not raised or logged.

    Raises EngineFailure.
    """
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import AnalysisException, ParseException, PySparkException

    try:
        with _silent():
            yield
    except (AnalysisException, ParseException) as error:
        raise EngineFailure(_REFUSED, where=f"{type(error).__name__}: {error}\n{what}") from error
    except (PySparkException, Py4JJavaError) as error:
        raise EngineFailure(_REFUSED, where=f"{type(error).__name__}\n{what}") from None


@contextmanager
def _silent() -> Iterator[None]:
    """Pyspark logs each error with the values that it quotes, before it raises it."""
    from pyspark.logger import PySparkLogger

    loggers = [PySparkLogger.getLogger(name) for name in ("SQLQueryContextLogger", "DataFrameQueryContextLogger")]
    before = [each.disabled for each in loggers]
    for each in loggers:
        each.disabled = True
    try:
        yield
    finally:
        for each, was in zip(loggers, before, strict=True):
            each.disabled = was


def _literal(value: Scalar) -> "Column":
    """A value as Spark's own literal.

    Days and instants go by their text: on the way through Python's and Java's dates they would move with the zone of
    the machine, and change calendar before 1582.
    """
    from pyspark.sql import functions

    match value:
        case list():
            is_of_fractions = any(isinstance(each, float) for each in value)  # an array holds values of one type
            return functions.array(*(_literal(float(each) if is_of_fractions else each) for each in value))
        case dt.datetime():
            return functions.expr(f"timestamp_ntz'{value.isoformat(sep=' ')}'")
        case dt.date():
            return functions.expr(f"date'{value.isoformat()}'")
        case int() if not isinstance(value, bool):
            return functions.expr(f"{value}L")
        case _:
            return functions.lit(value)


_REFUSED = Text(en="Spark refused a query", fr="Spark a refusé une requête")
_WRONG_SETTINGS = Text(
    en="this Spark session is set otherwise than Quartier needs: {said}",
    fr="cette session Spark n'est pas réglée comme il le faut : {said}",
)
_SET = Text(
    en="set {settings} when the session is made, or let `spark_session` make it",
    fr="réglez {settings} à la création de la session, ou laissez `spark_session` la créer",
)
