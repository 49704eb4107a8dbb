"""Recommendations as a model: reads what was bought, measures itself on the last weeks, offers to each customer."""

import datetime as dt
from typing import Final

import numpy as np
import pyarrow as pa

from quartier.analyse.modelling.computed import Computed
from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.purchases import PERSON
from quartier.analyse.recommend import said
from quartier.analyse.recommend.bought import Whole
from quartier.analyse.recommend.definition import (
    Check,
    Measure,
    Offered,
    PairFigure,
    Recommendations,
    RecommendFigures,
)
from quartier.analyse.recommend.measuring import PLACES, Limits, Measured, chosen, measured
from quartier.analyse.recommend.neighbours import NOTHING, lists, near
from quartier.analyse.recommend.offers import Offers, offers
from quartier.analyse.recommend.pairs import Pair, Pairs, pairs
from quartier.analyse.recommend.reading import Shelf, day_of, shelf
from quartier.analyse.recommend.tables import tables
from quartier.catalog import Family, Trait, ValueType
from quartier.errors import NoAnswer

FEWEST_SEVERAL: Final = 50
"""Customers of two products or more, below whom no product can be told to be near another."""
PAIRS_KNOWN, PAIRS_SHOWN, OFFERS_SHOWN = 2000, 25, 15


def compute(reading: Reading, document: Recommendations) -> Computed:
    """What every customer is offered. Raises NoAnswer with too few customers or a single product."""
    found = shelf(reading, document)
    bought, offered = found.bought, found.bought.buyers >= document.fewest_buyers
    _check(found, int(offered.sum()), document)
    end = day_of(reading.as_of.astimezone(reading.config.zone).date()) + 1
    limits = Limits(document.fewest_buyers, document.again_after, document.replenish)
    method = chosen(bought, limits, end, document.kept_back) if document.method == "auto" else document.method
    unwanted, nearness = bought.unwanted(end - document.again_after, document.replenish), near(bought.times, method)
    together = pairs(bought, offered, PAIRS_KNOWN)
    best = lists(bought.times, nearness, unwanted, offered, PLACES)
    offer = offers(found, best, nearness, unwanted, offered, together.found)
    checked = measured(bought, limits, end, document.kept_back, method)
    figures = RecommendFigures(
        name=document.name, method=method, product=document.product, customers=bought.persons,
        products=int(offered.sum()), replenished=int((bought.replenished(document.replenish) & offered).sum()),
        by_popularity=int((~offer.is_personal).sum()), of_orders=together.of_orders, baskets=together.baskets,
        check=_checked(checked, document), pairs=_pairs(together, found), offered=_offered(found, offer),
    )  # fmt: skip
    return Computed(_table(document.name, found, offer), _traits(document.name), figures, said.findings(figures))


def _check(found: Shelf, offered: int, document: Recommendations) -> None:
    if not found.bought.persons:
        raise NoAnswer(said.NO_PURCHASES, remedy=said.IMPORT_LINES)
    if found.bought.products < 2:
        raise NoAnswer(said.ONE_PRODUCT, remedy=said.IMPORT_LINES)
    several = int((np.diff(found.bought.times.indptr) > 1).sum())
    if several < FEWEST_SEVERAL:
        raise NoAnswer(said.FEW_SEVERAL.with_(n=several, fewest=FEWEST_SEVERAL), remedy=said.WAIT)
    if offered < 2:
        raise NoAnswer(said.FEW_BUYERS.with_(n=offered, fewest=document.fewest_buyers), remedy=said.COARSER)


def _checked(found: Measured | None, document: Recommendations) -> Check | None:
    if found is None:
        return None
    return Check(
        cut=dt.date(1970, 1, 1) + dt.timedelta(days=found.cut), days=document.kept_back, persons=found.persons,
        measures=tuple(Measure.model_validate(vars(each)) for each in found.gains),
        coverage=found.coverage, popular_coverage=found.popular_coverage,
    )  # fmt: skip


def _pairs(together: Pairs, found: Shelf) -> tuple[PairFigure, ...]:
    return tuple(_pair(each, found) for each in together.found[:PAIRS_SHOWN])


def _pair(pair: Pair, found: Shelf) -> PairFigure:
    low, high = pair.interval
    return PairFigure(
        first=found.values[pair.first], then=found.values[pair.then], first_label=found.labels[pair.first],
        then_label=found.labels[pair.then], together=pair.together, support=pair.support, confidence=pair.confidence,
        lift=pair.lift, low=low, high=high, not_yet=pair.not_yet,
    )  # fmt: skip


def _offered(found: Shelf, offer: Offers) -> tuple[Offered, ...]:
    counts = np.bincount(offer.product[offer.product != NOTHING], minlength=found.bought.products)
    most = np.lexsort((np.arange(len(counts)), -counts))[:OFFERS_SHOWN]
    return tuple(Offered(product=found.labels[each], persons=int(counts[each])) for each in most if counts[each])


def _table(name: str, found: Shelf, offer: Offers) -> pa.Table:
    by = [
        None if product == NOTHING else said.BY_PURCHASES if own else said.BY_POPULARITY
        for product, own in zip(offer.product.tolist(), offer.is_personal.tolist(), strict=True)
    ]
    return pa.table({
        PERSON: pa.array(found.keys.astype(np.int32)),
        f"{name}_offer": _named(offer.product, found.labels),
        f"{name}_category": _named(offer.category, found.categories),
        f"{name}_with": _named(offer.with_last, found.labels),
        f"{name}_dearer": _named(offer.dearer, found.labels),
        f"{name}_by": pa.array(by, pa.string()),
    })  # fmt: skip


def _named(numbers: Whole, names: tuple[str, ...]) -> pa.Array:
    return pa.array([None if each == NOTHING else names[each] for each in numbers.tolist()], pa.string())


def _traits(name: str) -> tuple[Trait, ...]:
    return tuple(
        Trait(
            name=f"{name}_{key}", type=ValueType.TEXT, family=Family.BEHAVIOURAL, origin="predicted",
            label=label,
        )
        for key, label in said.TRAITS.items()
    )  # fmt: skip


KIND: Final = Kind(
    name="recommendations", label=said.LABEL, sentence=said.SENTENCE, document=Recommendations,
    figures=RecommendFigures, compute=compute, tables=tables,
)  # fmt: skip
