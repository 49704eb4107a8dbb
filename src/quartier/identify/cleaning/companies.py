"""Names of companies: without their legal form for comparing, as they came for reading."""

import re
from dataclasses import dataclass

from quartier.identify.cleaning.cleaned import Cleaned, Fault, Kind, faulty
from quartier.identify.cleaning.placeholders import stand_in
from quartier.identify.cleaning.texts import MOST_CHARACTERS, tidied, without_accents, without_apostrophes

_ON_EITHER_SIDE = frozenset([
    "societe par actions simplifiee unipersonnelle", "societe par actions simplifiee", "societe anonyme",
    "societe a responsabilite limitee", "entreprise unipersonnelle a responsabilite limitee",
    "societe civile immobiliere", "societe en nom collectif", "entreprise individuelle", "association loi 1901",
    "sasu", "sas", "sarl", "eurl", "eirl", "sa", "sci", "scm", "scp", "scea", "snc", "scop", "scic", "selarl", "selas",
    "gie", "gaec", "earl", "ei", "sprl", "asbl",
])  # fmt: skip
"""Forms in French, which are written before the name as often as after it: SARL Dupont."""
_AT_THE_END = frozenset([
    # Belgium, Luxembourg, the Netherlands
    "bvba", "srl", "bv", "nv", "vzw", "scrl", "cvba", "sarl s", "vof",
    # Germany, Austria, Switzerland
    "gmbh & co kgaa", "gmbh & co kg", "ag & co kg", "ug haftungsbeschrankt", "gmbh", "ggmbh", "mbh", "ag", "kgaa",
    "kg", "ohg", "gbr", "ug", "ek", "ev", "eg", "sagl",
    # the United Kingdom, Ireland, the United States
    "limited", "ltd", "plc", "llp", "llc", "lp", "inc", "incorporated", "corp", "corporation", "co ltd", "dac", "cic",
    # Italy, Spain, Portugal
    "spa", "srls", "sapa", "sl", "slu", "sociedad anonima", "sociedad limitada", "lda", "limitada", "unipessoal lda",
    # the north and the east
    "ab", "aktiebolag", "as", "asa", "aps", "oy", "oyj", "ou", "uab", "sia", "sp z oo", "sro", "spol s ro", "doo",
    "kft", "zrt", "nyrt", "ood", "eood", "ad", "se",
])  # fmt: skip
_LEFT_OUT = frozenset(["the", "le", "la", "les", "association", "assoc", "societe", "company", "co"])
"""What one list writes in a name and the next one does not."""
_FORMS = _ON_EITHER_SIDE | _AT_THE_END
_MOST_WORDS = max(form.count(" ") for form in _FORMS) + 1
_DOTTED = re.compile(r"\b((?:[a-z]\.\s?){2,}[a-z]?|[a-z](?:/[a-z])+)(?=\W|$)")
_AND = frozenset(["et", "and", "und", "en", "y", "e"])


@dataclass(frozen=True, slots=True)
class CompanyName:
    """A company's name in small letters without accents and without its legal form, and that form."""

    name: str
    form: str | None


def clean_company(raw: str) -> Cleaned:
    """A company by its name: `S.A.R.L. Dupont & Fils`, `Dupont et fils SARL` and `DUPONT ET FILS` are one.

    Capitals are left in what is shown: nobody can tell SNCF from SONIA.
    """
    text = tidied(raw)
    if not text:
        return faulty(Fault.EMPTY)
    if problem := stand_in(text, Kind.COMPANY):
        return faulty(problem)
    if len(text) > MOST_CHARACTERS:
        return faulty(Fault.NOT_VALID)
    name = company_name(text).name
    if "@" in text or (name.replace(" ", "").isdecimal() and len(name.replace(" ", "")) >= 9):
        return faulty(Fault.WRONG_KIND)
    if problem := stand_in(name, Kind.COMPANY):  # SARL Test
        return faulty(problem)
    return Cleaned(name, text)


def company_name(text: str) -> CompanyName:
    """The name and the legal form; a company that is called as a form is (SAS Institute) keeps what is left of it."""
    first = found = _without_form(_plain(text))
    while found.form is not None:  # on both sides: SARL Dupont SARL
        found = _without_form(found.name)
    return CompanyName(found.name, first.form)


def compared_company(text: str) -> str:
    """The words of a company's name that tell it from others, as lists have them that know no more than names."""
    plain = without_apostrophes(text)
    words = company_name(plain).name.replace("&", " ").split()
    told = [word for word in words if word not in _LEFT_OUT]
    return " ".join(told or words)


def _without_form(plain: str) -> CompanyName:
    words = plain.split(" ")
    for count in range(min(_MOST_WORDS, len(words) - 1), 0, -1):
        head, tail = " ".join(words[:count]), " ".join(words[-count:])
        if tail in _FORMS:
            return CompanyName(" ".join(words[:-count]).strip(" &"), tail)
        if head in _ON_EITHER_SIDE:
            return CompanyName(" ".join(words[count:]).strip(" &"), head)
    return CompanyName(plain, None)


def _plain(text: str) -> str:
    """Small letters without accents; `s.a.r.l.` and `a/s` closed up, all words for “and” as &."""
    small = _DOTTED.sub(lambda each: re.sub(r"[./\s]", "", each[1]) + " ", without_accents(text))
    words = re.sub(r"[^\w&]+|_", " ", re.sub("[&+]", " & ", small)).split()
    last = len(words) - 1
    joined = ["&" if word in _AND and 0 < place < last else word for place, word in enumerate(words)]
    return " ".join(word for place, word in enumerate(joined) if word != "&" or joined[place - 1 : place] != ["&"])
