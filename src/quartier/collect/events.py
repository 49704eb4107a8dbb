"""Rows to events, as expressions: one event a row, or one order from several lines."""

from collections.abc import Sequence

import ibis
import ibis.expr.datatypes as dtypes
import ibis.expr.types as ir

from quartier.catalog import EventType, Label, Property, ValueType
from quartier.collect.definition import Layout
from quartier.collect.plan import COMPLETED, REFUNDED, Field, Plan
from quartier.collect.readers import LINE
from quartier.collect.rows import name_of
from quartier.engine import EVENT_ID, IDENTITY, KEY, OCCURRED_AT

PERSON = KEY["person"]
OWN_ID = "own_id_"
NAME = "name_"
RATE = "rate_"
PROPERTY_LABELS = {
    "order_id": Label(en="Order number", fr="Numéro de commande"),
    "revenue": Label(en="Revenue", fr="Montant"),
    "currency": Label(en="Currency", fr="Devise"),
    "products": Label(en="Products", fr="Produits"),
    "quantity": Label(en="Quantity", fr="Quantité"),
    "price": Label(en="Price", fr="Prix"),
    "amount": Label(en="Amount", fr="Montant"),
    "product_id": Label(en="Product number", fr="Référence"),
    "name": Label(en="Product", fr="Produit"),
    "category": Label(en="Category", fr="Catégorie"),
}
EVENT_LABELS = {
    COMPLETED: Label(en="Order completed", fr="Commande passée"),
    REFUNDED: Label(en="Order refunded", fr="Commande remboursée"),
    "Page Viewed": Label(en="Page viewed", fr="Page vue"),
    "Screen Viewed": Label(en="Screen viewed", fr="Écran vu"),
}
# Names of the Segment specification that most shops send: called so until somebody calls them otherwise.
USUAL_LABELS = {
    "Products Searched": Label(en="Products searched", fr="Recherche de produits"),
    "Product List Viewed": Label(en="Product list viewed", fr="Liste de produits vue"),
    "Product Clicked": Label(en="Product clicked", fr="Produit cliqué"),
    "Product Viewed": Label(en="Product viewed", fr="Produit vu"),
    "Product Added": Label(en="Product added to cart", fr="Produit ajouté au panier"),
    "Product Removed": Label(en="Product removed from cart", fr="Produit retiré du panier"),
    "Cart Viewed": Label(en="Cart viewed", fr="Panier vu"),
    "Checkout Started": Label(en="Checkout started", fr="Paiement commencé"),
    "Order Cancelled": Label(en="Order cancelled", fr="Commande annulée"),
    "Email Delivered": Label(en="E-mail delivered", fr="E-mail remis"),
    "Email Opened": Label(en="E-mail opened", fr="E-mail ouvert"),
    "Email Link Clicked": Label(en="E-mail link clicked", fr="Clic dans un e-mail"),
    "Signed Up": Label(en="Signed up", fr="Inscription"),
}


def is_refund(rows: ir.Table, plan: Plan) -> ir.BooleanValue:
    """Whether a row gives money back: a negative quantity or a negative amount."""
    if plan.mapping.refunds == "none":
        return ibis.literal(False)
    signs = [rows[name_of(each)] < 0 for each in map(plan.field, _SIGNED) if each is not None]
    return ibis.or_(*(sign.fill_null(False) for sign in signs)) if signs else ibis.literal(False)


_SIGNED = ("line.quantity", "line.amount", "property.revenue")


def event_rows(rows: ir.Table, plan: Plan, event: EventType) -> ir.Table:
    """Rows of one event table, one event a row."""
    values = {each.name: _property(rows, plan, each.name) for each in event.properties}
    return rows.select(rows[PERSON], rows[IDENTITY], **{EVENT_ID: rows[OWN_ID], OCCURRED_AT: rows["time"]}, **values)


def order_rows(rows: ir.Table, plan: Plan, event: EventType) -> ir.Table:
    """Rows of one order table, one order from all its lines by one person."""
    lines = rows.mutate(amount_=_line_amount(rows, plan), line_=rows[LINE])
    keys = [PERSON, IDENTITY, "order_id" if plan.field("order_id") else "time"]
    own = {each.name: _first(name_of(each)) for each in plan.of_kind("property") if event.property(each.name)}
    grouped = lines.group_by(keys).agg(
        **({} if plan.field("order_id") else {"first_id_": _first(OWN_ID)}),
        occurred_=lambda r: r.time.min(),
        revenue=lambda r: r.amount_.abs().sum(),
        **({"currency": _first("currency")} if event.property("currency") else {}),
        **own,
        products=lambda r: _line(r, plan, event).collect(order_by=r.line_),
    )
    order_id = grouped.order_id if plan.field("order_id") else ibis.null(dtypes.string)
    named = [each.name for each in event.properties if each.name not in ("order_id",)]
    own_id = grouped.order_id if plan.field("order_id") else grouped.first_id_
    return grouped.select(
        PERSON, IDENTITY, **{EVENT_ID: own_id, OCCURRED_AT: grouped.occurred_}, order_id=order_id,
        **{name: grouped[name] for name in named if name in grouped.columns},
    )  # fmt: skip


