"""Models under /api/v1: which there are, what they can be told, their runs."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Path, Request, Response
from pydantic import BaseModel

from quartier.analyse.modelling.kinds import all_kinds
from quartier.analyse.plain import plain
from quartier.api.answers import json_answer
from quartier.api.desk import Desk
from quartier.api.documents import Document, Job
from quartier.api.keys import caller_of
from quartier.api.models import Said
from quartier.language import Text
from quartier.store import runs
from quartier.workspace import Workspace
from quartier.workspace.work import Job as Asked

Name = Annotated[str, Path(max_length=60, examples=["rfm"])]
_LATER: dict[int | str, dict[str, Any]] = {202: {"model": Job, "description": "it takes long: its job"}}
_DOCUMENT = Body(examples=[{"model": "rfm", "bins": 5}], description="see the reference of models")


class Kind(BaseModel):
    """One kind of model; `document` is the JSON schema of what it can be told."""

    model: str
    label: Said
    sentence: Said
    document: Document


class Kinds(BaseModel):
    """The kinds of models that there are."""

    models: list[Kind]


class Run(BaseModel):
    """One run of a model; `model` is the name that its document gave it."""

    model: str
    at: str
    as_of: str
    parameters: Document
    summary: Document


class Found(BaseModel):
    """What a run found, each as the definition of a segment."""

    segments: list[Document]


class Runs(BaseModel):
    """The last run of each model."""

    runs: list[Run]


def router(desk: Desk) -> APIRouter:
    """The routes of models."""
    made = APIRouter(prefix="/api/v1", tags=["analyse"])

    @made.get("/models", response_model=Kinds, summary="The kinds of models that there are")
    def kinds() -> Response:
        """What each answers, and what it can be told."""
        return json_answer({"models": [_kind(each) for each in all_kinds()]})

    @made.get("/models/runs", response_model=Runs, summary="The last run of each model")
    def last() -> Response:
        """What it was told, as of when, and what it found."""
        with desk.workspace.store.begin() as connection:
            return json_answer({"runs": [_run(each) for each in runs.last_of_each(connection)]})

    @made.get("/models/runs/{name}", response_model=Run, summary="The last run of one model")
    def one(name: Name) -> Response:
        """What it was told, as of when, and what it found."""
        return json_answer(_run(desk.workspace.analysis.run_of(name)))

    @made.get("/models/runs/{name}/segments", response_model=Found, summary="All that a model found, as segments")
    def segments(name: Name, way: Literal["condition", "run"] | None = None) -> Response:
        """Definitions for `POST /segments`; none for a model whose findings are no set of segments.

        By conditions that go on with the data where there are some, or as the run found them (`way=run`).
        """
        return json_answer({"segments": desk.workspace.analysis.segments_of(name, way)})

    @made.post("/models/runs", response_model=Document, responses=_LATER, summary="Run a model and write its traits")
    def run(request: Request, body: Annotated[Document, _DOCUMENT]) -> Response:
        """RFM unless the document says otherwise; then segments are evaluated."""
        author = caller_of(request).author

        def do(ws: Workspace, _job: Asked) -> Any:
            done = ws.run_model(body, author=author).as_json()
            added = [each.definition.name for each in ws.apply_ready_made(author=author)]
            ws.refresh()
            return {**done, "segments_added": added}

        return desk.change(request, _RUN, do)

    return made


def _kind(each: Any) -> dict[str, Any]:
    told = plain({"model": each.name, "label": each.label, "sentence": each.sentence})
    return {**told, "document": each.document.model_json_schema()}


def _run(each: runs.Run) -> dict[str, Any]:
    return {
        "model": each.model, "at": each.at.isoformat(), "as_of": each.as_of.isoformat(),
        "parameters": each.parameters, "summary": each.summary,
    }  # fmt: skip


_RUN = Text(en="Running a model", fr="Calcul d'un modèle")
