"""What changed in the engine's tables: whose rows, in the order in which they were written.

Whoever writes into the tables of persons, accounts or events notes the keys in the same transaction; whoever links
persons to accounts, or parts them, notes both sides. A refresh reads what was noted since the mark it stood at. The
tables are made anew by `rebuild`: then the generation is another one, and what was known of an earlier generation says
nothing.
"""

import secrets
from dataclasses import dataclass, field
from typing import Literal, get_args

import ibis
import ibis.expr.datatypes as dtypes
import pyarrow as pa
from pyroaring import BitMap

from quartier.engine.compiler import Query, to_sql
from quartier.engine.duckdb import DuckDBEngine
from quartier.engine.functions import parameter
from quartier.engine.kept import kept_sql

FEED, GENERATION = "quartier_feed", "quartier_generation"
_FEED_SCHEMA = ibis.schema({"mark": "int64", "subject": "string", "keys": "binary"})
_ARROW = pa.schema({"mark": pa.int64(), "subject": pa.string(), "keys": pa.binary()})
_GENERATION_SCHEMA = ibis.schema({"id": "string"})

Noted = Literal["person", "account", "linked person", "linked account"]
"""Whose data changed, or whose links did."""


@dataclass(frozen=True)
class Changed:
    """What changed after a mark, and the mark reached.

    Attributes:
        mark: how far the feed has come.
        persons: whose data changed, by their keys.
        accounts: the same of accounts.
        linked_persons: who came to belong to an account, or no longer belongs to one.
        linked_accounts: to which somebody came to belong, or no longer belongs.
    """

    mark: int = 0
    persons: BitMap = field(default_factory=BitMap)
    accounts: BitMap = field(default_factory=BitMap)
    linked_persons: BitMap = field(default_factory=BitMap)
    linked_accounts: BitMap = field(default_factory=BitMap)


def note(engine: DuckDBEngine, subject: Noted, keys: BitMap) -> None:
    """Note that the data or links of some persons or accounts changed; call it in the transaction that does so."""
    generation(engine)
    if keys:
        row = {"mark": [_mark(engine) + 1], "subject": [subject], "keys": [keys.serialize()]}
        engine.append(FEED, pa.table(row, schema=_ARROW))


def changed_since(engine: DuckDBEngine, mark: int) -> Changed:
    """Everything noted after a mark."""
    generation(engine)
    found: dict[str, BitMap] = {each: BitMap() for each in get_args(Noted)}
    last = mark
    for at_mark, subject, keys in engine.rows(Query(_since_sql(), {"mark": mark})):
        found[str(subject)] |= BitMap.deserialize(keys)  # type: ignore[arg-type]  # a column of bytes
        last = max(last, int(str(at_mark)))
    return Changed(last, *found.values())


def forget_before(engine: DuckDBEngine, mark: int) -> None:
    """Drop what was noted up to a mark that nobody will ask for again; the last note stays and keeps the count."""
    engine.remove_up_to(FEED, "mark", min(mark, _mark(engine) - 1))


def generation(engine: DuckDBEngine) -> str:
    """Which making of the tables this is: another one after each rebuild."""
    if engine.schema(GENERATION) is None:
        engine.ensure(FEED, _FEED_SCHEMA)
        engine.ensure(GENERATION, _GENERATION_SCHEMA)
        engine.append(GENERATION, pa.table({"id": [secrets.token_hex(16)]}))
    ((found,),) = engine.rows(Query(_generation_sql()))
    return str(found)


def reached(engine: DuckDBEngine) -> tuple[str, int]:
    """Which making of the tables this is and how far their feed has come: another pair as soon as data change."""
    return generation(engine), _mark(engine)


def _mark(engine: DuckDBEngine) -> int:
    ((last,),) = engine.rows(Query(_mark_sql()))
    return int(str(last))


@kept_sql
def _since_sql() -> str:
    feed = ibis.table(_FEED_SCHEMA, name=FEED)
    return to_sql(feed.filter(feed.mark > parameter("mark", dtypes.int64)).order_by("mark"))


@kept_sql
def _mark_sql() -> str:
    feed = ibis.table(_FEED_SCHEMA, name=FEED)
    return to_sql(feed.agg(last=lambda rows: rows.mark.max().fill_null(0)))


@kept_sql
def _generation_sql() -> str:
    return to_sql(ibis.table(_GENERATION_SCHEMA, name=GENERATION))
