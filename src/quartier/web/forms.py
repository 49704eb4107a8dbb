"""The body of a form as it was typed, read within bounds."""

from collections.abc import AsyncIterable
from urllib.parse import parse_qs

LARGEST = 512 * 1024
"""Bytes of a form: more than the longest answers to the longest survey that anyone fills in by hand."""

MOST_FIELDS = 1000


async def read_form(chunks: AsyncIterable[bytes]) -> dict[str, list[str]] | None:
    """The fields of an urlencoded form; None where it is too large to be one of ours."""
    body = bytearray()
    async for chunk in chunks:
        body += chunk
        if len(body) > LARGEST:
            return None
    try:
        text = body.decode("ascii", errors="replace")
        return parse_qs(text, keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="replace")
    except ValueError:
        return None
