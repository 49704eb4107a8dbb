"""Which message ids the journal has: an index in the journal's own file, made from the entries and never the truth.

A table with one row per id would touch about one page per id, since ids are random: at two million ids that writes
4 kB for each message of 360 bytes. So the newest ids stay in memory, and 2^17 at a time become a *run*: chunks of ids
that share their first bits, written in order. Runs of about one size are merged, as in a log-structured merge tree
(O'Neil et al., Acta Informatica 33, 1996). A sieve in memory answers for most new ids without any look at the runs.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quartier.store.journal.entry import DIGEST_BYTES
from quartier.store.journal.sieve import Sieve

SCHEMA = """
create table if not exists id_runs(
    slot integer primary key autoincrement, bits integer not null, count integer not null, until integer not null);
create table if not exists id_chunks(place integer primary key, digests blob not null, checksum integer not null);
"""
NEWEST = 2**17
"""How many ids are kept in memory before they become a run."""

LARGEST = 2**22
"""Runs are not merged beyond this many ids: it bounds how long one commit may be delayed."""

_IN_A_CHUNK, _SHIFT, _MASK = 512, 32, (1 << 64) - 1


class IndexDamaged(Exception):
    """A chunk differs from its checksum; the index can be made again from the entries."""


@dataclass(frozen=True)
class _Run:
    """`count` ids of the messages up to number `until`, in chunks by their first `bits` bits."""

    slot: int
    bits: int
    count: int
    until: int

    def place(self, digest: bytes) -> int:
        return self.slot << _SHIFT | int.from_bytes(digest[:4]) >> 32 - self.bits

    @property
    def places(self) -> tuple[int, int]:
        return self.slot << _SHIFT, (self.slot + 1) << _SHIFT


def index_agrees(connection: sqlite3.Connection) -> bool:
    """Whether the runs hold the ids of the entries that they cover: as many, and of the same sums."""
    until = connection.execute("select coalesce(max(until), 0) from id_runs").fetchone()[0]
    in_entries = _sum(connection.execute("select ids from entries where first <= ?", (until,)))
    try:
        in_runs = _sum((_sound(*row),) for row in connection.execute("select place, digests, checksum from id_chunks"))
    except IndexDamaged:
        return False
    return in_entries == in_runs


def _sum(blobs: Iterable[tuple[bytes]]) -> tuple[int, int, int]:
    """How many ids there are, and the sums of their halves: equal for equal ids, whatever their order."""
    count = first = second = 0
    for (blob,) in blobs:
        halves = np.frombuffer(blob, dtype="<u8").reshape(-1, 2)
        count += len(halves)
        first = first + int(halves[:, 0].sum(dtype=np.uint64)) & _MASK
        second = second + int(halves[:, 1].sum(dtype=np.uint64)) & _MASK
    return count, first, second


class KnownIds:
    """The message ids of a journal in SQLite; every method is called inside a transaction of its connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._runs: list[_Run] = []
        self._newest: set[bytes] = set()
        self._seen = 0
        self._sieve: Sieve | None = None

    def refresh(self, end: int) -> None:
        """Take in what other processes wrote since; the first time, everything."""
        if self._sieve is None:
            self._sieve = self._filled()
        newest_slot = self._connection.execute("select max(slot) from id_runs").fetchone()[0]
        if newest_slot != (self._runs[-1].slot if self._runs else None):
            self._runs = [_Run(*row) for row in self._connection.execute(_RUNS)]
            self._newest = set()
            self._seen = min(self._seen, self._until) if self._seen else self._until
        while self._seen < end:
            self._read(end)
            if self._seen < end:  # more than fits: an index that is missing is made as it is read
                self.settled(self.settle())

    def forget(self) -> None:
        """After a transaction that was rolled back: what was made in it is not there."""
        self._runs, self._newest, self._seen, self._sieve = [], set(), 0, None

    def among(self, digests: Sequence[bytes]) -> set[bytes]:
        """Those of the digests that the journal has."""
        if not digests or self._sieve is None:
            return set()
        maybe = self._sieve.may_hold(b"".join(digests))
        return {digest for digest in _where(digests, maybe) if digest in self._newest or self._is_in_a_run(digest)}

    def add(self, ids: bytes, end: int) -> None:
        """Take in ids that were committed, up to a number."""
        if self._sieve is not None and ids:
            self._sieve.add(ids)
        self._newest.update(_each(ids))
        self._seen = end

    @property
    def is_due(self) -> bool:
        """Whether enough ids are in memory to make a run of them."""
        return len(self._newest) >= NEWEST

    def settle(self) -> "list[_Run]":
        """Make a run of the ids in memory, merged with the runs of about its size. Returns the runs after commit."""
        count, merged = len(self._newest), list[_Run]()
        for run in reversed(self._runs):
            if run.count > 2 * count or run.count + count > LARGEST:
                break
            merged.append(run)
            count += run.count
        made = self._written(count, merged)
        for run in merged:
            self._connection.execute("delete from id_chunks where place >= ? and place < ?", run.places)
            self._connection.execute("delete from id_runs where slot = ?", (run.slot,))
        return [*(run for run in self._runs if run not in merged), made]

    def settled(self, runs: "list[_Run]") -> None:
        """The runs were committed: nothing is kept in memory twice."""
        self._runs, self._newest = runs, set()

    def make_again(self, end: int) -> None:
        """Throw the index away and read all ids from the entries again."""
        self._connection.execute("delete from id_chunks")
        self._connection.execute("delete from id_runs")
        self._runs, self._newest, self._seen, self._sieve = [], set(), 0, Sieve()
        while self._seen < end:
            self._read(end)
            if self.is_due:
                self.settled(self.settle())

    @property
    def _until(self) -> int:
        return max((run.until for run in self._runs), default=0)

    def _filled(self) -> Sieve:
        sieve = Sieve()
        for row in self._connection.execute("select place, digests, checksum from id_chunks"):
            sieve.add(_sound(*row))
        return sieve

    def _read(self, end: int) -> None:
        """Take in the ids of entries that were not seen, as many as fit; those of no run stay in memory."""
        until = self._until
        for first, ids in self._connection.execute(_IDS_AFTER, (self._seen, end)):
            if isinstance(ids, bytes) and len(ids) % DIGEST_BYTES == 0:  # an entry that rotted is told by who reads it
                self._take_in(ids, is_newest=first > until)
            self._seen = first
            if len(self._newest) >= 4 * NEWEST:
                return
        self._seen = end

    def _take_in(self, ids: bytes, *, is_newest: bool) -> None:
        if self._sieve is not None and ids:
            self._sieve.add(ids)
        if is_newest:
            self._newest.update(_each(ids))

    def _is_in_a_run(self, digest: bytes) -> bool:
        return any(_holds(self._chunk(run.place(digest)), digest) for run in reversed(self._runs))

    def _chunk(self, place: int) -> bytes:
        row = self._connection.execute(_CHUNK, (place,)).fetchone()
        return _sound(*row) if row else b""

    def _written(self, count: int, merged: Iterable[_Run]) -> _Run:
        bits = max(8, (count // _IN_A_CHUNK).bit_length())
        insert = "insert into id_runs(bits, count, until) values (?, ?, ?)"
        slot = self._connection.execute(insert, (bits, count, self._seen)).lastrowid or 0
        newest = _by_prefix(b"".join(self._newest), 8)
        for part in range(256):  # one part at a time, so that merging large runs takes little memory
            digests = newest.get(part, b"") + b"".join(self._part(run, part) for run in merged)
            chunks = _by_prefix(digests, bits).items()
            rows = ((slot << _SHIFT | prefix, chunk, zlib.crc32(chunk)) for prefix, chunk in chunks)
            self._connection.executemany("insert into id_chunks values (?, ?, ?)", rows)
        return _Run(slot, bits, count, self._seen)

    def _part(self, run: _Run, part: int) -> bytes:
        """The ids of a run whose first byte is given."""
        first = run.places[0] | part << run.bits - 8
        rows = self._connection.execute(_CHUNKS, (first, first + (1 << run.bits - 8)))
        return b"".join(_sound(*row) for row in rows)


_RUNS = "select slot, bits, count, until from id_runs order by slot"
_CHUNK = "select place, digests, checksum from id_chunks where place = ?"
_CHUNKS = "select place, digests, checksum from id_chunks where place >= ? and place < ?"
_IDS_AFTER = "select first, ids from entries where first > ? and first <= ? order by first"


def _sound(place: int, digests: bytes, checksum: int) -> bytes:
    if zlib.crc32(digests) != checksum:
        raise IndexDamaged(place)
    return digests


def _each(ids: bytes) -> Iterator[bytes]:
    return (ids[start : start + DIGEST_BYTES] for start in range(0, len(ids), DIGEST_BYTES))


def _where(digests: Sequence[bytes], wanted: npt.NDArray[np.bool_]) -> list[bytes]:
    return [digests[index] for index in np.flatnonzero(wanted).tolist()]


def _holds(chunk: bytes, digest: bytes) -> bool:
    """Whether a digest is one of those in a chunk, and not across two of them."""
    at = chunk.find(digest)
    while at >= 0 and at % DIGEST_BYTES:
        at = chunk.find(digest, at + 1)
    return at >= 0


def _by_prefix(ids: bytes, bits: int) -> dict[int, bytes]:
    """The ids by their first bits."""
    digests = np.frombuffer(ids, dtype=f"V{DIGEST_BYTES}")
    prefixes = np.frombuffer(ids, dtype=">u4")[::4].astype(np.uint32) >> np.uint32(32 - bits)
    order = np.argsort(prefixes, kind="stable")
    found, starts = np.unique(prefixes[order], return_index=True)
    parts = np.split(digests[order], starts[1:]) if len(found) else []
    return {int(prefix): part.tobytes() for prefix, part in zip(found, parts, strict=True)}
