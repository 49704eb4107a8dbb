"""What people decide of links: two identifiers are one person's, or are not; an identifier tells nobody, or does.

A decision is one more row in the store. Everything follows from it at once, at the cost of the persons that it touches:
whose the events are, what is held of the persons, in which segments they are. A later decision undoes it as completely.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import ibis
import numpy as np
import pyarrow as pa
import sqlalchemy as sa
from pyroaring import BitMap

from quartier.catalog import Catalog, Subject
from quartier.engine import IDENTITY, SAID_KNOWN_SCHEMA, DuckDBEngine, Query, kept_sql, said_known_table, to_sql
from quartier.identify import resolve
from quartier.identify.components import Reason
from quartier.identify.definition import KIND, NAME, LinkLimits
from quartier.identify.linking import Moves, Opening, opening, place, whole
from quartier.identify.persons import settle
from quartier.identify.run import decided, ensure_ledger, follow, move, relink
from quartier.store import Store, catalogs, definitions, identifiers
from quartier.store import links as kept_links
from quartier.store.links import Decision, Link, OfOne, OfPair

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


def of_pair(
    a: int, b: int, answer: OfPair, *, author: str, at: dt.datetime, note: str | None = None,
    subject: Subject = "person",
) -> Decision:  # fmt: skip
    """A decision of two identities: they are one person's, they are not, or it is open again."""
    low, high = sorted((a, b))
    return Decision(subject, low, high, answer, author, at, note)


def of_one(
    identity: int, answer: OfOne, *, author: str, at: dt.datetime, note: str | None = None, subject: Subject = "person"
) -> Decision:
    """A decision of one identity: it says nothing of who somebody is, it does, or it is open again."""
    return Decision(subject, identity, None, answer, author, at, note)


def simulate(
    store: Store, engine: DuckDBEngine, decisions: Sequence[Decision] = (), *, links: Sequence[Link] = (),
    limits: LinkLimits | None = None,
) -> Followed:  # fmt: skip
    """What some decisions and links of one subject, or other limits, would change; nothing is written."""
    change = _Change(_subject(decisions, links), decisions, links, limits)
    with store.begin() as connection:
        found, _ = _solved(connection, engine, change)
    engine.drop(resolve.PLACED)
    return _followed(engine, change.subject, found)


def decide(
    store: Store, engine: DuckDBEngine, decisions: Sequence[Decision] = (), *, links: Sequence[Link] = ()
) -> Followed:
    """Write some decisions of one subject, and links that were found by likeness, and let everything follow.

    Links get their numbers here; one of a pair that has a link of the same reason is passed over.
    """
    change = _Change(_subject(decisions, links), decisions, links)
    with store.begin() as connection:
        found, made = _solved(connection, engine, change)
        for each in decisions:
            kept_links.decide(connection, each)
        kept_links.add_told(connection, made)
        catalog, count = _keep_places(connection, change.subject, found)
    return _follow(store, engine, catalog, change.subject, found, count)


def apply_limits(store: Store, engine: DuckDBEngine, limits: LinkLimits, *, author: str, at: dt.datetime) -> Followed:
    """Write a version of the limits of persons, solve every cluster again within them, and let everything follow."""
    with store.begin() as connection:
        found, _ = _solved(connection, engine, _Change("person", limits=limits))
        definitions.save(connection, KIND, NAME, limits.as_json(), author=author, at=at)
        catalog, count = _keep_places(connection, "person", found)
    return _follow(store, engine, catalog, "person", found, count)


def _keep_places(connection: sa.Connection, subject: Subject, found: Moves) -> tuple[Catalog, int]:
    identifiers.place(connection, subject, found.moved)
    return catalogs.load(connection), decided(connection)


def _follow(
    store: Store, engine: DuckDBEngine, catalog: Catalog, subject: Subject, found: Moves, count: int
) -> Followed:
    """Let the engine's tables follow what the store holds by now."""
    followed = _followed(engine, subject, found)
    with engine.transaction():
        if found.links.num_rows:
            engine.append(resolve.LINKS, found.links)
        move(engine, subject, found.moved)
        settle(engine, catalog, subject, BitMap(), secret=store.secret, from_seq=_NEVER, moved=followed.persons)
        relink(engine, catalog)
        follow(engine, count)
    engine.drop(resolve.PLACED)
    return followed


