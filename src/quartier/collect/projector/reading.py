"""Messages as they are staged: read from lines of JSON, their identifiers as they are compared, their values apart."""

from pathlib import Path

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Subject
from quartier.collect.convert import iso_instant, one_argument, two_arguments
from quartier.collect.definition import IDENTIFIERS
from quartier.collect.projector.learning import VIEWED
from quartier.collect.rows import identifier_steps
from quartier.collect.signals.report import REPORT
from quartier.engine import EVENT_ID, KEY, OCCURRED_AT, Query, kept_sql, parameter, to_sql
from quartier.engine.ndjson import NUMBER, ndjson_query

READ, MESSAGES, NAMES, SHAPED = "staged_read", "staged_messages", "staged_names", "staged_shaped"
CALL, EVENT, TABLE, BODY, STRUCTURE, REASON = "call_", "event_", "table_", "body_", "structure_", "reason_"
GROUP, CONTEXT = "account_id", "context"
LONGEST_IDENTIFIER = 500
"""Characters; the ledger takes no longer one."""

COLUMNS = {
    "messageId": "message_id",
    "type": "type",
    "userId": "user_id",
    "anonymousId": "anonymous_id",
    "groupId": "group_id",
    "previousId": "previous_id",
    "event": "event",
    "name": "name",
    "category": "category",
    "timestamp": "sent",
    "properties": "properties",
    "traits": "traits",
    "context": CONTEXT,
    "source": "source",
}
NAMES_SCHEMA = ibis.schema({EVENT: "string", TABLE: "string"})
_READ_SCHEMA = ibis.schema({NUMBER: "int64", **dict.fromkeys(COLUMNS.values(), "string")})
_MESSAGES_SCHEMA = ibis.schema(
    {
        NUMBER: "int64", EVENT_ID: "string", OCCURRED_AT: "timestamp", CALL: "string", EVENT: "string",
        "user_id": "string", "email": "string", "phone": "string", "anonymous_id": "string", GROUP: "string",
        BODY: "string", REASON: "string",
    }
)  # fmt: skip
_SHAPED_SCHEMA = ibis.schema(
    {**{name: type_ for name, type_ in _MESSAGES_SCHEMA.items() if name not in (EVENT, REASON)},
     TABLE: "string", STRUCTURE: "string"}
)  # fmt: skip

_text = dtypes.string
structure_of = ibis.udf.scalar.builtin(one_argument, name="json_structure", signature=((_text,), _text))
value_at = ibis.udf.scalar.builtin(two_arguments, name="json_extract", signature=((_text, _text), _text))
text_at = ibis.udf.scalar.builtin(two_arguments, name="json_extract_string", signature=((_text, _text), _text))
merged = ibis.udf.scalar.builtin(two_arguments, name="json_merge_patch", signature=((_text, _text), _text))


def _four(key, value, other_key, other_value):  # type: ignore[no-untyped-def]  # Ibis takes the types from the signature
    """Never run: stands for a function that DuckDB has."""


_named = ibis.udf.scalar.builtin(_four, name="json_object", signature=((_text,) * 4, _text))


def read_query(path: Path, first: int) -> Query:
    """The messages of a file of lines, as text."""
    return ndjson_query(path, COLUMNS, first)


REGION = "region"
"""The parameter of `messages_sql`: the country of phones that name none."""

UNUSABLE = {"email": "email_is_nobodys_", "phone": "phone_is_nobodys_"}
"""Whether a message has an identifier of a kind by which nothing is compared."""


@kept_sql
def sources_sql() -> str:
    """By which source each message came."""
    return to_sql(ibis.table(_READ_SCHEMA, name=READ).select(NUMBER, "source"))


@kept_sql
def messages_sql() -> str:
    """The messages with their identifiers, their values apart, and why one cannot be projected."""
    read = ibis.table(_READ_SCHEMA, name=READ)
    is_call = {each: read.type == each for each in ("identify", "group", "alias", "track", "page", "screen")}
    is_viewed = is_call["page"] | is_call["screen"]
    traits = ibis.ifelse(is_call["identify"], read.traits, ibis.null(_text))
    previous = ibis.ifelse(is_call["alias"], read.previous_id, ibis.null(_text))
    given = read.select(
        NUMBER,
        **{
            EVENT_ID: read.message_id,
            OCCURRED_AT: iso_instant(read.sent),
            CALL: read.type,
            EVENT: ibis.cases(*((is_call[each], VIEWED[each]) for each in VIEWED), (is_call["track"], read.event)),
            "user_id": read.user_id,
            "email": text_at(traits, "$.email"),
            "phone": text_at(traits, "$.phone"),
            "anonymous_id": ibis.coalesce(previous, read.anonymous_id),
            GROUP: ibis.ifelse(is_call["group"], read.group_id, ibis.null(_text)),
            BODY: ibis.cases(
                (is_viewed & (read.name.notnull() | read.category.notnull()), _with_name(read)),
                (is_call["identify"] | is_call["group"], read.traits),
                (is_call["alias"], ibis.null(_text)),
                (read.event == REPORT, ibis.null(_text)),  # the journal keeps it; its columns are the derived events
                else_=read.properties,
            ),
        },
    )
    made = _identified(given)
    return to_sql(made.mutate(**{REASON: _reason(made)}), in_steps=True)


