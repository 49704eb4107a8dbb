"""The catalog, files that are brought in, and the quality of the data, as the description of the API tells them."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from quartier.api.documents import Body, Document
from quartier.api.models import Said

MAPPING: dict[str, Any] = {
    "kind": "mapping", "layout": "orders",
    "columns": {"customer": "user_id", "order": "order_id", "date": "time", "total": "property.revenue"},
}  # fmt: skip


class Waiting(BaseModel):
    """A name that came by itself and that nobody has classified, with what Quartier takes it for."""

    place: str
    label: Said
    type: str | None
    family: str | None
    sensitivity: str | None


class Inbox(BaseModel):
    """All that waits."""

    waiting: list[Waiting]


class Classified(Body):
    """What some new names are; what is left out stays as Quartier took it."""

    model_config = Body.model_config | ConfigDict(
        json_schema_extra={"example": {"places": ["traits.shoe_size"], "family": "needs", "sensitivity": "ordinary"}}
    )

    places: list[str] = Field(min_length=1, max_length=1000)
    family: str | None = Field(default=None, max_length=50)
    sensitivity: str | None = Field(default=None, max_length=50)
    label: dict[str, str] | None = None


class Proposed(BaseModel):
    """A mapping guessed from a file, and what the guess is unsure of."""

    model_config = ConfigDict(json_schema_extra={"example": {"mapping": MAPPING, "questions": []}})

    mapping: Document
    questions: list[str]


class Imported(BaseModel):
    """What became of a file: rows in = stored + duplicates + rejected."""

    name: str
    seq: int | None
    rows_in: int
    stored: int
    duplicates: int
    rejected: int
    events: dict[str, int]
    persons_added: int
    accounts_added: int
    findings: list[str]
    reasons: list[dict[str, Any]]
    segments_added: list[str]


class Import(BaseModel):
    """A file that was brought in."""

    seq: int
    at: str
    name: str
    bytes: int
    rows_in: int
    stored: int
    duplicates: int
    rejected: int
    mapping: Document


class Imports(BaseModel):
    """A page of files in their order; `next` is the `cursor` of the next page, null at the end."""

    imports: list[Import]
    next: str | None


class Attention(BaseModel):
    """What needs attention, the most pressing first."""

    attention: list[dict[str, Any]]
