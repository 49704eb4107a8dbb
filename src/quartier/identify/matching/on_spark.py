"""Where Splink works on Spark: blocking and comparing run in the session, learning and naming run here.

The records go to the session as tables and what comes back are pairs, so that the pairs may be more than one machine
compares; cleaning is done here. Typing errors are counted by the functions that Splink brings for Spark, which the
session must have from its start: `spark_session(master, similarity())`.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from quartier.errors import InvalidRequest
from quartier.identify.matching.workbench import MIXED
from quartier.language import Text

if TYPE_CHECKING:
    from quartier.engine import SparkEngine

_JARS = "spark.jars"


def similarity() -> dict[str, str]:
    """The setting by which a session has the functions that liken strings."""
    from splink.backends.spark import similarity_jar_location

    return {_JARS: similarity_jar_location()}


class SparkWorkbench:
    """Splink on a Spark session."""

    def __init__(self, engine: SparkEngine) -> None:
        """Raises InvalidRequest when the session lacks the functions that liken strings."""
        from splink.backends.spark import SparkAPI

        if not _can_liken(engine):
            raise InvalidRequest(_LACKS.with_(), remedy=_START_IT_WITH)
        self._engine = engine
        open_api: Any = SparkAPI
        self._api = open_api(spark_session=engine.session, break_lineage_method="persist")
        _liken_as_duckdb(engine)
        self._made = itertools.count()

    def load(self, name: str, table: pa.Table) -> None:
        """Keep a table as a view of the session."""
        self._engine.load(name, table)

    def linker(self, name: str, settings: Any) -> Any:
        """Splink's linker over a table that is kept."""
        from splink import Linker

        return Linker(self._api.register(name), settings, log_level=None, validate_settings=False)

    def blocked(self, linker: Any) -> Any:
        """The pairs that the rules find."""
        return linker.inference.compute_blocked_pairs_for_predict()

    def part(self, pairs: Any, most: int) -> Any:
        """All pairs, or about `most` of them: those whose mixed places are multiples of a number."""
        every = -(-self.count(pairs) // most)
        if every < 2:
            return pairs
        left, by, right, and_by = MIXED
        chosen = self._frame(pairs).filter(f"({left} * {by} + {right} * {and_by}) % {every} = 0")
        return self._kept(chosen)

    def pairs(self, pairs: pa.Table) -> Any:
        """Pairs given by the places of their records."""
        name = f"quartier_given_{next(self._made)}"
        self._engine.load(name, pairs)
        return self._api.register(name)

    def count(self, pairs: Any) -> int:
        """How many pairs there are."""
        return int(self._frame(pairs).count())

    def grouped(self, linker: Any, pairs: Any, columns: list[str]) -> pa.Table:
        """How many pairs show each combination of weights."""
        scored = self._frame(self._predicted(linker, pairs, None))
        found: pa.Table = scored.groupBy(*columns).count().withColumnRenamed("count", "n").toArrow()
        return found

    def frequencies(self, linker: Any, column: str, shares: pa.Table) -> None:
        """Let the linker weigh a column by these frequencies."""
        name = f"quartier_frequencies_{next(self._made)}"
        self._engine.load(name, shares)
        linker.table_management.register_term_frequency_lookup(self._api.register(name), column)

    def scored(self, linker: Any, pairs: Any, least: float, columns: list[str]) -> pa.Table:
        """The pairs with at least this probability."""
        found: pa.Table = self._frame(self._predicted(linker, pairs, least)).select(*columns).toArrow()
        return found

    def _predicted(self, linker: Any, pairs: Any, least: float | None) -> Any:
        linker.table_management.register_blocked_pairs_for_predict(pairs)
        return linker.inference.predict(threshold_match_probability=least, warning_mode="never")

    def _frame(self, table: Any) -> Any:
        return self._engine.session.table(table.physical_name)

    def _kept(self, frame: Any) -> Any:
        name = f"quartier_pairs_{next(self._made)}"
        frame.createOrReplaceTempView(name)
        return self._api.register(name)


def _liken_as_duckdb(engine: SparkEngine) -> None:
    """Splink's Jaro-Winkler for Spark counts exchanged letters otherwise than DuckDB's: one that counts alike."""
    from pyspark import cloudpickle

    from quartier.identify.matching import likeness

    cloudpickle.register_pickle_by_value(likeness)  # the executors need not have Quartier
    engine.session.udf.register("jaro_winkler", likeness.jaro_winkler, "double")


def _can_liken(engine: SparkEngine) -> bool:
    return "scala-udf-similarity" in engine.session.sparkContext.getConf().get(_JARS, "")


_LACKS = Text(
    en="The Spark session lacks the functions that liken strings",
    fr="La session Spark n'a pas les fonctions qui comparent des chaînes",
)
_START_IT_WITH = Text(
    en="Start it with `spark_session(master, similarity())`, or with Splink's file among `spark.jars`.",
    fr="Démarrez-la par `spark_session(master, similarity())`, ou avec le fichier de Splink parmi `spark.jars`.",
)
