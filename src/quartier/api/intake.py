"""The way of a request's messages into the journal, and the answer once they are durable.

Every refusal is whole: of a body that is refused nothing is kept. What waits is bounded by the bytes of bodies at hand
and by the journal's queue, so that a flood costs no memory.
"""

import asyncio
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

from starlette.requests import Request
from starlette.responses import Response

from quartier.api.answers import accepted, refused
from quartier.api.keys import KeyRing, key_of
from quartier.clock import Clock
from quartier.collect.tracking.limits import BODY_BYTES
from quartier.collect.tracking.parsing import Body
from quartier.collect.tracking.reasons import Refused
from quartier.collect.tracking.run import Address, check_body, read_body
from quartier.errors import JournalFull, JournalStopped
from quartier.store.journal import Journal, Receipt
from quartier.store.write_keys import WriteKey

MOST_BYTES = 16 * 1024 * 1024
"""How many bytes of bodies may be at hand at once: those that are read, and those that wait for the journal."""

PATIENCE = 30.0
"""After how many seconds a request that waits for the journal is refused; what it brought may still be kept."""


class Intake:
    """Takes requests of the tracking endpoints."""

    def __init__(self, journal: Journal, keys: KeyRing, clock: Clock, *, most_bytes: int = MOST_BYTES) -> None:
        self._journal, self._keys, self._clock = journal, keys, clock
        self.most_bytes, self.bytes_at_hand = most_bytes, 0
        self.patience, self.refusals = PATIENCE, Counter[str]()

    async def take(self, request: Request, address: Address) -> Response:
        """Keep the messages of a request; the answer tells what became of each, or why nothing was kept."""
        try:
            known = self._known(key_of(request.headers.get("authorization")))
            with self._room(request):
                return await self._taken(request, address, known)
        except Refused as refusal:
            self.refusals[refusal.code] += 1
            return refused(refusal.code)

    async def _taken(self, request: Request, address: Address, known: WriteKey | None) -> Response:
        text = await _read(request)
        received_at = self._clock.now()
        body = read_body(text, address, encoding=request.headers.get("content-encoding", ""))
        key = known or self._named(body)
        if not key.allows(request.headers.get("origin")):
            raise Refused("foreign_origin")
        ready = check_body(body, address, source=key.source, received_at=received_at)
        try:
            receipt = await self._receipt(self._journal.submit(ready.arrivals, ready.refusals))
        except JournalFull as error:
            raise Refused("journal_full") from error
        except JournalStopped as error:
            raise Refused("journal_down") from error
        return accepted(ready.verdicts(receipt))

    async def _receipt(self, promised: "Future[Receipt]") -> Receipt:
        """Waits without holding on: a client that goes away does not take back what the journal is writing."""
        done, _ = await asyncio.wait([asyncio.wrap_future(promised)], timeout=self.patience)
        if not done:
            raise Refused("journal_down")
        return done.pop().result()

    def _known(self, key: str | None) -> WriteKey | None:
        """The key of the header; None where there is none, and the body must name it."""
        if key is None:
            return None
        found = self._keys.find(key)
        if found is None:
            raise Refused("unknown_key" if key else "missing_key")
        return found

    def _named(self, body: Body) -> WriteKey:
        found = self._known(body.write_key)
        if found is None:
            raise Refused("missing_key")
        return found

    @contextmanager
    def _room(self, request: Request) -> Iterator[None]:
        """Room for the body: as many bytes as it says it has, as many as it may have where it says nothing."""
        told = request.headers.get("content-length", "")
        size = int(told) if told.isdecimal() and len(told) < 12 else BODY_BYTES
        if size > BODY_BYTES:
            raise Refused("body_too_large")
        if self.bytes_at_hand + size > self.most_bytes:
            raise Refused("too_many_requests")
        self.bytes_at_hand += size
        try:
            yield
        finally:
            self.bytes_at_hand -= size


async def _read(request: Request) -> bytes:
    """The bytes of a body, and no more of them than it may have."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > BODY_BYTES:
            raise Refused("body_too_large")
        parts.append(part)
    return b"".join(parts)