@dataclass(frozen=True)
class _Change:
    subject: Subject
    decisions: Sequence[Decision] = ()
    links: Sequence[Link] = ()
    limits: LinkLimits | None = None

    @property
    def touched(self) -> set[int]:
        """The identities that it speaks of."""
        linked = {each for link in self.links for each in (link.a, link.b)}
        return linked | {each for decision in self.decisions for each in (decision.a, decision.b) if each is not None}


def _subject(decisions: Sequence[Decision], links: Sequence[Link]) -> Subject:
    found: set[Subject] = {each.subject for each in decisions} | {each.subject for each in links}
    if len(found) > 1:
        raise ValueError("decisions and links of more than one subject")
    return found.pop() if found else "person"


def _solved(connection: sa.Connection, engine: DuckDBEngine, change: _Change) -> tuple[Moves, list[Link]]:
    """Solve what a change touches; also the links that it makes."""
    ensure_ledger(engine)
    ledger = opening(connection, change.subject, change.decisions)
    if change.limits is not None:
        ledger = replace(ledger, limits=change.limits.limits)
    made = _made(engine, ledger, change)
    touched: Iterable[int] = range(ledger.last.identity + 1)
    if change.limits is None:
        touched = sorted(change.touched | _partners(engine, change.subject, change.touched))
    return place(engine, change.subject, ledger, new_links=_rows(change.subject, made), touched=touched), made


def _made(engine: DuckDBEngine, ledger: Opening, change: _Change) -> list[Link]:
    """The links that are not there yet: those by hand, then those that were given."""
    by_hand = [
        Link(0, change.subject, each.a, each.b, int(Reason.HAND), None, None, None, each.at)
        for each in change.decisions if each.answer == "accepted" and each.b is not None
    ]  # fmt: skip
    engine.stage(resolve.TOUCHED, pa.table({"identity": pa.array(sorted(change.touched), pa.int32())}))
    known = {(a, b, reason) for a, b, reason in engine.rows(Query(_known_sql(change.subject)))}
    fresh = {(each.a, each.b, each.reason): each for each in (*by_hand, *change.links)}
    wanted = [each for pair, each in fresh.items() if pair not in known]
    return [replace(each, number=ledger.last_link + 1 + place) for place, each in enumerate(wanted)]


def _rows(subject: Subject, made: Sequence[Link]) -> pa.Table:
    rows = [{name: getattr(each, name) for name in kept_links.SCHEMA.names} | {"subject": subject} for each in made]
    return pa.Table.from_pylist(rows, schema=kept_links.SCHEMA)


def _partners(engine: DuckDBEngine, subject: Subject, touched: set[int]) -> set[int]:
    """With whom identities are linked: whoever stops or begins to say who somebody is parts or joins them."""
    engine.stage(resolve.TOUCHED, pa.table({"identity": pa.array(sorted(touched), pa.int32())}))
    return set(whole(engine.fetch(Query(_partners_sql(subject))), "partner").tolist())


def _followed(engine: DuckDBEngine, subject: Subject, found: Moves) -> Followed:
    """Who is somebody: nobody is who has no identifier under which anything came."""
    engine.stage(resolve.TOUCHED, pa.table({"identity": pa.array(found.standing.identity, pa.int32())}))
    has_any = engine.schema(said_known_table(subject)) is not None
    said = engine.keys(Query(_known_identities_sql(subject))) if has_any else np.empty(0, np.int64)
    counts = np.isin(found.standing.identity, said)
    before = BitMap(np.unique(found.before[counts]).astype(np.uint32))
    now = BitMap(np.unique(found.placed.key[counts]).astype(np.uint32))
    changed = found.parted | BitMap(whole(found.moved, "key").astype(np.uint32))
    moved = BitMap(whole(found.moved, "identity").astype(np.uint32))
    return Followed(changed, moved, now - before, before - now)


@kept_sql
def _partners_sql(subject: Subject) -> str:
    return to_sql(resolve.partners(subject))


@kept_sql
def _known_sql(subject: Subject) -> str:
    links = resolve.links_among(subject)
    return to_sql(links.select("a", "b", "reason"))


@kept_sql
def _known_identities_sql(subject: Subject) -> str:
    known = ibis.table(SAID_KNOWN_SCHEMA, name=said_known_table(subject))
    touched = ibis.table(resolve.TOUCHED_SCHEMA, name=resolve.TOUCHED)
    return to_sql(known.semi_join(touched, known[IDENTITY] == touched.identity).select(IDENTITY))
