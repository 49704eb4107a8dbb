"""Who is it: gives every identifier of staged rows its number, and says what was seen together, as expressions.

1. Every identifier is an identity of its own, numbered when it is first seen, in order of the rows.
2. Identifiers in one record are linked: the strongest (user id, e-mail, phone, anonymous id) with each of the others.
3. A row belongs to the identity of its strongest identifier; whose person that is, links say (`components`).
"""

from collections.abc import Sequence

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Subject
from quartier.engine import IDENTITY
from quartier.identify.components import Reason

LEDGER, LINKS = "quartier_ledger", "quartier_links"
"""The engine's copies of the store's ledgers of identifiers and of links."""

LEDGER_SCHEMA = ibis.schema(
    {
        "subject": "string", "kind": "string", "value": "string", "identity": "int32", "key": "int32",
        "cluster": "int32", "own_key": "int32",
    }
)  # fmt: skip
LINKS_SCHEMA = ibis.schema(
    {"subject": "string", "a": "int32", "b": "int32", "reason": "int16", "probability": "float64", "number": "int64"}
)
FRESH, PAIRS, TOUCHED, PLACED = "staged_fresh", "staged_pairs", "staged_touched", "staged_placed"
FRESH_SCHEMA = ibis.schema({"kind": "string", "value": "string", "identity": "int32", "first_": "int64"})
PAIRS_SCHEMA = ibis.schema({"a": "int32", "b": "int32", "weaker_": "int32", "kind": "string", "first_": "int64"})
TOUCHED_SCHEMA = ibis.schema({"identity": "int32"})
PLACED_SCHEMA = ibis.schema({"identity": "int32", "key": "int32", "cluster": "int32", "own_key": "int32"})
FIRST = "first_"
USER = "user_id"


def ledger(subject: Subject, kind: str) -> ir.Table:
    """The known identifiers of one kind: value, identity and the key of whose they are."""
    table = ibis.table(LEDGER_SCHEMA, name=LEDGER)
    return table.filter(lambda r: (r.subject == subject) & (r.kind == kind)).select("value", "identity", "key")


def combinations(rows: ir.Table, kinds: Sequence[str], line: str) -> ir.Table:
    """The distinct combinations of identifiers, each with its first line."""
    held = rows.filter(lambda r: ibis.or_(*(r[kind].notnull() for kind in kinds)))
    return held.group_by(list(kinds)).agg(**{FIRST: lambda r: r[line].min()})


def fresh_identifiers(who: ir.Table, kinds: Sequence[str], subject: Subject, next_identity: ir.Value) -> ir.Table:
    """The identifiers that the ledger lacks, numbered in order of their first rows, the strongest first."""
    found = []
    for strength, kind in enumerate(kinds):
        values = who.filter(who[kind].notnull()).group_by(value=who[kind]).agg(**{FIRST: lambda r: r[FIRST].min()})
        # The ledger is large, a chunk of messages small: the ledger passes by the few, and no index of it all is made.
        known = ledger(subject, kind).semi_join(values, "value").select("value")
        unknown = values.anti_join(known, "value")
        found.append(unknown.mutate(kind=ibis.literal(kind), strength=ibis.literal(strength)))
    every = ibis.union(*found) if len(found) > 1 else found[0]
    place = ibis.row_number().over(order_by=[every[FIRST], every.strength, every.value])
    return every.select("kind", "value", FIRST, identity=(place + next_identity).cast(dtypes.int32))


def pairs(who: ir.Table, kinds: Sequence[str], subject: Subject) -> ir.Table:
    """What was seen together: the strongest identity of a combination with each of the others, and its first line."""
    table = _with_identities(who, kinds, subject)
    strongest = ibis.coalesce(*(table[_identity(kind)] for kind in kinds))
    found = []
    for kind in kinds[1:]:
        weaker = table[_identity(kind)]
        both = table.filter(weaker.notnull(), weaker != strongest)
        found.append(both.select(FIRST, strongest_=strongest, weaker_=weaker, kind=ibis.literal(kind)))
    every = ibis.union(*found) if len(found) > 1 else found[0]
    ends = {"a": ibis.least(every.strongest_, every.weaker_), "b": ibis.greatest(every.strongest_, every.weaker_)}
    named = every.mutate(**ends)
    return named.group_by("a", "b", "weaker_", "kind").agg(**{FIRST: lambda r: r[FIRST].min()})


