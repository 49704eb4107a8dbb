"""What the Segment specification calls the properties of its events, in both languages: these wait in no inbox."""

from quartier.catalog import Label
from quartier.collect.events import PROPERTY_LABELS

SPOKEN = {
    **PROPERTY_LABELS,
    "name": Label(en="Name", fr="Nom"),
    "brand": Label(en="Brand", fr="Marque"),
    "cart_id": Label(en="Cart number", fr="Numéro de panier"),
    "checkout_id": Label(en="Checkout number", fr="Numéro de passage en caisse"),
    "coupon": Label(en="Coupon", fr="Code promotionnel"),
    "discount": Label(en="Discount", fr="Remise"),
    "image_url": Label(en="Address of the picture", fr="Adresse de l'image"),
    "list_id": Label(en="List number", fr="Numéro de liste"),
    "path": Label(en="Path of the page", fr="Chemin de la page"),
    "position": Label(en="Position", fr="Position"),
    "query": Label(en="Words searched for", fr="Mots recherchés"),
    "referrer": Label(en="Page before", fr="Page précédente"),
    "search": Label(en="Parameters of the address", fr="Paramètres de l'adresse"),
    "shipping": Label(en="Shipping costs", fr="Frais de port"),
    "sku": Label(en="Stock number", fr="Référence de stock"),
    "subtotal": Label(en="Subtotal", fr="Sous-total"),
    "tax": Label(en="Tax", fr="Taxes"),
    "title": Label(en="Title of the page", fr="Titre de la page"),
    "total": Label(en="Total", fr="Total"),
    "url": Label(en="Address of the page", fr="Adresse de la page"),
    "value": Label(en="Value", fr="Valeur"),
    "variant": Label(en="Variant", fr="Variante"),
}
"""Of an event, and of a line of it; `name` is what is viewed or bought."""
