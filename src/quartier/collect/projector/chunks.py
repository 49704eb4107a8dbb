"""The journal's entries in chunks of bounded size, so that memory does not grow with the journal."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from quartier.engine import naive_utc
from quartier.store.journal import Entry

BYTES = 48 * 1024 * 1024
"""About how many bytes of messages are projected at once, unless told otherwise."""


@dataclass(frozen=True)
class Chunk:
    """Some entries that follow one another, and the instants from which on each holds."""

    entries: Sequence[Entry]
    instants: Sequence[dt.datetime]

    @property
    def first(self) -> int:
        """The number of its first message."""
        return self.entries[0].first

    @property
    def last(self) -> int:
        """The number of its last message."""
        return self.entries[-1].last

    @property
    def is_lost(self) -> bool:
        """Whether its messages are gone: a lost entry is a chunk by itself."""
        return self.entries[0].is_lost

    @property
    def digest(self) -> str:
        """The digest of its last entry."""
        return entry_digest(self.entries[-1])

    @property
    def count(self) -> int:
        """How many messages it holds."""
        return self.last - self.first + 1

    def write(self, path: Path) -> None:
        """Write its messages into a file, one line each."""
        with path.open("wb") as lines:
            for each in self.entries:
                lines.write(each.body)
                lines.write(b"\n")

    def instants_of(self, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.datetime64]:
        """When the messages of some numbers were kept, in UTC."""
        firsts = np.array([each.first for each in self.entries], dtype=np.int64)
        instants = np.array([naive_utc(each) for each in self.instants], dtype="datetime64[us]")
        return instants[np.searchsorted(firsts, numbers, side="right") - 1]


def entry_digest(entry: Entry) -> str:
    """What tells an entry from another one that has its numbers."""
    digest = hashlib.blake2b(f"{entry.first} {entry.count} {entry.at.isoformat()}\n".encode(), digest_size=16)
    digest.update(entry.body)
    return digest.hexdigest()


def chunks(entries: Iterable[Entry], since: dt.datetime | None, most_bytes: int = BYTES) -> Iterator[Chunk]:
    """The entries in chunks; the instants never go back, though a clock was set back in between."""
    kept: list[Entry] = []
    instants: list[dt.datetime] = []
    size, latest = 0, since
    for entry in entries:
        latest = max(latest, entry.at) if latest else entry.at
        if kept and (entry.is_lost or kept[-1].is_lost):
            yield Chunk(kept, instants)
            kept, instants, size = [], [], 0
        kept.append(entry)
        instants.append(latest)
        size += len(entry.body)
        if size >= most_bytes:
            yield Chunk(kept, instants)
            kept, instants, size = [], [], 0
    if kept:
        yield Chunk(kept, instants)
