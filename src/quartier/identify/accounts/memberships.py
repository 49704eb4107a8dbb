"""Which persons are and were members of which accounts, in what role and since when: expressions over the tables.

A person is a member of the account whose identifier a trait of hers holds, as `identify.links` has it. The changes of
that trait tell since when, and of which accounts she was a member before: nothing of a change of employer is lost. The
first account that is told has no beginning, for when it is told is not when it began.
"""

from dataclasses import dataclass

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Catalog, Meaning, ValueType
from quartier.engine import (
    KEY,
    OCCURRED_AT,
    SEQ,
    TRAIT,
    change_columns,
    change_schema,
    change_table,
    dtype_of,
    kept_sql,
    to_sql,
)
from quartier.identify.links import ACCOUNT_ID, JOINED, JOINED_SCHEMA, Naming, naming_accounts
from quartier.identify.resolve import ledger

MEMBERS = "account_member"
"""The table of memberships: those that last have no `until`, those that were there from the start no `since`."""

MEMBERS_SCHEMA = ibis.schema(
    {KEY["account"]: dtypes.int32, KEY["person"]: dtypes.int32, "role": dtypes.string, "since": dtypes.timestamp,
     "until": dtypes.timestamp, "by": dtypes.string}
)  # fmt: skip

WHO = "staged_member_persons"
"""The persons whose memberships are written anew, staged."""

ROLES = "staged_member_roles"
"""The roles as they are written, and as they are kept, staged."""

BY_TRAIT = "trait"
"""The person's own trait names the account."""


@dataclass(frozen=True)
class Sources:
    """The traits of persons that tell of accounts.

    Attributes:
        naming: those that hold an account's identifier, with their types.
        role: that which says what the person is in the account, if there is one.
    """

    naming: Naming
    role: str | None

    @classmethod
    def of(cls, catalog: Catalog) -> "Sources":
        """The traits of a catalog."""
        role = catalog.with_meaning(Meaning.ACCOUNT_ROLE)
        return cls(naming_accounts(catalog), role.name if role and role.type is ValueType.TEXT else None)


@kept_sql
def roles_sql(role: str) -> str:
    """The roles as they are written, each once."""
    persons = ibis.table({role: dtypes.string}, name="person")
    return to_sql(persons.select(written=role).filter(lambda r: r.written.notnull()).distinct())


@kept_sql
def members_sql(sources: Sources, has_joined: bool = False) -> str:
    """The memberships of the staged persons; nothing comes twice."""
    held = [_current(each, sources.role) for each in sources.naming] or [_nobody()]
    now = ibis.union(*held) if len(held) > 1 else held[0]
    now = now.group_by(KEY["account"], KEY["person"]).agg(
        role=lambda r: r.role.max(),
        # From the start, if one of her traits named the account from the start.
        since=lambda r: ibis.ifelse(r.since.isnull().any(), ibis.null(dtypes.timestamp), r.since.min()),
    )
    now = now.mutate(until=ibis.null(dtypes.timestamp), by=ibis.literal(BY_TRAIT)).select(*MEMBERS_SCHEMA)
    before = [_former(*each) for each in sources.naming]
    if len(before) > 1:  # what one trait says no longer, another may say still: nobody is counted twice
        before = [each.anti_join(now, [KEY["account"], KEY["person"]]) for each in before]
    every = ibis.union(now, *before, *([_joined(now)] if has_joined else [])).distinct()
    return to_sql(every.order_by(KEY["account"], KEY["person"], "since"), in_steps=True)


def _current(trait: tuple[str, ValueType], role: str | None) -> ir.Table:
    """Who is a member now by one trait."""
    name, type_ = trait
    columns = {KEY["person"]: dtypes.int32, name: dtype_of(type_)} | ({role: dtypes.string} if role else {})
    persons = ibis.table(columns, name="person")
    persons = persons.semi_join(_who(), KEY["person"])
    own = {"named": persons[name].cast(dtypes.string), "written": persons[role] if role else ibis.null(dtypes.string)}
    held = _of_accounts(persons.select(KEY["person"], **own).filter(lambda r: r.named.notnull()))
    changes, before = _changes(name), change_columns(type_)[0]
    last = changes.group_by(KEY["person"]).agg(at=changes[OCCURRED_AT].max(), was=changes[before].notnull().any())
    since = last.filter(last.was).select(whose=last[KEY["person"]], since=last["at"])
    roles = ibis.table({"written": "string", "role": "string"}, name=ROLES).rename(as_written="written")
    told = held.left_join(since, held[KEY["person"]] == since.whose)
    told = told.left_join(roles, told.written == roles.as_written)
    return told.select(KEY["account"], KEY["person"], "role", "since")


def _joined(now: ir.Table) -> ir.Table:
    """Who is a member by a rule, and by no trait."""
    joined = ibis.table(JOINED_SCHEMA, name=JOINED).semi_join(_who(), KEY["person"])
    others = joined.anti_join(now, [KEY["account"], KEY["person"]])
    empty = {name: ibis.null(MEMBERS_SCHEMA[name]) for name in ("role", "since", "until")}
    return others.mutate(**empty).select(*MEMBERS_SCHEMA)


def _nobody() -> ir.Table:
    """No member at all: where no trait names accounts."""
    columns = (KEY["account"], KEY["person"], "role", "since")
    nobody = _who().filter(ibis.literal(False))
    return nobody.select(
        **{name: ibis.null(MEMBERS_SCHEMA[name]) for name in columns if name != KEY["person"]},
        **{KEY["person"]: nobody[KEY["person"]]},
    ).select(*columns)


def _former(name: str, type_: ValueType) -> ir.Table:
    """Who was a member by one trait before another value was told."""
    changes, column = _changes(name), change_columns(type_)[0]
    order = [changes[OCCURRED_AT], changes[SEQ]]
    earlier = ibis.window(group_by=changes[KEY["person"]], order_by=order)
    known = ibis.window(group_by=changes[KEY["person"]], order_by=order, preceding=(None, 1))
    was_known = changes[column].notnull().cast(dtypes.int64).sum().over(known).fill_null(0) > 0
    spells = changes.select(
        KEY["person"],
        named=changes[column].cast(dtypes.string),
        since=ibis.ifelse(was_known, changes[OCCURRED_AT].lag().over(earlier), ibis.null(dtypes.timestamp)),
        until=changes[OCCURRED_AT],
    )
    spells = spells.filter(lambda r: r.named.notnull() & (r.since.isnull() | (r.since < r.until)))
    told = _of_accounts(spells)
    return told.mutate(role=ibis.null(dtypes.string), by=ibis.literal(BY_TRAIT)).select(*MEMBERS_SCHEMA)


def _changes(trait: str) -> ir.Table:
    changes = ibis.table(change_schema("person"), name=change_table("person"))
    return changes.filter(changes[TRAIT] == trait).semi_join(_who(), KEY["person"])


def _of_accounts(named: ir.Table) -> ir.Table:
    accounts = ledger("account", ACCOUNT_ID).select(identifier="value", **{KEY["account"]: "key"})
    return named.join(accounts, named.named == accounts.identifier)


def _who() -> ir.Table:
    return ibis.table({KEY["person"]: dtypes.int32}, name=WHO)
