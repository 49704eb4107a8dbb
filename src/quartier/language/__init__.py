"""Everything a person reads, in French and English: sentences, figures, dates, money."""

from quartier.language.figures import amount, day, decimal, instant, percent, whole, with_sign
from quartier.language.text import LANGUAGES, Alternatives, Language, Plural, Said, Text, joined, verbatim

__all__ = [
    "LANGUAGES",
    "Alternatives",
    "Language",
    "Plural",
    "Said",
    "Text",
    "amount",
    "day",
    "decimal",
    "instant",
    "joined",
    "percent",
    "verbatim",
    "whole",
    "with_sign",
]
