"""The highest number that was acknowledged, in a small file beside the journal.

It is written after each commit and never flushed on its own, so that it never says more than what was durable. A
journal that ends before it has lost something: a write-ahead log that was removed or rotted, a file from the past.
"""

import os
import zlib
from pathlib import Path
from typing import Self

_NUMBER_BYTES = 8


class Mark:
    """The file, kept open; made when the first number is written."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None

    @classmethod
    def beside(cls, journal: Path) -> Self:
        """The mark of the journal in a file."""
        return cls(journal.with_name(journal.name + "-end"))

    def get(self) -> int:
        """The number; 0 without a file, and where its bytes make no sense."""
        written = self._path.read_bytes() if self._path.exists() else b""
        number, checksum = written[:_NUMBER_BYTES], written[_NUMBER_BYTES:]
        return int.from_bytes(number) if checksum == _checksum(number) else 0

    def put(self, number: int) -> None:
        """Write a number in place of the one before."""
        if self._file is None:
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o644)
        said = number.to_bytes(_NUMBER_BYTES)
        os.pwrite(self._file, said + _checksum(said), 0)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _checksum(number: bytes) -> bytes:
    return zlib.crc32(number).to_bytes(4)
