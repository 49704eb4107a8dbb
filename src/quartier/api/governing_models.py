"""Users, keys and the audit log as the description of the API (OpenAPI) tells them."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from quartier.api.documents import Body
from quartier.govern.definition import Role
from quartier.govern.roles import May


class User(BaseModel):
    """Someone who signs in."""

    id: int
    email: str
    name: str
    role: str
    language: str | None
    created_at: str
    closed_at: str | None


class Users(BaseModel):
    """Every user, by e-mail."""

    users: list[User]


class UserChange(Body):
    """Another role, or whether they may no longer sign in."""

    model_config = Body.model_config | ConfigDict(json_schema_extra={"example": {"role": "analyst"}})

    role: Role | None = None
    closed: bool | None = None


class Invitation(Body):
    """Who is invited, with which role."""

    model_config = Body.model_config | ConfigDict(
        json_schema_extra={"example": {"email": "camille@example.org", "role": "marketer"}}
    )

    email: str = Field(min_length=3, max_length=320)
    role: Role


class Link(BaseModel):
    """An address of this server that works once."""

    model_config = ConfigDict(json_schema_extra={"example": {"path": "/welcome/f2Kd…"}})

    path: str


class NewWriteKey(Body):
    """A source of messages, and the origins of the pages that may use its key (all unless given)."""

    model_config = Body.model_config | ConfigDict(
        json_schema_extra={"example": {"source": "web", "origins": ["https://shop.example.org"]}}
    )

    source: str = Field(min_length=1, max_length=200)
    origins: list[str] = Field(default=[], max_length=100)


class NewSecretKey(Body):
    """A secret key: what it is for, what it opens, for how many days (for ever unless given)."""

    model_config = Body.model_config | ConfigDict(
        json_schema_extra={"example": {"name": "nightly export", "scopes": ["see_figures", "export"], "days": 90}}
    )

    name: str = Field(min_length=1, max_length=100)
    scopes: list[Annotated[May, Field(strict=False)]] = Field(min_length=1, max_length=len(May))
    days: int | None = Field(default=None, ge=1, le=3660)


class NewKey(BaseModel):
    """A secret key, told this once."""

    model_config = ConfigDict(json_schema_extra={"example": {"key": "sk_…"}})

    key: str


class WriteKey(BaseModel):
    """A write key."""

    model_config = ConfigDict(extra="allow")

    key: str
    source: str


class SecretKey(BaseModel):
    """What is known of a secret key; `scopes` null opens all that programs may do."""

    start: str
    created_at: str
    revoked_at: str | None
    name: str | None
    scopes: list[str] | None
    expires_at: str | None


class Keys(BaseModel):
    """Every key, oldest first."""

    write_keys: list[WriteKey]
    secret_keys: list[SecretKey]


class Deed(BaseModel):
    """One thing that was done: names and counts, never the data of a person."""

    number: int
    at: str
    author: str
    deed: str
    about: dict[str, Any]


class Audit(BaseModel):
    """A page of the audit log; `next` is the `cursor` of the next page, null at the end."""

    deeds: list[Deed]
    first_changed: int | None
    next: str | None
