"""Which persons belong to which accounts: a table of its own, since a person may belong to several.

A person belongs to the account whose identifier a trait of hers holds (one that means `account_id`), once the account
itself has been collected: which of the two arrives first does not matter.
"""

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir
import pyarrow as pa

from quartier.catalog import Catalog, Meaning, ValueType
from quartier.engine import BELONGING, BELONGING_SCHEMA, KEY, DuckDBEngine, Query, dtype_of, kept_sql, to_sql
from quartier.identify.resolve import ledger

ACCOUNT_ID = "account_id"
LINKS_NOW = "staged_links"
"""The links as they are to be, staged."""
JOINED = "account_joined"
"""The table of who is joined to an account by a rule, and by which one: no trait of theirs names it."""

JOINED_SCHEMA = ibis.schema({KEY["account"]: dtypes.int32, KEY["person"]: dtypes.int32, "by": dtypes.string})
ACCOUNTS_MARK = "quartier_accounts_mark"
"""The table that says how far the computed traits of accounts have come."""

Naming = tuple[tuple[str, ValueType], ...]


def no_links() -> pa.Table:
    """The links of nobody; made when it is asked for, since Arrow's first array loads pandas."""
    return pa.table({key: pa.array([], pa.int32()) for key in BELONGING_SCHEMA})


def has_accounts(engine: DuckDBEngine) -> bool:
    """Whether there is any account."""
    ((found,),) = engine.rows(Query(_first_account_sql()))
    return found is not None


def naming_accounts(catalog: Catalog) -> Naming:
    """The traits of persons that hold the identifier of an account, with their types."""
    found = [each for each in catalog.traits if each.of == "person" and each.meaning is Meaning.ACCOUNT_ID]
    return tuple((each.name, each.type) for each in found)


@kept_sql
def links_sql(traits: Naming) -> str:
    """The links that some traits make, in order of the accounts, each once."""
    named = [_named_by(name, type_) for name, type_ in traits]
    held = ibis.union(*named) if len(named) > 1 else named[0]
    accounts = ledger("account", ACCOUNT_ID).select("value", **{KEY["account"]: "key"})
    links = held.join(accounts, held.named == accounts.value).select(*BELONGING_SCHEMA).distinct()
    return to_sql(links.order_by(KEY["account"], KEY["person"]))


@kept_sql
def joined_links_sql() -> str:
    """The links of persons who are joined to accounts by rules, beside those that are staged."""
    joined = ibis.table(JOINED_SCHEMA, name=JOINED)
    persons = ibis.table({KEY["person"]: dtypes.int32}, name="person")
    own = joined.select(*BELONGING_SCHEMA).distinct().semi_join(persons, KEY["person"])
    return to_sql(own.anti_join(_links(LINKS_NOW), list(BELONGING_SCHEMA)).select(*BELONGING_SCHEMA))


@kept_sql
def links_now_sql() -> str:
    """The links as they are to be."""
    return to_sql(_links(LINKS_NOW).order_by(KEY["account"], KEY["person"]))


@kept_sql
def moved_links_sql() -> str:
    """The links that are to come and those that are to go."""
    now, before, keys = _links(LINKS_NOW), _links(BELONGING), list(BELONGING_SCHEMA)
    return to_sql(now.anti_join(before, keys).union(before.anti_join(now, keys)))


def _links(table: str) -> ir.Table:
    return ibis.table(BELONGING_SCHEMA, name=table)


def _named_by(trait: str, type_: ValueType) -> ir.Table:
    persons = ibis.table({KEY["person"]: dtypes.int32, trait: dtype_of(type_)}, name="person")
    named = persons.select(KEY["person"], named=persons[trait].cast(dtypes.string))
    return named.filter(named.named.notnull())


@kept_sql
def _first_account_sql() -> str:
    accounts = ibis.table({KEY["account"]: dtypes.int32}, name="account")
    return to_sql(accounts.agg(first=accounts[KEY["account"]].min()))
