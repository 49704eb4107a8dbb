"""The catalog and the quality of the data under /api/v1."""

from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ValidationError

from quartier.api import data_models as models
from quartier.api.answers import json_answer
from quartier.api.desk import Desk
from quartier.api.documents import Document, Job
from quartier.api.keys import caller_of
from quartier.catalog import Catalog, Family, Label, Sensitivity
from quartier.catalog.inbox import Answer, Waiting
from quartier.config import problems_of
from quartier.errors import InvalidDefinition
from quartier.language import Text
from quartier.workspace import Workspace

_LATER: dict[int | str, dict[str, Any]] = {202: {"model": Job, "description": "it takes long: its job"}}


def router(desk: Desk) -> APIRouter:
    """The routes of the catalog and of quality."""
    made = APIRouter(prefix="/api/v1", tags=["data"])
    _add_catalog(made, desk)
    _add_inbox(made, desk)
    _add_quality(made, desk)
    return made


def _add_catalog(made: APIRouter, desk: Desk) -> None:
    @made.get("/catalog", response_model=Document, summary="Read the catalog")
    def read() -> Response:
        """Traits, event types and properties with their families, labels and sensitivity."""
        with desk.aside() as ws:
            return json_answer(ws.catalog.model_dump(mode="json", exclude_none=True))

    @made.put("/catalog", response_model=Document, responses=_LATER, summary="Put an edited catalog in force")
    def put(body: Document, request: Request) -> Response:
        """What the data hold can be described anew, not added, taken out or given another type."""
        try:
            edited = Catalog.model_validate(body)
        except ValidationError as error:
            raise InvalidDefinition("catalog", problems_of(error)) from error

        def do(ws: Workspace, _job: object) -> Any:
            ws.put_catalog(edited, author=caller_of(request).author)
            return ws.catalog.model_dump(mode="json", exclude_none=True)

        return desk.change(request, _PUT, do)


def _add_inbox(made: APIRouter, desk: Desk) -> None:
    @made.get("/catalog/inbox", response_model=models.Inbox, summary="List the names that nobody has classified")
    def inbox() -> Response:
        """What came by itself, with what Quartier takes it for."""
        with desk.aside() as ws:
            return json_answer(_waiting(ws.quality.inbox()))

    @made.post("/catalog/inbox", response_model=models.Inbox, responses=_LATER, summary="Classify new names")
    def classify(body: models.Classified, request: Request) -> Response:
        """What still waits is answered."""
        answer = _answer(body)

        def do(ws: Workspace, _job: object) -> Any:
            ws.quality.classify(body.places, answer, author=caller_of(request).author)
            return _waiting(ws.quality.inbox())

        return desk.change(request, _CLASSIFY, do)


def _add_quality(made: APIRouter, desk: Desk) -> None:
    @made.get("/quality", response_model=Document, summary="Measure the quality of the data")
    def quality() -> Response:
        """How much is filled in, valid and fresh, what is far out and what changed lately, now."""
        with desk.aside() as ws:
            return json_answer(ws.quality.measured().as_json())

    @made.get("/quality/attention", response_model=models.Attention, summary="What needs attention in the data")
    def attention() -> Response:
        """The most pressing first."""
        with desk.aside() as ws:
            return json_answer({"attention": [each.as_json() for each in ws.quality.attention()]})


def _answer(body: models.Classified) -> Answer:
    """Raises InvalidDefinition for a family, a degree or a label that cannot be."""
    try:
        read = _Answer.model_validate(body.model_dump(exclude={"places"}))
    except ValidationError as error:
        raise InvalidDefinition("answer", problems_of(error)) from error
    return Answer(read.family, read.sensitivity, read.label)


class _Answer(BaseModel):
    family: Family | None
    sensitivity: Sensitivity | None
    label: Label | None


def _waiting(found: tuple[Waiting, ...]) -> dict[str, Any]:
    return {
        "waiting": [
            {
                "place": each.place, "label": each.label.model_dump(), "type": each.type.value if each.type else None,
                "family": each.family.value if each.family else None,
                "sensitivity": each.sensitivity.value if each.sensitivity else None,
            }
            for each in found
        ]
    }  # fmt: skip


_PUT = Text(en="Put a catalog in force", fr="Mettre un catalogue en vigueur")
_CLASSIFY = Text(en="Classify new names", fr="Classer de nouveaux noms")
