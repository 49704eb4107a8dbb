"""Words by which companies say what they sell to, and what a person is in them: known ones become codes."""

from functools import cache

from quartier.identify.cleaning.texts import folded, tidied
from quartier.language import Text

ROLES: dict[str, tuple[Text, str]] = {
    "decision_maker": (
        Text(en="Decision maker", fr="Décideur"),
        "decision maker|decisionmaker|decider|buyer|economic buyer|decideur|decideuse|decisionnaire|acheteur|acheteuse"
        "|owner|proprietaire|dirigeant|dirigeante|gerant|gerante|ceo|pdg|president|presidente|directeur general"
        "|directrice generale|managing director|founder|fondateur|fondatrice",
    ),
    "influencer": (
        Text(en="Influencer", fr="Prescripteur"),
        "influencer|prescripteur|prescriptrice|champion|advisor|recommender|conseiller|conseillere|evaluator",
    ),
    "administrator": (
        Text(en="Administrator", fr="Administrateur"),
        "administrator|admin|administrateur|administratrice|account admin|super admin|superadmin",
    ),
    "billing": (
        Text(en="Billing", fr="Facturation"),
        "billing|billing contact|facturation|contact de facturation|comptable|comptabilite|accounting|accountant"
        "|finance|daf|cfo",
    ),
    "technical": (
        Text(en="Technical", fr="Technique"),
        "technical|technical contact|technique|contact technique|it|dsi|cto|developer|developpeur|developpeuse",
    ),
    "user": (
        Text(en="User", fr="Utilisateur"),
        "user|end user|utilisateur|utilisatrice|utilisateur final|member|membre|standard",
    ),
}  # fmt: skip
"""The roles that are known, with the words for them; any other role is kept as it was written."""

BUSINESS_MODELS: dict[str, tuple[Text, str]] = {
    "b2b": (Text(en="To companies (B2B)", fr="Aux entreprises (B2B)"), "b2b|btob|b to b|business to business"),
    "b2c": (Text(en="To consumers (B2C)", fr="Aux particuliers (B2C)"), "b2c|btoc|b to c|d2c|dtoc"),
    "b2b2c": (
        Text(en="To consumers through companies (B2B2C)", fr="Aux particuliers par des entreprises (B2B2C)"),
        "b2b2c|btobtoc|b to b to c",
    ),
    "mixed": (
        Text(en="To companies and to consumers", fr="Aux entreprises et aux particuliers"),
        "b2b and b2c|b2b/b2c|b2b & b2c|b2b et b2c|b2b b2c|b2b, b2c|b2c/b2b|mixed|mixte|both|les deux",
    ),
    "public": (
        Text(en="Public sector", fr="Secteur public"),
        "b2g|b2a|public|public sector|secteur public|government|administration|collectivite|collectivites",
    ),
    "marketplace": (
        Text(en="Marketplace", fr="Place de marché"), "marketplace|market place|place de marche|c2c|ctoc|platform",
    ),
    "nonprofit": (
        Text(en="Non-profit", fr="But non lucratif"),
        "nonprofit|non profit|non-profit|not for profit|association|ong|ngo|charity|but non lucratif",
    ),
}  # fmt: skip
"""What a company lives on selling to, with the words for it."""


def role_of(text: str) -> str | None:
    """The code of a known role, any other role as it was written, None for nothing."""
    return _coded(text, "roles") or tidied(text) or None


def business_model_of(text: str) -> str | None:
    """The code of a known business model; None for other words, which stay in the given trait."""
    return _coded(text, "models")


def role_label(role: str) -> Text | None:
    """A known role for a reader; None for one that is kept as it was written."""
    found = ROLES.get(role)
    return found[0] if found else None


def _coded(text: str, table: str) -> str | None:
    return _codes(table).get(folded(text))


@cache
def _codes(table: str) -> dict[str, str]:
    known = ROLES if table == "roles" else BUSINESS_MODELS
    return {folded(word): code for code, (_, words) in known.items() for word in (*words.split("|"), code)}
