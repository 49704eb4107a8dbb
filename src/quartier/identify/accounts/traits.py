"""The traits of accounts that are computed: what their records say, cleaned, and where they stand among accounts."""

from quartier.catalog import Family, Label, Sensitivity, Trait, ValueType

_T = ValueType


def _firm(name: str, type_: ValueType, en: str, fr: str) -> Trait:
    label = Label(en=en, fr=fr)
    return Trait(name=name, type=type_, family=Family.FIRMOGRAPHIC, label=label, origin="computed", of="account")


KIND = Trait(
    name="account_kind", type=_T.TEXT, family=Family.ACCOUNT, label=Label(en="Kind of account", fr="Type de compte"),
    origin="computed", of="account",
)  # fmt: skip
"""Whether it is a `company` or a `household`."""

HOUSEHOLD_NAME = Trait(
    name="household_name", type=_T.TEXT, family=Family.ACCOUNT, sensitivity=Sensitivity.PERSONAL,
    label=Label(en="Name of the household", fr="Nom du foyer"), origin="computed", of="account",
)  # fmt: skip
"""The last name of its persons."""

FIRM_TRAITS: tuple[Trait, ...] = (
    _firm("firm_size", _T.TEXT, "Size class", "Catégorie de taille"),
    _firm("firm_sector", _T.TEXT, "Sector (NACE section)", "Secteur (section NAF)"),
    _firm("firm_model", _T.TEXT, "Business model, cleaned", "Modèle économique, nettoyé"),
    _firm("firm_age", _T.INTEGER, "Age of the company in years", "Âge de l'entreprise en années"),
    _firm("firm_legal_form", _T.TEXT, "Legal form", "Forme juridique"),
    _firm("firm_domain", _T.TEXT, "Domain of its own", "Nom de domaine propre"),
    _firm("firm_siren", _T.TEXT, "SIREN number, checked", "Numéro SIREN, vérifié"),
    _firm("firm_siret", _T.TEXT, "SIRET number, checked", "Numéro SIRET, vérifié"),
    _firm("firm_vat", _T.TEXT, "VAT number, checked", "Numéro de TVA, vérifié"),
)
"""What the records of a company say, cleaned, and what follows from it."""

HIERARCHY_TRAITS: tuple[Trait, ...] = (
    _firm("hierarchy_parent", _T.TEXT, "Parent account", "Compte parent"),
    _firm("hierarchy_top", _T.TEXT, "Ultimate parent", "Tête de groupe"),
    _firm("hierarchy_level", _T.INTEGER, "Level in the hierarchy", "Niveau dans la hiérarchie"),
    _firm("hierarchy_children", _T.INTEGER, "Accounts right under it", "Comptes directement rattachés"),
)
"""Where an account stands in its hierarchy; accounts are named by their public ids."""
