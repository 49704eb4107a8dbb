"""What profit reads beside purchases: what goods cost, how often service or follow-up was needed, what winning cost."""

from collections.abc import Sequence

import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from quartier.analyse.modelling.reading import Reading
from quartier.analyse.profit.definition import Profit
from quartier.analyse.profit.ledger import Numbers, Whole
from quartier.analyse.purchases import PERSON, amount_property, events_until
from quartier.catalog import EventType, ValueType
from quartier.engine import OCCURRED_AT, parameter
from quartier.errors import NoAnswer, UnknownName, suggestion
from quartier.language import Text


def goods(reading: Reading, document: Profit, keys: Whole) -> tuple[Numbers, Numbers, Numbers]:
    """Of each customer: what purchases cost where it is known, what these brought, what the others brought.

    Raises UnknownName when the purchase has no such number.
    """
    assert document.cost is not None
    event = reading.event(document.purchase)
    if amount_property(event, document.cost) is None:
        numbers = [each.name for each in event.properties if amount_property(event, each.name)]
        told = _NO_COST.with_(name=document.cost, event=event.name)
        raise UnknownName(told, remedy=suggestion(document.cost, numbers))
    table = _of(document, event)
    rows = table.select(
        PERSON,
        cost=lambda r: r[document.cost].cast("float64"),
        amount=lambda r: r[document.amount].cast("float64").fill_null(0.0),
    )
    sums = rows.group_by(PERSON).agg(
        cost=lambda r: r.cost.sum().fill_null(0.0),
        known=lambda r: r.cost.notnull().ifelse(r.amount, 0.0).sum(),
        unknown=lambda r: r.cost.isnull().ifelse(r.amount, 0.0).sum(),
    )
    found = reading.fetch(sums, document.since(reading.as_of, reading.config.zone))
    of = found[PERSON].to_numpy()
    cost, known, unknown = (aligned(keys, of, found[name].to_numpy()) for name in ("cost", "known", "unknown"))
    return cost, known, unknown


def times(reading: Reading, document: Profit, events: Sequence[str], keys: Whole) -> Numbers:
    """How often each customer did any of some events. Raises UnknownName for one that there is not."""
    counted = np.zeros(len(keys))
    for name in events:
        table = _of(document, reading.event(name))
        sums = table.group_by(PERSON).agg(n=lambda r: r.count())
        found = reading.fetch(sums, document.since(reading.as_of, reading.config.zone))
        counted += aligned(keys, found[PERSON].to_numpy(), found["n"].to_numpy().astype(np.float64))
    return counted


def trait_of(reading: Reading, name: str, keys: Whole) -> Numbers:
    """A trait that is a number, NaN where it is missing. Raises UnknownName, and NoAnswer for one that is none."""
    if reading.trait(name).type not in (ValueType.NUMBER, ValueType.INTEGER):
        raise NoAnswer(_NO_NUMBER.with_(name=name), remedy=_NUMBER_NEEDED)
    found = reading.persons([name])
    return aligned(keys, found[PERSON].to_numpy(), found[name].cast("double").to_numpy(), np.nan)


def values_of(reading: Reading, name: str, keys: Whole) -> npt.NDArray[np.object_]:
    """A trait as text, None where it is missing. Raises UnknownName."""
    found = reading.persons([name])
    texts = np.array([None if each is None else str(each) for each in found[name].to_pylist()], dtype=object)
    place = np.searchsorted(found[PERSON].to_numpy(), keys)
    return texts[place]


def aligned(keys: Whole, of: Whole, values: Numbers, missing: float = 0.0) -> Numbers:
    """Values of persons in the order of `keys` (ascending), `missing` for those who have none."""
    placed = np.full(len(keys), missing)
    here = np.isin(of, keys)
    placed[np.searchsorted(keys, of[here])] = values[here]
    return placed


def _of(document: Profit, event: EventType) -> ir.Table:
    table = events_until(event)
    if document.within is None:
        return table
    return table.filter(lambda r: r[OCCURRED_AT] > parameter("since", "timestamp"))


_NO_COST = Text(en="“{event}” has no number called “{name}”", fr="« {event} » n'a pas de nombre appelé « {name} »")
_NO_NUMBER = Text(en="the trait “{name}” is not a number", fr="le trait « {name} » n'est pas un nombre")
_NUMBER_NEEDED = Text(
    en="name a trait that holds an amount, or state a constant",
    fr="nommez un trait qui contient un montant, ou indiquez une constante",
)
