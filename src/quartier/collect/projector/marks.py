"""How far the journal is projected, and which messages were set aside."""

import datetime as dt
from dataclasses import dataclass

import ibis
import pyarrow as pa

from quartier.engine import DuckDBEngine, Query, kept_sql, naive_utc, to_sql

JOURNAL, ASIDE = "quartier_journal", "quartier_set_aside"
_JOURNAL_SCHEMA = ibis.schema({"until": "int64", "digest": "string", "at": "timestamp"})
_JOURNAL_ARROW = pa.schema({"until": pa.int64(), "digest": pa.string(), "at": pa.timestamp("us")})
ASIDE_SCHEMA = ibis.schema({"number": "int64", "reason": "string"})


@dataclass(frozen=True)
class JournalMark:
    """How far the engine has come in the journal.

    Attributes:
        until: the number of the last message that was projected, 0 for none.
        digest: the digest of the journal's entry that ends with it, in hexadecimal digits.
        at: the instant from which on it holds.
    """

    until: int = 0
    digest: str = ""
    at: dt.datetime | None = None


def journal_mark(engine: DuckDBEngine) -> JournalMark:
    """How far the engine has come in the journal."""
    if engine.schema(JOURNAL) is None:
        return JournalMark()
    rows = engine.rows(Query(_mark_sql()))
    if not rows:
        return JournalMark()
    ((until, digest, at),) = rows
    assert isinstance(at, dt.datetime)
    return JournalMark(int(str(until)), str(digest), at.replace(tzinfo=dt.UTC))


def put_mark(engine: DuckDBEngine, mark: JournalMark) -> None:
    """Note how far the engine has come; call it at the end of the transaction that brought it there."""
    assert mark.at is not None
    engine.ensure(JOURNAL, _JOURNAL_SCHEMA)
    engine.remove_up_to(JOURNAL, "until", mark.until)
    row = {"until": [mark.until], "digest": [mark.digest], "at": [naive_utc(mark.at)]}
    engine.append(JOURNAL, pa.table(row, schema=_JOURNAL_ARROW))


def set_aside(engine: DuckDBEngine) -> dict[str, int]:
    """How many messages could not be projected, by reason; the journal keeps them."""
    if engine.schema(ASIDE) is None:
        return {}
    return {str(reason): int(str(n)) for reason, n in engine.rows(Query(_aside_sql()))}


@kept_sql
def _mark_sql() -> str:
    return to_sql(ibis.table(_JOURNAL_SCHEMA, name=JOURNAL))


@kept_sql
def _aside_sql() -> str:
    aside = ibis.table(ASIDE_SCHEMA, name=ASIDE)
    return to_sql(aside.group_by("reason").agg(n=lambda r: r.count()).order_by("reason"))
