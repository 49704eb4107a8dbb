"""Which traits are compared, and how alike two values of one are, as expressions.

The queries name every trait that may be compared; those that are not known of the person in question weigh nothing. So
the same SQL serves everybody, and is compiled once.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Family, Meaning, Sensitivity, Trait, ValueType
from quartier.engine import KEY, dtype_of, kept_sql, parameter, to_sql

NAMING = frozenset(
    {
        Meaning.USER_ID, Meaning.ANONYMOUS_ID, Meaning.ACCOUNT_ID, Meaning.EMAIL, Meaning.PHONE, Meaning.FIRST_NAME,
        Meaning.LAST_NAME, Meaning.FULL_NAME, Meaning.ADDRESS, Meaning.LATITUDE, Meaning.LONGITUDE,
    }
)  # fmt: skip
"""What names or reaches one person says nothing of how they are."""

COMPARED = frozenset({Sensitivity.ORDINARY, Sensitivity.PERSONAL})
"""Sensitive traits bring nobody together."""

AS_NUMBERS = frozenset({ValueType.INTEGER, ValueType.NUMBER, ValueType.DATE, ValueType.INSTANT})
ALIKE = "alike_"
LOW, HIGH = 0.05, 0.95
Named = tuple[tuple[str, ValueType], ...]
"""Traits with their types."""

_DAY = 86_400.0
_EPOCH = dt.date(1970, 1, 1)


def comparable(traits: Sequence[Trait]) -> tuple[Trait, ...]:
    """The traits by which persons are compared."""
    return tuple(
        each
        for each in traits
        if each.meaning not in NAMING and each.sensitivity in COMPARED and each.type is not ValueType.LINES
    )


def weights(families: Sequence[Family]) -> list[float]:
    """What each of some traits weighs: all families the same together, and the traits of a family the same."""
    sizes = Counter(families)
    return [1.0 / (len(sizes) * sizes[each]) for each in families]


@kept_sql
def shares_sql(traits: Named) -> str:
    """Of each trait how many persons have the value in question."""
    table = _persons(traits)
    return to_sql(
        table.agg(
            **{f"same_{place}": _same(table, *trait, place).sum().fill_null(0) for place, trait in enumerate(traits)}
        )
    )


@kept_sql
def spreads_sql(traits: Named) -> str:
    """Of each trait that is compared as a number the spread, over one person in `step`."""
    table = _persons(traits)
    measured = table.filter(table[KEY["person"]] % parameter("step", dtypes.int32) == 0)
    numbers = {
        place: _number(measured[name], type_) for place, (name, type_) in enumerate(traits) if type_ in AS_NUMBERS
    }
    low = {f"low_{place}": number.quantile(LOW) for place, number in numbers.items()}
    high = {f"high_{place}": number.quantile(HIGH) for place, number in numbers.items()}
    return to_sql(measured.agg(n=measured.count(), **low, **high))


@kept_sql
def last_key_sql() -> str:
    """The highest key."""
    return to_sql(_persons(()).agg(last=lambda r: r[KEY["person"]].max()))


@kept_sql
def nearest_sql(traits: Named, most: int) -> str:
    """The persons most alike, each with how alike each trait is; among equals those with the smaller key."""
    table = _persons(traits)
    others = table.filter(table[KEY["person"]] != parameter("key", dtypes.int32))
    alike = {f"{ALIKE}{place}": _alike(others, *trait, place) for place, trait in enumerate(traits)}
    scored = others.mutate(**alike)
    parts = [scored[name] * parameter(f"weight_{place}", dtypes.float64) for place, name in enumerate(alike)]
    ranked = scored.mutate(**{ALIKE: sum(parts, start=ibis.literal(0.0))})
    return to_sql(ranked.order_by(ibis.desc(ALIKE), KEY["person"]).limit(most), in_steps=True)


def number_of(value: object) -> float:
    """A value as the number by which it is compared: seconds for days and instants."""
    match value:
        case dt.datetime():
            return float(int(value.replace(tzinfo=dt.UTC).timestamp()))
        case dt.date():
            return (value - _EPOCH).days * _DAY
        case _:
            return float(str(value))


def _alike(table: ir.Table, name: str, type_: ValueType, place: int) -> ir.Value:
    """How alike a value is to the one in question, from 0 to 1; 0 where there is none."""
    column = table[name]
    if type_ in AS_NUMBERS:
        apart = (_number(column, type_) - parameter(f"number_{place}", dtypes.float64)).abs()
        alike = 1.0 - ibis.least(apart / parameter(f"spread_{place}", dtypes.float64), ibis.literal(1.0))
    elif type_ is ValueType.TEXTS:
        wanted = parameter(f"value_{place}", dtypes.Array(dtypes.string))
        common, every = column.intersect(wanted).length(), column.union(wanted).length()
        alike = common.cast(dtypes.float64) / every.nullif(0).cast(dtypes.float64)
    else:
        alike = _same(table, name, type_, place).cast(dtypes.float64)
    return alike.fill_null(0.0)


def _same(table: ir.Table, name: str, type_: ValueType, place: int) -> ir.BooleanValue:
    return table[name] == parameter(f"value_{place}", dtype_of(type_))


def _number(column: ir.Value, type_: ValueType) -> ir.FloatingValue:
    if type_ in (ValueType.DATE, ValueType.INSTANT):
        return column.cast(dtypes.timestamp).epoch_seconds().cast(dtypes.float64)
    return column.cast(dtypes.float64)


def _persons(traits: Named) -> ir.Table:
    return ibis.table({KEY["person"]: dtypes.int32, **{name: dtype_of(type_) for name, type_ in traits}}, name="person")
