"""What a column says about somebody: from its meaning in the catalog, else from its name and its values. Pure."""

import re
from enum import StrEnum

from quartier.catalog import Meaning
from quartier.catalog.dictionary import Entry
from quartier.catalog.families import Sensitivity
from quartier.catalog.model import slug
from quartier.catalog.recognise import entry_of
from quartier.identify.matching.profile import Profile


class Kind(StrEnum):
    """What a field says about somebody, which decides how two of its values are compared."""

    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    FULL_NAME = "full_name"
    COMPANY = "company"
    EMAIL = "email"
    PHONE = "phone"
    DATE = "date"
    ADDRESS = "address"
    STREET_NUMBER = "street_number"
    POSTAL_CODE = "postal_code"
    CITY = "city"
    NUMBER = "number"
    TEXT = "text"
    CATEGORY = "category"


OWN = frozenset([Kind.FIRST_NAME, Kind.FULL_NAME, Kind.DATE, Kind.NUMBER])
"""What two who share a home or an employer do not share; e-mails and phones, families do."""
OF_PERSONS = frozenset([Kind.FIRST_NAME, Kind.LAST_NAME, Kind.FULL_NAME, Kind.DATE])
"""What organisations do not have."""
OWN_OF_SITES = frozenset([Kind.ADDRESS, Kind.STREET_NUMBER, Kind.NUMBER])
"""What two sites of one organisation do not share; names and phones they do."""
PLACES = frozenset([Kind.POSTAL_CODE, Kind.CITY, Kind.CATEGORY])
"""What may follow from one another: a postal code says the town, the town the region."""

BY_MEANING: dict[Meaning, Kind | None] = {
    Meaning.EMAIL: Kind.EMAIL,
    Meaning.PHONE: Kind.PHONE,
    Meaning.FIRST_NAME: Kind.FIRST_NAME,
    Meaning.LAST_NAME: Kind.LAST_NAME,
    Meaning.FULL_NAME: Kind.FULL_NAME,
    Meaning.COMPANY: Kind.COMPANY,
    Meaning.BIRTH_DATE: Kind.DATE,
    Meaning.BIRTH_YEAR: Kind.CATEGORY,
    Meaning.GENDER: Kind.CATEGORY,
    Meaning.ADDRESS: Kind.ADDRESS,
    Meaning.POSTAL_CODE: Kind.POSTAL_CODE,
    Meaning.CITY: Kind.CITY,
    Meaning.REGION: Kind.CATEGORY,
    Meaning.COUNTRY: Kind.CATEGORY,
}
"""Meanings that tell persons apart; every other meaning (income, language, plan) changes or says too little."""

_NAMES: tuple[tuple[Kind, str], ...] = (
    (Kind.STREET_NUMBER, "street_number street_no streetno house_number house_no houseno numero_rue numero_de_rue"
     " no_rue num_voie numero_voie hausnummer huisnummer numero_civico building_number"),
    (Kind.NUMBER, "siren siret vat vat_number numero_tva tva ssn nir social_security social_security_number soc_sec_id"
     " numero_securite_sociale national_id passport passport_number tax_id duns iban loyalty_card carte_fidelite"
     " numero_client customer_number licence license_number member_number nhs_number npi kvk ein"),
    (Kind.FIRST_NAME, "given given_names first fname forenames vorname nombre nome voornaam preferred_name"),
    (Kind.LAST_NAME, "last lname second_name sname name_last nachname familienname apellido apellidos cognome"
     " achternaam nom_usage nom_naissance nom_de_naissance maiden_name nom_de_jeune_fille"),
    (Kind.FULL_NAME, "name person_name fullname contact contact_person director naam titulaire nom_prenoms"),
    (Kind.COMPANY, "organisation_name organization_name org company_name denomination enseigne firma site_name"
     " business_name trade_name nom_commercial business store_name restaurant raison_sociale"),
    (Kind.EMAIL, "email_1 email1 e_mail_1 correo posta mailadresse"),
    (Kind.PHONE, "fax fax_number phone_1 phone1 phone2 phone_2 home_phone work_phone telefon telefono telefoon handy"
     " mobile_number tel1 tel2 tel_fixe telephone_fixe telephone_number"),
    (Kind.DATE, "geburtsdatum fecha_nacimiento fecha_de_nacimiento data_di_nascita geboortedatum birth date_birth"
     " d_o_b date_of_death"),
    (Kind.ADDRESS, "addr street_name address_line_1 address_line1 addressline1 voie strasse anschrift direccion"
     " indirizzo straat adres street_1 res_street_address mail_addr1 adresse_1 adresse_ligne_1 rue"),
    (Kind.TEXT, "address_2 address2 address_line_2 adresse_2 complement_adresse complement_d_adresse middle_name"
     " middle mname"),
    (Kind.POSTAL_CODE, "plz postleitzahl codigo_postal cap postcode_fake zip5 zip_code_5 postal"),
    (Kind.CITY, "stadt ort ciudad citta plaats city_desc res_city town_city birth_place lieu_naissance"
     " lieu_de_naissance place_of_birth"),
)  # fmt: skip
BY_NAME: dict[str, Kind] = {name: kind for kind, names in _NAMES for name in names.split()}
_CODED = frozenset(["id", "key", "uuid", "guid", "rowid", "index", "idx", "row", "cluster", "label", "hash"])
_LOW_VARIETY, _FEW, _LONG, _SELDOM = 0.02, 25, 120, 0.5


