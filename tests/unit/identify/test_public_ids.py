"""Public ids are opaque, stable, and other ones in another workspace."""

import base64
import hashlib

from quartier.identify.public_ids import public_ids


def test_an_id_is_the_keyed_hash_of_the_key_in_base_32() -> None:
    digest = hashlib.blake2b((7).to_bytes(4, "big"), key=b"secret", digest_size=10, person=b"p").digest()
    assert public_ids([3, 7], "person", b"secret")[1] == f"p_{base64.b32encode(digest).decode().lower()}"


def test_ids_differ_between_workspaces_subjects_and_keys() -> None:
    ids = [
        *public_ids(range(1_000), "person", b"secret"), *public_ids(range(1_000), "account", b"secret"),
        *public_ids(range(1_000), "person", b"another"),
    ]  # fmt: skip
    assert len(set(ids)) == 3_000


def test_nobody_has_no_id() -> None:
    assert public_ids([], "person", b"secret") == []
