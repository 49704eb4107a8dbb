"""Rows as expressions: staged text to typed rows, each with the first problem that it has, if any."""

from dataclasses import dataclass
from functools import reduce

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Meaning, ValueType
from quartier.collect.convert import converted, given, one_argument
from quartier.collect.definition import Layout
from quartier.collect.plan import Field, Plan
from quartier.collect.readers import LINE
from quartier.language import Said, Text

PROBLEM, HIGH, LOW, TIMES = "problem_", "high_", "low_", "times_"
_SEPARATOR = "\x1f"
_NO_PERSON = ("anonymous", "anonyme", "guest", "invité", "invite", "undefined", "0000-00-00")
_NAMIBIA = frozenset({"na"})


@dataclass(frozen=True)
class Problem:
    """One way in which a row can be unusable: the column where, and why."""

    column: str
    place: str | None
    reason: Text | Said


@dataclass(frozen=True)
class Reader:
    """How the text of this file is read: decimal mark, order of dates, time zone."""

    decimal: str
    order: str
    zone: str


def name_of(field: Field) -> str:
    """The column of the staged rows that holds a field: `trait_country`, `line_price`, `user_id`."""
    return f"{field.kind}_{field.name}" if field.kind in ("trait", "property", "line") else field.kind


def texts(raw: ir.Table, plan: Plan) -> ir.Table:
    """Trimmed text for every field, empty where a word stands for no value; identifiers as they are compared."""
    return raw.select(LINE, **{each.place: _text(raw, each, plan) for each in plan.fields})


def typed_values(trimmed: ir.Table, plan: Plan, how: Reader) -> ir.Table:
    """A typed column beside the text of every field that is not text itself."""
    values = {name_of(each): _value(trimmed[each.place], each, how) for each in plan.fields}
    return trimmed.mutate(**values)


def checked_rows(valued: ir.Table, plan: Plan) -> tuple[ir.Table, list[Problem]]:
    """The typed rows with `problem_` (the number of the first problem, or empty) and a hash of the content."""
    values = {name_of(each): valued[name_of(each)] for each in plan.fields}
    checks = [*_unreadable(plan, valued, values), *_rules(plan, values)]
    numbered = ibis.cases(*((found, ibis.literal(place)) for place, (found, _) in enumerate(checks)))
    typed = valued.select(LINE, *values, **{PROBLEM: numbered.cast(dtypes.int16)})
    return _hashed(typed, sorted(values)), [problem for _, problem in checks]


def numbered_repeats(rows: ir.Table) -> ir.Table:
    """Rows with the number of equal rows before them in the file; nothing repeats a row that cannot be used."""
    return rows.mutate(**{TIMES: ibis.row_number().over(group_by=[HIGH, LOW, PROBLEM], order_by=LINE)})


def digest_columns(parts: list[ir.Value]) -> tuple[ir.Value, ir.Value]:
    """128 bits of a text made of parts, as two numbers."""
    text = ibis.literal(_SEPARATOR).join([each.cast(dtypes.string).fill_null("") for each in parts])
    return _upper(text), _lower(text)


_upper = ibis.udf.scalar.builtin(one_argument, name="md5_number_upper", signature=((dtypes.string,), dtypes.uint64))
_character = ibis.udf.scalar.builtin(one_argument, name="chr", signature=((dtypes.int32,), dtypes.string))
_lower = ibis.udf.scalar.builtin(one_argument, name="md5_number_lower", signature=((dtypes.string,), dtypes.uint64))


def _text(raw: ir.Table, field: Field, plan: Plan) -> ir.StringValue:
    recognised = plan.recognised.get(field.column)
    is_country = recognised is not None and recognised.meaning is Meaning.COUNTRY
    missing = plan.mapping.missing
    if field in plan.identifiers:
        return _identifier(given(raw[field.place], (*missing, *_NO_PERSON)), field.kind)
    return given(raw[field.place], missing, keep=_NAMIBIA if is_country else frozenset())


def _identifier(text: ir.StringValue, kind: str) -> ir.StringValue:
    """Identifiers as they are compared: e-mails in lower case, phones without signs, 17850.0 as 17850."""
    match kind:
        case "email":
            lowered = text.lower()
            return ibis.ifelse(lowered.re_search(r"^[^@\s]+@[^@\s]+$"), lowered, ibis.null(dtypes.string))
        case "phone":
            return text.re_replace(r"[^0-9+]", "").nullif("")
        case _:
            return text.re_replace(r"^(\d+)\.0+$", r"\1")


