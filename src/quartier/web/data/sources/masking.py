"""Secrets in the document of a source: never shown, and put back where the shown document was left as it is.

Secrets belong into environment variables, whose names alone stand in a document. Headers, parameters and addresses can
hold some all the same.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

MASK = "••••••"
_PLAIN_HEADERS = frozenset({"accept", "accept-language", "content-type", "user-agent"})
_SECRET = re.compile(r"key|token|secret|pass|auth|credential|signature|sig$|code$", re.IGNORECASE)
_IN_ADDRESS = re.compile(r"(?<=://)[^/@\s]+@")
Place = tuple[str, ...]


def masked(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document as it may be shown."""
    return {name: _masked(value, (name,)) for name, value in document.items()}


def restored(document: Mapping[str, Any], kept: Mapping[str, Any]) -> dict[str, Any]:
    """The document with what is masked in it as it is in the kept one, at the same place."""
    known = dict(_leaves(kept, ()))
    return {name: _restored(value, (name,), known) for name, value in document.items()}


def _masked(value: Any, place: Place) -> Any:
    if isinstance(value, Mapping):
        return {name: _masked(each, (*place, str(name))) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(each, (*place, str(at))) for at, each in enumerate(value)]
    if not isinstance(value, str):
        return value
    return MASK if _is_secret(place) else _IN_ADDRESS.sub(f"{MASK}@", value)


def _is_secret(place: Place) -> bool:
    """Values of headers but for harmless ones; parameters and fields of a body whose names speak of a secret."""
    within, name = set(place[:-1]), place[-1]
    if "headers" in within:
        return name.lower() not in _PLAIN_HEADERS
    return bool(within & {"params", "body"}) and bool(_SECRET.search(name))


def _restored(value: Any, place: Place, known: Mapping[Place, Any]) -> Any:
    if isinstance(value, Mapping):
        return {name: _restored(each, (*place, str(name)), known) for name, each in value.items()}
    if isinstance(value, list):
        return [_restored(each, (*place, str(at)), known) for at, each in enumerate(value)]
    before = known.get(place)
    is_left = isinstance(value, str) and MASK in value and isinstance(before, str) and _masked(before, place) == value
    return before if is_left else value


def _leaves(value: Any, place: Place) -> Iterator[tuple[Place, Any]]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _leaves(each, (*place, str(name)))
    elif isinstance(value, list | tuple):
        for at, each in enumerate(value):
            yield from _leaves(each, (*place, str(at)))
    else:
        yield place, value
