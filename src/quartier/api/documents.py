"""The bodies that come in, and what is told of jobs and pages: nothing unknown is passed over, nothing is converted."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from quartier.api.models import Said

Document = dict[str, Any]
"""A document in the form that files have, too; its own reader checks it and tells all that is wrong."""


class Body(BaseModel):
    """What every body has in common."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Flaw(BaseModel):
    """One thing that is wrong: its place in the document, what, and what to do."""

    place: str
    text: Said
    remedy: Said | None


class ProblemDetails(BaseModel):
    """Why a request cannot be served (RFC 9457); `code` is for programs, `text` for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    text: Said
    remedy: Said | None
    field: str | None
    problems: list[Flaw]


PROBLEM_EXAMPLE: dict[str, Any] = {
    "type": "urn:quartier:problem:not_found", "title": "There is nothing here", "status": 404,
    "detail": "no segment is called “loyals”", "code": "not_found",
    "text": {"en": "no segment is called “loyals”", "fr": "aucun segment ne s'appelle « loyals »"},
    "remedy": {"en": "did you mean loyal?", "fr": "vouliez-vous dire loyal ?"}, "field": None, "problems": [],
}  # fmt: skip


class Job(BaseModel):
    """A change that goes on: `share` from 0 to 1 where it is known, `result` once it is done."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "job": "Zk3vYh0rT1aBcDeF", "title": {"en": "Bring in a file", "fr": "Importer un fichier"},
                "state": "running", "share": 0.4, "asked_at": "2026-11-22T10:00:00+00:00", "ended_at": None,
                "result": None, "problem": None,
            }
        }
    )  # fmt: skip

    job: str
    title: Said
    state: Literal["waiting", "running", "done", "failed"]
    share: float | None
    asked_at: str
    ended_at: str | None
    result: Any
    problem: ProblemDetails | None


class Jobs(BaseModel):
    """The jobs that this key asked for last, the newest first."""

    jobs: list[Job]


CURSOR = Field(default=None, description="the `next` of the page before")
