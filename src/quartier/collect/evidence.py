"""What the whole file says about how it is written: decimal mark, order of dates, currencies."""

from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from quartier.catalog import ValueType
from quartier.collect.convert import given, plain_text
from quartier.collect.definition import Mapping
from quartier.collect.plan import Field, Plan
from quartier.collect.rows import Reader
from quartier.config import Config
from quartier.engine import DuckDBEngine, Query, to_sql
from quartier.errors import AmbiguousFile
from quartier.language import Text

_DATES = (ValueType.DATE, ValueType.INSTANT)
_SHORT = r"^\s*(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2,4}"
SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "EUR": "EUR", "USD": "USD", "GBP": "GBP", "CHF": "CHF", "CAD": "CAD"}
_SYMBOL = r"(€|\$|£|EUR|USD|GBP|CHF|CAD)"
MONEY = ("property.revenue", "line.price", "line.amount")


@dataclass(frozen=True)
class Evidence:
    """How the file is read, decided from all of it."""

    reader: Reader
    currency: str | None = None
    rates: dict[str, float] = field(default_factory=dict)
    stored_currency: str = "EUR"

    def settled(self, mapping: Mapping) -> Mapping:
        """The mapping with what was found out, so that the file is read the same way again."""
        found = {"decimal": self.reader.decimal, "date_order": self.reader.order, "time_zone": self.reader.zone,
                 "country": self.reader.country}  # fmt: skip
        return mapping.model_copy(update={**found, "currency": mapping.currency or self.currency})

    def currency_of(self, rows: ir.Table) -> ir.StringValue:
        """The currency of a row's amounts once they are stored."""
        if self.rates or "currency" not in rows.columns:
            return ibis.literal(self.stored_currency)
        return _iso(rows["currency"]).fill_null(self.stored_currency)

    def rate(self, rows: ir.Table) -> ir.FloatingValue:
        """What one unit of a row's currency is worth."""
        if not self.rates or "currency" not in rows.columns:
            return ibis.literal(1.0)
        return ibis.cases(*((_iso(rows["currency"]) == each, rate) for each, rate in self.rates.items()), else_=1.0)


def decide(engine: DuckDBEngine, raw: ir.Table, plan: Plan, config: Config, where: str) -> Evidence:
    """Look at the whole file. Raises AmbiguousFile when it can be read in two ways."""
    mapping = plan.mapping
    decimal = mapping.decimal or _decimal(engine, raw, plan)
    order = mapping.date_order or _date_order(engine, raw, plan, where)
    currency = _currency(engine, raw, plan, config, where)
    reader = Reader(decimal, order, mapping.time_zone or config.time_zone, mapping.country or config.country)
    stored = config.currency if mapping.rates else mapping.currency or currency or config.currency
    return Evidence(reader, currency, mapping.rates, stored)


def _iso(text: ir.StringValue) -> ir.StringValue:
    """€ as EUR, eur as EUR."""
    return text.upper().cases(*(item for item in SYMBOLS.items()), else_=text.upper())


def _decimal(engine: DuckDBEngine, raw: ir.Table, plan: Plan) -> str:
    """A comma when some number can only be read so, and none only with a point."""
    fields = [each for each in _written(raw, plan) if each.type in (ValueType.NUMBER, ValueType.INTEGER)]
    if not fields:
        return "."
    comma = sum(_count(raw, each, ",", r"^[^.]*,(\d{1,2}|\d{4,})\D*$|\.\d{3},\d") for each in fields)
    point = sum(_count(raw, each, ".", r"^[^,]*\.(\d{1,2}|\d{4,})\D*$|,\d{3}\.\d") for each in fields)
    ((commas, points),) = engine.rows(Query(to_sql(raw.agg(comma=comma, point=point))))
    return "," if int(commas or 0) > int(points or 0) else "."  # type: ignore[call-overload]  # counts


def _written(raw: ir.Table, plan: Plan) -> list[Field]:
    """The fields that the source holds as text: where it has types, nothing has to be found out."""
    return [each for each in plan.fields if raw[each.place].type().is_string()]


def _count(raw: ir.Table, each: Field, sign: str, pattern: str) -> ir.NumericScalar:
    text = raw[each.place]
    return ibis.ifelse(text.contains(sign), text.re_search(pattern), False).cast("int64").sum()


def _date_order(engine: DuckDBEngine, raw: ir.Table, plan: Plan, where: str) -> str:
    """Day or month first: a number above 12 decides."""
    fields = [each for each in _written(raw, plan) if each.type in _DATES]
    orders = _orders(engine, raw, fields) if fields else {}
    if not orders:
        return "ymd"
    known = set(orders.values()) - {"?"}
    if len(known) == 1 and "mixed" not in known:
        return known.pop()
    column = next(iter(orders))
    if known:
        raise AmbiguousFile(_MIXED.with_(columns=list(orders)), field="date_order", where=where, remedy=_SAY_ORDER)
    raise AmbiguousFile(_AMBIGUOUS.with_(column=column), field="date_order", where=where, remedy=_SAY_ORDER)


