"""What is wrong with the records of accounts: told, and never a reason to lose anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quartier.language import LANGUAGES, Plural, Said, Text


@dataclass(frozen=True)
class Finding:
    """Something to look at.

    Attributes:
        code: what it is, for programs.
        n: how many accounts or persons it is about.
        said: the sentence.
        accounts: public ids of some of the accounts.
    """

    code: str
    n: int
    said: Said
    accounts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The finding as plain values."""
        text = {each: self.said.to(each) for each in LANGUAGES}
        return {"code": self.code, "n": self.n, "text": text, "accounts": list(self.accounts)}


def finding(code: str, n: int, accounts: Sequence[str] = (), **fields: object) -> Finding:
    """The finding of a code about so many."""
    return Finding(code, n, _SAID[code].with_(n=n, **fields), tuple(accounts))


_SAID: dict[str, Plural] = {
    "check_digits": Plural(
        Text(
            en="{n} account has a company number whose check digits do not fit ({trait}): it is not used",
            fr="{n} compte a un numéro d'entreprise dont la clé ne convient pas ({trait}) : il n'est pas utilisé",
        ),
        Text(
            en="{n} accounts have a company number whose check digits do not fit ({trait}): it is not used",
            fr="{n} comptes ont un numéro d'entreprise dont la clé ne convient pas ({trait}) : il n'est pas utilisé",
        ),
    ),
    "same_siren": Plural(
        Text(
            en="{n} account shares its SIREN number with another one",
            fr="{n} compte a le même numéro SIREN qu'un autre",
        ),
        Text(
            en="{n} accounts share their SIREN number with another one: the same company, several times?",
            fr="{n} comptes ont le même numéro SIREN qu'un autre : plusieurs fois la même entreprise ?",
        ),
    ),
    "parents_in_a_circle": Plural(
        Text(
            en="{n} account would be its own parent in the end: its parent is left out",
            fr="{n} compte serait en fin de compte son propre parent : son parent est laissé de côté",
        ),
        Text(
            en="{n} accounts would be their own parents in the end: their parents are left out",
            fr="{n} comptes seraient en fin de compte leurs propres parents : leurs parents sont laissés de côté",
        ),
    ),
    "unknown_parent": Plural(
        Text(
            en="{n} account names a parent that is no account yet",
            fr="{n} compte nomme un parent qui n'est pas encore un compte",
        ),
        Text(
            en="{n} accounts name a parent that is no account yet",
            fr="{n} comptes nomment un parent qui n'est pas encore un compte",
        ),
    ),
    "crowded_address": Plural(
        Text(
            en="{n} address holds too many last names to be a home: nobody there is a household",
            fr="{n} adresse réunit trop de noms de famille pour être un domicile : personne n'y forme un foyer",
        ),
        Text(
            en="{n} addresses hold too many last names to be homes: nobody there is a household",
            fr="{n} adresses réunissent trop de noms de famille pour être des domiciles : personne n'y forme un foyer",
        ),
    ),
    "household_too_large": Plural(
        Text(
            en="{n} group with one address and one last name has more than {most} persons: it is no household",
            fr="{n} groupe de même adresse et de même nom compte plus de {most} personnes : ce n'est pas un foyer",
        ),
        Text(
            en="{n} groups with one address and one last name have more than {most} persons: they are no households",
            fr="{n} groupes de même adresse et de même nom comptent plus de {most} personnes : ce ne sont pas des "
            "foyers",
        ),
    ),
}
"""What is said of each code."""
