"""From the events of purchases to what was bought: the lines of orders, or the events where they name one product."""

import datetime as dt
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quartier.analyse.modelling.reading import Reading
from quartier.analyse.purchases import ORDER_ID, PERSON, events_until
from quartier.analyse.recommend.bought import Bought, Numbers, Whole
from quartier.analyse.recommend.definition import Recommendations
from quartier.catalog import EventType
from quartier.engine import OCCURRED_AT, local_time, parameter, subject_table
from quartier.errors import UnknownName, suggestion
from quartier.language import Text

_LABELS, _CATEGORIES, _PRICES = ("name", "title"), ("category", "department"), ("price", "revenue")


@dataclass(frozen=True)
class Shelf:
    """What was bought, and what persons, products and categories are called."""

    bought: Bought
    keys: Whole
    """the key of each person"""
    values: tuple[str, ...]
    """the value of each product, as conditions name it"""
    labels: tuple[str, ...]
    """how people call it"""
    category: Whole
    """the category of each product, -1 where unknown"""
    categories: tuple[str, ...]


def shelf(reading: Reading, document: Recommendations) -> Shelf:
    """What customers bought until the instant. Raises UnknownName for a purchase or a product that is not there."""
    reading.purchases(document)  # the event, or its nearest names
    event = reading.event(document.purchase)
    if document.product not in event.paths():
        raise UnknownName(
            _NO_PRODUCT.with_(name=document.product, event=event.name),
            remedy=suggestion(document.product, event.paths()),
        )
    since = document.since(reading.as_of, reading.config.zone)
    return _shelf(reading.fetch(_lines(reading, event, document.product, is_windowed=since is not None), since))


def _lines(reading: Reading, event: EventType, product: str, *, is_windowed: bool) -> ir.Table:
    """One row per line: person, day, order, product, label, category, price."""
    head, _, field = product.rpartition(".")
    rows = events_until(event).semi_join(subject_table(reading.catalog), PERSON)
    if is_windowed:
        rows = rows.filter(lambda r: r[OCCURRED_AT] > parameter("since", "timestamp"))
    order = rows[ORDER_ID].cast("string") if event.property(ORDER_ID) is not None else rows.event_id
    kept = rows.mutate(order=order, day=local_time(rows[OCCURRED_AT], reading.config.time_zone).date())
    if head:
        kept = kept.mutate(line=kept[head].unnest())
    value = {path: (kept.line[path] if head else kept[path]) for path in _siblings(event, head)}

    def first(names: tuple[str, ...], type_: str) -> ir.Value:
        found = next((value[each] for each in names if each in value and each != field), None)
        return ibis.null(type_) if found is None else found.cast(type_)

    found = kept.select(
        PERSON, "day", "order", product=value[field].cast("string"), label=first(_LABELS, "string"),
        category=first(_CATEGORIES, "string"), price=first(_PRICES if head else _PRICES[:1], "float64"),
    )  # fmt: skip
    return found.filter(found["product"].notnull()).order_by(PERSON, "day", "order", "product")


def _siblings(event: EventType, head: str) -> list[str]:
    prefix = f"{head}." if head else ""
    return [
        each.removeprefix(prefix) for each in event.paths() if each.startswith(prefix) and (head or "." not in each)
    ]


def _shelf(table: pa.Table) -> Shelf:
    keys, person = np.unique(table[PERSON].to_numpy(), return_inverse=True)
    values, product = _coded(table["product"])
    order = _numbered(pc.binary_join_element_wise(table[PERSON].cast("string"), table["order"], "/"))
    day = table["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    bought = Bought(person, product, order, day, _prices(table["price"]), len(keys), len(values))
    last = np.zeros(len(values), dtype=np.int64)
    last[product] = np.arange(len(product))  # how a product is called is what its last line says
    labels = table["label"].take(pa.array(last)).to_pylist()
    kinds = table["category"].take(pa.array(last)).to_pylist()
    known = sorted({each for each in kinds if each})
    category = np.array([known.index(each) if each else -1 for each in kinds], dtype=np.int64)
    return Shelf(
        bought, keys.astype(np.int64), tuple(values),
        tuple(label or value for label, value in zip(labels, values, strict=True)), category, tuple(known),
    )  # fmt: skip


def _coded(column: pa.ChunkedArray) -> tuple[list[str], Whole]:
    """The distinct values in their order, and the number of each row's."""
    encoded = column.combine_chunks().dictionary_encode()
    values = encoded.dictionary.to_pylist()
    order = sorted(range(len(values)), key=values.__getitem__)
    place = np.empty(len(values), dtype=np.int64)
    place[order] = np.arange(len(values))
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return [values[each] for each in order], place[codes] if len(values) else codes


def _numbered(column: pa.ChunkedArray) -> Whole:
    """A number for each row, the same where values are the same."""
    numbers: Whole = column.combine_chunks().dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers


def _prices(column: pa.ChunkedArray) -> Numbers:
    prices: Numbers = column.cast(pa.float64()).to_numpy().astype(np.float64)
    return prices


def day_of(at: dt.date) -> int:
    """A day as the arrays have it."""
    return (at - dt.date(1970, 1, 1)).days


_NO_PRODUCT = Text(
    en="“{event}” has no property “{name}” that could say which product",
    fr="« {event} » n'a pas de propriété « {name} » qui dirait quel produit",
)
