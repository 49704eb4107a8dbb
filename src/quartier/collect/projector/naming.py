"""From the names in messages to names of columns. Pure."""

import functools
import hashlib
import unicodedata

from quartier.catalog import slug
from quartier.engine import RESERVED

Path = tuple[str, ...]
"""Where a value stands in a message's properties or traits: a key, or two where an object is in it."""

IDENTIFIERS = frozenset({"user_id", "anonymous_id", "account"})
"""Traits that hold what a message is sent under; a given trait of one of these names gets another one."""

_DIGEST = 8


@functools.lru_cache(maxsize=65_536)
def column_name(path: Path) -> str:
    """The column of a property or trait: `productId` is `product_id`, `address` with `city` in it is `address_city`."""
    name = "_".join(_plain(each) for each in path)
    return f"{name}_" if name in RESERVED | IDENTIFIERS else name


@functools.lru_cache(maxsize=4096)
def event_key(name: str) -> str:
    """What two names of one event type have in common: neither case nor signs count."""
    return _plain(name)


def event_name(name: str) -> str:
    """The name of a new event type: as it was sent, with its digest where its letters cannot be written plainly."""
    return name if _plain(name) == slug(name) else f"{name} {_digest(name)}"


def pointer(path: Path) -> str:
    """The JSON pointer to a value (RFC 6901)."""
    return "".join(f"/{key.replace('~', '~0').replace('/', '~1')}" for key in path)


def _plain(name: str) -> str:
    """A name as identifiers are written; names in other scripts would all become the same and keep a digest."""
    return slug(f"{name} {_digest(name)}") if _loses_letters(name) else slug(name)


def _loses_letters(name: str) -> bool:
    decomposed = unicodedata.normalize("NFKD", name)
    lost = [each for each in decomposed if ord(each) > 127 and each.isalnum()]
    return any(not unicodedata.name(each, "").startswith("LATIN") for each in lost) or not any(
        each.isascii() and each.isalnum() for each in decomposed
    )


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST]
