"""Functions of ours that queries of DuckDB may use; they get whole columns, in parts."""

from collections.abc import Callable

import duckdb
import pyarrow as pa


class Own:
    """The functions that one connection knows."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._names: set[str] = set()

    def define(self, name: str, function: Callable[..., pa.Array], arguments: int) -> None:
        """Give queries a function of texts, for the life of the connection.

        It must give the same for the same texts, and nothing for what is empty.
        """
        if name not in self._names:
            texts = ["VARCHAR"] * arguments
            self._connection.create_function(name, function, texts, "VARCHAR", type="arrow", null_handling="special")
            self._names.add(name)