def _identified(given: ir.Table) -> ir.Table:
    """The rows with identifiers as they are compared; one too long for the ledger identifies nobody."""
    country = parameter(REGION, _text)
    steps = {kind: identifier_steps(kind, country) for kind in (*IDENTIFIERS, GROUP)}
    given = given.mutate(**{f"given_{kind}": given[kind] for kind in UNUSABLE})
    for place in range(max(map(len, steps.values()))):
        given = given.mutate(**{kind: each[place](given[kind]) for kind, each in steps.items() if place < len(each)})
    short = {kind: given[kind].length() <= LONGEST_IDENTIFIER for kind in steps}
    made = given.mutate(**{kind: ibis.ifelse(short[kind], given[kind], ibis.null(_text)) for kind in steps})
    is_said = {kind: (made[f"given_{kind}"] != "").fill_null(False) for kind in UNUSABLE}
    odd = {name: is_said[kind] & made[kind].isnull() for kind, name in UNUSABLE.items()}
    return made.mutate(**odd).drop(*(f"given_{kind}" for kind in UNUSABLE))


@kept_sql
def unusable_identifiers_sql() -> str:
    """How many messages have an identifier of each kind by which nothing is compared."""
    messages = ibis.table(dict.fromkeys(UNUSABLE.values(), "boolean"), name=MESSAGES)
    return to_sql(messages.agg(**{kind: messages[name].sum().fill_null(0) for kind, name in UNUSABLE.items()}))


@kept_sql
def shaped_sql() -> str:
    """The messages that can be projected, with the table that each goes to and the structure of its values."""
    messages, names = ibis.table(_MESSAGES_SCHEMA, name=MESSAGES), ibis.table(NAMES_SCHEMA, name=NAMES)
    usable = messages.filter(messages[REASON].isnull()).drop(REASON)
    joined = usable.left_join(names, EVENT).drop(f"{EVENT}_right")
    of_call = ibis.cases((joined[CALL] == "identify", "person"), (joined[CALL] == "group", "account"))
    named = joined.mutate(**{TABLE: ibis.coalesce(of_call, joined[TABLE]), STRUCTURE: structure_of(joined[BODY])})
    return to_sql(named.drop(EVENT))


@kept_sql
def event_names_sql() -> str:
    """The names of events with the number of the first message of each, in that order."""
    messages = ibis.table(_MESSAGES_SCHEMA, name=MESSAGES)
    named = messages.filter(messages[EVENT].notnull(), messages[REASON].isnull())
    return to_sql(named.group_by(EVENT).agg(first_=lambda r: r[NUMBER].min()).order_by("first_"))


@kept_sql
def groups_sql() -> str:
    """The messages that speak of accounts."""
    shaped = ibis.table(_SHAPED_SCHEMA, name=SHAPED)
    groups = shaped.filter(shaped[GROUP].notnull())
    return to_sql(groups.select(NUMBER, GROUP, BODY, STRUCTURE, TABLE))


@kept_sql
def keys_sql(subject: Subject, keyed: str) -> str:
    """The persons or accounts that staged messages are about."""
    rows = ibis.table({KEY[subject]: "int32", NUMBER: "int64"}, name=keyed)
    return to_sql(rows.filter(rows[KEY[subject]].notnull()).select(KEY[subject]).distinct())


@kept_sql
def unusable_sql() -> str:
    """The numbers of the messages that cannot be projected, and why."""
    messages = ibis.table(_MESSAGES_SCHEMA, name=MESSAGES)
    found = messages.filter(messages[REASON].notnull())
    return to_sql(found.select(number=found[NUMBER], reason=found[REASON]).order_by("number"))


@kept_sql
def without_table_sql() -> str:
    """The numbers of the events whose names came after too many others."""
    shaped = ibis.table(_SHAPED_SCHEMA, name=SHAPED)
    found = shaped.filter(shaped[TABLE].isnull(), shaped[CALL].isin(["track", *VIEWED]))
    return to_sql(found.select(number=found[NUMBER], reason=ibis.literal("too_many_events")).order_by("number"))


def _with_name(read: ir.Table) -> ir.StringValue:
    """A page's properties with its name and category, which some SDKs put beside them."""
    return merged(_named("name", read.name, "category", read.category), ibis.coalesce(read.properties, "{}"))


def _reason(made: ir.Table) -> ir.StringValue:
    who = ibis.coalesce(*(made[each] for each in IDENTIFIERS))
    calls = ("identify", "group", "alias", "track", "page", "screen")
    return ibis.cases(
        (made[CALL].isnull() | made[EVENT_ID].isnull(), "unreadable"),
        (made[CALL].notin(calls), "unknown_type"),
        (made[OCCURRED_AT].isnull(), "no_time"),
        ((made[CALL] == "track") & (ibis.coalesce(made[EVENT], "") == ""), "no_event"),
        ((made[CALL] == "group") & made[GROUP].isnull(), "no_group"),
        (who.isnull() & (made[CALL] != "group"), "no_identifier"),
    )
