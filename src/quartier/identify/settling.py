"""What is held of persons and accounts, from what was said under each of their identifiers, as expressions.

What was said stays as it came (`person_said` and its history), whatever links join or part. The tables that everybody
reads are made of it: of a person with one identity they are a copy; of several, each trait has the value that was said
last, and the history is theirs in order of arrival, as if all had come under one identifier. A value that is said again
while it is held counts from when it was first held.
"""

from typing import TypeAlias

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Subject, ValueType
from quartier.engine import (
    IDENTITY,
    KEY,
    OCCURRED_AT,
    PUBLIC_ID,
    SAID_KNOWN_SCHEMA,
    SEQ,
    TRAIT,
    change_columns,
    dtype_of,
    kept_sql,
    parameter,
    said_change_schema,
    said_change_table,
    said_known_table,
    said_table,
    to_sql,
)
from quartier.identify.resolve import LEDGER, LEDGER_SCHEMA
from quartier.identify.rules import Ruled, in_effect

SETTLED, MEMBERS, ROWS, IDS = "staged_settled", "staged_members", "staged_rows", "staged_ids"
HISTORY = "staged_history"
SETTLED_SCHEMA = ibis.schema({"key": "int32", "is_moved": "boolean"})
MEMBERS_SCHEMA = ibis.schema({IDENTITY: "int32", "key": "int32", "is_alone": "boolean", "is_moved": "boolean"})
Rules: TypeAlias = tuple[Ruled, ...]
Columns: TypeAlias = tuple[tuple[str, dtypes.DataType], ...]
_TYPES = tuple(each for each in ValueType if each is not ValueType.LINES)


@kept_sql
def everybody_sql(subject: Subject) -> str:
    """Every key that somebody has, or that some identity belongs to."""
    held = ibis.table({KEY[subject]: "int32"}, name=subject).select(key=KEY[subject])
    ledger = ibis.table(LEDGER_SCHEMA, name=LEDGER)
    return to_sql(held.union(ledger.filter(ledger.subject == subject).select("key")).distinct())


@kept_sql
def members_sql(subject: Subject) -> str:
    """Of everyone who is settled the identities under which something came, and whether it is but one."""
    ledger, wanted = ibis.table(LEDGER_SCHEMA, name=LEDGER), ibis.table(SETTLED_SCHEMA, name=SETTLED)
    own = ledger.filter(ledger.subject == subject).join(wanted, "key").select("identity", "key", "is_moved")
    known = _known(subject)
    held = own.join(known, own.identity == known[IDENTITY]).select(IDENTITY, "key", "is_moved")
    alone = held.count().over(group_by=held.key) == 1
    return to_sql(held.select(IDENTITY, "key", "is_moved", is_alone=alone))


@kept_sql
def keys_without_row_sql(subject: Subject) -> str:
    """Who is new, in order of their keys."""
    held = ibis.table({KEY[subject]: "int32"}, name=subject)
    found = _members().select("key").distinct()
    return to_sql(found.anti_join(held, found.key == held[KEY[subject]]).order_by("key"))


@kept_sql
def rows_sql(subject: Subject, given: Columns, computed: Columns, rules: Rules = ()) -> str:
    """One row for everyone who is settled: what was said, and what models computed of who had the key before.

    Of each trait it is what was said last, unless a rule says otherwise.
    """
    said = ibis.table({IDENTITY: dtypes.int32, **dict(given)}, name=said_table(subject))
    members, names = _members(), [name for name, _ in given]
    alone = members.filter(members.is_alone).join(said, IDENTITY).select("key", *names)
    rows = alone.union(_chosen(subject, said, given))
    key, public = KEY[subject], PUBLIC_ID[subject]
    before = ibis.table({key: dtypes.int32, public: dtypes.string, **dict(computed)}, name=subject)
    ids = ibis.table({"id_key_": "int32", "id_": "string"}, name=IDS)
    joined = rows.left_join(before, rows.key == before[key]).left_join(ids, rows.key == ids.id_key_)
    own = {name: joined[name] for name in (*names, *(name for name, _ in computed))}
    if rules:
        by_rule = _by_rule(rules)
        joined = joined.left_join(by_rule, joined.key == by_rule.ruled_key_)
        own = {name: joined[name] for name in own} | {each.name: joined[f"ruled_{each.name}"] for each in rules}
    identified = {key: joined.key, public: ibis.coalesce(joined[public], joined.id_)}
    return to_sql(joined.select(**identified, **own), in_steps=True)


