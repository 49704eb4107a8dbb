"""Rows as expressions: staged cells to typed rows, each with the first problem that it has, if any."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import Meaning, ValueType
from quartier.collect.comparing import compared, is_cleaned
from quartier.collect.convert import converted, given, is_direct, one_argument, plain_text, present
from quartier.collect.definition import Layout
from quartier.collect.plan import Field, Plan
from quartier.collect.readers import LINE
from quartier.language import Said, Text

PROBLEM, CONTENT, TIMES = "problem_", "content_", "times_"
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
    """How the text of this file is read: decimal mark, order of dates, time zone, country of its phones."""

    decimal: str
    order: str
    zone: str
    country: str


def name_of(field: Field) -> str:
    """The column of the staged rows that holds a field: `trait_country`, `line_price`, `user_id`."""
    return f"{field.kind}_{field.name}" if field.kind in ("trait", "property", "line") else field.kind


def as_given(field: Field) -> str:
    """The column that holds an identifier as it came: `email_as_given` has what is nobody's address, too."""
    return f"{field.kind}_as_given" if is_cleaned(field.kind) else name_of(field)


def cells(raw: ir.Table, plan: Plan) -> ir.Table:
    """A cell for every field, empty where a word stands for no value; text unless the source's own type serves."""
    return raw.select(LINE, **{each.place: _cell(raw[each.place], each, plan) for each in plan.fields})


def typed_values(found: ir.Table, plan: Plan, how: Reader) -> ir.Table:
    """A typed value beside the cell of every field."""
    values = {name_of(each): _value(found[each.place], each, how) for each in plan.fields}
    return found.mutate(
        **values, **{as_given(each): found[each.place] for each in plan.fields if is_cleaned(each.kind)}
    )


def checked_rows(valued: ir.Table, plan: Plan) -> tuple[ir.Table, list[Problem]]:
    """The typed rows with `problem_` (the number of the first problem, or empty) and a digest of the content."""
    values = {name_of(each): valued[name_of(each)] for each in plan.fields}
    checks = [*_unreadable(plan, valued, values), *_rules(plan, values, valued)]
    numbered = ibis.cases(*((found, ibis.literal(place)) for place, (found, _) in enumerate(checks)))
    names = dict.fromkeys([*values, *(as_given(each) for each in plan.fields)])
    content = _content({name_of(each): _plain(valued[as_given(each)], each) for each in plan.fields})
    typed = valued.select(LINE, *names, **{PROBLEM: numbered.cast(dtypes.int16), CONTENT: content})
    return typed, [problem for _, problem in checks]


def unusable(rows: ir.Table, plan: Plan) -> ir.Table | None:
    """The identifiers by which nothing is compared, each with its kind and how many rows have it; None without any."""
    found = []
    for each in (field for field in plan.identifiers if is_cleaned(field.kind)):
        odd = rows.filter(rows[as_given(each)].notnull(), rows[each.kind].isnull())
        counted = odd.group_by(value=odd[as_given(each)]).agg(n=lambda r: r.count())
        found.append(counted.mutate(kind=ibis.literal(each.kind)))
    return ibis.union(*found) if len(found) > 1 else (found[0] if found else None)


def identifier_steps(kind: str, country: str | ir.Value = "") -> tuple[Callable[[ir.StringValue], ir.StringValue], ...]:
    """From a text to an identifier as it is compared, in steps that each name the text often.

    Empty where a word stands for nobody, or where nothing should be compared by it. `country` is that of phones that
    name none.
    """
    last = (lambda text: compared(text, kind, country)) if is_cleaned(kind) else _without_fraction
    return (_stripped, lambda text: given(text, _NO_PERSON), last)


def _stripped(text: ir.StringValue) -> ir.StringValue:
    """The text without spaces around it: looking for them is half the work of taking them away where there are none."""
    return ibis.ifelse(text.re_search(r"^[\s\x0b]|[\s\x0b]$"), text.strip(), text)


def digest(parts: list[ir.Value]) -> ir.UUIDValue:
    """128 bits of a text made of parts."""
    text = ibis.literal(_SEPARATOR).join([each.cast(dtypes.string).fill_null("") for each in parts])
    return _md5(text).cast(dtypes.uuid)


_md5 = ibis.udf.scalar.builtin(one_argument, name="md5", signature=((dtypes.string,), dtypes.string))
_character = ibis.udf.scalar.builtin(one_argument, name="chr", signature=((dtypes.int32,), dtypes.string))


