"""Lifetime value as a model: reads purchases, fits the laws, forecasts for each customer and checks the forecast."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from quartier.analyse.lifetime import said, tables
from quartier.analyse.lifetime.beta_bernoulli import at_occasions
from quartier.analyse.lifetime.checking import EPOCH, check
from quartier.analyse.lifetime.definition import LifetimeValue
from quartier.analyse.lifetime.figures import Check, Estimate, Law, LifetimeFigures
from quartier.analyse.lifetime.fitting import Fit
from quartier.analyse.lifetime.forecast import Fitted, fit_purchases
from quartier.analyse.lifetime.histories import Numbers, Purchased, Whole, purchased
from quartier.analyse.lifetime.laws import NAMES, PurchaseLaw, law_of
from quartier.analyse.lifetime.spend import Spend, expected_spend, fit_spend
from quartier.analyse.lifetime.standing import EVEN_ODDS, cells, tenths
from quartier.analyse.modelling.computed import Computed
from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.purchases import PERSON
from quartier.catalog import Family, Label, Trait, ValueType
from quartier.errors import NoAnswer
from quartier.language import Text


@dataclass(frozen=True)
class Forecast:
    """What is forecast of each customer; columns of equal length, rounded as the traits are."""

    purchases: Numbers
    alive: Numbers
    spend: Numbers | None
    """what a purchase brings, refunds taken off; None where no law of amounts was found"""
    worth: Numbers | None


def compute(reading: Reading, document: LifetimeValue) -> Computed:
    """The forecast of every customer. Raises NoAnswer where purchases do not say enough."""
    law = law_of(document.method, document.occasion)
    keys, days, amounts, end = _orders(reading, document)
    bought, silent = float(amounts.sum()), _silent(keys, days, end)
    if document.method == "bg-bb":
        keys, days, amounts = at_occasions(keys, days, amounts, document.occasion, end)
    known = purchased(keys, days, amounts, end)
    fitted = fit_purchases(law, known.histories)
    spend, silence = _spend(known)
    kept = _kept(reading, document, bought)
    forecast = _forecast(document, fitted, known, spend, kept)
    checked, unchecked = _checked(law, document, keys, days, end)
    figures = _figures(document, known, silent, fitted, spend, forecast, checked, end)
    findings = said.findings(document, figures, kept, silence, unchecked)
    return Computed(_table(document.name, known, silent, forecast), _traits(document.name, forecast), figures, findings)


def _orders(reading: Reading, document: LifetimeValue) -> tuple[Whole, Whole, Numbers, int]:
    """Persons, days since 1970-01-01, amounts: one row per person and day; and the day of the reading."""
    table = reading.orders(document)
    if not table.num_rows:
        raise NoAnswer(said.NO_PURCHASES, remedy=said.IMPORT_ORDERS)
    days = table["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    today = reading.as_of.astimezone(reading.config.zone).date()
    return table[PERSON].to_numpy().astype(np.int64), days, table["amount"].to_numpy(), (today - EPOCH).days


def _spend(known: Purchased) -> tuple[Spend | None, NoAnswer | None]:
    """The law of amounts; without one purchases are forecast all the same, and the reason is kept."""
    try:
        return fit_spend(known.histories.repeats, known.spend), None
    except NoAnswer as reason:
        return None, reason


def _kept(reading: Reading, document: LifetimeValue, bought: float) -> float:
    """The share of what was bought that was not given back, over all customers."""
    net = float(np.sum(reading.customers(document)["net"].to_numpy()))
    return min(max(net / bought, 0.0), 1.0) if bought > 0 else 1.0


def _forecast(document: LifetimeValue, fitted: Fitted, known: Purchased, spend: Spend | None, kept: float) -> Forecast:
    purchases, alive = fitted.expected(document.horizon).round(4), fitted.alive().round(4)
    if spend is None:
        return Forecast(purchases, alive, None, None)
    one = expected_spend(spend, known.histories.repeats, known.spend) * kept
    counted = fitted.discounted(document.horizon, document.discount)
    return Forecast(purchases, alive, one.round(2), (counted * one * (document.margin or 1.0)).round(2))


def _checked(
    law: PurchaseLaw, document: LifetimeValue, keys: Whole, days: Whole, end: int
) -> tuple[Check | None, NoAnswer | None]:
    try:
        return check(law, keys, days, end, document.kept_back), None
    except NoAnswer as reason:
        return None, reason


def _figures(
    document: LifetimeValue, known: Purchased, silent: Whole, fitted: Fitted, spend: Spend | None, forecast: Forecast,
    checked: Check | None, end: int,
) -> LifetimeFigures:  # fmt: skip
    repeats = known.histories.repeats
    by = forecast.worth if forecast.worth is not None else forecast.purchases
    return LifetimeFigures(
        name=document.name, customers=len(known.keys), returned=int(np.count_nonzero(repeats)),
        until=EPOCH + dt.timedelta(days=end), weeks=document.horizon,
        purchases=float(forecast.purchases.sum()), alive=float(forecast.alive.sum()),
        value=None if forecast.worth is None else float(forecast.worth.sum()), margin=document.margin,
        discount=document.discount, law=_law(NAMES[document.method], len(known.keys), fitted.fit),
        spend=_law("Gamma-Gamma", spend.customers, spend.fit) if spend else None,
        correlation=spend.correlation if spend else None, check=checked,
        gone=int(np.count_nonzero(forecast.alive < EVEN_ODDS)),
        tenths=tenths(by, forecast.purchases, forecast.alive),
        cells=cells(repeats.astype(np.int64), silent, forecast.alive),
    )  # fmt: skip


def _law(method: str, customers: int, fit: Fit) -> Law:
    found = tuple(
        Estimate(name=each.name, value=each.value, error=each.error, low=each.low, high=each.high)
        for each in fit.parameters
    )
    return Law(method=method, customers=customers, log_likelihood=fit.log_likelihood, parameters=found)


def _silent(keys: Whole, days: Whole, end: int) -> Whole:
    """Days since the last purchase of each customer, in the order of keys, whatever a law makes of days."""
    order = np.lexsort((days, keys))
    ends = np.flatnonzero(np.r_[np.diff(keys[order]) != 0, True])
    return np.asarray(end - days[order][ends])


def _table(name: str, known: Purchased, silent: Whole, forecast: Forecast) -> pa.Table:
    columns = {
        PERSON: pa.array(known.keys, pa.int32()),
        f"{name}_purchases": pa.array(forecast.purchases),
        f"{name}_alive": pa.array(forecast.alive),
        f"{name}_repeats": pa.array(known.histories.repeats.astype(np.int64)),
        f"{name}_silent_days": pa.array(silent),
    }
    if forecast.worth is not None:
        columns |= {name: pa.array(forecast.worth), f"{name}_spend": pa.array(forecast.spend)}
    return pa.table(columns)


def _traits(name: str, forecast: Forecast) -> tuple[Trait, ...]:
    found = [
        _trait(f"{name}_purchases", ValueType.NUMBER, "Purchases to expect", "Achats attendus"),
        _trait(
            f"{name}_alive", ValueType.NUMBER, "Probability of still being a customer",
            "Probabilité d'être encore client",
        ),
        _trait(f"{name}_repeats", ValueType.INTEGER, "Purchases after the first", "Achats après le premier", False),
        _trait(
            f"{name}_silent_days", ValueType.INTEGER, "Days since the last purchase (lifetime value)",
            "Jours depuis le dernier achat (valeur vie client)", False,
        ),
    ]  # fmt: skip
    if forecast.worth is not None:
        found += [
            _trait(name, ValueType.NUMBER, "Lifetime value", "Valeur vie client"),
            _trait(f"{name}_spend", ValueType.NUMBER, "Amount per purchase to expect", "Montant attendu par achat"),
        ]
    return tuple(found)


def _trait(name: str, type_: ValueType, en: str, fr: str, is_predicted: bool = True) -> Trait:
    return Trait(
        name=name, type=type_, family=Family.BEHAVIOURAL, label=Label(en=en, fr=fr),
        origin="predicted" if is_predicted else "computed", of="person",
    )  # fmt: skip


KIND: Final = Kind(
    name="lifetime_value",
    label=Text(en="Lifetime value", fr="Valeur vie client"),
    sentence=Text(
        en="How often each customer will buy again, whether they still will, and what that is worth.",
        fr="À quel rythme chaque client rachètera, s'il rachètera encore, et ce que cela vaut.",
    ),
    document=LifetimeValue,
    figures=LifetimeFigures,
    compute=compute,
    tables=tables.tables,
)