def fresh_pairs(subject: Subject) -> ir.Table:
    """The pairs that no link tells of as yet, in order of their first rows."""
    together, known = ibis.table(PAIRS_SCHEMA, name=PAIRS), ibis.table(LINKS_SCHEMA, name=LINKS)
    of_records = known.filter(known.subject == subject, known.reason == int(Reason.RECORD))
    unknown = together.anti_join(of_records, ["a", "b"])
    ordered = unknown.group_by("a", "b").agg(**{FIRST: lambda r: r[FIRST].min()})
    return ordered.order_by(FIRST, "a", "b")


def members(subject: Subject) -> ir.Table:
    """The identities of the clusters that are touched: who they are, and where they belong."""
    known, touched = ibis.table(LEDGER_SCHEMA, name=LEDGER), ibis.table(TOUCHED_SCHEMA, name=TOUCHED)
    own = known.filter(known.subject == subject)
    clusters = own.semi_join(touched, "identity").select("cluster").distinct()
    found = own.semi_join(clusters, "cluster")
    return found.select("identity", "key", "cluster", "own_key", is_user=found.kind == USER).order_by("identity")


def links_among(subject: Subject) -> ir.Table:
    """The links between identities that are staged as touched."""
    links, touched = ibis.table(LINKS_SCHEMA, name=LINKS), ibis.table(TOUCHED_SCHEMA, name=TOUCHED)
    own = links.filter(links.subject == subject)
    ends = touched.select(a=touched.identity), touched.select(b=touched.identity)
    return own.semi_join(ends[0], "a").semi_join(ends[1], "b").drop("subject").order_by("number")


def partners(subject: Subject) -> ir.Table:
    """With which others the touched identities are linked: (identity, partner), each pair once."""
    links, touched = ibis.table(LINKS_SCHEMA, name=LINKS), ibis.table(TOUCHED_SCHEMA, name=TOUCHED)
    own = links.filter(links.subject == subject)
    sides = own.select(identity=own.a, partner=own.b).union(own.select(identity=own.b, partner=own.a))
    return sides.semi_join(touched, "identity").distinct()


def doubtful(subject: Subject, most: ir.Value) -> ir.Table:
    """The identities of clusters with several user ids, or with more identifiers than a person may have."""
    known = ibis.table(LEDGER_SCHEMA, name=LEDGER)
    own = known.filter(known.subject == subject)
    many = own.group_by("cluster").having(
        lambda r: ((r.kind == USER).cast("int64").sum() > 1) | (r.count() > most)
    ).agg(n=lambda r: r.count())  # fmt: skip
    return own.semi_join(many, "cluster").select("identity").order_by("identity")


def of_too_many(subject: Subject, users: ir.Value, partners_: ir.Value) -> ir.Table:
    """Identities that come with too many others, but user ids: (identity, customers, others), the worst first."""
    known, links = ibis.table(LEDGER_SCHEMA, name=LEDGER), ibis.table(LINKS_SCHEMA, name=LINKS)
    own, held = links.filter(links.subject == subject), known.filter(known.subject == subject)
    sides = own.select(identity=own.a, partner=own.b).union(own.select(identity=own.b, partner=own.a)).distinct()
    kinds = held.select(partner=held.identity, is_user=(held.kind == USER).cast("int64"))
    counted = sides.join(kinds, "partner").group_by("identity").agg(
        customers=lambda r: r.is_user.sum(), others=lambda r: r.count()
    )  # fmt: skip
    many = counted.filter((counted.customers > users) | (counted.others > partners_))
    weak = held.filter(held.kind != USER).select("identity")
    found = many.semi_join(weak, "identity").select("identity", "customers", "others")
    return found.order_by([ibis.desc("customers"), ibis.desc("others"), "identity"])