def _cell(raw: ir.Value, field: Field, plan: Plan) -> ir.Value:
    missing = plan.mapping.missing
    if not missing and is_direct(raw.type(), field.type):
        return present(raw)
    text = plain_text(present(raw))
    if field in plan.identifiers or field.kind == "account_id":  # that of a person's account, too
        named = given(text, (*missing, *_NO_PERSON))
        return named if is_cleaned(field.kind) else _without_fraction(named)
    recognised = plan.recognised.get(field.column)
    is_country = recognised is not None and recognised.meaning is Meaning.COUNTRY
    return given(text, missing, keep=_NAMIBIA if is_country else frozenset())


def _without_fraction(text: ir.StringValue) -> ir.StringValue:
    """17850.0 as 17850: numbers that went through a spreadsheet."""
    return ibis.ifelse(text.contains(".0"), text.re_replace(r"^(\d+)\.0+$", r"\1"), text)


def _plain(value: ir.Value, field: Field) -> ir.Value:
    """What counts of a value when rows are compared: not the capitals of an address, nor the signs in a number."""
    match field.kind:
        case "email":
            return _where_formed(value.lower(), r"^[^@\s]+@[^@\s]+$", value)
        case "phone":
            return _where_formed(value.re_replace(r"[^0-9+]", ""), r"^\+?\d{5,}$", value)
        case _:
            return value


def _where_formed(value: ir.StringValue, form: str, other: ir.StringValue) -> ir.StringValue:
    return ibis.ifelse(value.re_search(form), value, other)


def _value(cell: ir.Value, field: Field, how: Reader) -> ir.Value:
    if is_cleaned(field.kind):
        return compared(cell, field.kind, how.country)
    return converted(cell, field.type, decimal=how.decimal, order=how.order, zone=how.zone)


Check = tuple[ir.BooleanValue, Problem]


def _unreadable(plan: Plan, found: ir.Table, values: dict[str, ir.Value]) -> list[Check]:
    checks: list[Check] = []
    for each in plan.fields:
        cell, value = found[each.place], values[name_of(each)]
        if each.type is not ValueType.TEXT:
            checks.append((cell.notnull() & value.isnull(), Problem(each.column, each.place, NOT_OF_TYPE[each.type])))
        else:
            checks.append((cell.contains(_character(0)), Problem(each.column, each.place, _NUL)))
    return checks


def _rules(plan: Plan, values: dict[str, ir.Value], found: ir.Table) -> list[Check]:
    checks: list[Check] = []
    if plan.identifiers:
        unknown = reduce(lambda a, b: a & b, (values[name_of(each)].isnull() for each in plan.identifiers))
        cleaned = [each for each in plan.identifiers if is_cleaned(each.kind)]
        checks += [
            (unknown & found[each.place].notnull(), Problem(each.column, each.place, _NOBODYS[each.kind]))
            for each in cleaned
        ]
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


def _content(values: dict[str, ir.Value]) -> ir.UUIDValue:
    """A digest of values and names, so that neither the order of columns nor the writing of dates counts."""
    names = sorted(values)
    return digest([ibis.literal(_SEPARATOR.join(names)), *(values[name] for name in names)])


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
_NOBODYS = {
    "email": Text(
        en="this is nobody's e-mail address, and nothing else says whose row this is",
        fr="ce n'est l'adresse e-mail de personne, et rien d'autre ne dit à qui est cette ligne",
    ),
    "phone": Text(
        en="this is nobody's phone number, and nothing else says whose row this is",
        fr="ce n'est le numéro de téléphone de personne, et rien d'autre ne dit à qui est cette ligne",
    ),
}
_NO_TIME = Text(en="the time is missing", fr="la date manque")
_NO_EVENT = Text(en="the event is missing", fr="l'événement manque")
_NO_ORDER = Text(en="the order number is missing", fr="le numéro de commande manque")
_NO_REVENUE = Text(en="the amount is missing", fr="le montant manque")
_NO_PRICE = Text(en="the price is missing", fr="le prix manque")
_NEGATIVE_PRICE = Text(en="the price is negative", fr="le prix est négatif")
_FREE = Text(en="the price is 0", fr="le prix est 0")
_NO_QUANTITY = Text(en="the quantity is 0", fr="la quantité est 0")
