"""The engine's tables, as our catalog describes them: one wide table per subject and one table per event type.

Every event table is kept in order of `occurred_at`, so that a window reads a slice of it.
"""

import datetime as dt

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Catalog, EventType, Property, Subject, ValueType

KEY = {"person": "person_key", "account": "account_key"}
PUBLIC_ID = {"person": "person_id", "account": "account_id"}
IDENTITY = "identity_key"
"""The identifier under which a record came: in event tables, and in the tables of what was said of each identity."""

OCCURRED_AT = "occurred_at"
EVENT_ID = "event_id"
REST = "rest"
"""The column of what messages bring and no typed column holds, as a JSON object in text."""

SEQ, TRAIT = "seq", "trait"
"""Columns of the changes of traits: the import that brought a change, and the name of the trait."""

BELONGING = "person_account"
"""The table that says which persons belong to which accounts, in order of the accounts, each link once."""

BELONGING_SCHEMA = ibis.schema({KEY["person"]: dtypes.int32, KEY["account"]: dtypes.int32})

RESERVED = frozenset({*KEY.values(), *PUBLIC_ID.values(), IDENTITY, OCCURRED_AT, EVENT_ID, REST})
"""Column names that no trait or property may take."""

_TYPES = {
    ValueType.TEXT: dtypes.string,
    ValueType.INTEGER: dtypes.int64,
    ValueType.NUMBER: dtypes.float64,
    ValueType.BOOLEAN: dtypes.boolean,
    ValueType.DATE: dtypes.date,
    ValueType.INSTANT: dtypes.timestamp,
    ValueType.TEXTS: dtypes.Array(dtypes.string),
}


def naive_utc(instant: dt.datetime) -> dt.datetime:
    """An aware instant as the columns hold it: in UTC, without a zone."""
    return instant.astimezone(dt.UTC).replace(tzinfo=None)


def dtype_of(type_: ValueType, lines: tuple[Property, ...] = ()) -> dtypes.DataType:
    """The Ibis type that holds values of a catalog type; instants are naive and in UTC."""
    if type_ is ValueType.LINES:
        return dtypes.Array(dtypes.Struct({each.name: dtype_of(each.type) for each in lines}))
    return _TYPES[type_]


def subject_schema(catalog: Catalog, of: Subject = "person") -> ibis.Schema:
    """Columns of the table `person` or `account`."""
    traits = {each.name: dtype_of(each.type) for each in catalog.traits if each.of == of}
    return ibis.schema({KEY[of]: dtypes.int32, PUBLIC_ID[of]: dtypes.string, **traits})


def event_schema(event: EventType) -> ibis.Schema:
    """Columns of one event table."""
    own = {each.name: dtype_of(each.type, each.properties) for each in event.properties}
    fixed = {KEY["person"]: dtypes.int32, EVENT_ID: dtypes.string, OCCURRED_AT: dtypes.timestamp}
    return ibis.schema({**fixed, **own})


def subject_table(catalog: Catalog, of: Subject = "person") -> ir.Table:
    """The unbound table `person` or `account`."""
    return ibis.table(subject_schema(catalog, of), name=of)


def event_table(event: EventType) -> ir.Table:
    """The unbound table of one event type."""
    return ibis.table(event_schema(event), name=event.table)


def known_table(of: Subject) -> str:
    """The table that says since when each person or account is known: the instant of the first import with a row."""
    return f"{of}_known"


def known_schema(of: Subject) -> ibis.Schema:
    """Columns of the table `person_known` or `account_known`."""
    return ibis.schema({KEY[of]: dtypes.int32, OCCURRED_AT: dtypes.timestamp})


def change_table(of: Subject) -> str:
    """The table of the changes of traits: events of a value, as it were, in order of their instants."""
    return f"{of}_change"


def change_schema(of: Subject) -> ibis.Schema:
    """Columns of a table of changes: who, when, by which import, which trait, and both values as the type has them."""
    keys = {KEY[of]: dtypes.int32, OCCURRED_AT: dtypes.timestamp, SEQ: dtypes.int64, TRAIT: dtypes.string}
    return ibis.schema({**keys, **{name: _TYPES[type_] for type_ in _TYPES for name in change_columns(type_)}})


def change_columns(type_: ValueType) -> tuple[str, str]:
    """The columns of the value until a change and of the value from then on, for a type of values."""
    return f"before_{type_}", f"after_{type_}"


def history_schemas() -> dict[str, ibis.Schema]:
    """The tables that hold the earlier values of traits, by name."""
    subjects: tuple[Subject, ...] = ("person", "account")
    known = {known_table(of): known_schema(of) for of in subjects}
    return known | {change_table(of): change_schema(of) for of in subjects}


SAID_KNOWN_SCHEMA = ibis.schema({IDENTITY: dtypes.int32, OCCURRED_AT: dtypes.timestamp, SEQ: dtypes.int64})
"""Columns of the tables `person_said_known` and `account_said_known`."""


def said_table(of: Subject) -> str:
    """The table of what was said under each identifier, whoever it belongs to: links come and go, this stays."""
    return f"{of}_said"


def said_schema(catalog: Catalog, of: Subject = "person") -> ibis.Schema:
    """Columns of the table `person_said` or `account_said`: what models compute is of persons, nobody said it."""
    own = {each.name: dtype_of(each.type) for each in catalog.traits if each.of == of and each.origin == "given"}
    return ibis.schema({IDENTITY: dtypes.int32, **own})


def said_known_table(of: Subject) -> str:
    """The table that says since when each identifier is known."""
    return f"{of}_said_known"


def said_change_table(of: Subject) -> str:
    """The table of what was said anew under identifiers, as `change_table` has it for persons or accounts."""
    return f"{of}_said_change"


def said_change_schema(of: Subject) -> ibis.Schema:
    """Columns of a table of what was said anew."""
    own = {name: type_ for name, type_ in change_schema(of).items() if name != KEY[of]}
    return ibis.schema({IDENTITY: dtypes.int32, **own})


def said_schemas() -> dict[str, ibis.Schema]:
    """The tables that hold what was said before under identifiers, by name."""
    subjects: tuple[Subject, ...] = ("person", "account")
    known = {said_known_table(of): SAID_KNOWN_SCHEMA for of in subjects}
    return known | {said_change_table(of): said_change_schema(of) for of in subjects}


def key_of(table: str) -> str:
    """The column of keys of any table: accounts have tables of their own, all others speak of persons."""
    return KEY["account"] if table.partition("_")[0] == "account" else KEY["person"]
