"""Rejected messages: listed, read, mended and replayed, or dropped. A secret key opens this; a write key does not."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Response
from pydantic import BaseModel, ConfigDict

from quartier.api.answers import Unserved, json_answer
from quartier.api.keys import KeyRing, secret_key_needed
from quartier.api.models import Said
from quartier.collect.tracking import rejected, run
from quartier.collect.tracking.reasons import REJECTIONS
from quartier.language import Text
from quartier.store.journal import Journal, KeptRefusal

MOST = 1_000
_HIGHEST = 2**63 - 1
_SETTLED = Text(en="this message was settled before", fr="le sort de ce message est déjà réglé")

State = Literal["open", "replayed", "dropped"]


class Rejected(BaseModel):
    """One rejected message without its content."""

    id: int
    state: State
    reason: str
    field: str | None
    text: Said
    source: str
    message_id: str | None
    bytes: int
    received_at: str
    settled_at: str | None


class RejectedContent(Rejected):
    """One rejected message with its bytes: as text, or as base64 where they are no UTF-8."""

    raw: str | None = None
    raw_base64: str | None = None


class RejectedPage(BaseModel):
    """A page of rejected messages; `next` is the `after` of the next page, null at the end."""

    rejected: list[Rejected]
    next: int | None


class Mended(BaseModel):
    """The message as it should have been."""

    model_config = ConfigDict(extra="forbid")

    message: dict[str, Any]


class Replayed(BaseModel):
    """What became of a message that was replayed."""

    index: int
    outcome: Literal["stored", "duplicate"]
    message_id: str | None


_Number = Annotated[int, Path(ge=1, le=_HIGHEST)]


def router(journal: Journal, keys: KeyRing) -> APIRouter:
    """The routes of rejected messages."""
    needed = [Depends(secret_key_needed(keys))]
    made = APIRouter(prefix="/api/v1/rejected", tags=["rejected"], dependencies=needed)
    _add_reading(made, journal)
    _add_settling(made, journal)
    return made


def _add_reading(made: APIRouter, journal: Journal) -> None:
    @made.get("", response_model=RejectedPage, summary="List rejected messages, oldest first")
    def page(
        after: Annotated[int, Query(ge=0, le=_HIGHEST)] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
        state: State = "open",
    ) -> Response:
        """A page of them, without their content; `after` is the `next` of the page before."""
        found = journal.refusals(state, after=after, limit=limit)
        following = found[-1].number if len(found) == limit else None
        return json_answer({"rejected": [rejected.as_json(each) for each in found], "next": following})

    @made.get("/{number}", response_model=RejectedContent, summary="Read one rejected message")
    def read(number: _Number) -> Response:
        """With its content, as it came."""
        return json_answer(rejected.with_content(journal.refusal(number)))


def _add_settling(made: APIRouter, journal: Journal) -> None:
    @made.patch("/{number}", response_model=Replayed, summary="Mend a rejected message and replay it")
    def mend(number: _Number, mended: Mended) -> Response:
        """The message given takes its place, with the instant of arrival and the source that it had."""
        return _replayed(journal, _open(journal, number), mended.message)

    @made.post("/{number}/replay", response_model=Replayed, summary="Replay a rejected message as it is")
    def replay(number: _Number) -> Response:
        """Useful when what rejected it has changed; 400 with the reason when it is rejected again."""
        return _replayed(journal, _open(journal, number), None)

    @made.delete("/{number}", status_code=204, summary="Give a rejected message up")
    def drop(number: _Number) -> Response:
        """It stays listed as dropped."""
        journal.drop([_open(journal, number).number])
        return Response(status_code=204)


def _open(journal: Journal, number: int) -> KeptRefusal:
    found = journal.refusal(number)
    if found.state != "open":
        raise Unserved("settled_before", _SETTLED, 409)
    return found


def _replayed(journal: Journal, found: KeptRefusal, message: dict[str, Any] | None) -> Response:
    verdict = run.replay(journal, found, message)
    if verdict.flaw:
        raise Unserved(verdict.flaw.code, REJECTIONS[verdict.flaw.code], 400, field=verdict.flaw.field)
    return json_answer(verdict.as_json())