def users_among(subject: Subject) -> ir.Table:
    """Which of the touched identities are user ids."""
    known, touched = ibis.table(LEDGER_SCHEMA, name=LEDGER), ibis.table(TOUCHED_SCHEMA, name=TOUCHED)
    users = known.filter(known.subject == subject, known.kind == USER)
    return users.semi_join(touched, "identity").select("identity")


def of_kinds_among(subject: Subject, kinds: Sequence[str]) -> ir.Table:
    """Which of the touched identities are of some kinds."""
    known, touched = ibis.table(LEDGER_SCHEMA, name=LEDGER), ibis.table(TOUCHED_SCHEMA, name=TOUCHED)
    own = known.filter(known.subject == subject, known.kind.isin(list(kinds)))
    return own.semi_join(touched, "identity").select("identity")


def fresh_numbers() -> ir.Table:
    """The fresh identities in order, their kinds, whether each is a user id, and its first row."""
    fresh = ibis.table(FRESH_SCHEMA, name=FRESH)
    return fresh.select("identity", "kind", FIRST, is_user=fresh.kind == USER).order_by("identity")


def placed_identifiers(subject: Subject) -> ir.Table:
    """The fresh identifiers with where they belong, as the ledger holds them, in order of their numbers."""
    fresh, placed = ibis.table(FRESH_SCHEMA, name=FRESH), ibis.table(PLACED_SCHEMA, name=PLACED)
    joined = fresh.join(placed, "identity").mutate(subject=ibis.literal(subject))
    return joined.select(*LEDGER_SCHEMA.names).order_by("identity")


def keyed_rows(rows: ir.Table, kinds: Sequence[str], subject: Subject, key: str) -> ir.Table:
    """Rows with the identity of their strongest identifier, and the key of whose it is."""
    table = _with_identities(rows, kinds, subject)
    names = [_identity(kind) for kind in kinds]
    owned = table.mutate(**{IDENTITY: ibis.coalesce(*(table[name] for name in names))}).drop(*names)
    joined = owned.left_join(_keys(subject), owned[IDENTITY] == _keys(subject).identity_)
    return joined.mutate(**{key: joined.key_}).drop("identity_", "key_")


def apart(subject: Subject) -> ir.Table:
    """The pairs whose two sides are not one person: the weaker identities of each kind, counted."""
    together, keys = ibis.table(PAIRS_SCHEMA, name=PAIRS), _keys(subject)
    one, other = keys.rename(a="identity_", key_a="key_"), keys.rename(b="identity_", key_b="key_")
    both = together.join(one, "a").join(other, "b")
    return both.filter(both.key_a != both.key_b).group_by("kind").agg(n=lambda r: r.weaker_.nunique())


def _with_identities(rows: ir.Table, kinds: Sequence[str], subject: Subject) -> ir.Table:
    """Rows with the identity of each of their identifiers, of the ledger and fresh ones."""
    fresh, table = ibis.table(FRESH_SCHEMA, name=FRESH), rows
    for kind in kinds:
        own = fresh.filter(fresh.kind == kind).select("value", "identity")
        known = ledger(subject, kind).drop("key").union(own)
        known = known.rename({f"{kind}_value_": "value", _identity(kind): "identity"})
        table = table.left_join(known, table[kind] == known[f"{kind}_value_"]).drop(f"{kind}_value_")
    return table


def _keys(subject: Subject) -> ir.Table:
    """The key of each identity, as it is from now on."""
    known, placed = ibis.table(LEDGER_SCHEMA, name=LEDGER), ibis.table(PLACED_SCHEMA, name=PLACED)
    kept = known.filter(known.subject == subject).anti_join(placed, "identity").select("identity", "key")
    return kept.union(placed.select("identity", "key")).rename(identity_="identity", key_="key")


def _identity(kind: str) -> str:
    return f"{kind}_identity_"
