"""From the JSON of a body to its messages, each read whole or known to be flawed.

The fast path reads the whole body at once. It is taken when the body is plain: valid, no key twice, nothing that a
parser bends. Whether it is, is told by counting signs in the body and in what was read from it. Any doubt, and each
message is cut out and read by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from quartier.collect.tracking import poison, splitting
from quartier.collect.tracking.limits import MESSAGES
from quartier.collect.tracking.poison import RESERVED_KEY
from quartier.collect.tracking.reasons import Flaw, Refused

_ONLY_DIGITS = bytes(0x30 if 0x30 <= code <= 0x39 else 0x20 for code in range(256))
_LONG_NUMBER = b"0" * 19
_RESERVED = f'"{RESERVED_KEY}"'.encode()
_BLANK_AFTER_QUOTE = (b'" ', b'"\n', b'"\t', b'"\r')


@dataclass(frozen=True, slots=True)
class Broken:
    """A message that cannot be read: its bytes, and what is wrong."""

    raw: bytes
    flaw: Flaw


@dataclass(frozen=True, slots=True)
class Body:
    """What a request brought: its messages, and what stands beside them for all."""

    messages: list[Any]
    write_key: str | None = None
    sent_at: object = None
    context: Mapping[str, Any] | None = None


def parsed(text: bytes, *, is_batch: bool) -> Body:
    """The messages of a body: those of its list `batch`, or the one that it is. Raises Refused for the whole."""
    whole = _plain(text)
    return _of_parts(text, is_batch=is_batch) if whole is None else _of_whole(whole, is_batch=is_batch)


def read_message(text: bytes) -> Any:
    """One message from its own bytes, `Broken` when it cannot be read."""
    plain = _plain(text)
    if plain is not None:
        return plain
    value = poison.read(text)
    return Broken(text, value) if isinstance(value, Flaw) else value


def _plain(text: bytes) -> Any:
    """What the text says, None when there is any doubt about it."""
    try:
        value = orjson.loads(text)
        return value if value is not None and _is_plain(text, value) else None
    except (ValueError, TypeError):  # TypeError: nested too deep to be written again
        return None


def _is_plain(text: bytes, value: Any) -> bool:
    """Whether reading lost nothing: as many keys as were written, no long number, no NUL, no reserved key.

    A text that is the same when written again has lost none of its keys; most SDKs write so. Of any other, keys are
    counted by the signs `":`, which stand after a key and nowhere else, unless a quote inside a string is followed by
    a colon, or a blank stands before it: then it is not plain.
    """
    again = orjson.dumps(value)
    if _RESERVED in again or _LONG_NUMBER in text.translate(_ONLY_DIGITS):
        return False
    if b"\\" in again and (b"\\u0000" in again or b'\\":' in again):
        return False
    if text == again:
        return True
    return text.count(b'":') == again.count(b'":') and not any(blank in text for blank in _BLANK_AFTER_QUOTE)


def _of_whole(value: Any, *, is_batch: bool) -> Body:
    if not isinstance(value, dict):
        raise Refused("not_an_object")
    key, context = value.get("writeKey"), value.get("context")
    key = key if isinstance(key, str) else None
    if not is_batch:
        return Body([value], key, value.get("sentAt"))
    messages = value.get("batch")
    if not isinstance(messages, list):
        raise Refused("no_batch")
    if len(messages) > MESSAGES:
        raise Refused("too_many_messages")
    return Body(messages, key, value.get("sentAt"), context if isinstance(context, dict) else None)


def _of_parts(text: bytes, *, is_batch: bool) -> Body:
    """The slow path: parts are cut out, and each is read by itself."""
    try:
        members = splitting.members(text)
        if members is None:
            raise Refused("not_an_object")
        parts = _batch(members) if is_batch else [text]
    except splitting.Unbalanced as error:
        raise Refused("not_json") from error
    if len(parts) > MESSAGES:
        raise Refused("too_many_messages")
    key, sent_at, context = (_beside(dict(members).get(name)) for name in (b"writeKey", b"sentAt", b"context"))
    return Body(
        [read_message(part) for part in parts],
        key if isinstance(key, str) else None,
        sent_at,
        context if is_batch and isinstance(context, dict) else None,
    )


def _batch(members: list[tuple[bytes, bytes]]) -> list[bytes]:
    """The elements of the one list `batch`: of two, one would vanish."""
    lists = [value for key, value in members if key == b"batch"]
    parts = splitting.elements(lists[0]) if len(lists) == 1 else None
    if parts is None:
        raise Refused("no_batch")
    return parts


def _beside(part: bytes | None) -> Any:
    """What stands beside the messages; nothing, when it is flawed."""
    value = None if part is None else poison.read(part)
    return None if isinstance(value, Flaw) else value
