"""The ledger of links: reasons to hold two identifiers for one person, and what people decided of them.

Nothing is ever changed or removed: a link that is wrong is refused by a decision, which a later one may lift.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pyarrow as pa
import sqlalchemy as sa

from quartier.catalog import Subject
from quartier.store.tables import decisions, links

_ROWS_AT_ONCE = 50_000
SCHEMA = pa.schema(
    {
        "subject": pa.string(), "a": pa.int32(), "b": pa.int32(), "reason": pa.int16(), "probability": pa.float64(),
        "number": pa.int64(),
    }
)  # fmt: skip
"""The links as the engine holds them: `a` is smaller than `b`, `reason` is one of `identify.components.Reason`."""

OfPair = Literal["accepted", "refused", "open"]
OfOne = Literal["blocked", "allowed", "open"]


@dataclass(frozen=True)
class Link:
    """One link with all that is known of it."""

    number: int
    subject: Subject
    a: int
    b: int
    reason: int
    rule: str | None
    probability: float | None
    evidence: dict[str, Any] | None
    at: dt.datetime


@dataclass(frozen=True)
class Decision:
    """What somebody decided of two identities, or of one (then `b` is None).

    One that takes another back (`takes_back` is its number) says again what was said before that.
    """

    subject: Subject
    a: int
    b: int | None
    answer: str
    author: str
    at: dt.datetime
    note: str | None = None
    takes_back: int | None = None
    number: int = 0


@dataclass(frozen=True)
class InForce:
    """What the last decisions say: of pairs (the smaller identity first), and of single identities."""

    accepted: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    refused: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    blocked: frozenset[int] = field(default_factory=frozenset)
    allowed: frozenset[int] = field(default_factory=frozenset)


def add(connection: sa.Connection, subject: Subject, fresh: pa.Table, at: dt.datetime) -> None:
    """Write links that were not known (columns as in `SCHEMA`): identifiers that came in one record."""
    _insert(connection, fresh, {"subject": subject, "at": at.astimezone(dt.UTC).isoformat(timespec="microseconds")})


def add_told(connection: sa.Connection, told: Sequence[Link]) -> None:
    """Write links with all that is known of them; their numbers come after the last."""
    if told:
        connection.execute(sa.insert(links), [vars(each) for each in told])


def ledger(connection: sa.Connection) -> pa.Table:
    """Every link, as the engine holds them."""
    query = sa.select(*(links.c[name] for name in SCHEMA.names)).order_by(links.c.number)
    result = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(query)
    batches = []
    for part in result.partitions():
        columns = zip(*part, strict=True)
        batches.append(pa.RecordBatch.from_arrays(
            [pa.array(column, each.type) for column, each in zip(columns, SCHEMA, strict=True)], schema=SCHEMA
        ))  # fmt: skip
    return pa.Table.from_batches(batches, SCHEMA)


def last_number(connection: sa.Connection) -> int:
    """The number of the last link, 0 for none."""
    return connection.execute(sa.select(sa.func.max(links.c.number))).scalar() or 0


def of_identities(connection: sa.Connection, subject: Subject, identities: Sequence[int]) -> list[Link]:
    """The links of some identities, oldest first."""
    found: dict[int, Link] = {}
    # One question for each end: for both at once SQLite takes one index and reads every link of the subject.
    for end in (links.c.a, links.c.b):
        query = sa.select(links).where(links.c.subject == subject, end.in_(list(identities)))
        found |= {row.number: Link(**row._asdict()) for row in connection.execute(query)}
    return [found[number] for number in sorted(found)]


def decide(connection: sa.Connection, decision: Decision) -> int:
    """Add a decision; the last one of a pair, or of an identity, is in force. Returns its number."""
    row = {name: value for name, value in vars(decision).items() if name != "number"}
    result = connection.execute(sa.insert(decisions).values(**row))
    (number,) = result.inserted_primary_key or (0,)
    return int(number)


def all_decisions(connection: sa.Connection, subject: Subject) -> list[Decision]:
    """Every decision, oldest first."""
    query = sa.select(decisions).where(decisions.c.subject == subject).order_by(decisions.c.number)
    return [Decision(**row._asdict()) for row in connection.execute(query)]


def decisions_of(connection: sa.Connection, subject: Subject, identities: Sequence[int]) -> list[Decision]:
    """The decisions that speak of some identities, oldest first."""
    chosen = list(identities)
    touching = sa.or_(decisions.c.a.in_(chosen), decisions.c.b.in_(chosen))
    query = sa.select(decisions).where(decisions.c.subject == subject, touching).order_by(decisions.c.number)
    return [Decision(**row._asdict()) for row in connection.execute(query)]


def in_force(connection: sa.Connection, subject: Subject) -> InForce:
    """What the last decision of each pair and of each identity says."""
    return standing(all_decisions(connection, subject))


def standing(given: Sequence[Decision]) -> InForce:
    """What the last of some decisions, oldest first, say."""
    last = {(each.a, each.b): each.answer for each in given}
    pairs = {(a, b): decision for (a, b), decision in last.items() if b is not None}
    ones = {a: decision for (a, b), decision in last.items() if b is None}
    accepted, refused = (
        frozenset(pair for pair, decision in pairs.items() if decision == wanted) for wanted in ("accepted", "refused")
    )
    blocked, allowed = (
        frozenset(one for one, decision in ones.items() if decision == wanted) for wanted in ("blocked", "allowed")
    )
    return InForce(accepted, refused, blocked, allowed)


def not_taken_back(given: Sequence[Decision]) -> list[Decision]:
    """Of the decisions of one pair or identity, oldest first, those that nobody took back."""
    stack: list[Decision] = []
    for each in given:
        if each.takes_back is None:
            stack.append(each)
        else:
            stack.pop()
    return stack


def decisions_count(connection: sa.Connection) -> int:
    """How many decisions there are."""
    return connection.execute(sa.select(sa.func.count()).select_from(decisions)).scalar() or 0


def _insert(connection: sa.Connection, fresh: pa.Table, shared: dict[str, str]) -> None:
    """Many rows at once, by the driver itself."""
    own = ("a", "b", "reason", "probability", "number")
    insert = sa.insert(links).values({name: sa.bindparam(name) for name in (*own, *shared)})
    compiled = insert.compile(dialect=connection.dialect)
    names = compiled.positiontup
    for batch in fresh.select(list(own)).to_batches(max_chunksize=_ROWS_AT_ONCE):
        if names is None:  # a driver that takes parameters by name
            connection.exec_driver_sql(compiled.string, [{**row, **shared} for row in batch.to_pylist()])
            continue
        columns = {**batch.to_pydict(), **{name: [value] * batch.num_rows for name, value in shared.items()}}
        connection.exec_driver_sql(compiled.string, list(zip(*(columns[name] for name in names), strict=True)))
