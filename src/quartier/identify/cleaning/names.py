"""Names of persons: cased as people write them, and folded for comparing."""

import re

from quartier.catalog.recognise import MISSING
from quartier.identify.cleaning.cleaned import Cleaned, Fault, Kind, faulty
from quartier.identify.cleaning.placeholders import stand_in
from quartier.identify.cleaning.texts import MOST_CHARACTERS, folded, settled, tidied

TITLES = frozenset([
    "m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "mrs", "ms", "miss", "sir", "herr", "frau",
    "hr", "fr", "dr", "docteur", "pr", "professeur", "prof", "sig", "sra", "sr", "dhr", "mevr",
])  # fmt: skip
_LOWER_ANYWHERE = frozenset([
    "de", "du", "des", "van", "von", "vom", "vander", "zu", "zum", "zur", "of",
])  # fmt: skip
"""Small also at the head of a last name: de Gaulle, van Gogh, von Bülow."""
_LOWER_INSIDE = frozenset([
    "der", "den", "den'", "ter", "ten", "te", "da", "das", "do", "dos", "del", "della", "y", "e", "und", "et", "op",
    "in", "aan", "af", "'t",
])  # fmt: skip
"""Small after another word alone: Das, Do and Den are also names by themselves."""
_ARTICLES = frozenset(["la", "las", "le", "les", "los", "l'"])
"""Capital in French (Jean de La Fontaine), small in Spanish and Portuguese (de la Torre)."""
_SMALL_ARTICLES = frozenset(["ES", "PT", "MX", "AR"])
_ALL_CAPITAL = frozenset(["IT"])
"""In Italian what stands before a name is part of it: De Luca, Di Stefano."""
_MC = re.compile(r"^Mc([a-z])")
_MAC = re.compile(
    r"^Mac(allister|alpine|arthur|aulay|beth|bride|callum|cormack|donald|dougall?|duff|ewan|farlane|gregor|innes|intosh"
    r"|intyre|kay|kenna|kenzie|kinnon|laren|laughlin|lean|leod|mahon|millan|nab|namara|neil|nicol|pherson|queen|rae)$"
)
"""Macron, Machado and Maciel are no sons of anyone."""
_APOSTROPHE = re.compile(r"^(d|l|o|n|m|k|t|dell|dall|sant)'(.+)$", re.IGNORECASE)
_NUMERAL = re.compile(r"^(ii|iii|iv|vi|vii|viii)$", re.IGNORECASE)
_COMPANY = re.compile(r"\b(sarl|sasu?|eurl|scop|gmbh|ltd|llc|sprl|s\.a\.r\.l)\b", re.IGNORECASE)


def clean_name(raw: str, region: str = "FR") -> Cleaned:
    """A first, last or full name: `Mme DE LA FONTAINE, Jeanne` is Jeanne de La Fontaine.

    A word in capitals is cased; one that somebody cased is left. Accents that were lost in capitals stay lost.
    """
    text = tidied(raw)
    if not text:
        return faulty(Fault.EMPTY)
    if text.casefold() in MISSING:
        return faulty(Fault.NO_VALUE)
    if problem := stand_in(text, Kind.PERSON_NAME) or _not_a_name(text):
        return faulty(problem)
    named = _without_title(_first_name_first(text))
    shown = settled(named, lambda each: tidied(_cased(each, region.upper())))
    value = folded(shown.replace("'", ""))  # O'Brien is written OBrien as often
    if problem := stand_in(value, Kind.PERSON_NAME):  # Mme Test
        return faulty(problem)
    return Cleaned(value, shown)


def _not_a_name(text: str) -> Fault | None:
    if len(text) > MOST_CHARACTERS:
        return Fault.NOT_VALID
    if "@" in text or _COMPANY.search(text.replace("_", " ")) or any(each.isdecimal() for each in text):
        return Fault.WRONG_KIND
    return None if folded(text) and any(each.isalpha() for each in text) else Fault.NOT_VALID


def _first_name_first(text: str) -> str:
    """Around one comma the last name is first: `DUPONT, Jean`."""
    parts = [_without_title(each.strip()) for each in text.split(",") if folded(each)]
    if len(parts) != 2 or folded(parts[1]) in ("jr", "sr", "ii", "iii", "iv"):
        return " ".join(parts)
    return f"{parts[1]} {parts[0]}"


def _without_title(text: str) -> str:
    """The name after Mme, Dr and the like; a title alone is kept, since it is all that there is."""
    parts = text.split(" ")
    while len(parts) > 1 and folded(parts[0]) in TITLES:
        parts = parts[1:]
    return " ".join(parts)


def _cased(text: str, region: str) -> str:
    parts = text.split(" ")
    shouted = text.isupper() or text.islower()
    last = len(parts) - 1
    return " ".join(
        _word(part, region, is_first=place == 0, is_last=place == last, is_whole=shouted)
        for place, part in enumerate(parts)
    )


def _word(word: str, region: str, *, is_first: bool, is_last: bool, is_whole: bool) -> str:
    """One word between spaces; `is_whole` when the whole name came in capitals, or in small letters."""
    small = word.lower()
    if not (word.isupper() or word.islower()):
        return word
    if not is_last and _is_small(small, region, is_first=is_first):
        return small
    if word.islower() and not is_whole and small in _ARTICLES:
        return word
    return "-".join(_part(part, place == 0) for place, part in enumerate(small.split("-")))


def _is_small(word: str, region: str, *, is_first: bool) -> bool:
    if region in _ALL_CAPITAL:
        return False
    inside = word in _LOWER_INSIDE or (word in _ARTICLES and region in _SMALL_ARTICLES)
    return word in _LOWER_ANYWHERE or (inside and not is_first)


def _part(part: str, is_first: bool) -> str:
    """One part between hyphens, in small letters as it comes."""
    if not is_first and part in ("de", "du", "des", "la", "le", "les", "sur", "en"):
        return part
    if _NUMERAL.match(part):
        return part.upper()
    if found := _APOSTROPHE.match(part):
        before = "d" if found[1] == "d" else found[1].capitalize()
        return f"{before}'{_part(found[2], is_first=True)}"
    capital = part[:1].title() + part[1:]  # not upper: ß would become two capitals
    if "." in part:  # initials: j.r.r.
        capital = re.sub(r"(?<=\.)\w", lambda each: each[0].upper(), capital)
    return _MC.sub(lambda each: f"Mc{each[1].upper()}", _MAC.sub(lambda each: f"Mac{each[1].capitalize()}", capital))
