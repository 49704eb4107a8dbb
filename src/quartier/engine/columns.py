"""The columns of the tables of one DuckDB connection, asked for once between two changes of a table."""

from collections.abc import Iterable

import duckdb

from quartier.engine.dialects import quoted

_WRITES_ROWS = ("insert ", "update ", "delete ", "merge ", "checkpoint")
"""How statements begin that change no table's columns."""


class Columns:
    """What is known of columns; whoever changes a table says so by `forget`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._known: dict[str, dict[str, str]] = {}
        self.in_transaction = False
        """Whether a transaction is open: a question that fails would end it."""

    def of(self, table: str) -> dict[str, str]:
        """The types of the columns as DuckDB has them; none where there is no such table."""
        if table not in self._known:
            if self.in_transaction:
                self._learn_all()
            else:
                self._known[table] = dict(self._told(table))
        return self._known.setdefault(table, {})

    def forget(self, *tables: str) -> None:
        """Forget what is known of some tables; of all unless some are named."""
        for table in tables or [*self._known]:
            self._known.pop(table, None)

    def heed(self, statement: str) -> None:
        """Forget what a statement may change."""
        if not statement.lower().startswith(_WRITES_ROWS):
            self.forget()

    def _told(self, table: str) -> Iterable[tuple[str, str]]:
        """What DuckDB tells of one table, tens of times faster than it lists all of them."""
        query = "select name, type from pragma_table_info($table)"
        try:
            return self._connection.execute(query, {"table": quoted(table, "duckdb")}).fetchall()  # type: ignore[no-any-return]  # DuckDB does not say
        except duckdb.CatalogException:  # there is no such table
            return []

    def _learn_all(self) -> None:
        """Learn what is not known yet: the list that a transaction can ask for costs the same for one table as all."""
        query = "select table_name, column_name, data_type from duckdb_columns() where not internal"
        listed: dict[str, dict[str, str]] = {}
        for table, name, type_ in self._connection.execute(query).fetchall():
            listed.setdefault(table, {})[name] = type_
        self._known = listed | self._known
