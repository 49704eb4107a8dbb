"""Where the parts of a JSON text are, without reading them: a broken part must not take its neighbours down.

Only strings, brackets, commas and colons are looked at, one after the other and without recursion, so that a part may
hold NaN, a number of 5,000 digits or 100,000 brackets.
"""

import re
from collections.abc import Iterator

_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{},:"]', re.DOTALL)
_BLANK = b" \t\n\r"
_PAIRS = {b"{": b"}", b"[": b"]"}


class Unbalanced(ValueError):
    """Brackets or quotes that do not match: nobody can say where a part ends."""


def members(text: bytes) -> list[tuple[bytes, bytes]] | None:
    """The members of the object that `text` is: raw bytes of key and value; None when it is no object.

    Raises Unbalanced.
    """
    parts = _parts(text, b"{")
    return None if parts is None else [_member(part) for part in parts]


def elements(text: bytes) -> list[bytes] | None:
    """The elements of the list that `text` is; None when it is no list. Raises Unbalanced."""
    parts = _parts(text, b"[")
    return None if parts is None else list(parts)


def depth(text: bytes) -> int:
    """How deep objects and lists are nested."""
    deepest = level = 0
    for token in _TOKEN.finditer(text):
        if token[0] in (b"{", b"["):
            level += 1
            deepest = max(deepest, level)
        elif token[0] in (b"}", b"]"):
            level -= 1
    return deepest


def _member(part: bytes) -> tuple[bytes, bytes]:
    key = _TOKEN.match(part)
    if key is None or len(key[0]) < 2:
        raise Unbalanced
    rest = part[key.end() :].lstrip(_BLANK)
    if rest[:1] != b":":
        raise Unbalanced
    return key[0][1:-1], rest[1:].strip(_BLANK)


def _parts(text: bytes, opening: bytes) -> Iterator[bytes] | None:
    text = text.strip(_BLANK)
    return _divided(text) if text[:1] == opening else None


def _divided(text: bytes) -> Iterator[bytes]:
    """What stands between the commas of the outermost brackets."""
    open_brackets: list[bytes] = []
    start = 1
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in _PAIRS:
            open_brackets.append(_PAIRS[sign])
        elif sign in (b"}", b"]"):
            if not open_brackets or open_brackets.pop() != sign:
                raise Unbalanced
        elif sign == b'"':
            raise Unbalanced
        if sign == b"," and len(open_brackets) == 1:
            yield text[start : token.start()].strip(_BLANK)
            start = token.end()
        elif not open_brackets:
            yield from _last(text, start, token)
            return
    raise Unbalanced


def _last(text: bytes, start: int, closing: "re.Match[bytes]") -> Iterator[bytes]:
    if closing.end() != len(text):
        raise Unbalanced
    part = text[start : closing.start()].strip(_BLANK)
    if part or start > 1:
        yield part
