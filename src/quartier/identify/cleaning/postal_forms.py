"""How postal codes are written in Europe, by country, and which of them were given out: a table of data."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PostalForm:
    """A country's postal codes: the pattern of the compact code, and how many of its last signs stand apart."""

    pattern: re.Pattern[str]
    apart: int = 0
    sign: str = " "


def _form(pattern: str, apart: int = 0, sign: str = " ") -> PostalForm:
    return PostalForm(re.compile(f"^(?:{pattern})$"), apart, sign)


_FRENCH = r"(?:0[0-9]|[1-8][0-9]|9[0-5])\d{3}|97[1-8]\d{2}|98[046-8]\d{2}"
_BRITISH = r"GIR0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d{1,2}|\d[A-HJKPSTUW]|[A-HK-Y]\d[ABEHMNPRV-Y])\d[ABD-HJLNP-UW-Z]{2}"
FORMS: dict[str, PostalForm] = {
    "AD": _form(r"AD[1-7]00"), "AT": _form(r"[1-9]\d{3}"), "BE": _form(r"[1-9]\d{3}"), "BG": _form(r"[1-9]\d{3}"),
    "CH": _form(r"[1-9]\d{3}"), "CY": _form(r"\d{4}"), "CZ": _form(r"[1-7]\d{4}", 2), "DE": _form(r"(?!00)\d{5}"),
    "DK": _form(r"[1-9]\d{3}"), "EE": _form(r"\d{5}"), "ES": _form(r"(?:0[1-9]|[1-4]\d|5[0-2])\d{3}"),
    "FI": _form(r"\d{5}"), "FR": _form(_FRENCH), "GR": _form(r"[1-8]\d{4}", 2), "HR": _form(r"[1-5]\d{4}"),
    "HU": _form(r"[1-9]\d{3}"), "IE": _form(r"(?:[AC-FHKNPRTV-Y]\d{2}|D6W)[0-9AC-FHKNPRTV-Y]{4}", 4),
    "IS": _form(r"[1-9]\d{2}"), "IT": _form(r"(?!99)\d{5}"), "LI": _form(r"94(?:8[5-9]|9[0-8])"),
    "LT": _form(r"\d{5}"), "LU": _form(r"[1-9]\d{3}"), "LV": _form(r"\d{4}"), "MC": _form(r"980\d{2}"),
    "MT": _form(r"[A-Z]{3}\d{4}", 4), "NL": _form(r"[1-9]\d{3}(?!SA|SD|SS)[A-Z]{2}", 2), "NO": _form(r"\d{4}"),
    "PL": _form(r"\d{5}", 3, "-"), "PT": _form(r"[1-9]\d{6}", 3, "-"), "RO": _form(r"\d{6}"),
    "SE": _form(r"[1-9]\d{4}", 2),
    "SI": _form(r"[1-9]\d{3}"), "SK": _form(r"[089]\d{4}", 2), "SM": _form(r"4789\d"), "VA": _form(r"00120"),
    "GB": _form(_BRITISH, 3),
    "US": _form(r"\d{5}(?:\d{4})?"),
}  # fmt: skip
FRENCH_ABROAD = frozenset([
    "RE", "GP", "MQ", "GF", "YT", "PM", "BL", "MF", "NC", "PF", "WF",
])  # fmt: skip
"""Countries of ISO 3166 whose codes are given out by the French post."""

LETTERS = {
    "F": "FR", "D": "DE", "B": "BE", "A": "AT", "L": "LU", "I": "IT", "E": "ES", "P": "PT", "S": "SE", "N": "NO",
    "DK": "DK", "FIN": "FI", "H": "HU", "CHE": "CH", "SLO": "SI",
} | {each: each for each in FORMS if each not in ("AD", "GB", "US")}  # fmt: skip
"""The letters before a code and a hyphen, of the car's plate or of ISO 3166."""

NEVER_GIVEN = {
    "FR": frozenset(["11111", "12345", "22222", "33333", "44444", "55555", "66666", "77777", "88888"]),
    "DE": frozenset(["12345", "11111", "22222"]),
    "ES": frozenset(["11111", "12345"]),
}
"""Codes typed to fill the field; elsewhere such a code is a place: 2222 is Itegem in Belgium."""
