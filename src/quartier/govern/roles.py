"""Who may do what: the one table of roles, read by routes, fields and screens."""

from enum import StrEnum
from typing import get_args

from quartier.govern.definition import Role
from quartier.language import Text


class May(StrEnum):
    """Something that a role allows, or a scope that a secret key has."""

    SEE_FIGURES = "see_figures"
    SEE_PERSONS = "see_persons"
    SEE_SENSITIVE = "see_sensitive"
    BRING_DATA = "bring_data"
    EDIT_CATALOG = "edit_catalog"
    EDIT_SEGMENTS = "edit_segments"
    DECIDE_LINKS = "decide_links"
    RUN_MODELS = "run_models"
    TARGET = "target"
    EXPORT = "export"
    GOVERN = "govern"


_READING = frozenset({May.SEE_FIGURES})
_OF_PERSONS = _READING | {May.SEE_PERSONS}

ALLOWED: dict[Role, frozenset[May]] = {
    "owner": frozenset(May),
    "analyst": frozenset(May) - {May.GOVERN, May.TARGET},
    "marketer": _OF_PERSONS | {May.EDIT_SEGMENTS, May.RUN_MODELS, May.TARGET, May.EXPORT},
    "sales": _OF_PERSONS | {May.EXPORT},
    "support": _OF_PERSONS | {May.DECIDE_LINKS},
    "viewer": _READING,
}
"""What each role may do; what is not written here is refused."""

ROLES: tuple[Role, ...] = get_args(Role)

NAMES: dict[Role, Text] = {
    "owner": Text(en="Owner", fr="Propriétaire"),
    "analyst": Text(en="Analyst", fr="Analyste"),
    "marketer": Text(en="Marketer", fr="Marketing"),
    "sales": Text(en="Sales", fr="Vente"),
    "support": Text(en="Support", fr="Service client"),
    "viewer": Text(en="Viewer", fr="Lecture"),
}

MEANINGS: dict[May, Text] = {
    May.SEE_FIGURES: Text(en="see figures, segments and effects", fr="voir les chiffres, les segments et les effets"),
    May.SEE_PERSONS: Text(en="see persons and accounts", fr="voir les personnes et les comptes"),
    May.SEE_SENSITIVE: Text(en="see sensitive values", fr="voir les valeurs sensibles"),
    May.BRING_DATA: Text(en="bring data in and mend it", fr="importer et corriger des données"),
    May.EDIT_CATALOG: Text(en="edit the catalog", fr="modifier le catalogue"),
    May.EDIT_SEGMENTS: Text(en="create and edit segments", fr="créer et modifier des segments"),
    May.DECIDE_LINKS: Text(en="decide who is who", fr="décider qui est qui"),
    May.RUN_MODELS: Text(en="run models", fr="lancer des modèles"),
    May.TARGET: Text(en="freeze audiences", fr="figer des audiences"),
    May.EXPORT: Text(en="export lists of persons", fr="exporter des listes de personnes"),
    May.GOVERN: Text(en="manage users, keys and settings", fr="gérer les utilisateurs, les clés et les réglages"),
}


def allows(role: str, what: May) -> bool:
    """Whether a role may do something; a role that is not known may do nothing."""
    return any(role == known and what in those for known, those in ALLOWED.items())
