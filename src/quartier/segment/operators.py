"""The operators of the condition language, one row each.

The parser, `bind`, the compiler, the sentences, the editor and the reference page all read this table. A comparison
with a missing value is false; `known` asks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import ibis.expr.types as ir

from quartier.catalog import ValueType
from quartier.engine import local_time
from quartier.language import Text

Takes = Literal["value", "values", "pair", "duration", "flag", "range", "pattern", "days"]
"""What stands after the key: one value, a list, two bounds, a duration, true or false, a comparison of its own, a
pattern of text, or a duration of whole days shorter than a year."""

Compiled = Callable[[ir.Value, Sequence[ir.Value]], ir.BooleanValue]

NUMERIC = frozenset({ValueType.INTEGER, ValueType.NUMBER})
ORDERED = NUMERIC | {ValueType.DATE, ValueType.INSTANT}
TIMES = frozenset({ValueType.DATE, ValueType.INSTANT})
DISCRETE = NUMERIC | {ValueType.TEXT, ValueType.BOOLEAN, ValueType.DATE}
EVERY = ORDERED | DISCRETE | {ValueType.TEXTS}


@dataclass(frozen=True)
class Operator:
    """One operator: its key in documents, its words, the types it accepts, what it takes, how it compiles.

    `sentence` says it of a {subject} of either gender and number; `predicates` writes the {value} that stands in it.

    `compiled` gets the column and the parameters of the value (`values` come as one list parameter).
    """

    key: str
    label: Text
    sentence: Text
    accepts: frozenset[ValueType]
    takes: Takes
    compiled: Compiled


def _words(en: str, fr: str) -> Text:
    return Text(en=en, fr=fr)


def _day_of_year(time: ir.Value, zone: ir.Value) -> ir.IntegerValue:
    """The day and month of a date, or of an instant in a zone, as one number: 1231 for 31 December."""
    local = local_time(time, zone) if time.type().is_timestamp() else time
    return local.month().cast("int64") * 100 + local.day().cast("int64")


_ROWS = (
    Operator("is", _words("is", "est"), _words("{subject} is {value}", "{subject} est {value}"),
             DISCRETE, "value", lambda x, v: x == v[0]),
    Operator("is_not", _words("is not", "n'est pas"), _words("{subject} is not {value}", "{subject} n'est {value}"),
             DISCRETE, "value", lambda x, v: x != v[0]),
    Operator("in", _words("is one of", "est parmi"), _words("{subject} is {value}", "{subject} est {value}"),
             DISCRETE - {ValueType.BOOLEAN}, "values", lambda x, v: v[0].contains(x)),
    Operator("not_in", _words("is none of", "n'est pas parmi"),
             _words("{subject} is not {value}", "{subject} n'est {value}"),
             DISCRETE - {ValueType.BOOLEAN}, "values", lambda x, v: ~v[0].contains(x)),
    Operator("more_than", _words("is more than", "dépasse"),
             _words("{subject} is more than {value}", "{subject} dépasse {value}"), NUMERIC, "value",
             lambda x, v: x > v[0]),
    Operator("at_least", _words("is at least", "vaut au moins"),
             _words("{subject} is at least {value}", "{subject} est d'au moins {value}"), NUMERIC, "value",
             lambda x, v: x >= v[0]),
    Operator("less_than", _words("is less than", "est inférieur à"),
             _words("{subject} is less than {value}", "{subject} est de moins de {value}"), NUMERIC, "value",
             lambda x, v: x < v[0]),
    Operator("at_most", _words("is at most", "vaut au plus"),
             _words("{subject} is at most {value}", "{subject} ne dépasse pas {value}"), NUMERIC, "value",
             lambda x, v: x <= v[0]),
    Operator("between", _words("is between", "est entre"),
             _words("{subject} is between {low} and {high}", "{subject} se situe entre {low} et {high}"),
             ORDERED, "pair", lambda x, v: (x >= v[0]) & (x <= v[1])),
    Operator("contains", _words("contains", "contient"),
             _words("{subject} contains {value}", "{subject} contient {value}"), frozenset({ValueType.TEXT}), "value",
             lambda x, v: x.lower().contains(v[0].lower())),
    Operator("starts_with", _words("starts with", "commence par"),
             _words("{subject} starts with {value}", "{subject} commence par {value}"), frozenset({ValueType.TEXT}),
             "value", lambda x, v: x.lower().startswith(v[0].lower())),
    Operator("ends_with", _words("ends with", "se termine par"),
             _words("{subject} ends with {value}", "{subject} se termine par {value}"), frozenset({ValueType.TEXT}),
             "value", lambda x, v: x.lower().endswith(v[0].lower())),
    Operator("not_contains", _words("does not contain", "ne contient pas"),
             _words("{subject} does not contain {value}", "{subject} ne contient pas {value}"),
             frozenset({ValueType.TEXT}), "value", lambda x, v: ~x.lower().contains(v[0].lower())),
    Operator("matches", _words("matches the pattern", "correspond au motif"),
             _words("{subject} matches the pattern {value}", "{subject} correspond au motif {value}"),
             frozenset({ValueType.TEXT}), "pattern", lambda x, v: x.re_search(v[0])),
    Operator("before", _words("is before", "est avant le"),
             _words("{subject} is before {value}", "{subject} tombe avant {value}"), TIMES, "value",
             lambda x, v: x < v[0]),
    Operator("since", _words("is since", "est depuis le"),
             _words("{subject} is on or after {value}", "{subject} tombe {value} ou après"), TIMES, "value",
             lambda x, v: x >= v[0]),
    Operator("within", _words("is within the last", "date de moins de"),
             _words("{subject} was in the last {value}", "{subject} remonte à moins de {value}"), TIMES, "duration",
             lambda x, v: (x > v[0]) & (x <= v[1])),
    Operator("older_than", _words("is older than", "date de plus de"),
             _words("{subject} was at least {value} ago", "{subject} remonte à {value} au moins"), TIMES, "duration",
             lambda x, v: x <= v[0]),
    Operator("in_next", _words("is within the next", "tombe d'ici"),
             _words("{subject} is in the next {value}", "{subject} tombe d'ici {value}"), TIMES, "duration",
             lambda x, v: (x > v[0]) & (x <= v[1])),
    Operator("anniversary", _words("anniversary today or within", "anniversaire aujourd'hui ou d'ici"),
             _words("{subject} has its anniversary today or within {value}",
                    "{subject} a son anniversaire aujourd'hui ou d'ici {value}"), TIMES, "days",
             lambda x, v: (x < v[0]) & v[1].contains(_day_of_year(x, v[2]))),
    Operator("age", _words("age in years", "âge en années"),
             _words("{subject} is {value} old", "{subject} a {value}"), TIMES, "range",
             lambda x, v: (x > v[0]) & (x <= v[1])),
    Operator("any_of", _words("has any of", "comprend l'un de"),
             _words("{subject} includes {value}", "{subject} comprend {value}"),
             frozenset({ValueType.TEXTS}), "values", lambda x, v: x.intersect(v[0]).length() > 0),
    Operator("all_of", _words("has all of", "comprend tous"),
             _words("{subject} includes {value}", "{subject} comprend {value}"),
             frozenset({ValueType.TEXTS}), "values",
             lambda x, v: x.intersect(v[0]).unique().length() == v[0].unique().length()),
    Operator("none_of", _words("has none of", "ne comprend aucun de"),
             _words("{subject} does not include {value}", "{subject} ne comprend {value}"),
             frozenset({ValueType.TEXTS}), "values", lambda x, v: x.intersect(v[0]).length() == 0),
    Operator("known", _words("is known", "est connu"), _words("{subject} is {value}", "on {value} {subject}"),
             EVERY, "flag", lambda x, v: x.notnull() == v[0]),
)  # fmt: skip

OPERATORS: dict[str, Operator] = {row.key: row for row in _ROWS}
RANGES = ("is", "more_than", "at_least", "less_than", "at_most", "between")
"""The comparisons of an age, or of the days since an event: those that describe one range."""

COMPARISONS = ("is", "is_not", "more_than", "at_least", "less_than", "at_most", "between")
"""The comparisons of a measure of events."""
