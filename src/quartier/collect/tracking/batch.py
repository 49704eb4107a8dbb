"""The messages of one body, checked: what the journal is to keep, what it is to put aside, the verdicts for both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from quartier.collect.tracking.checking import Origin, as_sent, kept, message_id_of
from quartier.collect.tracking.parsing import Broken
from quartier.collect.tracking.reasons import Flaw
from quartier.collect.tracking.verdicts import Verdict, Verdicts
from quartier.store.journal import Arrival, Receipt, Refusal


@dataclass(frozen=True, slots=True)
class Checked:
    """The messages of a body: those that can be kept, and those that cannot, each with its place among all."""

    arrivals: tuple[Arrival, ...]
    places: Sequence[int]
    refusals: tuple[Refusal, ...]
    flawed: tuple[tuple[int, Flaw], ...]

    def verdicts(self, receipt: Receipt) -> Verdicts:
        """What became of each, once the journal has said so."""
        ids = (arrival.message_id for arrival in self.arrivals)
        refused = tuple(
            Verdict(place, "rejected", refusal.message_id, flaw, number)
            for (place, flaw), refusal, number in zip(self.flawed, self.refusals, receipt.refused, strict=True)
        )
        return Verdicts(tuple(zip(self.places, ids, strict=True)), receipt.is_new, refused)


def checked(messages: Sequence[Any], origin: Origin, draw_id: Callable[[], str]) -> Checked:
    """Check every message; one that is flawed is put aside and does not touch its neighbours."""
    found = [each.flaw if type(each) is Broken else kept(each, origin, draw_id) for each in messages]
    flawed = tuple((place, each) for place, each in enumerate(found) if type(each) is Flaw)
    arrivals = tuple(each for each in found if type(each) is Arrival)
    places = tuple(place for place, each in enumerate(found) if type(each) is Arrival) if flawed else range(len(found))
    return Checked(arrivals, places, tuple(refusal(messages[place], flaw, origin) for place, flaw in flawed), flawed)


def refusal(message: Any, flaw: Flaw, origin: Origin) -> Refusal:
    """A flawed message as the journal puts it aside: its bytes, with what stood beside it in the body."""
    if isinstance(message, Broken):
        return Refusal(_completed(message.raw, origin), flaw.code, flaw.field, origin.source)
    raw = orjson.dumps(as_sent(message, origin))
    return Refusal(raw, flaw.code, flaw.field, origin.source, message_id_of(message))


def _completed(raw: bytes, origin: Origin) -> bytes:
    """Bytes that cannot be read, with the type and `sentAt` that stood beside them put in front."""
    beside = {"type": origin.type, "sentAt": None if origin.keeps_times else origin.sent_at}
    told = {name: value for name, value in beside.items() if value is not None and f'"{name}"'.encode() not in raw}
    if not told or raw[:1] != b"{" or len(raw) < 3:
        return raw
    return orjson.dumps(told)[:-1] + b"," + raw[1:]
