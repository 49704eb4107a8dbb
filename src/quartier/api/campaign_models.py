"""Campaigns as the description of the API (OpenAPI) tells them."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from quartier.api.documents import Body, Document

_FROZEN: dict[str, Any] = {
    "campaign": "autumn-2026", "segment": "frequent-buyers", "at": "2026-11-22T10:00:00+00:00", "holdout": 0.1,
    "targeted": 371, "held_out": 41,
}  # fmt: skip


class CampaignDocument(Body):
    """A campaign to freeze: ten percent of the segment are held out unless `holdout` says otherwise."""

    model_config = Body.model_config | ConfigDict(
        json_schema_extra={"example": {"name": "autumn-2026", "segment": "frequent-buyers", "holdout": 0.1}}
    )

    name: str = Field(min_length=1, max_length=200)
    segment: str = Field(min_length=1, max_length=200)
    label: dict[str, str] | None = None
    holdout: float | str = 0.1
    channel: str = Field(default="file", min_length=1, max_length=32)
    purpose: str = Field(default="marketing", min_length=1, max_length=200)


class Frozen(BaseModel):
    """A frozen audience in figures."""

    model_config = ConfigDict(json_schema_extra={"example": _FROZEN})

    campaign: str
    segment: str
    at: str
    holdout: float
    targeted: int
    held_out: int


class Campaigns(BaseModel):
    """A page of campaigns; `next` is the `cursor` of the next page, null at the end."""

    campaigns: list[Frozen]
    next: str | None


class Exposure(BaseModel):
    """How many persons were reached at one instant, through one channel."""

    at: str
    channel: str
    persons: int


class Campaign(Frozen):
    """A campaign, and whom it reached."""

    exposures: list[Exposure]


class Exported(BaseModel):
    """A list that was written; `file` is its address, for one hour at most and until the server ends."""

    campaign: str
    columns: list[str]
    persons: int
    held_out: int
    at: str
    file: str


class EffectRequest(Body):
    """What is measured, as a sentence, and the segments to look at (all that divide the audience unless given)."""

    model_config = Body.model_config | ConfigDict(
        json_schema_extra={"example": {"outcome": "any Order Completed within 14 days"}}
    )

    outcome: str | Document = Field(description="a sentence, or the document of an outcome")
    segments: list[str] | None = Field(default=None, max_length=200)
