"""A sentence that exists in both languages, or does not exist.

`Text(en=..., fr=...)` cannot be built with one language missing, so "both languages complete" is a matter of types
and not of a catalogue that lags behind (docs/adr/0003-two-languages-side-by-side.md). Fields are filled in as the
reader's language writes them: `{n}` with 1234 reads "1,234" in English and "1 234" in French.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from quartier.language import figures

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True)
class Text:
    """One sentence in English and in French, with `{fields}`."""

    en: str
    fr: str

    def to(self, language: Language, **fields: object) -> str:
        """The sentence in one language, its fields written as that language writes them."""
        template = self.fr if language == "fr" else self.en
        return template.format(**{name: _written(value, language) for name, value in fields.items()})

    def with_(self, **fields: object) -> "Said":
        """The sentence with its fields, language still open."""
        return Said(self, fields)


def verbatim(en: str, fr: str) -> Text:
    """What somebody wrote, as a sentence: its braces are braces and no fields."""
    return Text(en=_braced(en), fr=_braced(fr))


@dataclass(frozen=True)
class Plural:
    """A sentence whose form follows the field `n` (French: 0 and 1 are singular; English: only 1 is)."""

    one: Text
    other: Text

    def to(self, language: Language, *, n: float, **fields: object) -> str:
        """The form that fits `n`, in one language."""
        return self._form(language, n).to(language, n=n, **fields)

    def with_(self, *, n: float, **fields: object) -> "Said":
        """The sentence with its fields, language still open."""
        return Said(self, {"n": n, **fields})

    def _form(self, language: Language, n: float) -> Text:
        is_singular = abs(n) < 2 if language == "fr" else n == 1
        return self.one if is_singular else self.other


@dataclass(frozen=True)
class Said:
    """A sentence with its fields filled in, to be written in whichever language the reader has."""

    text: Text | Plural
    fields: dict[str, object]

    def to(self, language: Language) -> str:
        """The sentence in one language."""
        return self.text.to(language, **self.fields)  # type: ignore[arg-type]  # a Plural's fields always hold n

    def __str__(self) -> str:
        return self.to("en")


@dataclass(frozen=True)
class Alternatives:
    """Names to choose from, written 'a, b or c' / « a, b ou c » when they fill a field."""

    names: tuple[str, ...]


def joined(parts: Sequence[str], language: Language, word: Literal["and", "or"] = "and") -> str:
    """'a, b and c' or « a, b et c »."""
    if len(parts) < 2:
        return "".join(parts)
    link = {"en": {"and": "and", "or": "or"}, "fr": {"and": "et", "or": "ou"}}[language][word]
    return f"{', '.join(parts[:-1])} {link} {parts[-1]}"


def _braced(written: str) -> str:
    return written.replace("{", "{{").replace("}", "}}")


def _written(value: object, language: Language) -> str:
    """A field as the reader's language writes it; strings stay as they are."""
    match value:
        case Text() | Said():
            return value.to(language)
        case Alternatives():
            return joined(value.names, language, "or")
        case bool():
            return Text(en="yes", fr="oui").to(language) if value else Text(en="no", fr="non").to(language)
        case int():
            return figures.whole(value, language)
        case float() | Decimal():
            return figures.decimal(value, language)
        case dt.datetime():
            return figures.instant(value, language)
        case dt.date():
            return figures.day(value, language)
        case list() | tuple():
            return ", ".join(_written(part, language) for part in value)
        case _:
            return str(value)
