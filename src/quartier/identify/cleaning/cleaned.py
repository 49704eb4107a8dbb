"""What cleaning makes of one value: the form to compare, the form to read, and what is wrong with it."""

from dataclasses import dataclass
from enum import StrEnum

from quartier.catalog import Meaning
from quartier.language import Text


class Kind(StrEnum):
    """What a value is, as far as cleaning goes."""

    EMAIL = "email"
    PHONE = "phone"
    PERSON_NAME = "person_name"
    ADDRESS = "address"
    POSTAL_CODE = "postal_code"
    CITY = "city"
    BIRTH_DATE = "birth_date"
    COMPANY = "company"
    SIREN = "siren"
    SIRET = "siret"
    VAT = "vat"

    @property
    def label(self) -> Text:
        """The kind's name for a reader."""
        return _LABELS[self]


class Fault(StrEnum):
    """What is wrong with a value."""

    EMPTY = "empty"
    NO_VALUE = "no_value"
    PLACEHOLDER = "placeholder"
    RESERVED = "reserved"
    WRONG_KIND = "wrong_kind"
    NOT_VALID = "not_valid"
    NOT_IN_USE = "not_in_use"
    CHECK_DIGITS = "check_digits"
    IMPOSSIBLE_DATE = "impossible_date"
    INCOMPLETE = "incomplete"
    FUTURE = "future"
    TOO_OLD = "too_old"
    DEFAULT_DATE = "default_date"

    @property
    def text(self) -> Text:
        """The fault in words; it never holds the value."""
        return _FAULTS[self]


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One value, cleaned; the raw value stays with whoever asked.

    Attributes:
        value: the canonical form, equal for what is written differently and is the same; None when nothing should be
            compared by it.
        shown: the form for people; None when there is nothing to show.
        problem: what is wrong, or None. A value beside a problem may be compared all the same (a reserved number).
    """

    value: str | None
    shown: str | None
    problem: Fault | None = None


def faulty(problem: Fault, shown: str | None = None) -> Cleaned:
    """A value by which nothing should be compared."""
    return Cleaned(None, shown, problem)


def kind_of(meaning: Meaning | None) -> Kind | None:
    """How values of this meaning are cleaned; None for those that are left as they came."""
    return _BY_MEANING.get(meaning) if meaning else None


_BY_MEANING = {
    Meaning.EMAIL: Kind.EMAIL,
    Meaning.PHONE: Kind.PHONE,
    Meaning.FIRST_NAME: Kind.PERSON_NAME,
    Meaning.LAST_NAME: Kind.PERSON_NAME,
    Meaning.FULL_NAME: Kind.PERSON_NAME,
    Meaning.ADDRESS: Kind.ADDRESS,
    Meaning.POSTAL_CODE: Kind.POSTAL_CODE,
    Meaning.CITY: Kind.CITY,
    Meaning.BIRTH_DATE: Kind.BIRTH_DATE,
    Meaning.COMPANY: Kind.COMPANY,
}

_LABELS = {
    Kind.EMAIL: Text(en="E-mail", fr="E-mail"),
    Kind.PHONE: Text(en="Phone", fr="Téléphone"),
    Kind.PERSON_NAME: Text(en="Name of a person", fr="Nom de personne"),
    Kind.ADDRESS: Text(en="Postal address", fr="Adresse postale"),
    Kind.POSTAL_CODE: Text(en="Postal code", fr="Code postal"),
    Kind.CITY: Text(en="City", fr="Ville"),
    Kind.BIRTH_DATE: Text(en="Birth date", fr="Date de naissance"),
    Kind.COMPANY: Text(en="Name of a company", fr="Nom d'entreprise"),
    Kind.SIREN: Text(en="SIREN number", fr="Numéro SIREN"),
    Kind.SIRET: Text(en="SIRET number", fr="Numéro SIRET"),
    Kind.VAT: Text(en="VAT number", fr="Numéro de TVA"),
}

_FAULTS = {
    Fault.EMPTY: Text(en="nothing is written", fr="rien n'est écrit"),
    Fault.NO_VALUE: Text(en="this says that there is no value", fr="cela dit qu'il n'y a pas de valeur"),
    Fault.PLACEHOLDER: Text(
        en="this was typed to fill the field, and many share it",
        fr="saisi pour remplir le champ, et commun à beaucoup de monde",
    ),
    Fault.RESERVED: Text(
        en="this is kept for examples and fiction: it reaches nobody",
        fr="réservé aux exemples et à la fiction : n'atteint personne",
    ),
    Fault.WRONG_KIND: Text(
        en="this is something else than the field is for", fr="autre chose que ce que le champ doit contenir"
    ),
    Fault.NOT_VALID: Text(en="no such value is written like this", fr="une telle valeur ne s'écrit pas ainsi"),
    Fault.NOT_IN_USE: Text(en="this is well written, and was never given out", fr="bien écrit, mais jamais attribué"),
    Fault.CHECK_DIGITS: Text(
        en="the check digits do not fit: a digit is wrong, or two are swapped",
        fr="la clé de contrôle ne convient pas : un chiffre est faux, ou deux sont intervertis",
    ),
    Fault.IMPOSSIBLE_DATE: Text(en="the calendar has no such day", fr="ce jour n'existe pas dans le calendrier"),
    Fault.INCOMPLETE: Text(en="the day or the month is missing", fr="il manque le jour ou le mois"),
    Fault.FUTURE: Text(en="this day is yet to come", fr="ce jour est encore à venir"),
    Fault.TOO_OLD: Text(en="this is more than 120 years ago", fr="cela remonte à plus de 120 ans"),
    Fault.DEFAULT_DATE: Text(
        en="suspicious: programs write this day when they know none",
        fr="suspect : les logiciels écrivent ce jour quand ils n'en connaissent pas",
    ),
}
