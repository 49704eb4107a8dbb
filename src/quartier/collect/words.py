"""What columns of orders and events are usually called, in French and English."""

import re
from collections.abc import Mapping as Dict
from collections.abc import Sequence

from quartier.catalog import Meaning, slug
from quartier.catalog.model import ValueType
from quartier.catalog.recognise import Recognised, type_of

Samples = Dict[str, Sequence[str | None]]

TRAITS_IN_EVENTS = frozenset({
    Meaning.FIRST_NAME, Meaning.LAST_NAME, Meaning.FULL_NAME, Meaning.GENDER, Meaning.BIRTH_DATE, Meaning.BIRTH_YEAR,
    Meaning.AGE, Meaning.ADDRESS, Meaning.POSTAL_CODE, Meaning.CITY, Meaning.REGION, Meaning.COUNTRY, Meaning.LANGUAGE,
    Meaning.LATITUDE, Meaning.LONGITUDE, Meaning.TIME_ZONE,
})  # fmt: skip
"""What is said of the person even in a file of orders."""

_ROLES: dict[str, str] = {
    "time": "invoice_date order_date date_commande date_de_commande date_facture date_de_facture date_achat"
    " date_d_achat"
    " purchase_date transaction_date order_timestamp transaction_timestamp timestamp occurred_at event_time"
    " event_timestamp event_date created_at ordered_at order_purchase_timestamp invoicedate date_vente sale_date"
    " date_transaction datetime horodatage date time jour received_at completed_at date_heure purchased_at paid_at"
    " order_created_at date_evenement date_ticket processed_at sent_at",
    "event": "event event_name event_type evenement action type_evenement nom_evenement activity activite_type",
    "event_id": "event_id message_id messageid id_evenement transaction_line_id line_id id_ligne order_item_id",
    "order_id": "order_id invoice_no invoice_id invoice_number order_number order_no id_commande numero_commande"
    " no_commande num_commande commande commande_id facture numero_facture no_facture num_facture basket_id ticket_id"
    " transaction_id id_transaction receipt_id receipt_no numero_ticket invoice ticket panier_id id_panier order"
    " numero_de_commande numero_de_facture id_facture reference_commande ref_commande n_commande",
    "currency": "currency devise currency_code monnaie code_devise",
    "property.revenue": "revenue total order_total montant montant_total total_ttc montant_ttc total_price total_amount"
    " amount order_amount order_value dollar_value montant_commande ca chiffre_affaires grand_total payment_value"
    " prix_total total_commande purchase_amount spend_amount price_total net_amount total_paid montant_paye value"
    " transaction_amount montant_eur amount_eur total_eur sales sales_amount",
    "line.product_id": "product_id stock_code sku product_code code_produit id_produit produit_id reference ref article"
    " article_id code_article item_id product_sku ean upc reference_produit variant_id ref_produit ref_article asin",
    "line.name": "description product_name product nom_produit libelle designation produit item_name item product_title"
    " libelle_produit nom_article libelle_article title_product lineitem_name",
    "line.category": "category product_category categorie categorie_produit department rayon famille famille_produit",
    "line.quantity": "quantity qty quantite qte units nb_articles nombre item_quantity quantity_ordered"
    " lineitem_quantity"
    " number_of_items nb",
    "line.price": "unit_price price prix prix_unitaire pu item_price prix_u price_each unitprice prix_ttc pu_ttc"
    " lineitem_price selling_price prix_unitaire_ttc prix_unitaire_ht",
    "line.amount": "line_total line_amount sales_value montant_ligne total_ligne extended_price subtotal sous_total",
}
_BY_NAME = {name: role for role, names in _ROLES.items() for name in names.split()}
_UNITS = re.compile(r"_(eur|euros?|usd|gbp|chf|dollars?|ttc|ht|utc|gmt)$")
_HALF = 0.5
_NEEDS = {
    "time": (ValueType.DATE, ValueType.INSTANT),
    "property.revenue": (ValueType.NUMBER, ValueType.INTEGER),
    "line.quantity": (ValueType.NUMBER, ValueType.INTEGER),
    "line.price": (ValueType.NUMBER, ValueType.INTEGER),
    "line.amount": (ValueType.NUMBER, ValueType.INTEGER),
}


def roles(names: Sequence[str], samples: Samples, recognised: Dict[str, Recognised]) -> dict[str, str]:
    """The role of each column in a file of orders or events: name first, values must agree; each role once."""
    found: dict[str, str] = {}
    for name in names:
        role = role_of(name, samples[name])
        if role and role not in found.values():
            found[name] = role
    if "time" not in found.values():
        dated = [name for name in names if _is_dated(name, samples[name], recognised[name])]
        if len(dated) == 1:
            found[dated[0]] = "time"
    if "property.revenue" in found.values() and "line.price" in found.values() and _has_product(found):
        found = {name: "line.amount" if role == "property.revenue" else role for name, role in found.items()}
    if "line.amount" not in found.values() and "property.revenue" in found.values() and _has_product(found):
        found = {name: "line.amount" if role == "property.revenue" else role for name, role in found.items()}
    return found


def role_of(name: str, values: Sequence[str | None]) -> str | None:
    """The role that a column's name and values agree on, or None."""
    written = slug(name)
    role = _BY_NAME.get(written) or _BY_NAME.get(_UNITS.sub("", written))
    needed = _NEEDS.get(role or "")
    if role == "time":
        return role if type_of(f"{name}_date", values, most=_HALF) in _NEEDS["time"] else None
    return role if not needed or type_of(name, values, most=_HALF) in needed else None


def _is_dated(name: str, values: Sequence[str | None], recognised: Recognised) -> bool:
    known = recognised.meaning in (Meaning.BIRTH_DATE, Meaning.SIGNUP_AT, Meaning.BIRTH_YEAR)
    return not known and type_of(name, values) in _NEEDS["time"]


def _has_product(found: Dict[str, str]) -> bool:
    return bool({"line.product_id", "line.name"} & set(found.values()))
