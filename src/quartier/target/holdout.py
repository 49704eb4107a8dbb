"""Who is held out: a salted stable hash of the dense key, so that nothing else about a person can matter.

The method is that of hash-based assignment in online experiments (Kohavi, Tang & Xu, "Trustworthy Online Controlled
Experiments", 2020, chapter 4; Kohavi & Longbotham 2017): each person gets a uniform number from a cryptographic hash of
the person under the campaign's salt, and is held out when the number falls under the share. BLAKE2b (RFC 7693) is keyed
with the salt; one digest of 64 bytes serves eight neighbouring keys, 8 bytes each, which makes a million persons cheap.
"""

import hashlib

import numpy as np
import numpy.typing as npt
from pyroaring import BitMap

_KEYS_PER_DIGEST = 8  # 64 bytes of digest, 8 bytes a key


def salt_of(secret: bytes, campaign: str) -> str:
    """The campaign's salt: from the workspace's secret and the name; campaigns are independent of each other."""
    return hashlib.blake2b(campaign.encode(), key=secret, digest_size=32).hexdigest()


def split(members: BitMap, *, share: float, salt: str) -> tuple[BitMap, BitMap]:
    """The targeted and the held out, `share` of them on average: exactly a partition of the members."""
    if not 0 <= share < 1:
        raise ValueError("a share of at least 0 and under 1 can be held out")
    keys = np.asarray(members.to_array(), dtype=np.uint32)
    held_out = BitMap(keys[draws(keys, salt) < share])
    return members - held_out, held_out


def draws(keys: npt.NDArray[np.uint32], salt: str) -> npt.NDArray[np.float64]:
    """A number in [0, 1) for each key; it depends on the key and the salt and on nothing else."""
    blocks, block_of_key = np.unique(keys // _KEYS_PER_DIGEST, return_inverse=True)
    secret = bytes.fromhex(salt)
    digests = b"".join(hashlib.blake2b(block.to_bytes(4, "little"), key=secret).digest() for block in blocks.tolist())
    numbers = np.frombuffer(digests, dtype="<u8").reshape(-1, _KEYS_PER_DIGEST)
    drawn = numbers[block_of_key, keys % _KEYS_PER_DIGEST]
    # 53 bits are what a float holds; more would round some draws up to 1.
    return np.asarray((drawn >> np.uint64(11)) * 2.0**-53, dtype=np.float64)
