"""Files with their digests, copied so that they are on the disk."""

import hashlib
import os
from pathlib import Path

_AT_ONCE = 1 << 20


def digest_of(path: Path) -> str:
    """The SHA-256 digest of a file's bytes, in hexadecimal."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def copied(origin: Path, target: Path) -> str:
    """Copy a file onto the disk, with the folders it needs; gives the digest of what was read."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with origin.open("rb") as read, target.open("wb") as written:
        while chunk := read.read(_AT_ONCE):
            digest.update(chunk)
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest()


def flush(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
