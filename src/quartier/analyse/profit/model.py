"""Profit as a model: reads what customers bought and caused, takes off what was stated, says what is missing."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quartier.analyse.modelling.computed import Computed
from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.profit import reading as costs
from quartier.analyse.profit import said
from quartier.analyse.profit.definition import Profit
from quartier.analyse.profit.figures import ProfitFigures
from quartier.analyse.profit.ledger import (
    Ledger,
    Limits,
    Numbers,
    Whole,
    class_of,
    classes,
    limits,
    peak,
    tenths,
    whale,
)
from quartier.analyse.profit.said import Gaps
from quartier.analyse.profit.tables import LINES, tables
from quartier.analyse.purchases import PERSON
from quartier.catalog import Family, Label, Trait, ValueType
from quartier.errors import NoAnswer
from quartier.language import Text


def compute(reading: Reading, document: Profit) -> Computed:
    """The account of every customer. Raises NoAnswer where no cost of goods is known, or nobody bought."""
    if document.margin is None and document.cost is None:
        raise NoAnswer(said.NO_GOODS, remedy=said.STATE_GOODS)
    ledger, gaps = _ledger(reading, document)
    bounds = limits(ledger, document.even, document.high)
    figures = _figures(document, ledger, bounds)
    findings = said.findings(document, figures, bounds, gaps, reading)
    return Computed(_table(document.name, ledger, bounds), _traits(document.name, ledger), figures, findings)


def _ledger(reading: Reading, document: Profit) -> tuple[Ledger, Gaps]:
    customers = reading.customers(document)
    if not customers.num_rows:
        raise NoAnswer(said.NO_CUSTOMERS, remedy=said.IMPORT_ORDERS)
    if pc.max(customers["net"]).as_py() <= 0:
        raise NoAnswer(said.NO_REVENUE, remedy=said.NAME_AMOUNT)
    keys, revenue = customers[PERSON].to_numpy().astype(np.int64), customers["net"].to_numpy().astype(np.float64)
    goods, uncosted, share = _goods(reading, document, keys, revenue)
    won, unwon = _acquisition(reading, document, keys)
    ledger = Ledger(
        keys, revenue, goods, won,
        _by_events(reading, document, document.service, document.service_cost, keys),
        _by_events(reading, document, document.follow_ups, document.follow_up_cost, keys),
    )  # fmt: skip
    return ledger, Gaps(uncosted, share, unwon)


def _goods(reading: Reading, document: Profit, keys: Whole, revenue: Numbers) -> tuple[Numbers, float, float]:
    """What goods cost of each customer; the share of revenue of which that is not known, and what was taken for it."""
    if document.cost is None:
        return revenue * (1 - (document.margin or 0.0)), 0.0, 0.0
    cost, known, unknown = costs.goods(reading, document, keys)
    if document.margin is None and known.sum() <= 0:
        raise NoAnswer(said.NO_COSTS.with_(cost=document.cost), remedy=said.STATE_GOODS)
    share = 1 - document.margin if document.margin is not None else float(cost.sum() / known.sum())
    bought = known + unknown
    kept = np.divide(revenue, bought, out=np.ones(len(keys)), where=bought > 0)
    return (cost + unknown * share) * kept, float(unknown.sum() / max(bought.sum(), 1e-9)), share


def _acquisition(reading: Reading, document: Profit, keys: Whole) -> tuple[Numbers | None, int]:
    """What winning each customer cost: by trait, by source, else the constant; and of how many it is not known."""
    if document.acquisition is None and document.acquisition_trait is None and not document.acquisition_by:
        return None, 0
    found = np.full(len(keys), np.nan if document.acquisition is None else document.acquisition)
    if document.source is not None:
        sources = costs.values_of(reading, document.source, keys)
        for source, each in document.acquisition_by.items():
            found[sources == source] = each
    if document.acquisition_trait is not None:
        own = costs.trait_of(reading, document.acquisition_trait, keys)
        found = np.where(np.isnan(own), found, own)
    return np.nan_to_num(found), int(np.count_nonzero(np.isnan(found)))


def _by_events(
    reading: Reading, document: Profit, events: tuple[str, ...], each: float | None, keys: Whole
) -> Numbers | None:
    return None if each is None else costs.times(reading, document, events, keys) * each


def _figures(document: Profit, ledger: Ledger, bounds: Limits) -> ProfitFigures:
    profit = ledger.profit
    return ProfitFigures(
        name=document.name, customers=len(profit), account=ledger.account(),
        losing=int(np.count_nonzero(profit < 0)), lost=round(float(profit[profit < 0].sum()), 2),
        peak=peak(profit), whale=whale(profit), classes=classes(ledger, bounds), tenths=tenths(profit),
    )  # fmt: skip


def _table(name: str, ledger: Ledger, bounds: Limits) -> pa.Table:
    known = {line: each for line, each in ledger.costs.items() if each is not None}
    return pa.table(
        {
            PERSON: pa.array(ledger.keys, pa.int32()),
            name: pa.array(ledger.profit),
            f"{name}_class": pa.array(class_of(ledger.profit, bounds).tolist(), pa.string()),
            f"{name}_revenue": pa.array(ledger.revenue.round(2)),
        }
        | {f"{name}_{line}": pa.array(each.round(2)) for line, each in known.items()}
    )


def _traits(name: str, ledger: Ledger) -> tuple[Trait, ...]:
    profit = Text(en="Profit", fr="Profit")
    lines = ["revenue", *(line for line, each in ledger.costs.items() if each is not None)]
    labels = {
        name: profit,
        f"{name}_class": Text(en="Profit segment", fr="Segment de profit"),
        **{f"{name}_{line}": _after(profit, LINES[line]) for line in lines},
    }
    return tuple(
        Trait(
            name=each, type=ValueType.TEXT if each == f"{name}_class" else ValueType.NUMBER, family=Family.BEHAVIOURAL,
            label=Label(en=label.en, fr=label.fr), origin="computed", of="person",
        )
        for each, label in labels.items()
    )  # fmt: skip


def _after(first: Text, then: Text) -> Text:
    return Text(en=f"{first.en}: {then.en}", fr=f"{first.fr}\N{NO-BREAK SPACE}: {then.fr}")


KIND: Final = Kind(
    name="profit",
    label=Text(en="Profit per customer", fr="Profit par client"),
    sentence=Text(
        en="What each customer brought, less what they cost: who carries the business, and who costs more than they "
        "bring.",
        fr="Ce que chaque client a rapporté, moins ce qu'il a coûté : qui porte l'activité, et qui coûte plus qu'il ne "
        "rapporte.",
    ),
    document=Profit,
    figures=ProfitFigures,
    compute=compute,
    tables=tables,
)
