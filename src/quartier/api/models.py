"""The bodies and answers of the API as its description (OpenAPI) tells them.

Messages are checked by `collect.tracking`, which rejects a flawed one and keeps its neighbours; these models describe
what it accepts, and check the requests under /api/v1.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from quartier.collect.tracking import limits

_Object = dict[str, Any]
_ID = Field(default=None, max_length=limits.IDENTIFIER)


class Message(BaseModel):
    """What every message may say. Other fields are kept as they are."""

    model_config = ConfigDict(extra="allow")

    messageId: str | None = Field(  # noqa: N815 - the wire's own name
        default=None, max_length=limits.MESSAGE_ID, description="of two messages with the same id, one is stored"
    )
    userId: str | int | None = _ID  # noqa: N815 - the wire's own name
    anonymousId: str | int | None = _ID  # noqa: N815 - the wire's own name
    timestamp: str | None = Field(default=None, description="ISO 8601, by the sender's clock")
    sentAt: str | None = Field(default=None, description="ISO 8601, by the sender's clock")  # noqa: N815 - as above
    context: _Object | None = None


class Identify(Message):
    """Traits of a person."""

    traits: _Object | None = None


class Track(Message):
    """Something a person did."""

    event: str = Field(min_length=1, max_length=limits.NAME)
    properties: _Object | None = None


class Page(Message):
    """A page that a person looked at."""

    name: str | None = Field(default=None, max_length=limits.NAME)
    category: str | None = Field(default=None, max_length=limits.NAME)
    properties: _Object | None = None


class Screen(Page):
    """A screen of an application that a person looked at."""


class Group(Message):
    """The account to which a person belongs, and its traits."""

    groupId: str | int = Field(max_length=limits.IDENTIFIER)  # noqa: N815 - the wire's own name
    traits: _Object | None = None


class Alias(Message):
    """Two identifiers of one person."""

    previousId: str | int = Field(max_length=limits.IDENTIFIER)  # noqa: N815 - the wire's own name


class Batch(BaseModel):
    """Messages of any type, each naming its own."""

    model_config = ConfigDict(extra="allow")

    batch: list[_Object] = Field(max_length=limits.MESSAGES)
    context: _Object | None = Field(default=None, description="for all of them; a message's own goes first")
    sentAt: str | None = None  # noqa: N815 - the wire's own name
    writeKey: str | None = Field(default=None, description="instead of Basic authentication")  # noqa: N815 - as above


class Said(BaseModel):
    """One sentence in both languages."""

    en: str
    fr: str


class Rejection(BaseModel):
    """One message that was rejected: its place in the batch, why, and the number under which it waits."""

    index: int
    outcome: Literal["rejected"]
    message_id: str | None
    reason: str
    field: str | None
    text: Said
    id: int | None


class Accepted(BaseModel):
    """The verdicts on a body: accepted = stored + duplicates + rejected, always."""

    success: Literal[True]
    accepted: int
    stored: int
    duplicates: int
    rejected: int
    rejections: list[Rejection]


class RefusedBody(BaseModel):
    """A body of which nothing was kept."""

    success: Literal[False]
    code: str
    message: str
    text: Said
