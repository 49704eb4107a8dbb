"""Sentences in both languages for a program that has nothing of ours installed.

`quartier.language` writes figures and dates as well, for which it needs Babel; the client needs the standard library.
"""

from dataclasses import dataclass, replace
from typing import Literal

Language = Literal["en", "fr"]


@dataclass(frozen=True)
class Text:
    """A sentence in English and French, with the same fields in both."""

    en: str
    fr: str

    def with_(self, **fields: object) -> "Text":
        """The sentence with its fields filled in."""
        return replace(self, en=self.en.format(**fields), fr=self.fr.format(**fields))

    def to(self, language: Language) -> str:
        """The sentence in one language."""
        return self.fr if language == "fr" else self.en
