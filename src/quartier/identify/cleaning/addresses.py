"""Postal addresses and names of cities: shortened words written out for comparing, cased for reading."""

import re

from quartier.identify.cleaning.address_words import (
    ALIKE,
    CAPITAL_WORDS,
    LANGUAGES_OF,
    ONLY_AFTER_A_NUMBER,
    ONLY_BEFORE_A_WORD,
    SHORTENED,
    SMALL_IN_CITIES,
    SMALL_WORDS,
)
from quartier.identify.cleaning.cleaned import Cleaned, Fault, Kind, faulty
from quartier.identify.cleaning.placeholders import stand_in
from quartier.identify.cleaning.texts import MOST_CHARACTERS, closed_up, folded, settled, tidied, without_accents

_DOTTED = re.compile(r"\b([a-z])\.\s?([a-z])\b\.?")
_NUMBER_AND_LETTER = re.compile(r"\b(\d+)(bis|ter|quater|[btq])\b")
_ITALIAN = re.compile(r"\b([clpv])\.(go|le|lo|so|za|zza)\b")
_GERMAN_STREET = re.compile(r"(?<=[a-z]{3})str\b")
_CEDEX = re.compile(r"[\s,-]*\bc[eé]dex\b\s*\d{0,2}\s*$", re.IGNORECASE)
_DISTRICT = re.compile(
    r"(?<=[^\W\d])[\s,-]+(?:\d{1,2}\s*(?:er|e|eme|ème|nd|è)?(?:\s+arr(?:ondissement|dt)?\.?)?)$", re.IGNORECASE
)
_SAINT = re.compile(r"\bst(e?)\b\.?[\s-]+", re.IGNORECASE)
_BESIDE_A_CITY = re.compile(r"^\d{4,5} (?=.*[^\W\d])| cedex(?: \d+)?$|(?<=[^\W\d]) (?:\d+ ?(?:er|e|eme|nd)?|arr\w*)$")
_SAINTS = {"st": "saint", "ste": "sainte"}
_SLASHED = re.compile(r"\bs(?P<under>s)?\s?/\s?", re.IGNORECASE)


def clean_address(raw: str, region: str = "FR") -> Cleaned:
    """A line of an address, or several: `12, bd. St-Michel` and `12 BOULEVARD SAINT MICHEL` are one."""
    text = tidied(raw)
    if not text:
        return faulty(Fault.EMPTY)
    if problem := stand_in(text, Kind.ADDRESS):
        return faulty(problem)
    if len(text) > MOST_CHARACTERS:
        return faulty(Fault.NOT_VALID)
    plain = _written_out(text, region.upper())
    if "@" in text or not any(each.isalpha() for each in plain):
        return faulty(Fault.WRONG_KIND)
    return Cleaned(plain, tidied(_shown(text)))


def alike_words(text: str) -> str:
    """An address in which each word and what shortens it are one, in whichever language: its country is not known."""
    return " ".join(ALIKE.get(word, word) for word in closed_up(text).split())


def clean_city(raw: str) -> Cleaned:
    """A city without Cedex and district: `PARIS CEDEX 08`, `Paris 8e` and `paris` are one; St Denis is Saint-Denis."""
    text = tidied(raw)
    if not text:
        return faulty(Fault.EMPTY)
    if problem := stand_in(text, Kind.CITY):
        return faulty(problem)
    shown = settled(text, lambda each: tidied(_city_shown(_alone(each))))
    value = _city_folded(shown)
    if len(text) > MOST_CHARACTERS or not any(each.isalpha() for each in value):
        return faulty(Fault.WRONG_KIND)
    return faulty(problem) if (problem := stand_in(value, Kind.CITY)) else Cleaned(value, shown)


def _alone(text: str) -> str:
    """A city without what the post writes before and after it."""
    name = _DISTRICT.sub("", _CEDEX.sub("", text))
    name = _SLASHED.sub(lambda each: "sous " if each["under"] else "sur ", name)
    return re.sub(r"^(?:[A-Z]{1,2}-)?\d{4,5}\s+", "", name).strip(" ,;-")


def _city_folded(name: str) -> str:
    plain = " ".join(_SAINTS.get(word, word) for word in folded(name).split())
    return settled(plain, lambda each: _BESIDE_A_CITY.sub("", each))


def _written_out(text: str, region: str) -> str:
    languages = LANGUAGES_OF.get(region, ())
    small = _DOTTED.sub(r"\1\2", without_accents(text).replace("c/", "c "))
    if "fr" in languages:
        small = _NUMBER_AND_LETTER.sub(r"\1 \2", small)
    if "it" in languages:
        small = _ITALIAN.sub(r"\1\2", small)
    if "de" in languages:
        small = _GERMAN_STREET.sub("strasse", small)
    words = folded(small).split()
    found = (_word(word, place, words, languages) for place, word in enumerate(words))
    return " ".join(word for word in found if word)


def _word(word: str, place: int, words: list[str], languages: tuple[str, ...]) -> str:
    """A word written out, in the first of the languages that shortens it so."""
    if word in ONLY_AFTER_A_NUMBER and not (place and words[place - 1].isdecimal()):
        return word
    follows = place + 1 < len(words) and words[place + 1].isalpha()
    if word in ONLY_BEFORE_A_WORD and not follows:
        return word
    return next((SHORTENED[each][word] for each in languages if word in SHORTENED[each]), word)


def _shown(text: str) -> str:
    """As it came, but for capitals throughout: those are taken back, since nobody reads them gladly."""
    if not text.isupper():
        return text
    return " ".join(_cased(word, is_first=not place) for place, word in enumerate(text.split(" ")))


def _cased(word: str, *, is_first: bool) -> str:
    bare = word.strip(",.;()")
    if bare in CAPITAL_WORDS or any(each.isdecimal() for each in word):
        return word
    if bare.lower() in SMALL_WORDS and not is_first:
        return word.lower()
    return re.sub(r"[^\W\d_]+", lambda each: _capital(each[0], word[each.end() : each.end() + 1]), word)


def _capital(word: str, follows: str) -> str:
    """`L'` and `D'` are small before what they belong to."""
    return word.lower() if follows == "'" and word in ("L", "D") else word[:1] + word[1:].lower()


def _city_shown(name: str) -> str:
    written = _SAINT.sub(lambda each: f"Saint{each[1].lower()}-", name)
    if not (name.isupper() or name.islower()):
        return written
    parts = re.split(r"([\s-]+)", written.lower())
    return "".join(_city_word(part, is_first=not place) for place, part in enumerate(parts))


def _city_word(part: str, *, is_first: bool) -> str:
    if part in SMALL_IN_CITIES and not is_first:
        return part
    before, apostrophe, after = part.rpartition("'")
    capital = after[:1].title() + after[1:]
    return (before if not is_first else before.capitalize()) + apostrophe + capital
