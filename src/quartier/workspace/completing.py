"""What the tables need beside what arrived."""

from quartier.engine import DuckDBEngine
from quartier.store import Store, definitions


def complete(store: Store, engine: DuckDBEngine) -> None:
    """Give the tables the columns of surveys that nobody has answered yet: the catalog names them already."""
    with store.begin() as connection:
        has_surveys = bool(definitions.names(connection, "survey"))
    if has_surveys:
        from quartier.collect.surveys.run import ensure_columns  # few workspaces ask anything

        ensure_columns(store, engine)
