"""From the bytes of a request to the bytes of its JSON: gzip undone within bounds, whatever the content type says."""

import zlib

from quartier.collect.tracking.limits import BODY_BYTES, GZIP_FREE_BYTES, GZIP_RATIO
from quartier.collect.tracking.reasons import Refused

_GZIP_MAGIC = b"\x1f\x8b"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GZIP = 16 + zlib.MAX_WBITS


def decoded(body: bytes, encoding: str = "") -> bytes:
    """The JSON of a body, `encoding` being its Content-Encoding; gzip is also known by its first bytes.

    Raises Refused for a body that is too large, or compressed wrongly or in a way that nobody promised.
    """
    plain = _uncompressed(body, encoding.strip().lower())
    if len(plain) > BODY_BYTES:
        raise Refused("body_too_large")
    return plain.removeprefix(_BYTE_ORDER_MARK)


def _uncompressed(body: bytes, encoding: str) -> bytes:
    if body[:2] == _GZIP_MAGIC:
        return _gunzipped(body)
    if encoding in ("", "identity"):
        return body
    raise Refused("bad_compression" if encoding in ("gzip", "x-gzip") else "unknown_encoding")


def _gunzipped(body: bytes) -> bytes:
    """At most one byte more than a body may have is ever made of it: a bomb costs what a large body costs."""
    most = min(BODY_BYTES, max(GZIP_FREE_BYTES, GZIP_RATIO * len(body)))
    gzip = zlib.decompressobj(_GZIP)
    try:
        plain = gzip.decompress(body, most + 1)
    except zlib.error as error:
        raise Refused("bad_compression") from error
    if len(plain) > most:
        raise Refused("body_too_large")
    if not gzip.eof or gzip.unused_data:
        raise Refused("bad_compression")
    return plain
