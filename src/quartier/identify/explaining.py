"""Explaining persons: which links make them, which were not followed and why, and what somebody should look at."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from quartier.catalog import Subject
from quartier.engine import DuckDBEngine, Query, kept_sql, parameter, to_sql
from quartier.errors import InvalidRequest, UnknownName
from quartier.identify import resolve
from quartier.identify.components import Reason
from quartier.identify.linking import Moves, Opening, opening, place
from quartier.identify.owner import owner_of, written_identities
from quartier.identify.run import ensure_ledger
from quartier.identify.told import Doubt, LinkTold, Review, Shared, State, Why
from quartier.language import Text
from quartier.store import Store, identities
from quartier.store import links as kept_links
from quartier.store.identities import Identity
from quartier.store.links import Decision, Link, not_taken_back


def identity_of(store: Store, written: str, country: str, subject: Subject = "person") -> Identity:
    """The identifier that somebody wrote, as its value alone or as `email:ann@shop.fr`.

    `country` is whose phones are written without a code.

    Raises UnknownName where there is none, InvalidRequest where there are several.
    """
    found = written_identities(store, written, country, subject)
    if not found:
        raise UnknownName(_NOBODYS, remedy=_WRITE_EXACTLY)
    if len(found) > 1:
        kinds = sorted({each.kind for each in found})
        raise InvalidRequest(_SEVERAL.with_(n=len(found)), remedy=_SAY_WHICH.with_(kind=kinds[0]))
    return found[0]


def key_of(store: Store, engine: DuckDBEngine, written: str, country: str) -> int:
    """The key of the person with a public id, or with an identifier. Raises as `identity_of` does."""
    own = owner_of(store, engine, written)
    if own is not None:
        return own
    return identity_of(store, written, country).key


def parting(store: Store, parted: Sequence[Identity], subject: Subject = "person") -> list[tuple[int, int]]:
    """The pairs of identities to refuse so that some of one person's are parted from the rest.

    Raises InvalidRequest where they are not one person's, or all that the person has.
    """
    if len({each.key for each in parted}) != 1:
        raise InvalidRequest(_OF_SEVERAL, remedy=_ONE_AT_A_TIME)
    leaving = {each.number for each in parted}
    with store.begin() as connection:
        everyone = {each.number for each in identities.of_key(connection, subject, parted[0].key)}
        links = kept_links.of_identities(connection, subject, sorted(leaving))
    if everyone == leaving:
        raise InvalidRequest(_NOBODY_STAYS)
    # Also links to other persons that were not followed: they would be, with the stronger ones out of the way.
    return sorted({(each.a, each.b) for each in links if (each.a in leaving) != (each.b in leaving)})


def taken_back(
    store: Store, a: Identity, b: Identity | None, *, author: str, at: dt.datetime, subject: Subject = "person"
) -> Decision:
    """The decision that takes back the last one of two identities, or of one: what was decided before holds again.

    Raises InvalidRequest where nothing is decided.
    """
    low, high = (a.number, None) if b is None else sorted((a.number, b.number))
    with store.begin() as connection:
        known = kept_links.decisions_of(connection, subject, [low])
    found = [each for each in known if (each.a, each.b) == (low, high)]
    standing = not_taken_back(found)
    if not standing:
        raise InvalidRequest(_NOTHING_DECIDED)
    before = standing[-2].answer if len(standing) > 1 else "open"
    return Decision(subject, low, high, before, author, at, takes_back=standing[-1].number)


def links_of(store: Store, engine: DuckDBEngine, key: int, subject: Subject = "person") -> tuple[LinkTold, ...]:
    """Every link of a person's identifiers, oldest first, also those that were refused or not followed."""
    ensure_ledger(engine)
    with store.begin() as connection:
        own = [each.number for each in identities.of_key(connection, subject, key)]
        links = kept_links.of_identities(connection, subject, own)
        named = identities.of_numbers(connection, subject, [end for each in links for end in (each.a, each.b)])
        last = {(each.a, each.b): each for each in kept_links.decisions_of(connection, subject, own)}
        ledger = opening(connection, subject)
    found = _tried(engine, subject, ledger, own)
    return tuple(
        LinkTold(each, named[each.a], named[each.b], _state(each, ledger, found), last.get((each.a, each.b)))
        for each in links
    )


def decisions_of(store: Store, subject: Subject = "person") -> list[tuple[Decision, Identity, Identity | None]]:
    """Every decision, the newest first, with its identifiers."""
    with store.begin() as connection:
        found = kept_links.all_decisions(connection, subject)
        ends = [end for each in found for end in (each.a, each.b) if end is not None]
        named = identities.of_numbers(connection, subject, ends)
    return [(each, named[each.a], None if each.b is None else named[each.b]) for each in reversed(found)]


def review(store: Store, engine: DuckDBEngine, most: int, subject: Subject = "person") -> Review:
    """What waits for somebody's eye; at most so many of each kind."""
    ensure_ledger(engine)
    with store.begin() as connection:
        ledger = opening(connection, subject)
        doubts = _doubts(engine, subject, ledger)
        shared = _shared(engine, subject, ledger)
        ends = [end for each in doubts[:most] for end in (each.a, each.b, *each.customers)]
        named = identities.of_numbers(connection, subject, [*ends, *(number for number, _, _ in shared[:most])])
        since = _since(connection, subject, [each.a for each in doubts[:most]])
    shown = tuple(
        Doubt(
            named[each.a], named[each.b], each.why, since[each.a, each.b, each.reason],
            tuple(named[customer] for customer in each.customers),
        )
        for each in doubts[:most]
    )  # fmt: skip
    many = tuple(Shared(named[number], customers, others) for number, customers, others in shared[:most])
    return Review(shown, len(doubts), many, len(shared))