@kept_sql
def all_rows_sql(subject: Subject, given: Columns, computed: Columns) -> str:
    """The staged rows as they are."""
    columns = {KEY[subject]: dtypes.int32, PUBLIC_ID[subject]: dtypes.string, **dict(given), **dict(computed)}
    return to_sql(ibis.table(columns, name=ROWS).order_by(KEY[subject]))


@kept_sql
def count_sql(name: str) -> str:
    """How many keys are staged."""
    return to_sql(ibis.table({"key": "int32"}, name=name).count())


@kept_sql
def known_sql(subject: Subject) -> str:
    """Since when everyone who is settled is known."""
    found = _members().join(_known(subject), IDENTITY).group_by("key").agg(since=lambda r: r[OCCURRED_AT].min())
    return to_sql(found.select(**{KEY[subject]: found.key, OCCURRED_AT: found.since}))


@kept_sql
def new_changes_sql(subject: Subject, rules: Rules = ()) -> str:
    """What came from some number on for those whose other changes are there already."""
    members = _members()
    kept = members.filter(members.is_alone & ~members.is_moved)
    changes = _unruled(subject, rules)
    fresh = changes.filter(changes[SEQ] >= parameter("from_seq", dtypes.int64)).join(kept, IDENTITY)
    named = fresh.select(**{KEY[subject]: fresh.key}, **{name: fresh[name] for name in _own(subject)})
    return to_sql(named)


@kept_sql
def ordered_changes_sql(subject: Subject) -> str:
    """The staged changes in the order in which they are kept."""
    columns = {KEY[subject]: dtypes.int32, **{name: said_change_schema(subject)[name] for name in _own(subject)}}
    return to_sql(ibis.table(columns, name=ROWS).order_by(OCCURRED_AT, SEQ, TRAIT, KEY[subject]))


@kept_sql
def alone_changes_sql(subject: Subject, rules: Rules = ()) -> str:
    """All changes of those who have one identity and did not have the key before."""
    members, changes = _members(), _unruled(subject, rules)
    found = changes.join(members.filter(members.is_alone & members.is_moved), IDENTITY)
    return to_sql(found.select(**{KEY[subject]: found.key}, **{name: found[name] for name in _own(subject)}))


@kept_sql
def moved_sql() -> str:
    """The keys to which other identities belong than before."""
    wanted = ibis.table(SETTLED_SCHEMA, name=SETTLED)
    return to_sql(wanted.filter(wanted.is_moved).select("key"))


@kept_sql
def many_sql() -> str:
    """How many of the identities are not the only one of their person."""
    members = _members()
    return to_sql(members.filter(~members.is_alone).count())


@kept_sql
def extent_sql() -> str:
    """How many changes are staged, and the place of the first in the order of arrival."""
    rows = ibis.table({SEQ: "int64"}, name=ROWS)
    return to_sql(rows.agg(n=rows.count(), first=rows[SEQ].min().fill_null(0)))


@kept_sql
def firsts_sql(subject: Subject, name: str, type_: ValueType, of_everybody: bool = False) -> str:
    """The values of one trait with which identities arrived, of persons with several of them or of everybody."""
    dtype, (before, after) = dtype_of(type_), change_columns(type_)
    members, known = _members(), _known(subject)
    said = ibis.table({IDENTITY: dtypes.int32, name: dtype}, name=said_table(subject)).rename(held_=name)
    changes = _changes(subject)
    own = changes.filter(changes[TRAIT] == name)
    first = own.group_by(IDENTITY).agg(was_=own[before].argmin(own[SEQ]), first_=own[SEQ].min())
    wanted = members if of_everybody else members.filter(~members.is_alone)
    many = wanted.join(said, IDENTITY).join(known, IDENTITY)
    joined = many.left_join(first, IDENTITY)
    # argmin passes over empty values: whose first change came upon nothing arrived without a value.
    came_upon = own.filter(own[before].isnull()).select(IDENTITY, SEQ).rename(nothing_=IDENTITY, nothing_seq=SEQ)
    is_nothing = [joined[IDENTITY] == came_upon.nothing_, joined.first_ == came_upon.nothing_seq]
    joined = joined.left_join(came_upon, is_nothing)
    arrived = ibis.cases(
        (joined.nothing_.notnull(), ibis.null(dtype)), (joined.first_.notnull(), joined.was_), else_=joined.held_
    )
    told = joined.select(
        IDENTITY,
        "key",
        **{OCCURRED_AT: joined[OCCURRED_AT], SEQ: joined[SEQ], TRAIT: ibis.literal(name), after: arrived},
    )
    return to_sql(told.filter(told[after].notnull()))


