"""From a pair of products or an offer to the definition of the segment that means just those persons."""

from typing import Any

from quartier.catalog import slug
from quartier.language import LANGUAGES, Said, Text

_LONGEST = 100


def of_pair(event: str, product: str, first: tuple[str, str], then: tuple[str, str]) -> dict[str, Any]:
    """Who bought the first product and not yet the second; a product is its value and its name."""
    where = {
        "all": [
            {"event": event, "where": {product: first[0]}},
            {"none": [{"event": event, "where": {product: then[0]}}]},
        ]
    }
    return _document(f"{first[1]}-not-yet-{then[1]}", _PAIR.with_(first=first[1], then=then[1]), where)


def of_offer(trait: str, value: str) -> dict[str, Any]:
    """Whose next best offer is a product."""
    return _document(f"offer-{value}", _OFFER.with_(product=value), {"trait": trait, "is": value})


def _document(name: str, label: Said, where: dict[str, Any]) -> dict[str, Any]:
    written = slug(name).replace("_", "-")[:_LONGEST].rstrip("-")
    return {"segment": written, "label": {language: label.to(language) for language in LANGUAGES}, "where": where}


_PAIR = Text(en="Bought {first}, not yet {then}", fr="Ont acheté {first}, pas encore {then}")
_OFFER = Text(en="Next best offer: {product}", fr="Prochaine offre : {product}")
