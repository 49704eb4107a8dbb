"""Who is it: gives every identifier of a file its key, as expressions over staged tables.

The rule, one kind of identifier after the other, the strongest first (user id, e-mail, phone, anonymous id):

1. An identifier in the ledger keeps its key, for ever.
2. One that is new takes the key of the strongest identifier beside it on its first row.
3. Has it none stronger, it takes the key that a weaker one beside it has, unless that key has one of its kind already:
   a visitor who signs up stays one person, and two customers who share an e-mail stay two.
4. Else it is somebody new: the next key.

A row belongs to the key of its strongest identifier.
"""

from collections.abc import Sequence

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Subject

LEDGER = "quartier_ledger"
"""The engine's copy of the store's ledger."""

LEDGER_SCHEMA = ibis.schema({"subject": "string", "kind": "string", "value": "string", "key": "int32"})
FIRST, KEY = "first_", "key_"


def ledger(subject: Subject, kind: str) -> ir.Table:
    """The known identifiers of one kind: value and key."""
    table = ibis.table(LEDGER_SCHEMA, name=LEDGER)
    return table.filter(lambda r: (r.subject == subject) & (r.kind == kind)).select("value", "key")


def combinations(rows: ir.Table, kinds: Sequence[str], line: str) -> ir.Table:
    """The distinct combinations of identifiers, each with its first line and no key as yet."""
    held = rows.filter(lambda r: ibis.or_(*(r[kind].notnull() for kind in kinds)))
    return held.group_by(list(kinds)).agg(**{FIRST: lambda r: r[line].min()}).mutate(
        **{KEY: ibis.null(dtypes.int32)}
    )  # fmt: skip


def fresh_identifiers(
    who: ir.Table, kind: str, weaker: Sequence[str], subject: Subject, next_key: int | ir.Value
) -> ir.Table:
    """The identifiers of one kind that the ledger lacks, with the keys that they are given."""
    values = who.filter(lambda r: r[kind].notnull()).group_by(value=who[kind]).agg(
        first_=lambda r: r[FIRST].min(),
        stronger=lambda r: r[KEY].argmin(r[FIRST]),
        **{each: _first_of(each) for each in weaker},
    )  # fmt: skip
    unknown = values.anti_join(ledger(subject, kind), "value")
    candidate = _with_candidate(unknown, kind, weaker, subject)
    is_first = ibis.row_number().over(group_by="candidate", order_by=FIRST) == 0
    settled = candidate.mutate(
        settled=ibis.coalesce(candidate.stronger, ibis.ifelse(is_first, candidate.candidate, None))
    )
    place = ibis.row_number().over(group_by=settled.settled.isnull(), order_by=[settled[FIRST], settled.value])
    return settled.select(
        subject=ibis.literal(subject),
        kind=ibis.literal(kind),
        value=settled.value,
        key=ibis.coalesce(settled.settled, (place + next_key).cast(dtypes.int32)),
    )


def with_key(who: ir.Table, kind: str, fresh: ir.Table, subject: Subject) -> ir.Table:
    """The combinations, those with this identifier and no stronger one given its key."""
    known = ledger(subject, kind).union(fresh.select("value", "key")).rename(found_value="value", found_key="key")
    joined = who.left_join(known, who[kind] == known.found_value)
    keyed = joined.mutate(**{KEY: ibis.coalesce(joined[KEY], joined.found_key)})
    return keyed.select(*who.columns)


def keyed_rows(rows: ir.Table, kinds: Sequence[str], fresh: ir.Table, subject: Subject, key: str) -> ir.Table:
    """Rows with the key of their strongest identifier."""
    table, found = rows, []
    for kind in kinds:
        own = fresh.filter(lambda r, kind=kind: (r.kind == kind) & (r.subject == subject)).select("value", "key")
        known = ledger(subject, kind).union(own).rename({f"{kind}_value": "value", f"{kind}_key": "key"})
        table = table.left_join(known, table[kind] == known[f"{kind}_value"]).drop(f"{kind}_value")
        found.append(f"{kind}_key")
    return table.mutate(**{key: ibis.coalesce(*(table[each] for each in found))}).drop(*found)


def shared(who: ir.Table, kind: str, fresh: ir.Table, subject: Subject) -> ir.Table:
    """How many identifiers of a kind are beside persons who are not theirs: kept apart, and told."""
    known = ledger(subject, kind).union(fresh.select("value", "key")).rename(found_value="value", found_key="key")
    joined = who.join(known, who[kind] == known.found_value)
    return joined.filter(lambda r: r[KEY] != r.found_key).agg(n=lambda r: r[kind].nunique())


def _first_of(kind: str):  # type: ignore[no-untyped-def]  # a deferred expression of Ibis, which has no type
    return lambda r: r[kind].argmin(r[FIRST])


def _with_candidate(unknown: ir.Table, kind: str, weaker: Sequence[str], subject: Subject) -> ir.Table:
    """The key that a weaker identifier has, where it has no identifier of this kind."""
    taken = ledger(subject, kind).select(taken="key").distinct()
    table, found = unknown, []
    for each in weaker:
        known = ledger(subject, each)
        known = known.anti_join(taken, known.key == taken.taken)
        known = known.rename({f"{each}_value": "value", f"{each}_key": "key"})
        table = table.left_join(known, table[each] == known[f"{each}_value"]).drop(f"{each}_value")
        found.append(f"{each}_key")
    candidate = ibis.coalesce(*(table[each] for each in found)) if found else ibis.null(dtypes.int32)
    return table.mutate(candidate=candidate).select("value", FIRST, "stronger", "candidate")
