"""What the profile of an account asks of the engine, as expressions that are compiled once."""

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.engine import EVENT_ID, KEY, OCCURRED_AT, PUBLIC_ID, kept_sql, parameter, to_sql
from quartier.identify.accounts.memberships import MEMBERS, MEMBERS_SCHEMA

ACCOUNT, PERSON = KEY["account"], KEY["person"]
PUBLIC = PUBLIC_ID["account"]
Columns = tuple[tuple[str, dtypes.DataType], ...]


@kept_sql
def exact_sql(names: tuple[str, ...], most: int) -> str:
    """The accounts of which the public id or one of some traits is exactly a text, and which of them it is."""
    table = _accounts(names)
    asked = parameter("text", dtypes.string)
    by = ibis.cases(*((table[name] == asked, name) for name in (PUBLIC, *names)))
    found = table.mutate(by=by).filter(lambda r: r.by.notnull())
    return to_sql(found.select(ACCOUNT, "by").order_by(ACCOUNT).limit(most))


@kept_sql
def row_sql(columns: Columns) -> str:
    """The public id and the traits of one account."""
    table = ibis.table({ACCOUNT: dtypes.int32, PUBLIC: dtypes.string, **dict(columns)}, name="account")
    return to_sql(table.filter(table[ACCOUNT] == parameter("key", dtypes.int32)).drop(ACCOUNT))


@kept_sql
def members_sql(most: int) -> str:
    """The members of one account, those of now first, then those who left last; with how many there are in all."""
    own = _members().select(PERSON, "role", "since", "until", "by")
    counted = own.mutate(
        in_all=own.count().over(), former=own.until.notnull().cast(dtypes.int64).sum().over()
    )  # fmt: skip
    order = [ibis.ifelse(counted.until.isnull(), 0, 1), ibis.desc(counted.until), counted[PERSON]]
    return to_sql(counted.order_by(order).limit(most))


@kept_sql
def of_person_sql(most: int) -> str:
    """The accounts that one person is or was a member of, those of now first."""
    members = ibis.table(MEMBERS_SCHEMA, name=MEMBERS)
    own = members.filter(members[PERSON] == parameter("person", dtypes.int32))
    found = own.select(ACCOUNT, "role", "since", "until", "by")
    order = [ibis.ifelse(found.until.isnull(), 0, 1), ibis.desc(found.until), found[ACCOUNT]]
    return to_sql(found.order_by(order).limit(most))


@kept_sql
def in_order_sql(most: int) -> str:
    """The keys of accounts in their order, after one."""
    table = _accounts(())
    return to_sql(
        table.filter(table[ACCOUNT] > parameter("after", dtypes.int32)).select(ACCOUNT).order_by(ACCOUNT).limit(most)
    )


@kept_sql
def happened_sql(table: str, most: int) -> str:
    """The newest events of one type of the persons of an account while they were members, up to an instant."""
    events = ibis.table({PERSON: dtypes.int32, EVENT_ID: dtypes.string, OCCURRED_AT: dtypes.timestamp}, name=table)
    own = _members().select("since", "until", whose=PERSON).distinct()
    joined = events.filter(events[OCCURRED_AT] <= parameter("until", dtypes.timestamp)).join(
        own, events[PERSON] == own.whose
    )
    within = joined.filter(
        joined.since.isnull() | (joined[OCCURRED_AT] >= joined.since),
        joined.until.isnull() | (joined[OCCURRED_AT] < joined.until),
    )
    newest = within.select(PERSON, EVENT_ID, OCCURRED_AT).distinct()
    return to_sql(newest.order_by(ibis.desc(OCCURRED_AT), ibis.desc(EVENT_ID)).limit(most))


def _members() -> ir.Table:
    members = ibis.table(MEMBERS_SCHEMA, name=MEMBERS)
    return members.filter(members[ACCOUNT] == parameter("key", dtypes.int32))


def _accounts(names: tuple[str, ...]) -> ir.Table:
    columns = {ACCOUNT: dtypes.int32, PUBLIC: dtypes.string, **dict.fromkeys(names, dtypes.string)}
    return ibis.table(columns, name="account")
