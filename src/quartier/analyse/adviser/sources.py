"""What each family is usually made of, and where one who lacks it would get it."""

from dataclasses import dataclass
from typing import Final

from quartier.catalog import Family, Meaning
from quartier.language import Text


@dataclass(frozen=True)
class Source:
    """One thing that a family is made of: by which meanings it is known, what it is called, where it comes from."""

    meanings: frozenset[Meaning]
    label: Text
    comes: Text


def _source(meanings: tuple[Meaning, ...], label: Text, comes: Text) -> Source:
    return Source(frozenset(meanings), label, comes)


_FORM = Text(
    en="a field of the sign-up form or of the order", fr="un champ du formulaire d'inscription ou de la commande"
)
_ADDRESSES = Text(
    en="the postal address of the orders, which you have when you deliver",
    fr="l'adresse postale des commandes, que vous avez si vous livrez",
)
_TRACKING = Text(en="the tracking of the site sends it with each page", fr="le suivi du site l'envoie avec chaque page")
_COMPANY = Text(
    en="the record of the company, from your sales tool or a public register",
    fr="la fiche de l'entreprise, dans votre outil de vente ou un registre public",
)
_OWN = Text(en="your own customer records", fr="votre propre fichier de clients")

SOURCES: Final[dict[Family, tuple[Source, ...]]] = {
    Family.DEMOGRAPHIC: (
        _source((Meaning.BIRTH_DATE, Meaning.BIRTH_YEAR, Meaning.AGE), Text(en="age", fr="âge"), _FORM),
        _source((Meaning.GENDER,), Text(en="gender", fr="genre"), _FORM),
    ),
    Family.GEOGRAPHIC: (
        _source((Meaning.COUNTRY,), Text(en="country", fr="pays"), _ADDRESSES),
        _source(
            (Meaning.POSTAL_CODE, Meaning.REGION, Meaning.CITY, Meaning.LATITUDE),
            Text(en="region or city", fr="région ou ville"), _ADDRESSES,
        ),
    ),
    Family.FIRMOGRAPHIC: (
        _source((Meaning.INDUSTRY,), Text(en="industry", fr="secteur"), _COMPANY),
        _source((Meaning.EMPLOYEES, Meaning.TURNOVER), Text(en="size of the company", fr="taille de l'entreprise"),
                _COMPANY),
    ),
    Family.TECHNOGRAPHIC: (
        _source((Meaning.DEVICE,), Text(en="device", fr="appareil"), _TRACKING),
        _source((Meaning.BROWSER, Meaning.OPERATING_SYSTEM), Text(en="browser or system", fr="navigateur ou système"),
                _TRACKING),
    ),
    Family.ACCOUNT: (
        _source((Meaning.SIGNUP_AT,), Text(en="date of sign-up", fr="date d'inscription"), _OWN),
        _source((Meaning.PLAN,), Text(en="plan", fr="formule"), _OWN),
    ),
}  # fmt: skip
"""Behaviour comes from events, and psychographics, needs and values from answers: nothing else holds them."""

FROM_ANSWERS: Final = frozenset({Family.PSYCHOGRAPHIC, Family.NEEDS, Family.VALUES})
