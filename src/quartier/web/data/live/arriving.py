"""The newest messages of the journal as a page tells them: what happened, by whom, how many a minute."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quartier.errors import JournalDamaged
from quartier.store.journal import Entry, Journal

WINDOW, SHOWN = 1_000, 40
"""So many messages are looked at, and so many shown."""
MINUTES = 5
_LONGEST = 120


@dataclass(frozen=True)
class Arrived:
    """One message: its number in the journal, what it is, by whom; values of properties are not told."""

    number: int
    at: dt.datetime
    source: str
    type: str
    name: str
    person: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Window:
    """The newest messages, the newest first; the rate is told over the last minutes.

    `is_more` says that more came in these minutes than were looked at.
    """

    end: int
    arrived: tuple[Arrived, ...]
    per_minute: float
    is_more: bool
    sources: Mapping[str, int]
    last_at: Mapping[str, dt.datetime]


def newest(journal: Journal, now: dt.datetime, *, shown: int = SHOWN) -> Window:
    """What arrived last; entries that are damaged are left out."""
    end = journal.end()
    entries = _entries(journal, max(0, end - WINDOW))
    rows = [(entry.first + place, entry.at, line) for entry in entries for place, line in enumerate(entry.lines)][
        -WINDOW:
    ]
    told = [_arrived(*row) for row in rows]
    since = now - dt.timedelta(minutes=MINUTES)
    recent = sum(each.at > since for each in told)
    last_at = {each.source: each.at for each in told}
    return Window(end, tuple(reversed(told[-shown:])), recent / MINUTES, recent == WINDOW,
                  Counter(each.source for each in told), last_at)  # fmt: skip


def _entries(journal: Journal, after: int) -> list[Entry]:
    found: list[Entry] = []
    while True:
        try:
            for entry in journal.entries(after):
                found.append(entry)
                after = entry.last
        except JournalDamaged as damage:
            after = damage.last
        else:
            return found


def _arrived(number: int, at: dt.datetime, line: bytes) -> Arrived:
    message: dict[str, Any] = json.loads(line)
    type_ = str(message.get("type", ""))
    name = next((message[each] for each in ("event", "name") if isinstance(message.get(each), str)), "")
    person = next((str(message[each]) for each in ("userId", "anonymousId", "groupId") if message.get(each)), "")
    objects = (message.get(each) for each in ("properties", "traits"))
    said: Mapping[str, Any] = next((each for each in objects if isinstance(each, dict)), {})
    return Arrived(
        number, at, str(message.get("source", "")), type_, name[:_LONGEST], person[:_LONGEST],
        tuple(sorted(each[:_LONGEST] for each in said))[:12],
    )  # fmt: skip
