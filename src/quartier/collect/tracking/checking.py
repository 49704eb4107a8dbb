"""One message: what it must have, and how it is kept.

The fields that each type needs are those of the Segment specification. A message is kept as it came but for network
addresses, with the instant by our clock, the instant of arrival and the source beside what the sender said.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from quartier.collect.signals import without_address
from quartier.collect.tracking import limits
from quartier.collect.tracking.correction import Sending, corrected, read_instant, written
from quartier.collect.tracking.parsing import Body
from quartier.collect.tracking.poison import flaw_in
from quartier.collect.tracking.reasons import Flaw
from quartier.store.journal import Arrival

TYPES = ("identify", "track", "page", "screen", "group", "alias")
IDENTIFIERS = ("userId", "anonymousId", "groupId", "previousId")
REQUIRED = {"track": ("event",), "group": ("groupId",), "alias": ("previousId", "userId")}
"""What a type needs beside userId or anonymousId."""

TEXTS = (
    ("messageId", limits.MESSAGE_ID),
    *((name, limits.IDENTIFIER) for name in IDENTIFIERS),
    *((name, limits.NAME) for name in ("event", "name", "category")),
)
"""Fields that hold text, and how many characters at most."""

OBJECTS = ("properties", "traits", "context")
_TYPES, _SHOWN = frozenset(TYPES), frozenset({"messageId", *IDENTIFIERS})
_NOT_SAID = frozenset({"writeKey", "batch", "flags", "_metadata"})
"""What a sender may not say for us, or says of the body."""


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
        received: when they were received, as the journal writes it.
    """

    source: str
    sending: Sending
    sent_at: object = None
    type: str | None = None
    context: Mapping[str, Any] | None = None
    keeps_times: bool = False
    received: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "received", written(self.sending.received_at))

    @classmethod
    def of(
        cls, source: str, received_at: dt.datetime, body: Body, *, type: str | None = None, keeps_times: bool = False
    ) -> "Origin":
        """Of the messages of a body."""
        sending = Sending.of(received_at, None if keeps_times else body.sent_at)
        return cls(source, sending, body.sent_at, type, body.context, keeps_times)


def kept(message: Any, origin: Origin, draw_id: Callable[[], str]) -> Arrival | Flaw:
    """A message as the journal keeps it, or what is wrong with it. `draw_id` makes an id for one that has none."""
    if not isinstance(message, dict):
        return Flaw("not_an_object")
    said = _said(message)
    flaw = _flaw(said, origin) or _timed(said, message.get("timestamp"), origin)
    if flaw:
        return flaw
    message_id = said.get("messageId") or said.setdefault("messageId", draw_id())
    if "context" in said:
        said["context"] = without_address(said["context"])
    line = orjson.dumps(said, option=orjson.OPT_UTC_Z)
    if len(line) > limits.MESSAGE_BYTES or line.count(b"{") + line.count(b"[") > limits.NESTING:
        flaw = flaw_in(said) or _size_flaw(message)
    return flaw or Arrival(message_id, line)


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


def _said(message: dict[str, Any]) -> dict[str, Any]:
    """What the sender may say, without what is null."""
    if None in message.values() or not _NOT_SAID.isdisjoint(message):
        return {name: value for name, value in message.items() if value is not None and name not in _NOT_SAID}
    return message.copy()


def _flaw(said: dict[str, Any], origin: Origin) -> Flaw | None:
    """What is wrong with the fields of a message; makes text of identifiers that are numbers.

    Nearly all texts are short and plain: only the others are looked at closely.
    """
    if origin.type is not None:
        said["type"] = origin.type
    for name in OBJECTS:
        if name in said and type(said[name]) is not dict:
            return Flaw("not_an_object", name)
    if origin.context:
        said["context"] = _context(said, origin)
    for name, most in TEXTS:
        if name in said:
            value = said[name]
            is_plain = type(value) is str and 0 < len(value) <= most and value.isprintable()
            if not is_plain and (flaw := _text_flaw(said, name, most)):
                return flaw
    return _lacking(said)


def _text_flaw(said: dict[str, Any], name: str, most: int) -> Flaw | None:
    """What is wrong with a text; an empty one counts as not said."""
    value = said[name]
    if type(value) is int and name in IDENTIFIERS:
        value = said[name] = str(value)
    if type(value) is not str:
        return Flaw("not_text", name)
    if len(value) > most:
        return Flaw("too_long", name)
    if not value:
        del said[name]
    return None if name not in _SHOWN or value.isprintable() else Flaw("invisible_characters", name)


def _lacking(said: dict[str, Any]) -> Flaw | None:
    type_ = said.get("type")
    if type(type_) is not str or type_ not in _TYPES:
        return Flaw("unknown_type", "type")
    for name in REQUIRED.get(type_, ()):
        if name not in said:
            return Flaw("missing", name)
    return None if "userId" in said or "anonymousId" in said else Flaw("nobody", "userId")


def _context(message: Mapping[str, Any], origin: Origin) -> Any:
    """The context of a message over the one that stands beside the batch."""
    own = message.get("context") or {}
    return {**origin.context, **own} if origin.context and isinstance(own, dict) else own


def _timed(said: dict[str, Any], timestamp: object, origin: Origin) -> Flaw | None:
    """Puts down when it happened and when it was received, by our clock, beside what the sender said."""
    sending = origin.sending
    if "sentAt" in said:
        sending = sending if origin.keeps_times else Sending.of(sending.received_at, said["sentAt"])
    elif origin.sent_at is not None:
        said["sentAt"] = origin.sent_at
    original = said.get("originalTimestamp", timestamp)
    instant = read_instant(original)
    if original is not None:
        if instant is None:
            return Flaw("not_an_instant", "timestamp")
        said["originalTimestamp"] = original
    found = corrected(instant, sending)
    if isinstance(found, Flaw):
        return found
    happened = found[0]  # orjson writes it, and much faster; but whole seconds without their zeros
    said["timestamp"] = happened if happened.microsecond else written(happened)
    said["receivedAt"], said["source"] = origin.received, origin.source
    if found[1]:
        said["flags"] = found[1]
    return None


def _size_flaw(message: Mapping[str, Any]) -> Flaw | None:
    return Flaw("message_too_large") if len(orjson.dumps(message)) > limits.MESSAGE_BYTES else None