def kind_of(name: str, profile: Profile, meaning: Meaning | None = None) -> Kind | None:
    """What a column says about somebody, or nothing when it cannot tell persons apart."""
    if profile.distinct < 2 or profile.longest == 0:
        return None
    if meaning is not None:
        return BY_MEANING.get(meaning)
    named = _named(slug(name), profile)
    return named if named is not None else _seen(slug(name), profile)


def _named(name: str, profile: Profile) -> Kind | None:
    entry, kind = entry_of(name, profile.examples), BY_NAME.get(name)
    if kind is None and entry is not None and entry.meaning in BY_MEANING:
        kind = BY_MEANING[entry.meaning]
    return kind if kind is not None and _bears_out(kind, profile) else None


def _bears_out(kind: Kind, profile: Profile) -> bool:
    """Whether the values may be what the name says."""
    match kind:
        case Kind.EMAIL:
            return profile.at_signs > 0.5
        case Kind.PHONE:
            return profile.digits > 0.5
        case Kind.DATE:
            return profile.dates > 0.5 or profile.digits > 0.8
        case Kind.FIRST_NAME | Kind.LAST_NAME | Kind.CITY:
            return profile.letters > 0.5
        case Kind.NUMBER:
            return profile.variety > _LOW_VARIETY
        case _:
            return True


def _seen(name: str, profile: Profile) -> Kind | None:
    """What the values alone look like; what could be anything is no evidence."""
    entry = entry_of(name, profile.examples)
    if _says_nothing(name, entry, profile):
        return None
    if profile.at_signs > 0.8:
        return Kind.EMAIL
    if profile.dates > 0.9:
        return Kind.DATE if _is_birth(name, profile) else None
    if profile.digits > 0.8:
        return Kind.NUMBER if profile.mean_length >= 6 else None
    if profile.letters < 0.3 and profile.mean_length < 6:
        return None
    is_telling = (
        profile.variety > _LOW_VARIETY and (profile.distinct > _FEW or profile.variety > 0.3) and profile.fill > _SELDOM
    )
    return Kind.TEXT if is_telling else None


def _says_nothing(name: str, entry: Entry | None, profile: Profile) -> bool:
    """Measures, texts of many words, what the law protects, keys of rows, and what the catalog knows as no identity."""
    if profile.is_number or profile.mean_length > _LONG or profile.fill < 0.01:
        return True
    if entry is not None and (_is_no_identity(entry) or entry.sensitivity is Sensitivity.SPECIAL):
        return True
    is_coded = max(profile.letters, profile.dates, profile.at_signs, profile.spaces) < 0.5
    return profile.variety > 0.999 and (is_coded or bool(_CODED & set(name.split("_"))))


def _is_no_identity(entry: Entry) -> bool:
    return entry.meaning is not None and BY_MEANING.get(entry.meaning) is None


_YEAR = re.compile(r"(18|19|20)\d\d")


def _is_birth(name: str, profile: Profile) -> bool:
    """Dates over many decades are of births; dates of a few years say when something was noted."""
    years = {int(found.group()) for each in profile.examples if (found := _YEAR.search(each))}
    return bool({"birth", "dob", "naissance", "born"} & set(name.split("_"))) or (
        len(years) > 5 and max(years) - min(years) > 30
    )