def event_type(name: str, plan: Plan, currency: bool) -> EventType:
    """The event type that a file brings, with its properties."""
    own = [_described(plan, each) for each in plan.of_kind("property")]
    if plan.mapping.layout in (Layout.ORDERS, Layout.ORDER_LINES):
        texts = ["order_id"] if plan.field("order_id") or plan.mapping.layout is Layout.ORDER_LINES else []
        fixed = [_plain(each, ValueType.TEXT) for each in [*texts, *(["currency"] if currency else [])]]
        fixed += [_plain("revenue", ValueType.NUMBER)] if not plan.field("property.revenue") else []
        own = [*fixed, *own]
    if plan.mapping.layout is Layout.ORDER_LINES:
        own.append(_plain("products", ValueType.LINES, _line_properties(plan)))
    return EventType(name=name, label=event_label(name), properties=tuple(own))


def event_label(name: str) -> Label:
    """What readers call an event type: its own name where it is none that everybody knows."""
    return (USUAL_LABELS | EVENT_LABELS).get(name, Label(en=name, fr=name))


def united(known: EventType | None, found: EventType) -> EventType:
    """The event type with the properties of both; what is known keeps its labels, types widen."""
    if known is None:
        return found
    return known.model_copy(update={"properties": _united(known.properties, found.properties)})


def _united(known: Sequence[Property], found: Sequence[Property]) -> tuple[Property, ...]:
    fresh = {each.name: each for each in found}
    kept = []
    for each in known:
        other = fresh.pop(each.name, None)
        if other is None:
            kept.append(each)
            continue
        lines = _united(each.properties, other.properties)
        kept.append(each.model_copy(update={"type": other.type, "properties": lines}))
    return (*kept, *fresh.values())


def _line_properties(plan: Plan) -> tuple[Property, ...]:
    properties = [_described(plan, each) for each in plan.of_kind("line")]
    if not plan.field("line.price") and plan.field("line.amount"):
        properties.append(_plain("price", ValueType.NUMBER))
    return tuple(properties) or (_plain("price", ValueType.NUMBER),)


def _described(plan: Plan, field: Field) -> Property:
    recognised = plan.recognised[field.column]
    label = PROPERTY_LABELS.get(field.name, recognised.label)
    return Property(name=field.name, type=field.type, label=label, sensitivity=recognised.sensitivity,
                    meaning=recognised.meaning)  # fmt: skip


def _plain(name: str, type_: ValueType, lines: tuple[Property, ...] = ()) -> Property:
    return Property(name=name, type=type_, label=PROPERTY_LABELS[name], properties=lines)


def _property(rows: ir.Table, plan: Plan, name: str) -> ir.Value:
    field = plan.field(f"property.{name}")
    if name in ("order_id", "currency") and field is None:
        return rows[name]
    value = rows[name_of(field)] if field else ibis.null(dtypes.float64)
    return value.abs() * rows[RATE] if name == "revenue" and plan.mapping.layout is Layout.ORDERS else value


def _line_amount(rows: ir.Table, plan: Plan) -> ir.FloatingValue:
    """What a line costs: its amount, or price times quantity."""
    amount, price, quantity = (plan.field(f"line.{each}") for each in ("amount", "price", "quantity"))
    if amount:
        return rows[name_of(amount)] * rows[RATE]
    times = rows[name_of(quantity)] if quantity else ibis.literal(1.0)
    value = rows[name_of(price)] * times if price else ibis.literal(0.0)
    return value * rows[RATE]


def _line(rows: ir.Table, plan: Plan, event: EventType) -> ir.StructValue:
    """One line of an order as a struct; quantities and amounts of a refund are positive."""
    products = event.property("products")
    fields = {each.name: _line_value(rows, plan, each.name) for each in products.properties} if products else {}
    return ibis.struct({name: value for name, value in fields.items() if value is not None})


def _line_value(rows: ir.Table, plan: Plan, name: str) -> ir.Value | None:
    field = plan.field(f"line.{name}")
    if field is None:
        return _price_of_amount(rows, plan) if name == "price" else None
    value = rows[name_of(field)]
    if name in ("price", "amount"):
        return value.abs() * rows[RATE]
    return value.abs() if name == "quantity" else value


def _price_of_amount(rows: ir.Table, plan: Plan) -> ir.Value | None:
    if not plan.field("line.amount"):
        return None
    quantity = plan.field("line.quantity")
    amount = _line_amount(rows, plan).abs()
    return amount / rows[name_of(quantity)].abs() if quantity else amount


def _first(name: str):  # type: ignore[no-untyped-def]  # a deferred expression of Ibis, which has no type
    return lambda r: r[name].argmin(r.line_)
