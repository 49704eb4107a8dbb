"""Outcomes that make sense for the events of a catalog: purchases first, then whether anything else was done."""

from quartier.catalog import Catalog
from quartier.evaluate.bind import bind
from quartier.evaluate.outcome import BoundOutcome, Measure, Outcome

PURCHASE, AMOUNT = "Order Completed", "revenue"
WITHIN = "14 days"
_MOST = 6


def suggestions(catalog: Catalog, within: str = WITHIN) -> tuple[BoundOutcome, ...]:
    """A few outcomes that can be measured, the most telling first; none without events."""
    purchase = catalog.event(PURCHASE)
    found = []
    if purchase is not None:
        if purchase.property(AMOUNT) is not None:
            found.append(Outcome(measure=Measure.SUM, of=AMOUNT, event=purchase.name, within=within))
        found.append(Outcome(measure=Measure.ANY, event=purchase.name, within=within))
    others = [each.name for each in catalog.events if purchase is None or each.name != purchase.name]
    found += [Outcome(measure=Measure.ANY, event=name, within=within) for name in others]
    return tuple(bind(each, catalog) for each in found[:_MOST])
