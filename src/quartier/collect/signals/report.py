"""What the browser plug-in reports: one track message with the signals of some seconds of one visit (one tab).

    {"visit": "k3v9...", "batch": 4, "at": 61200, "signals": [
      {"kind": "page", "at": 60100, "page": "/basket", "how": "open"},
      {"kind": "click", "at": 60900, "target": "form#pay>button", "x": 120, "y": 310, "acts": true, "changed": 80}]}

Times are milliseconds of the visit's own clock; the message's corrected timestamp anchors them. Anyone can send
anything: what does not have this form is left out and counted, never raised.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

REPORT: Final = "Signals Reported"
"""The name of the track message that carries signals."""
_KINDS: Final = frozenset(["page", "leave", "click", "error", "form"])
_TEXTS: Final = frozenset(["page", "how", "target", "error", "form", "field", "step"])
_NUMBERS: Final = frozenset(["x", "y", "changed", "asked", "loading"])
_FLAGS: Final = frozenset(["acts", "repeats", "selected"])
_LONGEST: Final = 200
_MOST: Final = 200
_LARGEST: Final = 10 * 366 * 86_400_000
"""Milliseconds of ten years: no visit is longer, and sums of larger numbers are no dates."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One thing that happened in a page; times in milliseconds, `None` is what does not apply."""

    kind: str
    at: int
    moment: int = 0
    """Milliseconds since 1970, by the corrected clock."""
    message_id: str = ""
    page: str | None = None
    """The path of the page that was reached."""
    how: str | None = None
    """How the page was reached: `open`, `back` or `reload`."""
    target: str | None = None
    """The path of the element, without texts or values."""
    x: int | None = None
    y: int | None = None
    acts: bool = False
    """The element looks as if a click on it did something."""
    repeats: bool = False
    """The element is made to be clicked often: a stepper, next, a player, a map, a game."""
    selected: bool = False
    """The click selected text."""
    changed: int | None = None
    """After how long the page first answered in a way that can be seen."""
    asked: int | None = None
    """After how long the page first asked a server."""
    loading: int | None = None
    """For how long the page, or what it asked a server, had been loading."""
    error: str | None = None
    form: str | None = None
    field: str | None = None
    step: str | None = None
    """What happened to the form: `touch` or `send`."""

    def as_json(self) -> dict[str, Any]:
        """What is not as by default."""
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name)) != each.default}


@dataclass(frozen=True, slots=True)
class Who:
    """Whose message a report came in, as the message says it; absent keys are absent."""

    keys: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, message: Mapping[str, Any]) -> "Who":
        """The identifiers and the source of a message."""
        names = ("userId", "anonymousId", "source", "receivedAt")
        return cls(tuple((name, str(message[name])) for name in names if message.get(name)))


NOBODY: Final = Who()


@dataclass(frozen=True, slots=True)
class Report:
    """The signals of one message, in the order in which they happened."""

    visit: str
    number: int
    signals: tuple[Signal, ...]
    who: Who
    left_out: int = 0
    """How many signals did not have the form of one."""


def is_report(message: Mapping[str, Any]) -> bool:
    """Whether a kept message is a report of signals."""
    return message.get("event") == REPORT and message.get("type") == "track"


def report_of(message: Mapping[str, Any]) -> Report | None:
    """The report in a kept message, or None where it has not the form of one."""
    said = message.get("properties")
    if not isinstance(said, Mapping) or not isinstance(said.get("signals"), list):
        return None
    visit, number, sent = said.get("visit"), _count(said.get("batch")), _count(said.get("at"))
    if not isinstance(visit, str) or not 0 < len(visit) <= _LONGEST or number is None or sent is None:
        return None
    anchor = milliseconds(str(message.get("timestamp"))) - sent
    message_id, listed = str(message.get("messageId", "")), said["signals"][:_MOST]
    read = [signal for each in listed if (signal := _signal(each, sent, anchor, message_id))]
    in_order = tuple(sorted(read, key=lambda each: each.at))
    return Report(visit, number, in_order, Who.of(message), len(said["signals"]) - len(read))


def milliseconds(instant: str) -> int:
    """ISO 8601 as milliseconds since 1970; what cannot be read is 1970."""
    try:
        return int(dt.datetime.fromisoformat(instant).timestamp() * 1000)
    except (ValueError, OverflowError):
        return 0


def _signal(said: object, sent: int, anchor: int, message_id: str) -> Signal | None:
    """One signal; nothing can have happened after it was reported."""
    if not isinstance(said, Mapping) or said.get("kind") not in _KINDS:
        return None
    at = _count(said.get("at"))
    if at is None:
        return None
    known: dict[str, Any] = {}
    for name, value in said.items():
        if name in _TEXTS and isinstance(value, str) and value:
            known[name] = value[:_LONGEST]
        elif name in _NUMBERS and (number := _count(value)) is not None:
            known[name] = number
        elif name in _FLAGS and value is True:
            known[name] = True
    return Signal(said["kind"], at, max(0, anchor + min(at, sent)), message_id, **known)


def _count(value: object) -> int | None:
    """A number of milliseconds, pixels or reports: whole, from 0 up."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _LARGEST:
        return None
    return int(value)
