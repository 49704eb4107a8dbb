"""What people decide of links: two identifiers are one person's, or are not; an identifier tells nobody, or does.

A decision is one more row in the store. Everything follows from it at once, at the cost of the persons that it touches:
whose the events are, what is held of the persons, in which segments they are. A later decision undoes it as completely.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from pyroaring import BitMap

from quartier.catalog import Subject
from quartier.engine import DuckDBEngine, Query, kept_sql, to_sql
from quartier.identify import resolve
from quartier.identify.components import Limits, Reason
from quartier.identify.linking import Moves, Opening, opening, place, whole
from quartier.identify.persons import settle
from quartier.identify.run import ensure_ledger, follow, move, relink
from quartier.store import Store, catalogs, identifiers
from quartier.store import links as kept_links
from quartier.store.links import Link, OfOne, OfPair, Verdict, standing

_NEVER = np.iinfo(np.int64).max
"""No change is as late as this: what was said before stays as it is."""


@dataclass(frozen=True)
class Followed:
    """What a decision changes.

    Attributes:
        persons: the keys whose identities are other ones than before: who was there, and who is there now.
        identities: the identities that belong elsewhere.
        added: the persons who were not there before.
        gone: the persons who are no longer there.
    """

    persons: BitMap
    identities: BitMap
    added: BitMap
    gone: BitMap


def of_pair(a: int, b: int, verdict: OfPair, *, author: str, at: dt.datetime, subject: Subject = "person") -> Verdict:
    """A decision of two identities: they are one person's, they are not, or it is open again."""
    low, high = sorted((a, b))
    return Verdict(subject, low, high, verdict, author, at)


def of_one(identity: int, verdict: OfOne, *, author: str, at: dt.datetime, subject: Subject = "person") -> Verdict:
    """A decision of one identity: it says nothing of who somebody is, it does, or it is open again."""
    return Verdict(subject, identity, None, verdict, author, at)


def simulate(
    store: Store, engine: DuckDBEngine, verdicts: Sequence[Verdict], *, limits: Limits | None = None
) -> Followed:
    """What some decisions of one subject would change; nothing is written."""
    with store.begin() as connection:
        found, _ = _solved(connection, engine, verdicts, limits or Limits())
    return _followed(engine, verdicts[0].subject, found)


def decide(
    store: Store, engine: DuckDBEngine, verdicts: Sequence[Verdict], *, limits: Limits | None = None
) -> Followed:
    """Write some decisions of one subject, and let everything follow."""
    subject = verdicts[0].subject
    with store.begin() as connection:
        found, accepted = _solved(connection, engine, verdicts, limits or Limits())
        for each in verdicts:
            kept_links.decide(connection, each)
        kept_links.add_told(connection, accepted)
        identifiers.place(connection, subject, found.moved)
        catalog, count = catalogs.load(connection), kept_links.verdicts_count(connection)
    followed = _followed(engine, subject, found)
    with engine.transaction():
        if found.links.num_rows:
            engine.append(resolve.LINKS, found.links)
        move(engine, subject, found.moved)
        settle(engine, catalog, subject, BitMap(), secret=store.secret, from_seq=_NEVER, moved=followed.persons)
        relink(engine, catalog)
        follow(engine, count)
    return followed


def _solved(
    connection: sa.Connection, engine: DuckDBEngine, verdicts: Sequence[Verdict], limits: Limits
) -> tuple[Moves, list[Link]]:
    """Solve what some decisions touch; also the links that they make."""
    ensure_ledger(engine)
    subject = verdicts[0].subject
    ledger = opening(connection, subject)
    before = kept_links.all_verdicts(connection, subject)
    ledger = replace(ledger, verdicts=standing([*before, *verdicts]))
    accepted = _accepted(connection, ledger, verdicts)
    touched = {each for verdict in verdicts for each in (verdict.a, verdict.b) if each is not None}
    touched |= _partners(engine, subject, touched)
    moves = place(engine, subject, ledger, limits, new_links=_rows(subject, accepted), touched=sorted(touched))
    return moves, accepted


def _accepted(connection: sa.Connection, ledger: Opening, verdicts: Sequence[Verdict]) -> list[Link]:
    """The links by hand that are not there yet."""
    made: list[Link] = []
    for each in verdicts:
        if each.verdict != "accepted" or each.b is None or any((one.a, one.b) == (each.a, each.b) for one in made):
            continue
        known = kept_links.of_identities(connection, each.subject, [each.a])
        if not any((one.a, one.b, one.reason) == (each.a, each.b, Reason.HAND) for one in known):
            number = ledger.last_link + 1 + len(made)
            made.append(Link(number, each.subject, each.a, each.b, int(Reason.HAND), None, None, None, each.at))
    return made


def _rows(subject: Subject, made: Sequence[Link]) -> pa.Table:
    rows = [{name: getattr(each, name) for name in kept_links.SCHEMA.names} | {"subject": subject} for each in made]
    return pa.Table.from_pylist(rows, schema=kept_links.SCHEMA)


def _partners(engine: DuckDBEngine, subject: Subject, touched: set[int]) -> set[int]:
    """With whom identities are linked: whoever stops or begins to say who somebody is parts or joins them."""
    engine.stage(resolve.TOUCHED, pa.table({"identity": pa.array(sorted(touched), pa.int32())}))
    return set(whole(engine.fetch(Query(_partners_sql(subject))), "partner").tolist())


def _followed(engine: DuckDBEngine, subject: Subject, found: Moves) -> Followed:
    now = BitMap(whole(found.moved, "key").astype(np.uint32))
    standing_keys = BitMap(found.placed.key.astype(np.uint32))
    held = BitMap(engine.keys(Query(_held_sql(subject)))) & (found.parted | now)
    changed = found.parted | now
    return Followed(
        changed, BitMap(whole(found.moved, "identity").astype(np.uint32)), (now & standing_keys) - held,
        (found.parted & held) - standing_keys,
    )  # fmt: skip


@kept_sql
def _partners_sql(subject: Subject) -> str:
    return to_sql(resolve.partners(subject))


@kept_sql
def _held_sql(subject: Subject) -> str:
    return to_sql(resolve.held_keys(subject))
