"""Who is who under /api/v1: links, what waits for an eye, decisions that can be tried and taken back."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from quartier.api.answers import json_answer
from quartier.api.desk import Desk
from quartier.api.documents import Body, Document, Job
from quartier.api.keys import caller_of
from quartier.errors import InvalidRequest
from quartier.govern.deeds import Deeds
from quartier.identify.told import Consequence, plain, plain_decision
from quartier.language import Text
from quartier.workspace import Workspace
from quartier.workspace.following import follow_links
from quartier.workspace.identification import CERTAIN, DOUBTFUL

_LATER: dict[int | str, dict[str, Any]] = {202: {"model": Job, "description": "it takes long: its job"}}
Answer = Literal["accept", "refuse", "split", "block", "allow", "undo"]
_LEAST = {"accept": (2, 2), "refuse": (2, 2), "split": (1, 100), "block": (1, 1), "allow": (1, 1), "undo": (1, 2)}
"""How many identifiers each decision is of, at least and at most."""


class Decision(Body):
    """A decision of identifiers, each by its value or as `email:ann@example.com`; `try` only says what would change."""

    model_config = Body.model_config | ConfigDict(
        json_schema_extra={
            "example": {
                "decision": "refuse", "identifiers": ["C-1001", "email:office@example.com"], "note": "a shared mailbox",
                "try": True,
            }
        }
    )  # fmt: skip

    decision: Answer
    identifiers: list[str] = Field(min_length=1, max_length=100)
    note: str | None = Field(default=None, max_length=1000)
    is_tried: bool = Field(default=False, alias="try")


class Changed(BaseModel):
    """What a decision changed, or would change."""

    model_config = ConfigDict(extra="allow")


class Links(BaseModel):
    """The links of a person's identifiers, oldest first."""

    links: list[Document]


class Decisions(BaseModel):
    """Decisions, the newest first."""

    decisions: list[Document]


class Matching(Body):
    """How alike is enough: `certain` links, from `doubtful` on somebody is asked; `try` only says what would change."""

    model_config = Body.model_config | ConfigDict(json_schema_extra={"example": {"certain": 0.99, "try": True}})

    certain: float = Field(default=CERTAIN, gt=0, lt=1)
    doubtful: float = Field(default=DOUBTFUL, gt=0, lt=1)
    is_anew: bool = Field(default=False, alias="anew", description="learn again, and compare all with all")
    is_tried: bool = Field(default=False, alias="try")
    examples: int = Field(default=0, ge=0, le=1000, description="so many pairs of each kind, with their identifiers")


def router(desk: Desk) -> APIRouter:
    """The routes of links."""
    made = APIRouter(prefix="/api/v1/links", tags=["links"])

    @made.get("", response_model=Links, summary="The links of a person")
    def links(person: Annotated[str, Query(min_length=1, max_length=500, examples=["C-1001"])]) -> Response:
        """What was linked, why, and what was not followed."""
        with desk.aside() as ws:
            return json_answer({"links": [each.as_json() for each in ws.identification.links(person)]})

    @made.get("/review", response_model=Document, summary="What waits for an eye")
    def review(limit: Annotated[int, Query(ge=1, le=10_000)] = 50) -> Response:
        """Links that were not followed, identifiers that too many share, those that are alike."""
        with desk.aside() as ws:
            return json_answer(ws.identification.review(limit).as_json())

    @made.get("/decisions", response_model=Decisions, summary="Every decision, the newest first")
    def decisions() -> Response:
        """With its author and its note."""
        with desk.aside() as ws:
            found = ws.identification.decisions()
        told = [plain_decision(each) | {"a": plain(a), "b": plain(b) if b else None} for each, a, b in found]
        return json_answer({"decisions": told})

    _add_changes(made, desk)
    return made


def _add_changes(made: APIRouter, desk: Desk) -> None:
    @made.post("/decisions", response_model=Changed, responses=_LATER, summary="Decide of links, or try it")
    def decide(body: Decision, request: Request) -> Response:
        """Nothing is ever removed: `undo` takes the last decision of the same identifiers back."""
        least, most = _LEAST[body.decision]
        if not least <= len(body.identifiers) <= most:
            raise InvalidRequest(_HOW_MANY.with_(decision=body.decision, least=least, most=most))
        author = caller_of(request).author
        answer = desk.change(request, _DECIDE, lambda ws, _job: _done(ws, body, author).as_json())
        if not body.is_tried:
            follow_links(desk.work, author)
            desk.note(request, Deeds.LINK_DECIDED, decision=body.decision)
        return answer

    @made.post("/matching", response_model=Changed, responses=_LATER, summary="Link by likeness, or try it")
    def match(body: Matching, request: Request) -> Response:
        """What came since the last time is compared with all that is known; needs the extra `identity`."""
        answer = desk.change(request, _MATCH, lambda ws, _job: _matched(ws, body))
        if not body.is_tried:
            follow_links(desk.work, caller_of(request).author)
            desk.note(request, Deeds.MATCHED)
        return answer


def _matched(ws: Workspace, body: Matching) -> dict[str, Any]:
    found = ws.identification.match(
        certain=body.certain, doubtful=body.doubtful, is_anew=body.is_anew, is_tried=body.is_tried
    )
    links, doubts = ws.identification.named(found, body.examples)
    return {**found.as_json(), "links": [each.as_json() for each in links],
            "to_review": [each.as_json() for each in doubts]}  # fmt: skip


def _done(ws: Workspace, body: Decision, author: str) -> Consequence:
    links, names = ws.identification, body.identifiers
    told: dict[str, Any] = {"is_tried": body.is_tried, "author": author}
    match body.decision:
        case "accept" | "refuse":
            return (links.accept if body.decision == "accept" else links.refuse)(*names, note=body.note, **told)
        case "block" | "allow":
            return (links.block if body.decision == "block" else links.allow)(*names, note=body.note, **told)
        case "split":
            return links.split(names, note=body.note, **told)
        case "undo":
            return links.take_back(*names, **told)


_DECIDE = Text(en="Decide of links", fr="Décider de liens")
_MATCH = Text(en="Link by likeness", fr="Lier par ressemblance")
_HOW_MANY = Text(
    en="“{decision}” is of at least {least} and at most {most} identifiers",
    fr="« {decision} » porte sur au moins {least} et au plus {most} identifiants",
)
