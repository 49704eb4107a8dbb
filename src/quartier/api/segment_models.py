"""Segments as the description of the API (OpenAPI) tells them."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from quartier.api.documents import Body, Document, Flaw
from quartier.api.models import Said

DOCUMENT: dict[str, Any] = {
    "segment": "frequent-buyers",
    "label": {"en": "Frequent buyers", "fr": "Acheteurs réguliers"},
    "where": {"event": "Order Completed", "count": {"at_least": 3}, "within": "1 year"},
}
_SIZED = {"segment": "frequent-buyers", "of": "person", "size": 412, "at": "2026-11-22T10:00:00+00:00"}
_STANDING = {
    **_SIZED, "label": DOCUMENT["label"], "version": 3, "position": 87, "entered": 4, "left": 1,
}  # fmt: skip


def _example(example: object) -> ConfigDict:
    return ConfigDict(json_schema_extra={"example": example})  # type: ignore[dict-item]  # plain data


class SegmentDocuments(Body):
    """Segments to put in force, all of them or none; they may refer to one another."""

    model_config = Body.model_config | _example({"segments": [DOCUMENT]})

    segments: list[Document] = Field(min_length=1, max_length=200)


class PreviewRequest(SegmentDocuments):
    """Definitions to evaluate, and how many members of each to show."""

    model_config = Body.model_config | _example({"segments": [DOCUMENT], "rows": 5})

    rows: int = Field(default=0, ge=0, le=1000, description="needs the scope `see_persons` unless 0")


class UndoRequest(Body):
    """The version to put in force again; the one before unless given."""

    model_config = Body.model_config | _example({"to": 2})

    to: int | None = Field(default=None, ge=1, le=2**31)


class Standing(BaseModel):
    """A segment as it stood when it was last evaluated."""

    model_config = _example(_STANDING)

    segment: str
    of: Literal["person", "account"]
    label: Said | None
    version: int
    size: int
    at: str
    position: int
    entered: int
    left: int


class Standings(BaseModel):
    """A page of segments, by name; `next` is the `cursor` of the next page, null at the end."""

    model_config = _example({"persons": 1200, "accounts": 0, "segments": [_STANDING], "next": None})

    persons: int
    accounts: int
    segments: list[Standing]
    next: str | None


class Applied(BaseModel):
    """The segments that were put in force or evaluated, as they stand."""

    model_config = _example({"segments": [_STANDING]})

    segments: list[Standing]


class Segment(Standing):
    """A segment in force: its document, its sentence, how it is doing."""

    model_config = _example(
        {
            **_STANDING, "document": DOCUMENT, "sentence": {"en": "Persons who …", "fr": "Les personnes qui …"},
            "health": {"state": "well", "troubles": []},
        }
    )  # fmt: skip

    document: Document
    sentence: Said
    health: dict[str, Any]


class Validated(BaseModel):
    """Whether definitions could be put in force, and all that is wrong with them."""

    model_config = _example({"valid": True, "problems": []})

    valid: bool
    problems: list[Flaw]


class Previewed(BaseModel):
    """What a definition gives now; `findings` are conditions that can never hold, or always do."""

    model_config = _example(
        {**_SIZED, "population": 1200, "sentence": {"en": "Persons who …", "fr": "Les personnes qui …"},
         "findings": [], "sample": []}
    )  # fmt: skip

    segment: str
    of: Literal["person", "account"]
    size: int
    population: int
    at: str
    sentence: Said
    findings: list[dict[str, Any]]
    sample: list[dict[str, Any]]


class Previews(BaseModel):
    """One preview for each definition, in their order."""

    previews: list[Previewed]


class DryRun(BaseModel):
    """What putting a definition in force would change: who enters and leaves, what they are worth, what hangs on it."""

    segment: str
    of: Literal["person", "account"]
    size_before: int
    size: int
    entering: int
    leaving: int
    at: str
    is_new: bool
    sentence_before: Said | None
    sentence: Said
    entering_worth: dict[str, float | None]
    leaving_worth: dict[str, float | None]
    users: list[dict[str, Any]]
    campaigns: list[str]


class DryRuns(BaseModel):
    """One for each definition, in their order."""

    segments: list[DryRun]


class Members(BaseModel):
    """A page of members, all pages as of one instant; `next` is the `cursor` of the next page, null at the end."""

    model_config = _example({**_SIZED, "members": [{"person_id": "p_jfqvmgcus5ss2yk2", "city": "Lyon"}], "next": None})

    segment: str
    of: Literal["person", "account"]
    size: int
    at: str
    members: list[dict[str, Any]]
    next: str | None


class Size(BaseModel):
    """How many there were at an instant, and how many had come and gone since the size before."""

    at: str
    size: int
    entered: int | None
    left: int | None
    version: int | None


class History(BaseModel):
    """The sizes of a segment as they were observed, oldest first."""

    segment: str
    before: int | None
    is_reconstructed: bool
    as_today: list[Any]
    sizes: list[Size]


class Movement(BaseModel):
    """Who entered and left between two instants, counted."""

    segment: str
    since: str
    until: str
    before: int
    after: int
    entered: int
    left: int
    entries: int
    exits: int


class Version(BaseModel):
    """One version of a segment, with its author."""

    segment: str
    version: int
    at: str
    author: str
    is_retired: bool
    document: Document


class Versions(BaseModel):
    """Every version, oldest first."""

    versions: list[Version]


class Difference(BaseModel):
    """What changed from one version to another."""

    segment: str
    old: Version
    new: Version
    edits: list[dict[str, Any]]
    old_sentence: Said | None
    new_sentence: Said | None


class Explanation(BaseModel):
    """Why somebody is a member or not: the tree of conditions with what was observed."""

    model_config = ConfigDict(extra="allow")
