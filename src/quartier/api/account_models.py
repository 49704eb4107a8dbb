"""What is told of accounts, as the description of the API (OpenAPI) tells it; `identify.accounts.shown` makes it."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from quartier.api.models import Said

EXAMPLE: dict[str, Any] = {
    "account": "a_hucbvvgwnxhwmslt", "name": "Garage Morel", "at": "2026-11-22T10:00:00+00:00",
    "traits": [{
        "trait": "firm_size", "label": {"en": "Size class", "fr": "Catégorie de taille"}, "family": "firmographic",
        "value": "small", "origin": "computed", "sensitivity": "ordinary", "is_masked": False,
    }],
    "hierarchy": {"above": [{"account": "a_2lhfwswh5znjv7jn", "name": "Morel Holding"}], "below": []},
    "members": {
        "in_all": 1, "former": 0,
        "shown": [{
            "person": "p_jfqvmgcus5ss2yk2", "name": "Ana Dupont", "role": "decision_maker",
            "role_label": {"en": "Decision maker", "fr": "Décideur"}, "since": "2026-03-01T08:00:00+00:00",
            "until": None, "by": "trait",
        }],
    },
    "events": [{
        "event": "Order Completed", "label": {"en": "Order", "fr": "Commande"}, "at": "2026-11-20T17:30:00+00:00",
        "person": "p_jfqvmgcus5ss2yk2", "name": "Ana Dupont",
    }],
    "segments": [{"segment": "small-companies", "label": {"en": "Small companies", "fr": "Petites entreprises"}}],
}  # fmt: skip
FOUND_EXAMPLE: dict[str, Any] = {
    "accounts": [{"account": "a_hucbvvgwnxhwmslt", "name": "Garage Morel", "by": "name"}], "next": None,
}  # fmt: skip


class FoundAccount(BaseModel):
    """An account; `by` is the trait that holds what was asked for, `public_id`, or `name`."""

    account: str
    name: str
    by: str


class FoundAccounts(BaseModel):
    """A page of accounts; `next` is the `after` of the next page, null at the end."""

    model_config = ConfigDict(json_schema_extra={"example": FOUND_EXAMPLE})

    accounts: list[FoundAccount]
    next: str | None


class AccountTrait(BaseModel):
    """A trait with its value, null where it is masked."""

    trait: str
    label: Said
    family: str
    value: Any
    origin: str
    sensitivity: str
    is_masked: bool


class NamedAccount(BaseModel):
    """An account by its public id, and its name."""

    account: str
    name: str


class AccountHierarchy(BaseModel):
    """The accounts above, the parent first and the ultimate parent last, and those right below."""

    above: list[NamedAccount]
    below: list[NamedAccount]


class AccountMember(BaseModel):
    """A person with a role; `since` is null from the start, `until` for a member of now."""

    person: str
    name: str
    role: str | None
    role_label: Said | None
    since: str | None
    until: str | None
    by: str


class AccountMembers(BaseModel):
    """How many members there are and were, how many of them left, and the first of them."""

    in_all: int
    former: int
    shown: list[AccountMember]


class AccountEvent(BaseModel):
    """Something that a person of the account did as a member."""

    event: str
    label: Said
    at: str
    person: str
    name: str


class AccountSegment(BaseModel):
    """A segment of accounts that it is in."""

    segment: str
    label: Said


class Account(BaseModel):
    """All that is known of one account."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    account: str
    name: str
    at: str
    traits: list[AccountTrait]
    hierarchy: AccountHierarchy
    members: AccountMembers
    events: list[AccountEvent]
    segments: list[AccountSegment]