@kept_sql
def later_sql(subject: Subject, rules: Rules = ()) -> str:
    """The changes of persons with several identities, and of traits with a rule, as what was said."""
    joined = _changes(subject).join(_members(), IDENTITY)
    found = joined.filter(~joined.is_alone | joined[TRAIT].isin([each.name for each in rules]))
    after = [change_columns(type_)[1] for type_ in _TYPES]
    return to_sql(found.select(IDENTITY, "key", OCCURRED_AT, SEQ, TRAIT, *after))


@kept_sql
def many_changes_sql(subject: Subject, rules: Rules = ()) -> str:
    """The changes of persons with several identities, and of traits with a rule: what takes another value's place.

    All of those who have other identities than before; of the others those from some number on.
    """
    told = in_effect(ibis.table(history_schema(), name=HISTORY), rules)
    known = _members().join(_known(subject), IDENTITY).group_by("key", "is_moved").agg(since_=lambda r: r[SEQ].min())
    told = told.join(known, "key")
    earlier = ibis.window(group_by=[told.key, told[TRAIT]], order_by=[told[SEQ], told[IDENTITY]])
    columns = [change_columns(type_) for type_ in _TYPES]
    both = told.mutate(**{before: told[after].lag().over(earlier) for before, after in columns})
    is_other = ibis.or_(*(~both[after].identical_to(both[before]) for before, after in columns))
    is_fresh = both.is_moved | (both[SEQ] >= parameter("from_seq", dtypes.int64))
    found = both.filter(is_other & is_fresh & (both[SEQ] > both.since_))
    named = found.select(**{KEY[subject]: found.key}, **{name: found[name] for name in _own(subject)})
    return to_sql(named, in_steps=True)


def _chosen(subject: Subject, said: ir.Table, given: Columns) -> ir.Table:
    """Of persons with several identities, of each trait the value that was said last."""
    members, known = _members(), _known(subject)
    changes = _changes(subject)
    since = changes.semi_join(members.filter(~members.is_alone), IDENTITY).group_by(IDENTITY).agg(
        **{f"since_{place}": changes[SEQ].max(where=changes[TRAIT] == name) for place, (name, _) in enumerate(given)},
        **({} if given else {"since_": changes[SEQ].max()}),
    )  # fmt: skip
    many = members.filter(~members.is_alone).join(said, IDENTITY)
    many = many.join(known.select(IDENTITY, known_=known[SEQ]), IDENTITY).left_join(since, IDENTITY)
    chosen = {}
    for place, (name, _) in enumerate(given):
        order = ibis.struct({"seq": ibis.coalesce(many[f"since_{place}"], many.known_), "identity": many[IDENTITY]})
        chosen[name] = many[name].argmax(order, where=many[name].notnull())
    grouped = many.group_by("key").agg(**chosen) if chosen else many.select("key").distinct()
    return grouped.select("key", *chosen)


def _by_rule(rules: Rules) -> ir.Table:
    """Of everyone who is settled the values that rules choose: those that took effect last."""
    told = in_effect(ibis.table(history_schema(), name=HISTORY), rules)
    order = ibis.struct({"seq": told[SEQ], "identity": told[IDENTITY]})
    chosen = {
        f"ruled_{each.name}": told[change_columns(each.type)[1]].argmax(order, where=told[TRAIT] == each.name)
        for each in rules
    }
    return told.group_by(ruled_key_=told.key).agg(**chosen)


def _unruled(subject: Subject, rules: Rules) -> ir.Table:
    """The changes of traits that have the value that was said last."""
    changes = _changes(subject)
    return changes.filter(changes[TRAIT].notin([each.name for each in rules])) if rules else changes


def _members() -> ir.Table:
    return ibis.table(MEMBERS_SCHEMA, name=MEMBERS)


def _known(subject: Subject) -> ir.Table:
    return ibis.table(SAID_KNOWN_SCHEMA, name=said_known_table(subject))


def _changes(subject: Subject) -> ir.Table:
    return ibis.table(said_change_schema(subject), name=said_change_table(subject))


def _own(subject: Subject) -> list[str]:
    return [name for name in said_change_schema(subject) if name != IDENTITY]


def history_schema() -> ibis.Schema:
    """Columns of what was ever said: under which identity, of whom, when, of which trait, and what."""
    after = {change_columns(type_)[1]: dtype_of(type_) for type_ in _TYPES}
    fixed = {IDENTITY: dtypes.int32, "key": dtypes.int32, OCCURRED_AT: dtypes.timestamp, SEQ: dtypes.int64}
    return ibis.schema({**fixed, TRAIT: dtypes.string, **after})
