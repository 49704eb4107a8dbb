"""Addresses of our own pages: what is asked for stands in them, what is not is left out, and everything is escaped."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode


def address(*path: str, **asked: object) -> str:
    """The address of a page by the parts of its path: `address("segments", name, days=7)`."""
    return with_query("/" + "/".join(quote(each, safe=".") for each in path), **asked)


def with_query(path: str, **asked: object) -> str:
    """A path with what is asked of it; empty values are left out, a list stands once for each of its values."""
    pairs: list[tuple[str, str]] = []
    for name, value in asked.items():
        values = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
        pairs += [(name, str(each)) for each in values if each not in (None, "", False)]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def part(text: str) -> str:
    """A name as one part of a path."""
    return quote(text, safe="")


def own_path(text: str, otherwise: str, under: str = "/") -> str:
    """A path of ours that a form brought back, never an address elsewhere."""
    is_ours = text.startswith(under) and not text.startswith("//") and "\\" not in text
    return text if is_ours and text.isprintable() else otherwise
