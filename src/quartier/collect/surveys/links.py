"""The link of one person to one survey: it names the asking, not the person, and cannot be made by anyone else.

A link travels through mail servers, logs and histories, so nothing of the person is in it: only the number of the
asking in the store, the instant at which the link ends, and a signature (HMAC-SHA-256, RFC 2104, cut to 16 bytes) by
the workspace's secret over both and the survey's name.
"""

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import struct
from dataclasses import dataclass

_CONTENT = struct.Struct(">IQ")
_SIGNATURE = 16
_PURPOSE = b"quartier survey link"


@dataclass(frozen=True)
class Link:
    """Which asking a link belongs to, and until when it works."""

    ask: int
    ends_at: dt.datetime


def token(secret: bytes, survey: str, link: Link) -> str:
    """The link's text, to be written behind `?p=`."""
    content = _CONTENT.pack(link.ask, int(link.ends_at.timestamp()))
    return base64.urlsafe_b64encode(content + _signed(secret, survey, content)).decode().rstrip("=")


def read_token(secret: bytes, survey: str, text: str) -> Link | None:
    """The link that a text stands for, ended or not; None where we never made it."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    content, signature = raw[: _CONTENT.size], raw[_CONTENT.size :]
    if len(raw) != _CONTENT.size + _SIGNATURE or not hmac.compare_digest(signature, _signed(secret, survey, content)):
        return None
    ask, ends = _CONTENT.unpack(content)
    return Link(ask, dt.datetime.fromtimestamp(ends, dt.UTC))


def _signed(secret: bytes, survey: str, content: bytes) -> bytes:
    key = hmac.digest(secret, _PURPOSE, hashlib.sha256)
    return hmac.digest(key, survey.encode() + b"\0" + content, hashlib.sha256)[:_SIGNATURE]
