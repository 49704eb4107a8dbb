"""Clauses as French and English build them: “who …” and “whose …”, for one person and for many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from quartier.catalog import Subject
from quartier.language import Language, Text

Link = Literal["who", "whose", "none"]


@dataclass(frozen=True)
class Reader:
    """For whom a sentence is written: the language, and the currency of amounts where it is known.

    It speaks of several persons or accounts (`of`), or of one (`is_one`).
    """

    language: Language
    currency: str | None = None
    of: Subject = "person"
    is_one: bool = False

    def said(self, text: Text, **fields: object) -> str:
        """A text in the reader's language."""
        return text.to(self.language, **fields)


@dataclass(frozen=True)
class Clause:
    """What a condition says of persons, as the rest of “who …” or “whose …”, in the singular and in the plural.

    Without a link it stands right after the noun: “with at least 3 persons …”.
    """

    link: Link
    one: str
    many: str


def whose(body: str) -> Clause:
    """“whose country is France”: the verb's subject is not the person."""
    return Clause("whose", body, body)


def as_it_stands(body: str) -> Clause:
    """“with at least 3 persons who placed an order”: right after the noun."""
    return Clause("none", body, body)


def who(reader: Reader, text: Text, **fields: object) -> Clause:
    """“who placed an order”: `{is_}`, `{has}`, `{does}` and `{s}` follow the number of persons, whatever else is given.

    French verbs other than these are given as two fields by the caller.
    """
    one, many = _FORMS[reader.language]
    return Clause("who", reader.said(text, **{**one, **fields}), reader.said(text, **{**many, **fields}))


def relative(clause: Clause, reader: Reader) -> str:
    """“who placed an order”, « dont le pays est la France »; accounts are those “that” do."""
    body = clause.one if reader.is_one else clause.many
    if clause.link == "none":
        return body
    link = _THAT if (clause.link, reader.of) == ("who", "account") else _LINKS[clause.link]
    return f"{reader.said(link)} {body}"


def listed(parts: Sequence[str], reader: Reader) -> str:
    """“a, b, and c”, with the comma that keeps an inner “and” apart; « a, b et c »."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])}{reader.said(_AND)}{parts[-1]}"


def either(parts: Sequence[str], reader: Reader) -> str:
    """“either a, or b”, « soit a, soit b »; one part alone is itself."""
    if len(parts) < 2:
        return "".join(parts)
    return reader.said(_EITHER, first=parts[0]) + "".join(reader.said(_OR, part=part) for part in parts[1:])


def quoted(text: str, reader: Reader) -> str:
    """“text” or « text »."""
    return reader.said(_QUOTED, name=text)


def capital(text: str) -> str:
    """The text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


_FORMS: dict[Language, tuple[dict[str, str], dict[str, str]]] = {
    "en": (
        {"is_": "is", "has": "has", "does": "does", "s": "s"},
        {"is_": "are", "has": "have", "does": "do", "s": ""},
    ),
    "fr": (
        {"is_": "est", "has": "a", "has_not": "n'a", "is_not": "n'est", "makes": "fait", "figures": "figure",
         "meets": "remplit", "gets": "s'est"},
        {"is_": "sont", "has": "ont", "has_not": "n'ont", "is_not": "ne sont", "makes": "font", "figures": "figurent",
         "meets": "remplissent", "gets": "se sont"},
    ),
}  # fmt: skip
_LINKS = {"who": Text(en="who", fr="qui"), "whose": Text(en="whose", fr="dont")}
_THAT = Text(en="that", fr="qui")
_AND = Text(en=", and ", fr=" et ")
_EITHER = Text(en="either {first}", fr="soit {first}")
_OR = Text(en=", or {part}", fr=", soit {part}")
_QUOTED = Text(en="“{name}”", fr="«\N{NO-BREAK SPACE}{name}\N{NO-BREAK SPACE}»")
