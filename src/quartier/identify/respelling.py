"""Ledgers of earlier editions: their e-mail addresses and phones get the form in which identifiers are compared now."""

import ibis
import pyarrow as pa

from quartier.engine import DuckDBEngine, Query, kept_sql, to_sql
from quartier.identify.cleaning.identifiers import IDENTIFYING, comparable
from quartier.store import Store, identifiers

EDITION = 1
"""Of the rules by which identifiers are compared; another number has every workspace read again."""

_EDITION = "quartier_comparing"
_EDITION_SCHEMA = ibis.schema({"edition": "int64"})


def is_of_this_edition(engine: DuckDBEngine) -> bool:
    """Whether the engine's tables were made by the present rules."""
    if engine.schema(_EDITION) is None:
        return False
    ((edition,),) = engine.rows(Query(_edition_sql()))
    return edition == EDITION


def mark_edition(engine: DuckDBEngine) -> None:
    """Note that the engine's tables are made by the present rules."""
    if engine.schema(_EDITION) is None:
        engine.ensure(_EDITION, _EDITION_SCHEMA)
        engine.append(_EDITION, pa.table({"edition": [EDITION]}))
        _edition_sql()  # compiled now, so that opening these tables later compiles nothing


def respell(store: Store, country: str) -> None:
    """Give the identifiers that the store knows their present form; their numbers stay, and so do persons.

    Where two have one form, the first has it and the other one stays as it is: nothing comes under it any more. So do
    those that have no form. To do it again changes nothing.
    """
    for kind in IDENTIFYING:
        with store.begin() as connection:
            held = identifiers.of_kind(connection, "person", kind)
            values = comparable(kind, pa.array([value for _, value in held], pa.string()), country).to_pylist()
            taken = {value for _, value in held}
            changed: dict[str, int] = {}
            for (identity, _), value in zip(held, values, strict=True):
                if value is not None and value not in taken:
                    changed.setdefault(value, identity)
            identifiers.respell(connection, "person", changed)


@kept_sql
def _edition_sql() -> str:
    return to_sql(ibis.table(_EDITION_SCHEMA, name=_EDITION).agg(edition=lambda r: r.edition.max()))
