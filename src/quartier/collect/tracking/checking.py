"""One message: what it must have, and how it is kept.

The fields that each type needs are those of the Segment specification. A message is kept as it came, with the instant
by our clock, the instant of arrival and the source beside what the sender said.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from quartier.collect.tracking import limits
from quartier.collect.tracking.correction import Sending, corrected, read_instant, written
from quartier.collect.tracking.parsing import Body
from quartier.collect.tracking.poison import flaw_in
from quartier.collect.tracking.reasons import Flaw

TYPES = ("identify", "track", "page", "screen", "group", "alias")
IDENTIFIERS = ("userId", "anonymousId", "groupId", "previousId")
REQUIRED = {"track": ("event",), "group": ("groupId",), "alias": ("previousId", "userId")}
"""What a type needs beside userId or anonymousId."""

OBJECTS = ("properties", "traits", "context")
NAMES = ("event", "name", "category")
_OURS = frozenset({"writeKey", "batch", "timestamp", "receivedAt", "source", "flags", "integrations", "_metadata"})
"""What the sender may not say for us, or says to others: routes to the destinations of another service."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of messages beside themselves.

    Attributes:
        source: the name of the source they came by.
        sending: when they were sent and received.
        sent_at: `sentAt` of the body, as it was written.
        type: their type, where the address told it.
        context: what stands beside the batch for all of its messages.
        keeps_times: whether times stand as they were written: those of an import.
    """

    source: str
    sending: Sending
    sent_at: object = None
    type: str | None = None
    context: Mapping[str, Any] | None = None
    keeps_times: bool = False

    @classmethod
    def of(
        cls, source: str, received_at: dt.datetime, body: Body, *, type: str | None = None, keeps_times: bool = False
    ) -> "Origin":
        """Of the messages of a body."""
        sending = Sending.of(received_at, None if keeps_times else body.sent_at)
        return cls(source, sending, body.sent_at, type, body.context, keeps_times)


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as the journal keeps it."""

    message_id: str
    line: bytes


def kept(message: Any, origin: Origin, draw_id: Callable[[], str]) -> Kept | Flaw:
    """A message as the journal keeps it, or what is wrong with it. `draw_id` makes an id for one that has none."""
    if not isinstance(message, dict):
        return Flaw("not_an_object")
    said = {name: value for name, value in message.items() if value is not None and name not in _OURS}
    flaw = _flaw(said, origin) or _timed(said, message, origin)
    if flaw:
        return flaw
    if "messageId" not in said:
        said["messageId"] = draw_id()
    line = orjson.dumps(said)
    if len(line) > limits.MESSAGE_BYTES or line.count(b"{") + line.count(b"[") > limits.NESTING:
        flaw = flaw_in(said) or _size_flaw(message)
    return flaw or Kept(said["messageId"], line)


def as_sent(message: Any, origin: Origin) -> Any:
    """A message that is rejected, with what stood beside it in its body: it can be read by itself later."""
    if not isinstance(message, dict):
        return message
    beside = {"type": origin.type, "sentAt": None if origin.keeps_times else origin.sent_at}
    told = {name: value for name, value in beside.items() if value is not None and name not in message}
    return {**message, **told, **({"context": _context(message, origin)} if origin.context else {})}


def message_id_of(message: Any) -> str | None:
    """The id of a message that is rejected, where one can be read."""
    found = message.get("messageId") if isinstance(message, dict) else None
    return found if isinstance(found, str) and found.isprintable() and 0 < len(found) <= limits.MESSAGE_ID else None


def _flaw(said: dict[str, Any], origin: Origin) -> Flaw | None:
    """What is wrong with the fields of a message; makes text of identifiers that are numbers."""
    if origin.type is not None:
        said["type"] = origin.type
    if said.get("type") not in TYPES:
        return Flaw("unknown_type", "type")
    for name in OBJECTS:
        if name in said and not isinstance(said[name], dict):
            return Flaw("not_an_object", name)
    if origin.context:
        said["context"] = _context(said, origin)
    return _identifiers_flaw(said) or _names_flaw(said) or _lacking(said)


def _identifiers_flaw(said: dict[str, Any]) -> Flaw | None:
    for name in IDENTIFIERS:
        value = said.get(name)
        if value is None:
            continue
        if type(value) is int:
            value = said[name] = str(value)
        if flaw := _text_flaw(name, value, limits.IDENTIFIER):
            return flaw
        if not value:
            del said[name]
    value = said.get("messageId")
    if value == "":
        del said["messageId"]
    return None if value is None else _text_flaw("messageId", value, limits.MESSAGE_ID)


def _text_flaw(name: str, value: Any, most: int) -> Flaw | None:
    if type(value) is not str:
        return Flaw("not_text", name)
    if len(value) > most:
        return Flaw("too_long", name)
    return None if value.isprintable() else Flaw("invisible_characters", name)


def _names_flaw(said: dict[str, Any]) -> Flaw | None:
    for name in NAMES:
        value = said.get(name)
        if value is not None and type(value) is not str:
            return Flaw("not_text", name)
        if value is not None and len(value) > limits.NAME:
            return Flaw("too_long", name)
    return None


def _lacking(said: dict[str, Any]) -> Flaw | None:
    for name in REQUIRED.get(said["type"], ()):
        if not said.get(name):
            return Flaw("missing", name)
    return None if "userId" in said or "anonymousId" in said else Flaw("nobody", "userId")


def _context(message: Mapping[str, Any], origin: Origin) -> Any:
    """The context of a message over the one that stands beside the batch."""
    own = message.get("context") or {}
    return {**origin.context, **own} if origin.context and isinstance(own, dict) else own


def _timed(said: dict[str, Any], message: Mapping[str, Any], origin: Origin) -> Flaw | None:
    """Puts down when it happened and when it was received, by our clock, beside what the sender said."""
    sending = origin.sending
    if "sentAt" not in said and origin.sent_at is not None:
        said["sentAt"] = origin.sent_at
    elif "sentAt" in said and not origin.keeps_times:
        sending = Sending.of(sending.received_at, said["sentAt"])
    original = said.get("originalTimestamp", message.get("timestamp"))
    instant = None if original is None else read_instant(original)
    if original is not None:
        if instant is None:
            return Flaw("not_an_instant", "timestamp")
        said["originalTimestamp"] = original
    found = corrected(instant, sending)
    if isinstance(found, Flaw):
        return found
    _put_down(said, found[0], found[1], origin)
    return None


def _put_down(said: dict[str, Any], instant: dt.datetime, flags: tuple[str, ...], origin: Origin) -> None:
    said["timestamp"] = written(instant)
    said["receivedAt"] = written(origin.sending.received_at)
    said["source"] = origin.source
    if flags:
        said["flags"] = flags


def _size_flaw(message: Mapping[str, Any]) -> Flaw | None:
    return Flaw("message_too_large") if len(orjson.dumps(message)) > limits.MESSAGE_BYTES else None
