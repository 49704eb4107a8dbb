"""Addresses of our own pages: what is asked for stands in them, and what is not is left out."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode


def address(*path: str, **asked: object) -> str:
    """`address("segments", name, days=7)`; empty values are left out, a list stands once for each of its values."""
    pairs: list[tuple[str, str]] = []
    for name, value in asked.items():
        values = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
        pairs += [(name, str(each)) for each in values if each not in (None, "", False)]
    place = "/" + "/".join(quote(each, safe=".") for each in path)
    return f"{place}?{urlencode(pairs)}" if pairs else place
