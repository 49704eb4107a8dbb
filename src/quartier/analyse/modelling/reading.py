"""What models read: the traits of persons, their purchases and events, as of an instant. The only door to the data."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
from pyroaring import BitMap

from quartier.analyse.modelling.conditions import Conditions, Where
from quartier.analyse.modelling.document import OfPurchases
from quartier.analyse.purchases import PERSON, Purchases, amount_property, instants
from quartier.analyse.reading import count_persons, dicts, naming, stored
from quartier.catalog import Catalog, EventType, Trait
from quartier.config import Config
from quartier.engine import DuckDBEngine, Query, local_time, subject_table, to_sql
from quartier.errors import NONE_YET, InvalidRequest, UnknownName, suggestion
from quartier.language import Text

CUSTOMER = pa.schema(
    {
        PERSON: pa.int32(),
        "first_at": pa.timestamp("us"),
        "last_at": pa.timestamp("us"),
        "orders": pa.int64(),
        "net": pa.float64(),
    }
)
ORDER_DAY = pa.schema({PERSON: pa.int32(), "day": pa.date32(), "amount": pa.float64()})


@dataclass(frozen=True)
class Reading:
    """The data of one run, as of an instant; later events are not seen. Reads, never writes."""

    engine: DuckDBEngine
    known: Catalog
    """the whole catalog, also what the engine has no column of"""
    config: Config
    as_of: dt.datetime
    conditions: Conditions | None = None
    """the condition language, where whoever runs the model has it"""

    def holding(self, *wheres: Where, at: dt.datetime | None = None) -> list[BitMap]:
        """For whom each condition holds at an instant, that of this reading unless given.

        Raises InvalidDefinition for a condition that cannot be used, InvalidRequest without the condition language.
        """
        return self.asked.members(wheres, at or self.as_of)

    @property
    def asked(self) -> Conditions:
        """The condition language. Raises InvalidRequest where it was not given."""
        if self.conditions is None:
            raise InvalidRequest(_NO_CONDITIONS)
        return self.conditions

    @cached_property
    def catalog(self) -> Catalog:
        """What the engine has columns of."""
        return stored(self.engine, self.known)

    @property
    def size(self) -> int:
        """How many persons there are."""
        return count_persons(self.engine)

    def trait(self, name: str) -> Trait:
        """A trait of persons that the engine holds. Raises UnknownName with the nearest names."""
        held = {each.name: each for each in self.catalog.traits if each.of == "person"}
        if name not in held:
            raise _unknown(_NO_TRAIT, name, list(held))
        return held[name]

    def event(self, name: str) -> EventType:
        """An event that the engine holds. Raises UnknownName with the nearest names."""
        found = self.catalog.event(name)
        if found is None:
            raise _unknown(_NO_EVENT, name, [each.name for each in self.catalog.events])
        return found

    def persons(self, traits: Sequence[str]) -> pa.Table:
        """`person_key` and these traits, one row per person in the order of keys. Raises UnknownName."""
        names = [self.trait(each).name for each in traits]
        if self.engine.schema("person") is None:
            return pa.table({PERSON: pa.array([], pa.int32())} | {name: pa.array([], pa.string()) for name in names})
        return self.fetch(subject_table(self.catalog).select(PERSON, *names).order_by(PERSON))

    def customers(self, asked: OfPurchases) -> pa.Table:
        """One row per customer in the order of keys: `person_key, first_at, last_at, orders, net`.

        Instants are naive and in UTC; `net` is purchases less refunds. Raises UnknownName for a purchase or an amount
        that the catalog does not know.
        """
        since = asked.since(self.as_of, self.config.zone)
        buyers = self.purchases(asked).buyers(self.catalog, is_windowed=since is not None)
        if buyers is None or self.engine.schema("person") is None:
            return CUSTOMER.empty_table()
        ordered = buyers.select(*CUSTOMER.names).order_by(PERSON)
        return self.engine.fetch(Query(to_sql(ordered), instants(self.as_of, since)))

    def orders(self, asked: OfPurchases) -> pa.Table:
        """One row per customer and day with a purchase, in that order: `person_key, day, amount`.

        Days are of the workspace's time zone; the amount is what was bought that day, refunds not taken off. Raises as
        `customers` does.
        """
        since = asked.since(self.as_of, self.config.zone)
        rows = self.purchases(asked).rows(is_windowed=since is not None)
        if rows is None or self.engine.schema("person") is None:
            return ORDER_DAY.empty_table()
        bought = rows.filter(lambda r: r.bought_at.notnull()).semi_join(subject_table(self.catalog), PERSON)
        days = bought.mutate(day=lambda r: local_time(r.bought_at, self.config.time_zone).date())
        each = days.group_by(PERSON, "day").agg(amount=lambda r: r.gross.sum().round(4))
        return self.engine.fetch(Query(to_sql(each.order_by(PERSON, "day")), instants(self.as_of, since)))

    def purchases(self, asked: OfPurchases) -> Purchases:
        """Purchases and refunds as the document names them. A shop without refund events is no error.

        Raises UnknownName when the catalog has no such purchase, or the purchase no such number.
        """
        event = self.known.event(asked.purchase)
        if event is None:
            raise _unknown(_NO_EVENT, asked.purchase, [each.name for each in self.known.events])
        if amount_property(event, asked.amount) is None:
            numbers = [each.name for each in event.properties if amount_property(event, each.name)]
            raise _unknown(_NO_AMOUNT, asked.amount, numbers, event=event.name)
        return Purchases.of(self.catalog, purchase=asked.purchase, refunds=asked.refunds, amount=asked.amount)

    def fetch(self, expression: ir.Table, since: dt.datetime | None = None) -> pa.Table:
        """The answer to an expression, which may name the parameters `instant` (this reading's) and `since`."""
        return self.engine.fetch(naming(to_sql(expression), instants(self.as_of, since)))

    def ask(self, expression: ir.Table, since: dt.datetime | None = None) -> list[dict[str, Any]]:
        """The same as plain rows, for small answers."""
        return dicts(self.fetch(expression, since))


def _unknown(what: Text, name: str, names: Sequence[str], **fields: str) -> UnknownName:
    return UnknownName(what.with_(name=name, **fields), remedy=suggestion(name, names) or NONE_YET)


_NO_CONDITIONS = Text(
    en="this model reads conditions: run it from a workspace",
    fr="ce modèle lit des conditions : calculez-le depuis un espace de travail",
)
_NO_TRAIT = Text(en="no trait is called “{name}”", fr="aucun trait ne s'appelle « {name} »")
_NO_EVENT = Text(en="no event is called “{name}”", fr="aucun événement ne s'appelle « {name} »")
_NO_AMOUNT = Text(
    en="“{event}” has no number called “{name}”",
    fr="« {event} » n'a pas de nombre appelé « {name} »",
)
