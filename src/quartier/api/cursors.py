"""Where the next page begins, as one opaque word: the key of what was told last, never a count of what came before."""

import base64
import binascii
from typing import Any

import orjson

from quartier.api.answers import Unserved
from quartier.language import Text

LONGEST = 1000
"""Characters of a cursor."""


def cursor(**place: int | str) -> str:
    """A place as it is told."""
    return base64.urlsafe_b64encode(orjson.dumps(place)).decode().rstrip("=")


def place_of(written: str | None, **otherwise: Any) -> dict[str, Any]:
    """The place that a cursor tells; `otherwise` names its parts and says where a first page begins.

    Raises Unserved for what was not told by `cursor`.
    """
    if written is None:
        return otherwise
    try:
        found = orjson.loads(base64.urlsafe_b64decode(written.encode() + b"=" * (-len(written) % 4)))
    except (binascii.Error, ValueError) as error:
        raise _no_cursor() from error
    if not isinstance(found, dict) or {name: type(each) for name, each in found.items()} != {
        name: type(each) for name, each in otherwise.items()
    }:
        raise _no_cursor()
    if any(isinstance(each, int) and not 0 <= each < 2**63 for each in found.values()):
        raise _no_cursor()
    return found


def _no_cursor() -> Unserved:
    return Unserved("invalid_cursor", _NO_CURSOR, 400, field="cursor")


_NO_CURSOR = Text(en="this is not the `next` of a page before", fr="ceci n'est pas le `next` d'une page précédente")
