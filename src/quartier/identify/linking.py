"""Where identities belong once links come, go or are decided of: the clusters that are touched are solved again.

The engine's copies of the ledger are read, and the result is staged; nothing is written.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import sqlalchemy as sa
from pyroaring import BitMap

from quartier.catalog import Subject
from quartier.engine import DuckDBEngine, Query, kept_sql, to_sql
from quartier.identify import resolve
from quartier.identify.components import Limits, Links, Numbers, Reason, crowded
from quartier.identify.definition import KIND, NAME, LinkLimits
from quartier.identify.placing import NONE, Placed, Standing, placed
from quartier.store import definitions, identifiers
from quartier.store import links as kept_links
from quartier.store.links import Decision, InForce

_PLACES = ("key", "cluster", "own_key")


@dataclass(frozen=True)
class Opening:
    """Where the store's ledger stands before anything is added."""

    last: identifiers.Last
    last_link: int = 0
    decisions: InForce = field(default_factory=InForce)
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Moves:
    """What a change of the ledger does.

    Attributes:
        links: the links that are new, as the store keeps them.
        moved: known identities that belong elsewhere, as `identifiers.PLACED` has it.
        parted: the keys that they had.
        placed: the whole solution of the clusters that were touched.
        standing: the identities of these clusters.
        every: the links of these clusters.
        blocked: the identities that say nothing of who somebody is.
        before: of each of the identities that stand, the key that it had; NONE for fresh ones.
    """

    links: pa.Table
    moved: pa.Table
    parted: BitMap
    placed: Placed
    standing: Standing
    every: Links
    blocked: Numbers
    before: Numbers


def opening(connection: sa.Connection, subject: Subject, decided: Sequence[Decision] = ()) -> Opening:
    """Read where the ledger stands; with `decided`, as it would stand after some more decisions."""
    last, number = identifiers.last(connection, subject), kept_links.last_number(connection)
    decisions = kept_links.standing([*kept_links.all_decisions(connection, subject), *decided])
    return Opening(last, number, decisions, limits_of(connection, subject))


def limits_of(connection: sa.Connection, subject: Subject) -> Limits:
    """How links are followed: of persons by the limits in force, of accounts by the usual ones."""
    return kept_limits(connection).limits if subject == "person" else Limits()


def kept_limits(connection: sa.Connection) -> LinkLimits:
    """The limits in force: those of the last document."""
    kept = definitions.latest(connection, KIND, NAME)
    return LinkLimits() if kept is None or kept.is_retired else LinkLimits(**kept.document)


def place(
    engine: DuckDBEngine, subject: Subject, ledger: Opening, *, fresh: pa.Table | None = None,
    together: pa.Table | None = None, new_links: pa.Table | None = None, touched: Iterable[int] = (),
) -> Moves:  # fmt: skip
    """Solve the clusters of everything that is touched, and stage where its identities belong.

    Args:
        engine: whose copies of the ledger are read.
        subject: persons or accounts.
        ledger: where the store's ledger stands, with the decisions and the limits that are to be followed.
        fresh: identities that are not in the ledger yet (identity, kind, is_user, first_), in rising order.
        together: pairs that were seen together for the first time (a, b, first_), in order.
        new_links: other new links, as the store keeps them; either these or `together`.
        touched: known identities of which something else changes, by a decision for example.
    """
    given = numbered(together, subject, ledger.last_link) if together is not None else new_links
    fresh_links = kept_links.SCHEMA.empty_table() if given is None else given
    ends = np.unique(np.concatenate([whole(fresh_links, "a"), whole(fresh_links, "b"), np.array([*touched], np.int64)]))
    known = _members(engine, subject, ends[ends <= ledger.last.identity])
    blocked = _blocked(engine, subject, ledger, ends, fresh_links, fresh)
    old = _links_among(engine, subject, whole(known, "identity"))
    every = _both(old, fresh_links)
    standing = _standing(known, fresh)
    rows = np.full(old.num_rows + fresh_links.num_rows, NONE)
    if together is not None:
        rows[old.num_rows :] = whole(together, "first_")
    result = placed(
        standing, every, rows, refused=_refused(every, ledger.decisions), blocked=blocked,
        limits=ledger.limits, next_key=ledger.last.key + 1,
    )  # fmt: skip
    moved, parted = _staged(engine, known, standing, result)
    before = np.concatenate([whole(known, "key"), np.full(len(standing) - known.num_rows, NONE)])
    return Moves(fresh_links, moved, parted, result, standing, every, blocked, before)


