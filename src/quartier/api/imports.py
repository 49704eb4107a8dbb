"""Files under /api/v1: looked at, brought in, listed."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile

from quartier.api import data_models as models
from quartier.api.answers import json_answer
from quartier.api.cursors import LONGEST, cursor, place_of
from quartier.api.desk import Desk
from quartier.api.documents import Job
from quartier.api.keys import caller_of
from quartier.collect.definition import Layout, Mapping
from quartier.language import Text
from quartier.store import imports
from quartier.store.imports import Import
from quartier.workspace import Workspace
from quartier.workspace.scratch import Scratch
from quartier.workspace.work import Job as Asked

_LATER: dict[int | str, dict[str, Any]] = {202: {"model": Job, "description": "it takes long: its job"}}
_Sent = Annotated[UploadFile, File(description="CSV, Excel, JSON, JSON lines or Parquet")]
_LONGEST_NAME = 150
_LONGEST_MAPPING = 500_000


def router(desk: Desk) -> APIRouter:
    """The routes of files."""
    made = APIRouter(prefix="/api/v1/imports", tags=["imports"])
    _add_listing(made, desk)
    _add_bringing(made, desk)
    return made


def _add_listing(made: APIRouter, desk: Desk) -> None:
    @made.get("", response_model=models.Imports, summary="List the files that were brought in")
    def listed(
        limit: Annotated[int, Query(ge=1, le=1000)] = 100,
        cursor_: Annotated[str | None, Query(alias="cursor", max_length=LONGEST)] = None,
    ) -> Response:
        """In the order in which they came, with what became of their rows."""
        after = place_of(cursor_, seq=0)["seq"]
        with desk.workspace.store.begin() as connection:
            found = imports.after(connection, after)
        page = found[:limit]
        following = cursor(seq=page[-1].seq) if len(found) > limit else None
        return json_answer({"imports": [_told(each) for each in page], "next": following})


def _add_bringing(made: APIRouter, desk: Desk) -> None:
    @made.post("/propose", response_model=models.Proposed, summary="Guess how a file is to be read")
    def propose(
        file: _Sent, layout: Annotated[Layout | None, Form()] = None, event: Annotated[str | None, Form()] = None
    ) -> Response:
        """The mapping to edit and send with the file, and what the guess is unsure of; nothing is kept."""
        held = _held(desk.workspace, file)
        with desk.aside() as ws:
            found = held.use(lambda path: ws.propose(path, layout=layout, event=event))
        return json_answer(found.as_json())

    @made.post("", response_model=models.Imported, responses=_LATER, summary="Bring a file in")
    def bring(
        file: _Sent,
        request: Request,
        mapping: Annotated[str | None, Form(max_length=_LONGEST_MAPPING, description="JSON or YAML")] = None,
    ) -> Response:
        """With the mapping that is sent, or the one that is guessed; then segments are evaluated."""
        wanted = Mapping.read(mapping) if mapping else None
        held, author = _held(desk.workspace, file), caller_of(request).author

        def do(ws: Workspace, job: Asked) -> Any:
            done = held.use(lambda path: ws.collect(path, wanted, author=author, progress=job.tell))
            added = [each.definition.name for each in ws.apply_ready_made(author=author)]
            ws.refresh()
            told = {name: value for name, value in done.as_json().items() if name != "rejected_file"}
            return told | {"segments_added": added}

        return desk.change(request, _BRING, do)


class _Held:
    """A file that came in, in a folder of its own until it was used, or is forgotten."""

    def __init__(self, folder: Scratch, path: Path) -> None:
        self._folder, self._path = folder, path

    def use(self, do: Callable[[Path], Any]) -> Any:
        """Do something with the file; it is gone afterwards."""
        try:
            return do(self._path)
        finally:
            self._folder.remove()


def _held(workspace: Workspace, file: UploadFile) -> _Held:
    folder = Scratch(".arriving-", workspace.folder)
    path = folder.path / _name(file.filename or "")
    with path.open("wb") as written:
        shutil.copyfileobj(file.file, written)
    return _Held(folder, path)


def _name(written: str) -> str:
    """The last part of what a file is called, as a name that every file system takes."""
    last = written.replace("\\", "/").rpartition("/")[2]
    kept = "".join(each for each in last if each.isprintable()).strip().lstrip(".")
    stem, dot, ending = kept.rpartition(".")
    short = f"{stem[:_LONGEST_NAME]}{dot}{ending[:10]}" if dot else kept[:_LONGEST_NAME]
    return short or "file.csv"


def _told(each: Import) -> dict[str, Any]:
    return {
        "seq": each.seq, "at": each.at.isoformat(), "name": each.name, "bytes": each.bytes, "rows_in": each.rows_in,
        "stored": each.stored, "duplicates": each.duplicates, "rejected": each.rejected, "mapping": each.mapping,
    }  # fmt: skip


_BRING = Text(en="Bring a file in", fr="Importer un fichier")
