"""Texts as they are compared: without what cannot be seen, without accents, capitals and signs."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

MOST_CHARACTERS = 500
"""A longer text is none of the kinds that are cleaned."""

_MOST_TURNS = 8
_UNSEEN = re.compile(
    r"[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]"
)
_MARKS = re.compile("[\u0300-\u036f]")
_NO_DIGITS = re.compile(r"[^0-9]+")
_SIGNS = re.compile(r"[\W_]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′＇", "'"))
_WITHOUT_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼ`´′＇"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－", "-"))
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def tidied(raw: str) -> str:
    """A text in one spelling of Unicode, without invisible characters, with single spaces, `'` and `-`."""
    if raw.isascii() and raw.isprintable():
        return " ".join(raw.translate(_APOSTROPHES).split())
    plain = raw.translate(_APOSTROPHES).translate(_DASHES)  # before, as NFKC takes the accent of ´ apart
    plain = unicodedata.normalize("NFKC", plain).translate(_APOSTROPHES).translate(_DASHES)
    return unicodedata.normalize("NFC", " ".join(_UNSEEN.sub("", plain).split()))


@lru_cache(maxsize=65_536)  # the words of names and addresses come again and again
def folded(text: str) -> str:
    """A text in small letters without accents, its signs as single spaces: `Saint-Étienne` is `saint etienne`."""
    if text.isascii() and text.isalnum():
        return text.lower()
    return " ".join(_SIGNS.sub(" ", without_accents(text)).split())


def closed_up(text: str) -> str:
    """A folded text in which an apostrophe parts no word: `O'Connor` is `oconnor`, as lists write it without."""
    return folded(without_apostrophes(text))


def without_apostrophes(text: str) -> str:
    """A text whose apostrophes are closed up."""
    return text.translate(_WITHOUT_APOSTROPHES)


def without_accents(text: str) -> str:
    """A text in small letters without accents, its signs kept."""
    small = text.casefold()
    if small.isascii():
        return small
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", small)).casefold().translate(_LETTERS)
    return unicodedata.normalize("NFC", plain)


def settled(text: str, change: Callable[[str], str]) -> str:
    """A text changed until nothing changes any more, so that what is clean stays as it is."""
    for _ in range(_MOST_TURNS):
        changed = change(text)
        if changed == text:
            break
        text = changed
    return text


def digits(text: str) -> str:
    """The figures 0 to 9 of a text."""
    return text if text.isascii() and text.isdecimal() else _NO_DIGITS.sub("", text)


def is_of_one_sign(text: str, least: int = 3) -> bool:
    """Whether a text repeats one sign: 0000, xxx."""
    return len(text) >= least and text == text[0] * len(text)