def numbered(together: pa.Table, subject: Subject, last_link: int) -> pa.Table:
    """Pairs that were seen together as links, numbered in their order."""
    n = together.num_rows
    columns = [
        pa.array([subject] * n, pa.string()), together["a"].cast(pa.int32()), together["b"].cast(pa.int32()),
        pa.array(np.full(n, int(Reason.RECORD)), pa.int16()), pa.nulls(n, pa.float64()),
        pa.array(np.arange(last_link + 1, last_link + 1 + n), pa.int64()),
    ]  # fmt: skip
    return pa.Table.from_arrays(columns, schema=kept_links.SCHEMA)


def whole(rows: pa.Table, name: str) -> Numbers:
    """A column of whole numbers; NONE where it is empty."""
    column = rows[name].fill_null(NONE) if rows[name].null_count else rows[name]
    return np.asarray(column.to_numpy(), np.int64)


def _members(engine: DuckDBEngine, subject: Subject, known: Numbers) -> pa.Table:
    engine.stage(resolve.TOUCHED, pa.table({"identity": pa.array(known, pa.int32())}))
    return engine.fetch(Query(_members_sql(subject)))


def _blocked(
    engine: DuckDBEngine, subject: Subject, ledger: Opening, ends: Numbers, fresh_links: pa.Table,
    fresh: pa.Table | None,
) -> Numbers:  # fmt: skip
    """Those of the touched identities that come with too many others, or that somebody or a rule does not trust."""
    if not len(ends):
        return ends
    engine.stage(resolve.TOUCHED, pa.table({"identity": pa.array(ends, pa.int32())}))
    held = engine.fetch(Query(_partners_sql(subject)))
    a, b = whole(fresh_links, "a"), whole(fresh_links, "b")
    one = np.concatenate([whole(held, "identity"), a, b])
    other = np.concatenate([whole(held, "partner"), b, a])
    is_refused = _among(np.minimum(one, other), np.maximum(one, other), ledger.decisions.refused)
    one, other = one[~is_refused], other[~is_refused]
    found = crowded(one, other, np.isin(other, _users(engine, subject, np.unique(other), fresh)), ledger.limits)
    found = found[~np.isin(found, _users(engine, subject, found, fresh))]
    found = np.union1d(found, _untrusted(engine, subject, ledger.limits, ends, fresh))
    found = found[~np.isin(found, [*ledger.decisions.allowed])]
    return np.union1d(found, np.array([*ledger.decisions.blocked], np.int64))


def _untrusted(
    engine: DuckDBEngine, subject: Subject, limits: Limits, ends: Numbers, fresh: pa.Table | None
) -> Numbers:
    """The touched identities of kinds that link nobody."""
    if not limits.untrusted:
        return np.empty(0, np.int64)
    engine.stage(resolve.TOUCHED, pa.table({"identity": pa.array(ends, pa.int32())}))
    known = whole(engine.fetch(Query(_of_kinds_sql(subject, limits.untrusted))), "identity")
    if fresh is None:
        return known
    is_own = pc.is_in(fresh["kind"], pa.array(limits.untrusted))
    return np.concatenate([known, whole(fresh.filter(is_own), "identity")])