def _value(text: ir.StringValue, field: Field, how: Reader) -> ir.Value:
    return converted(text, field.type, decimal=how.decimal, order=how.order, zone=how.zone)


Check = tuple[ir.BooleanValue, Problem]


def _unreadable(plan: Plan, texts: ir.Table, values: dict[str, ir.Value]) -> list[Check]:
    checks: list[Check] = []
    for each in plan.fields:
        text, value = texts[each.place], values[name_of(each)]
        if each.type is not ValueType.TEXT:
            checks.append((text.notnull() & value.isnull(), Problem(each.column, each.place, NOT_OF_TYPE[each.type])))
        else:
            checks.append((text.contains(_character(0)), Problem(each.column, each.place, _NUL)))
    return checks


def _rules(plan: Plan, values: dict[str, ir.Value]) -> list[Check]:
    checks: list[Check] = []
    if plan.identifiers:
        unknown = reduce(lambda a, b: a & b, (values[name_of(each)].isnull() for each in plan.identifiers))
        first = plan.identifiers[0]
        checks.append((unknown, Problem(first.column, first.place, _NO_IDENTIFIER)))
    if plan.has_events:
        checks += _required(plan, values, "time", _NO_TIME) + _required(plan, values, "event", _NO_EVENT)
    return checks + _order_rules(plan, values)


def _order_rules(plan: Plan, values: dict[str, ir.Value]) -> list[Check]:
    if plan.mapping.layout not in (Layout.ORDERS, Layout.ORDER_LINES):
        return []
    checks = _required(plan, values, "order_id", _NO_ORDER)
    for to, reason in (("property.revenue", _NO_REVENUE), ("line.price", _NO_PRICE), ("line.amount", _NO_REVENUE)):
        checks += _required(plan, values, to, reason)
    price = plan.field("line.price")
    if price is not None:
        value = values[name_of(price)]
        checks.append((value < 0, Problem(price.column, price.place, _NEGATIVE_PRICE)))
        if plan.mapping.free_lines == "reject":
            checks.append((value == 0, Problem(price.column, price.place, _FREE)))
    quantity = plan.field("line.quantity")
    if quantity is not None:
        checks.append((values[name_of(quantity)] == 0, Problem(quantity.column, quantity.place, _NO_QUANTITY)))
    amount = plan.field("property.revenue") or plan.field("line.amount")
    if amount is not None and plan.mapping.refunds == "none":
        checks.append((values[name_of(amount)] < 0, Problem(amount.column, amount.place, _NEGATIVE_PRICE)))
    return checks


def _required(plan: Plan, values: dict[str, ir.Value], to: str, reason: Text) -> list[Check]:
    field = plan.field(to)
    return [(values[name_of(field)].isnull(), Problem(field.column, field.place, reason))] if field else []


def _hashed(rows: ir.Table, names: list[str]) -> ir.Table:
    """The hash is of values and names, so that neither the order of columns nor the writing of dates counts."""
    parts = [part for name in names for part in (ibis.literal(name), rows[name])]
    high, low = digest_columns(parts)
    return rows.mutate(**{HIGH: high, LOW: low})


NOT_OF_TYPE = {
    ValueType.INTEGER: Text(en="this is not a whole number", fr="ce n'est pas un nombre entier"),
    ValueType.NUMBER: Text(en="this is not a number", fr="ce n'est pas un nombre"),
    ValueType.BOOLEAN: Text(en="this is neither yes nor no", fr="ce n'est ni oui ni non"),
    ValueType.DATE: Text(en="there is no such date", fr="cette date n'existe pas"),
    ValueType.INSTANT: Text(en="there is no such date or time", fr="cette date ou cette heure n'existe pas"),
    ValueType.TEXTS: Text(en="this is not a list", fr="ce n'est pas une liste"),
}
_NUL = Text(en="it holds a NUL character", fr="elle contient un caractère NUL")
_NO_IDENTIFIER = Text(en="nothing says whose row this is", fr="rien ne dit à qui est cette ligne")
_NO_TIME = Text(en="the time is missing", fr="la date manque")
_NO_EVENT = Text(en="the event is missing", fr="l'événement manque")
_NO_ORDER = Text(en="the order number is missing", fr="le numéro de commande manque")
_NO_REVENUE = Text(en="the amount is missing", fr="le montant manque")
_NO_PRICE = Text(en="the price is missing", fr="le prix manque")
_NEGATIVE_PRICE = Text(en="the price is negative", fr="le prix est négatif")
_FREE = Text(en="the price is 0", fr="le prix est 0")
_NO_QUANTITY = Text(en="the quantity is 0", fr="la quantité est 0")