def _orders(engine: DuckDBEngine, raw: ir.Table, fields: list[Field]) -> dict[str, str]:
    """The order in each column that has dates with the day or the month first; `?` where none tells them apart."""
    counts = {}
    for each in fields:
        text = raw[each.place]
        for place in (1, 2):
            part = text.re_extract(_SHORT, place).try_cast("int64")
            counts[f"{each.place}_{place}"] = (part > _MONTHS).sum()
        counts[f"{each.place}_n"] = part.count()
    (found,) = engine.fetch(Query(to_sql(raw.agg(**counts)))).to_pylist()
    told = {
        each.column: _order_of(*(int(found[f"{each.place}_{part}"] or 0) for part in ("n", "1", "2")))
        for each in fields
    }
    return {column: order for column, order in told.items() if order}


_MONTHS = 12


def _order_of(n: int, first: int, second: int) -> str | None:
    """From how often the first and the second number are above 12; a few among many are mistakes."""
    if not n:
        return None
    if (first and not second) or (first and first > second * 20):
        return "dmy"
    if (second and not first) or (second and second > first * 20):
        return "mdy"
    return "mixed" if first else "?"


def _currency(engine: DuckDBEngine, raw: ir.Table, plan: Plan, config: Config, where: str) -> str | None:
    """The one currency of the file. Raises AmbiguousFile for several without rates."""
    found: set[str] = set()
    for each in filter(None, map(plan.field, MONEY)):
        text = raw[each.place]
        if not text.type().is_string():
            continue
        dressed = ibis.ifelse(text.try_cast("float64").isnull(), text.upper(), "")
        sign = dressed.re_extract(_SYMBOL, 1)
        listed = engine.rows(Query(to_sql(raw.select(sign=sign).distinct().filter(lambda r: r.sign != "").limit(9))))
        found |= {SYMBOLS[str(sign)] for (sign,) in listed}
        if len(found) > 1:
            raise AmbiguousFile(
                _TWO.with_(column=each.column, found=sorted(found)), field="rates", where=where, remedy=_SPLIT
            )
    column = plan.field("currency")
    if column is not None:
        _check_rates(engine, raw, column, plan.mapping, config.currency, where)
    return found.pop() if found else None


def _check_rates(engine: DuckDBEngine, raw: ir.Table, column: Field, mapping: Mapping, own: str, where: str) -> None:
    """Each of several currencies needs its rate, but the workspace's own, which is worth 1."""
    listed = (
        raw.select(code=_iso(given(plain_text(raw[column.place]), mapping.missing)))
        .distinct()
        .filter(lambda r: r.code.notnull())
    )
    codes = sorted(str(code) for (code,) in engine.rows(Query(to_sql(listed.limit(50)))))
    lacking = [each for each in codes if each not in mapping.rates and each != own]
    if len(codes) > 1 and lacking:
        raise AmbiguousFile(
            _TWO.with_(column=column.column, found=codes),
            field="rates",
            where=where,
            remedy=_RATES.with_(lacking=lacking),
        )


_AMBIGUOUS = Text(
    en="the dates in “{column}” can be read as day/month or as month/day",
    fr="les dates de «\N{NO-BREAK SPACE}{column}\N{NO-BREAK SPACE}» peuvent se lire jour/mois ou mois/jour",
)
_MIXED = Text(
    en="dates are written day/month and month/day in the same file ({columns})",
    fr="des dates jour/mois et mois/jour sont mêlées dans le fichier ({columns})",
)
_SAY_ORDER = Text(
    en="say which: `--date-order dmy` or `mdy` (in a mapping: `date_order: dmy`)",
    fr="précisez\N{NO-BREAK SPACE}: `--date-order dmy` ou `mdy` (dans un mapping\N{NO-BREAK SPACE}: `date_order: dmy`)",
)
_TWO = Text(
    en="“{column}” holds amounts in several currencies: {found}",
    fr="«\N{NO-BREAK SPACE}{column}\N{NO-BREAK SPACE}» contient des montants en plusieurs devises"
    "\N{NO-BREAK SPACE}: {found}",
)
_RATES = Text(
    en="give what one unit of each is worth in the workspace's currency: `rates: {{USD: 0.92}}` (missing: {lacking})",
    fr="donnez la valeur d'une unité de chacune dans la devise de l'espace\N{NO-BREAK SPACE}: `rates: {{USD: 0.92}}` "
    "(manquent\N{NO-BREAK SPACE}: {lacking})",
)
_SPLIT = Text(
    en="give the currency a column of its own and its rates in the mapping: `rates: {{USD: 0.92}}`",
    fr="mettez la devise dans une colonne à part et ses taux dans le mapping\N{NO-BREAK SPACE}: `rates: {{USD: 0.92}}`",
)
