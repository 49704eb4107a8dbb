"""The adviser at work: counts what is there, in one query for persons and one for accounts."""

import datetime as dt
from dataclasses import dataclass

import ibis.expr.types as ir

from quartier.analyse.adviser.advice import FamilyAdvice, advise
from quartier.analyse.adviser.bears import Sizing, Smallest, sizing
from quartier.analyse.adviser.held import Column, Held, columns_of
from quartier.analyse.modelling.kinds import KINDS
from quartier.analyse.overview import totals_expression
from quartier.analyse.plain import Plain
from quartier.analyse.purchases import PERSON, Purchases, events_until, instants
from quartier.analyse.reading import asking, count_persons, count_rows, first, stored
from quartier.catalog import SUBJECTS, Catalog, Subject, Trait, ValueType
from quartier.collect.surveys.messages import Happening
from quartier.engine import DuckDBEngine, subject_table

LATELY = dt.timedelta(days=30)
_PRODUCTS = ("products.product_id", "products.name", "product_id", "product")


@dataclass(frozen=True)
class Advised(Plain):
    """What the adviser says at an instant."""

    at: dt.datetime
    persons: int
    families: tuple[FamilyAdvice, ...]
    sizing: Sizing


def advised(engine: DuckDBEngine, catalog: Catalog, at: dt.datetime, *, held_out: float, smallest: Smallest) -> Advised:
    """The advice for a base as of an instant.

    `smallest` says how many persons show a difference when the share `held_out` of them is kept apart.
    """
    held = _held(engine, stored(engine, catalog), at)
    return Advised(
        at, held.persons, advise(held, KINDS), sizing(held.persons, held.usual, held_out, smallest)
    )  # fmt: skip


def _held(engine: DuckDBEngine, catalog: Catalog, at: dt.datetime) -> Held:
    purchases, ask = Purchases.of(catalog), asking(engine, instants(at))
    lately = asking(engine, instants(at, at - LATELY))
    totals = first(ask(totals_expression(purchases)))
    recent = purchases.by_person(is_windowed=True)
    buyers = recent.filter(lambda r: r.orders > 0).agg(n=lambda r: r[PERSON].nunique()) if recent is not None else None
    accounts = count_rows(engine, subject_table(catalog, "account")) if engine.schema("account") else 0
    rows: dict[Subject, int] = {"person": count_persons(engine), "account": accounts}
    event = purchases.purchase
    return Held(
        persons=rows["person"],
        accounts=accounts,
        columns=tuple(each for of in SUBJECTS for each in _columns(engine, catalog, of, rows[of], at)),
        customers=int(totals.get("customers") or 0),
        repeat_customers=int(totals.get("repeat_customers") or 0),
        buyers_lately=int(first(lately(buyers)).get("n") or 0),
        event_types=sum(bool(ask(events_until(each).limit(1))) for each in catalog.events),
        has_products=event is not None and any(each in event.paths() for each in _PRODUCTS),
        has_answers=catalog.event(Happening.ANSWERED.value) is not None,
    )


def _columns(engine: DuckDBEngine, catalog: Catalog, of: Subject, rows: int, at: dt.datetime) -> tuple[Column, ...]:
    """What of the traits of persons or accounts could divide them. Lists count by their rows alone."""
    traits = [each for each in catalog.traits if each.of == of]
    if not traits or not rows:
        return ()
    counts = first(asking(engine, instants(at))(_counted(subject_table(catalog, of), traits)))
    found = {each.name: (int(counts[f"{each.name}.known"]), _distinct(counts, each)) for each in traits}
    return columns_of(traits, found, rows)


def _counted(table: ir.Table, traits: list[Trait]) -> ir.Table:
    known = {f"{each.name}.known": table[each.name].count() for each in traits}
    values = {f"{each.name}.values": table[each.name].approx_nunique() for each in traits if _is_single(each)}
    return table.agg(**known, **values)


def _distinct(counts: dict[str, int], trait: Trait) -> int:
    return int(counts[f"{trait.name}.values"]) if _is_single(trait) else 2


def _is_single(trait: Trait) -> bool:
    return trait.type not in (ValueType.TEXTS, ValueType.LINES)
