"""Addresses with their query: what has no value is left out, everything is escaped."""

from urllib.parse import quote, urlencode


def address(path: str, **query: object) -> str:
    """A path with a query; parts that are None or empty are left out."""
    asked = urlencode([(name, str(value)) for name, value in query.items() if value not in (None, "", False)])
    return f"{path}?{asked}" if asked else path


def part(text: str) -> str:
    """A name as one part of a path."""
    return quote(text, safe="")


def own_path(text: str, otherwise: str, under: str = "/") -> str:
    """A path of ours that a form brought back, never an address elsewhere."""
    is_ours = text.startswith(under) and not text.startswith("//") and "\\" not in text
    return text if is_ours and text.isprintable() else otherwise
