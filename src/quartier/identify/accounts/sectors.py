"""Sectors: from a code of the NAF or the NACE to its section, the letter under which statistics count companies.

Source: NACE Rev. 2 (Regulation (EC) No 1893/2006), whose divisions and sections the French NAF rév. 2 shares; labels of
Eurostat (reuse allowed, CC BY 4.0) and of Insee (Licence Ouverte 2.0), shortened.
"""

import re
from dataclasses import dataclass
from functools import cache

from quartier.language import Text

_CODE = re.compile(r"^(?:(?:naf|ape|nace)\b[\s:]*)?([A-U])?\s*(\d{2})(?:\.?(\d{1,2})\.?([A-Z])?)?(?=$|\s|[:–-])", re.I)
_LETTER_ALONE = re.compile(r"^(?:section\s+)?([A-U])$", re.I)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the 21 sections.

    Attributes:
        letter: A to U.
        divisions: the first and the last two figures of its codes.
        label: its name.
    """

    letter: str
    divisions: tuple[int, int]
    label: Text


SECTIONS: tuple[Section, ...] = (
    Section("A", (1, 3), Text(en="Agriculture, forestry and fishing", fr="Agriculture, sylviculture et pêche")),
    Section("B", (5, 9), Text(en="Mining and quarrying", fr="Industries extractives")),
    Section("C", (10, 33), Text(en="Manufacturing", fr="Industrie manufacturière")),
    Section("D", (35, 35), Text(en="Electricity, gas and steam", fr="Électricité, gaz et vapeur")),
    Section("E", (36, 39), Text(en="Water, waste and remediation", fr="Eau, déchets et dépollution")),
    Section("F", (41, 43), Text(en="Construction", fr="Construction")),
    Section("G", (45, 47), Text(en="Trade and repair of vehicles", fr="Commerce et réparation de véhicules")),
    Section("H", (49, 53), Text(en="Transport and storage", fr="Transports et entreposage")),
    Section("I", (55, 56), Text(en="Accommodation and food service", fr="Hébergement et restauration")),
    Section("J", (58, 63), Text(en="Information and communication", fr="Information et communication")),
    Section("K", (64, 66), Text(en="Finance and insurance", fr="Activités financières et d'assurance")),
    Section("L", (68, 68), Text(en="Real estate", fr="Activités immobilières")),
    Section("M", (69, 75), Text(en="Professional, scientific and technical activities",
                                fr="Activités spécialisées, scientifiques et techniques")),
    Section("N", (77, 82), Text(en="Administrative and support services",
                                fr="Activités de services administratifs et de soutien")),
    Section("O", (84, 84), Text(en="Public administration", fr="Administration publique")),
    Section("P", (85, 85), Text(en="Education", fr="Enseignement")),
    Section("Q", (86, 88), Text(en="Health and social work", fr="Santé humaine et action sociale")),
    Section("R", (90, 93), Text(en="Arts, entertainment and recreation", fr="Arts, spectacles et loisirs")),
    Section("S", (94, 96), Text(en="Other services", fr="Autres activités de services")),
    Section("T", (97, 98), Text(en="Households as employers", fr="Ménages en tant qu'employeurs")),
    Section("U", (99, 99), Text(en="Extraterritorial bodies", fr="Activités extraterritoriales")),
)  # fmt: skip


def section_of(code: str) -> Section | None:
    """The section of `62.01Z`, `6201Z`, `62.0`, `J 62` or `J`; None for words, and for figures that no division has.

    A letter before the figures that is not that of their division makes the code no code.
    """
    text = code.strip()
    if alone := _LETTER_ALONE.match(text):
        return by_letter(alone[1])
    found = _CODE.match(text)
    if found and not found[3] and text[found.end() :][:1].isspace():
        return None  # “12 rue” is no division
    section = _by_division().get(int(found[2])) if found else None
    given = found[1] if found else None
    return section if section and (given is None or given.upper() == section.letter) else None


def by_letter(letter: str) -> Section | None:
    """The section of a letter."""
    return next((each for each in SECTIONS if each.letter == letter.upper()), None)


@cache
def _by_division() -> dict[int, Section]:
    return {division: each for each in SECTIONS for division in range(each.divisions[0], each.divisions[1] + 1)}
