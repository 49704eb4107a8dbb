"""How often one address may ask: enough for a classroom behind one connection, too little to fill a journal.

An address is known by a digest with a salt of this process alone, in memory: it is never written anywhere, and after a
restart nobody can tell which address it was.
"""

import datetime as dt
import hashlib
import ipaddress
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

MOST_AT_ONCE, PER_SECOND = 120.0, 1.0
"""A survey of five steps is about six questions to the server: twenty persons at once, then ten a minute."""

MOST_ADDRESSES = 20_000
"""So many are remembered; those that asked longest ago are forgotten first."""

_NETWORK = 64  # bits of an IPv6 address: what one connection is given


@dataclass
class Pace:
    """What is left to each address: it falls by one with each question, and grows back with time."""

    salt: bytes
    most: float = MOST_AT_ONCE
    per_second: float = PER_SECOND
    _left: OrderedDict[bytes, tuple[float, dt.datetime]] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def allows(self, address: str, now: dt.datetime) -> bool:
        """Whether an address may ask once more now; if so, that counts."""
        who = hashlib.blake2b(_connection(address).encode(), key=self.salt, digest_size=16).digest()
        with self._lock:
            left, before = self._left.pop(who, (self.most, now))
            grown = min(self.most, left + max(0.0, (now - before).total_seconds()) * self.per_second)
            is_allowed = grown >= 1
            self._left[who] = (grown - 1 if is_allowed else grown, max(before, now))
            if len(self._left) > MOST_ADDRESSES:
                self._left.popitem(last=False)
        return is_allowed


def _connection(address: str) -> str:
    """What one connection has: an address, or the first half of one of IPv6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((int(found), _NETWORK), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)
