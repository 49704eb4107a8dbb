"""Messages into the journal: from a request, a form or a source; the verdicts come once they are durable."""

import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.collect.tracking.batch import Checked, checked
from quartier.collect.tracking.checking import Origin, kept
from quartier.collect.tracking.correction import Sending
from quartier.collect.tracking.decoding import decoded
from quartier.collect.tracking.parsing import Body, Broken, parsed, read_message
from quartier.collect.tracking.poison import flaw_in
from quartier.collect.tracking.reasons import Flaw
from quartier.collect.tracking.verdicts import Verdict, Verdicts
from quartier.store.journal import Journal, KeptRefusal


def draw_id() -> str:
    """A new id for a message that came without one."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Address:
    """What the address of a request tells of its body: the type of its one message, or that it is a batch.

    Attributes:
        type: identify, track, page, screen, group or alias; None for a batch, whose messages say it.
        keeps_times: whether times stand as they were written (`import`).
    """

    type: str | None = None
    keeps_times: bool = False


def take(
    journal: Journal,
    messages: Sequence[Mapping[str, Any]],
    *,
    source: str,
    received_at: dt.datetime,
    draw: Callable[[], str] = draw_id,
) -> Verdicts:
    """Check messages and keep them; returns once they are durable.

    Raises JournalFull or JournalStopped; then nothing of them is kept.
    """
    return _appended(journal, checked_messages(messages, source=source, received_at=received_at, draw=draw))


def receive(
    journal: Journal,
    body: bytes,
    address: Address,
    *,
    source: str,
    received_at: dt.datetime,
    encoding: str = "",
    draw: Callable[[], str] = draw_id,
) -> Verdicts:
    """Read the body of a request and keep its messages; returns once they are durable.

    Raises Refused for a body that cannot be read, JournalFull or JournalStopped; then nothing of it is kept.
    """
    found = read_body(body, address, encoding=encoding)
    return _appended(journal, check_body(found, address, source=source, received_at=received_at, draw=draw))


def replay(journal: Journal, refused: KeptRefusal, message: Mapping[str, Any] | None = None) -> Verdict:
    """Check a rejected message again, or the one that it was mended to, and keep it if it is sound now.

    It keeps its instant of arrival and its source. A message without an id gets one that is made of its number, so
    that a replay that is interrupted and tried again stores it once. One that is still flawed stays as it was.
    """
    origin = Origin(refused.refusal.source, Sending(refused.received_at))
    given = read_message(refused.refusal.raw) if message is None else _sound(message)
    found = given.flaw if isinstance(given, Broken) else kept(given, origin, lambda: f"rejected-{refused.number}")
    if isinstance(found, Flaw):
        return Verdict(0, "rejected", refused.refusal.message_id, found, refused.number)
    (is_new,) = journal.replay(refused.number, found).is_new
    return Verdict(0, "stored" if is_new else "duplicate", found.message_id, refusal=refused.number)


def read_body(body: bytes, address: Address, *, encoding: str = "") -> Body:
    """The messages of a request. Raises Refused for a body that cannot be read."""
    return parsed(decoded(body, encoding), is_batch=address.type is None)


def check_body(
    body: Body, address: Address, *, source: str, received_at: dt.datetime, draw: Callable[[], str] = draw_id
) -> Checked:
    """The messages of a body, checked and ready for the journal."""
    origin = Origin.of(source, received_at, body, type=address.type, keeps_times=address.keeps_times)
    return checked(body.messages, origin, draw)


def checked_messages(
    messages: Sequence[Mapping[str, Any]],
    *,
    source: str,
    received_at: dt.datetime,
    draw: Callable[[], str] = draw_id,
) -> Checked:
    """Messages that were made in this process, checked: nothing is known of how they were written."""
    origin = Origin(source, Sending(received_at))
    return checked([_sound(message) for message in messages], origin, draw)


def _sound(message: Mapping[str, Any]) -> Any:
    flaw = flaw_in(dict(message))
    return dict(message) if flaw is None else Broken(json.dumps(message, default=str).encode(), flaw)


def _appended(journal: Journal, ready: Checked) -> Verdicts:
    return ready.verdicts(journal.append(ready.arrivals, ready.refusals))
