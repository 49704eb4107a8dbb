"""Values that stand for none: those of a list (placeholders.toml), and those that follow the keyboard or one key."""

import tomllib
from functools import cache
from pathlib import Path

from quartier.identify.cleaning.cleaned import Fault, Kind
from quartier.identify.cleaning.texts import folded, is_of_one_sign

_KEYBOARD = (
    "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm",
    "abcdefghijklmnopqrstuvwxyz", "12345678901234567890", "98765432109876543210",
)  # fmt: skip
_LEAST_RUN = 5
"""Shorter runs are in names: Wert, Azer, Reza."""
_BEGINNINGS = frozenset(
    row[start : start + _LEAST_RUN] for row in _KEYBOARD for start in range(len(row) - _LEAST_RUN + 1)
)
_LEAST_SAME = 3


def stand_in(text: str, kind: Kind) -> Fault | None:
    """What a text stands in for: no value (NO_VALUE) or whatever passes the field (PLACEHOLDER); None for neither."""
    plain = folded(text)
    if not plain:  # signs alone: a dash, a question mark
        return Fault.NO_VALUE
    if plain in either("no_value", "any", kind):
        return Fault.NO_VALUE
    return Fault.PLACEHOLDER if plain in either("filler", "any", kind) or is_filler(plain) else None


def is_filler(plain: str) -> bool:
    """Whether a folded text is one sign repeated, or runs along the keyboard, the alphabet or the figures."""
    close = plain.replace(" ", "")
    if close[:_LEAST_RUN] in _BEGINNINGS:
        return any(close in row for row in _KEYBOARD)
    return is_of_one_sign(close, _LEAST_SAME)


def typed_runs(longest: int) -> frozenset[str]:
    """Every text of letters and figures up to a length that `is_filler` holds for one."""
    starts = ((row, first) for row in _KEYBOARD for first in range(len(row)))
    runs = {row[first:end] for row, first in starts for end in range(first + _LEAST_RUN, len(row) + 1)}
    signs = "abcdefghijklmnopqrstuvwxyz0123456789"
    return frozenset(runs | {sign * length for sign in signs for length in range(_LEAST_SAME, longest + 1)})


@cache
def words(section: str, name: str) -> frozenset[str]:
    """One list of the data file; empty when there is none of that name."""
    return frozenset(_lists()[section].get(name, ()))


@cache
def either(section: str, *names: str) -> frozenset[str]:
    """Several lists of the data file as one."""
    return frozenset().union(*(words(section, name) for name in names))


@cache
def _lists() -> dict[str, dict[str, list[str]]]:
    path = Path(__file__).with_name("placeholders.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))