def _among(a: Numbers, b: Numbers, pairs: frozenset[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    """Which of some pairs, the smaller identity first, are among others."""
    if not pairs:
        return np.zeros(len(a), np.bool_)
    wanted = np.array(sorted(pairs), np.int64)
    return np.isin(a << 32 | b, wanted[:, 0] << 32 | wanted[:, 1])


def _users(engine: DuckDBEngine, subject: Subject, identities: Numbers, fresh: pa.Table | None) -> Numbers:
    """Which of some identities are user ids."""
    engine.stage(resolve.TOUCHED, pa.table({"identity": pa.array(identities, pa.int32())}))
    known = whole(engine.fetch(Query(_users_sql(subject))), "identity")
    if fresh is None:
        return known
    own = whole(fresh, "identity")[np.asarray(fresh["is_user"].to_numpy(zero_copy_only=False), bool)]
    return np.concatenate([known, own])


def _links_among(engine: DuckDBEngine, subject: Subject, identities: Numbers) -> pa.Table:
    engine.stage(resolve.TOUCHED, pa.table({"identity": pa.array(identities, pa.int32())}))
    return engine.fetch(Query(_links_sql(subject)))


def _both(old: pa.Table, fresh: pa.Table) -> Links:
    def column(name: str) -> Numbers:
        return np.concatenate([whole(old, name), whole(fresh, name)])

    likely = [np.asarray(each["probability"].fill_null(1.0).to_numpy(), np.float64) for each in (old, fresh)]
    return Links(column("a"), column("b"), column("reason"), np.concatenate(likely), column("number"))


def _standing(known: pa.Table, fresh: pa.Table | None) -> Standing:
    """Known identities and fresh ones, in rising order: the fresh have higher numbers."""
    is_user = np.asarray(known["is_user"].to_numpy(zero_copy_only=False), np.bool_)
    before = Standing(whole(known, "identity"), is_user, whole(known, "own_key"), np.full(known.num_rows, NONE))
    if fresh is None or not fresh.num_rows:
        return before
    return replace(
        before, identity=np.concatenate([before.identity, whole(fresh, "identity")]),
        is_user=np.concatenate([is_user, np.asarray(fresh["is_user"].to_numpy(zero_copy_only=False), np.bool_)]),
        own_key=np.concatenate([before.own_key, np.full(fresh.num_rows, NONE)]),
        first=np.concatenate([before.first, whole(fresh, "first_")]),
    )  # fmt: skip


def _refused(every: Links, decisions: InForce) -> npt.NDArray[np.bool_]:
    """The links that somebody refused, and those by hand that nobody stands by any more."""
    by_hand = every.reason == Reason.HAND
    is_refused = _among(every.a, every.b, decisions.refused)
    return np.asarray(is_refused | (by_hand & ~_among(every.a, every.b, decisions.accepted)))


def _staged(engine: DuckDBEngine, known: pa.Table, standing: Standing, result: Placed) -> tuple[pa.Table, BitMap]:
    """Stage the identities that are fresh or belong elsewhere; returns the known ones of these, and their old keys."""
    own = [None if each == NONE else each for each in result.own_key.tolist()]
    numbers = [pa.array(each, pa.int32()) for each in (standing.identity, result.key, result.cluster)]
    now = pa.Table.from_arrays([*numbers, pa.array(own, pa.int32())], schema=identifiers.PLACED)
    n = known.num_rows  # they come first
    before = [whole(known, name) for name in _PLACES]
    after = [each[:n] for each in (result.key, result.cluster, result.own_key)]
    is_other = np.any([a != b for a, b in zip(before, after, strict=True)], axis=0)
    moved = now.slice(0, n).filter(pa.array(is_other, pa.bool_()))
    engine.stage(resolve.PLACED, pa.concat_tables([moved, now.slice(n)]))
    return moved, BitMap(before[0][before[0] != after[0]].astype(np.uint32))


@kept_sql
def _members_sql(subject: Subject) -> str:
    return to_sql(resolve.members(subject))


@kept_sql
def _partners_sql(subject: Subject) -> str:
    return to_sql(resolve.partners(subject))


@kept_sql
def _users_sql(subject: Subject) -> str:
    return to_sql(resolve.users_among(subject))


@kept_sql
def _links_sql(subject: Subject) -> str:
    return to_sql(resolve.links_among(subject))


@kept_sql
def _of_kinds_sql(subject: Subject, kinds: tuple[str, ...]) -> str:
    return to_sql(resolve.of_kinds_among(subject, kinds))
