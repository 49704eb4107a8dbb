"""Public ids of persons and accounts, from their keys."""

import hashlib
from collections.abc import Sequence

import numpy as np

from quartier.catalog import Subject

_PREFIX = {"person": "p", "account": "a"}
_BYTES, _LETTERS, _BITS = 10, 16, 5
_ALPHABET = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", np.uint8)


def public_ids(keys: Sequence[int], subject: Subject, secret: bytes) -> list[str]:
    """Opaque ids: the same key has the same id in this workspace and another one elsewhere."""
    prefix = _PREFIX[subject]
    seeded = hashlib.blake2b(key=secret, digest_size=_BYTES, person=prefix.encode())
    digests = b"".join(_digest(seeded, key) for key in keys)
    return [f"{prefix}_{text}" for text in _base32(digests)]


def _digest(seeded: hashlib.blake2b, key: int) -> bytes:
    one = seeded.copy()
    one.update(key.to_bytes(4, "big"))
    return one.digest()


def _base32(digests: bytes) -> list[str]:
    """All digests in lower-case base 32 at once: the standard library takes one after the other."""
    bits = np.unpackbits(np.frombuffer(digests, np.uint8)).reshape(-1, _BITS)
    letters = _ALPHABET[bits @ np.array([16, 8, 4, 2, 1], np.uint8)].tobytes().decode("ascii")
    return [letters[place : place + _LETTERS] for place in range(0, len(letters), _LETTERS)]