@dataclass(frozen=True)
class _NotFollowed:
    """A link that was not followed, by its identities; `customers` are the user ids of both sides."""

    a: int
    b: int
    reason: int
    why: Why
    customers: tuple[int, ...]


def _tried(engine: DuckDBEngine, subject: Subject, ledger: Opening, identities_: list[int]) -> Moves:
    """The clusters of some identities, solved as they stand."""
    found = place(engine, subject, ledger, touched=identities_)
    for name in (resolve.PLACED, resolve.TOUCHED):
        engine.drop(name)
    return found


def _state(link: Link, ledger: Opening, found: Moves) -> State:
    pair = link.a, link.b
    by_hand = link.reason == Reason.HAND
    if pair in ledger.decisions.refused or (by_hand and pair not in ledger.decisions.accepted):
        return "refused"
    same = (found.every.a == link.a) & (found.every.b == link.b) & (found.every.reason == link.reason)
    places = set(np.flatnonzero(same).tolist())
    if places & set(found.placed.solved.conflicting.tolist()):
        return "two_customers"
    if places & set(found.placed.solved.crowding.tolist()):
        return "too_many"
    if not by_hand and np.isin(found.blocked, pair).any():
        return "says_nothing"
    return "followed"


def _doubts(engine: DuckDBEngine, subject: Subject, ledger: Opening) -> list[_NotFollowed]:
    """Links that were not followed, the first that was found first."""
    most = {"most": ledger.limits.identifiers}
    doubtful = engine.keys(Query(_doubtful_sql(subject), most)).tolist()
    if not doubtful:
        return []
    found = _tried(engine, subject, ledger, doubtful)
    solved, every = found.placed.solved, found.every
    told: list[tuple[int, Why]] = [(int(place), "two_customers") for place in solved.conflicting]
    told += [(int(place), "too_many") for place in solved.crowding]
    told.sort(key=lambda each: every.number[each[0]])
    customers = _customers(found)
    pairs = [(int(every.a[at]), int(every.b[at]), int(every.reason[at]), why) for at, why in told]
    return [
        _NotFollowed(a, b, reason, why, tuple(customers[end] for end in (a, b) if end in customers))
        for a, b, reason, why in pairs
    ]


def _customers(found: Moves) -> dict[int, int]:
    """Of each identity the first user id of its person, if it has one."""
    standing, group = found.standing, found.placed.solved.group
    persons, identities_ = group[standing.is_user].tolist(), standing.identity[standing.is_user].tolist()
    users = dict(reversed([*zip(persons, identities_, strict=True)]))
    return {
        each: users[person]
        for each, person in zip(standing.identity.tolist(), group.tolist(), strict=True) if person in users
    }  # fmt: skip


def _shared(engine: DuckDBEngine, subject: Subject, ledger: Opening) -> list[tuple[int, int, int]]:
    """Identifiers of too many, of which nobody decided: (identity, customers, others), the worst first."""
    most = {"users": ledger.limits.users, "partners": ledger.limits.partners}
    decided = ledger.decisions.blocked | ledger.decisions.allowed
    rows = engine.fetch(Query(_crowded_sql(subject), most)).to_pylist()
    return [
        (row["identity"], int(row["customers"]), row["others"]) for row in rows if row["identity"] not in decided
    ]  # fmt: skip


def _since(connection: sa.Connection, subject: Subject, ends: list[int]) -> dict[tuple[int, int, int], dt.datetime]:
    found = kept_links.of_identities(connection, subject, ends) if ends else []
    return {(each.a, each.b, each.reason): each.at for each in found}


@kept_sql
def _doubtful_sql(subject: Subject) -> str:
    return to_sql(resolve.doubtful(subject, parameter("most", "int64")))


@kept_sql
def _crowded_sql(subject: Subject) -> str:
    return to_sql(resolve.of_too_many(subject, parameter("users", "int64"), parameter("partners", "int64")))


_NOBODYS = Text(en="nobody has this identifier", fr="personne n'a cet identifiant")
_WRITE_EXACTLY = Text(
    en="write the whole identifier as it is kept, for example `email:ann@example.com`; `quartier person find` helps",
    fr="écrivez l'identifiant entier tel qu'il est gardé, par exemple `email:ann@example.com` ; `quartier person find` "
    "aide à le trouver",
)
_SEVERAL = Text(en="{n} identifiers have this value", fr="{n} identifiants ont cette valeur")
_SAY_WHICH = Text(en="say which: `{kind}:…`", fr="précisez lequel : `{kind}:…`")
_OF_SEVERAL = Text(
    en="these identifiers belong to several persons already", fr="ces identifiants sont déjà à plusieurs personnes"
)
_ONE_AT_A_TIME = Text(en="name identifiers of one person", fr="citez les identifiants d'une seule personne")
_NOBODY_STAYS = Text(
    en="these are all identifiers of the person: nothing would be left to part from",
    fr="ce sont tous les identifiants de la personne : il ne resterait rien dont les séparer",
)
_NOTHING_DECIDED = Text(
    en="nothing is decided here that could be taken back", fr="il n'y a ici aucune décision à annuler"
)
