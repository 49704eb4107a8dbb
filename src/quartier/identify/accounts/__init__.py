"""Accounts: companies and what their records tell, who is a member in what role, and which account is under which."""

from quartier.identify.accounts.domains import domain_of, is_own
from quartier.identify.accounts.firmographics import Firmographics, Told, firmographics
from quartier.identify.accounts.hierarchy import Hierarchy
from quartier.identify.accounts.memberships import MEMBERS, MEMBERS_SCHEMA
from quartier.identify.accounts.sectors import SECTIONS, Section, by_letter, section_of
from quartier.identify.accounts.sizes import Size, headcount, size_of
from quartier.identify.accounts.words import BUSINESS_MODELS, ROLES, business_model_of, role_label, role_of

__all__ = [
    "BUSINESS_MODELS",
    "MEMBERS",
    "MEMBERS_SCHEMA",
    "ROLES",
    "SECTIONS",
    "Firmographics",
    "Hierarchy",
    "Section",
    "Size",
    "Told",
    "business_model_of",
    "by_letter",
    "domain_of",
    "firmographics",
    "headcount",
    "is_own",
    "role_label",
    "role_of",
    "section_of",
    "size_of",
]
