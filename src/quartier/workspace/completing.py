"""What the tables need beside what arrived."""

import datetime as dt

from quartier.analyse import places
from quartier.config import Config
from quartier.engine import DuckDBEngine
from quartier.identify.links import ACCOUNTS_MARK, has_accounts
from quartier.identify.persons import complete_rules
from quartier.store import Store, definitions


def complete(store: Store, engine: DuckDBEngine, config: Config, at: dt.datetime) -> None:
    """Give the tables the columns of surveys that nobody has answered yet: the catalog names them already.

    Where they follow other rules than the catalog's, the values that these choose. Where there are accounts whose
    traits were never computed over these tables, they are; places of persons, where that is set.
    """
    complete_rules(store, engine)
    with store.begin() as connection:
        has_surveys = bool(definitions.names(connection, "survey"))
    if has_surveys:
        from quartier.collect.surveys.run import ensure_columns  # few workspaces ask anything

        ensure_columns(store, engine)
    places.bring(store, engine, config, at)
    if engine.schema(ACCOUNTS_MARK) is None and (config.households or has_accounts(engine)):
        from quartier.analyse.accounts import bring  # few workspaces have to

        bring(store, engine, config, at)


def follow(store: Store, engine: DuckDBEngine, config: Config, at: dt.datetime, *, whole: bool = False) -> None:
    """Bring the traits that follow from others to now: the places of persons, then what accounts have."""
    from quartier.analyse.accounts import bring  # opening a workspace does without it

    places.bring(store, engine, config, at)
    bring(store, engine, config, at, whole=whole)
