"""How far the traits of accounts have come: in what changed, in time, and by which rules."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import pyarrow as pa

from quartier.catalog import Catalog, Meaning
from quartier.config import Config
from quartier.engine import DuckDBEngine, Query, naive_utc, to_sql
from quartier.engine.feed import FEED
from quartier.identify.links import ACCOUNTS_MARK as MARK

_SCHEMA = ibis.schema({"fed": "int64", "as_of": "timestamp", "rules": "string"})
_ARROW = pa.schema({"fed": pa.int64(), "as_of": pa.timestamp("us"), "rules": pa.string()})
VERSION = 1
"""To be raised with any change of what the traits mean, so that all are computed anew."""


@dataclass(frozen=True)
class Mark:
    """Where the traits stand.

    Attributes:
        fed: how much of what changed they follow.
        as_of: the instant that they looked from.
        rules: a digest of all that decides their meaning.
    """

    fed: int
    as_of: dt.datetime
    rules: str


def read_mark(engine: DuckDBEngine) -> Mark | None:
    """Where the traits stand, None where they were never computed over these tables."""
    if engine.schema(MARK) is None:
        return None
    found = engine.fetch(Query(to_sql(ibis.table(_SCHEMA, name=MARK)))).to_pylist()
    return Mark(found[0]["fed"], found[0]["as_of"].replace(tzinfo=dt.UTC), found[0]["rules"]) if found else None


def put_mark(engine: DuckDBEngine, mark: Mark) -> None:
    """Note where the traits stand, in the transaction that wrote them."""
    engine.drop(MARK)
    engine.ensure(MARK, _SCHEMA)
    row = {"fed": [mark.fed], "as_of": [naive_utc(mark.as_of)], "rules": [mark.rules]}
    engine.append(MARK, pa.table(row, schema=_ARROW))


def is_forgotten(engine: DuckDBEngine, fed: int) -> bool:
    """Whether something that changed after a mark is no longer noted: a refresh went on without the accounts."""
    feed = ibis.table({"mark": "int64"}, name=FEED)
    ((first,),) = engine.rows(Query(to_sql(feed.agg(first=feed.mark.min()))))
    return first is not None and int(str(first)) > fed + 1


def rules_of(catalog: Catalog, config: Config, written: Sequence[str]) -> str:
    """A digest of the traits and events that are read, the settings, and what is written."""
    accounts = [each.model_dump_json() for each in catalog.traits if each.of == "account" and each.origin == "given"]
    naming = [each.model_dump_json() for each in catalog.traits if each.meaning in _OF_PERSONS and each.of == "person"]
    events = [f"{each.name} {[(one, each.property(one)) for one in _OF_PURCHASES]}" for each in catalog.events]
    said = (config.currency, config.time_zone, config.country, config.join_by_domain, config.households)
    settings = [str(each) for each in (*said, config.household_most)]
    told = "\n".join([str(VERSION), *accounts, *naming, *events, *settings, *written])
    return hashlib.sha256(told.encode()).hexdigest()


_OF_PURCHASES = ("revenue", "order_id")
_OF_PERSONS = frozenset([
    Meaning.ACCOUNT_ID, Meaning.ACCOUNT_ROLE, Meaning.EMAIL, Meaning.ADDRESS, Meaning.POSTAL_CODE, Meaning.CITY,
    Meaning.LAST_NAME,
])  # fmt: skip
