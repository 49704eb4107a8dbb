"""Jobs under /api/v1, and the files that they leave to be fetched."""

import datetime as dt
import threading
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.responses import FileResponse

from quartier.api.access import PREFIX
from quartier.api.answers import Unserved, json_answer
from quartier.api.desk import Desk, told
from quartier.api.documents import Job, Jobs
from quartier.api.keys import caller_of
from quartier.clock import Clock
from quartier.language import Text
from quartier.workspace.scratch import Scratch
from quartier.workspace.work import Job as Asked

LASTS = dt.timedelta(hours=1)
MOST = 20
"""So many files are kept at once; the oldest go first."""
_MEDIA = {".csv": "text/csv; charset=utf-8", ".json": "application/json", ".parquet": "application/vnd.apache.parquet"}
Number = Annotated[str, Path(max_length=64, examples=["Zk3vYh0rT1aBcDeF"])]


@dataclass
class _Kept:
    folder: Scratch
    path: File
    by: str
    until: dt.datetime


@dataclass
class Files:
    """The files that jobs left, each for whoever asked for it; they go with the process at the latest."""

    clock: Clock
    _kept: dict[str, _Kept] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, job: Asked, folder: Scratch, path: File) -> str:
        """Keep a file for a while; its address."""
        with self._lock:
            self._drop_old(MOST - 1)
            self._kept[job.number] = _Kept(folder, path, job.by, self.clock.now() + LASTS)
        return f"{PREFIX}/jobs/{job.number}/file"

    def find(self, number: str, by: str) -> File | None:
        """The file of a job; None where there is none any more, or somebody else asked for it."""
        with self._lock:
            self._drop_old(MOST)
            found = self._kept.get(number)
        return found.path if found and found.by == by else None

    def _drop_old(self, most: int) -> None:
        now, names = self.clock.now(), list(self._kept)
        for place, name in enumerate(names):
            if self._kept[name].until < now or len(names) - place > most:
                self._kept.pop(name).folder.remove()


def router(desk: Desk, files: Files) -> APIRouter:
    """The routes of jobs."""
    made = APIRouter(prefix=f"{PREFIX}/jobs", tags=["jobs"])

    @made.get("", response_model=Jobs, summary="The jobs that this key asked for last")
    def recent(request: Request) -> Response:
        """The newest first; the server forgets them when it ends."""
        mine = [each for each in desk.work.recent(500) if each.by == caller_of(request).author]
        return json_answer({"jobs": [told(each) for each in mine[:50]]})

    @made.get("/{number}", response_model=Job, summary="How far a job is")
    def show(number: Number, request: Request) -> Response:
        """What came of it once it is done, why it could not be done once it has failed."""
        job = desk.work.find(number)
        if job is None or job.by != caller_of(request).author:
            raise Unserved("not_found", _NO_JOB, 404)
        return json_answer(told(job))

    @made.get(
        "/{number}/file",
        response_class=FileResponse,
        summary="Fetch the file that a job has written",
        responses={200: {"content": {each.partition(";")[0]: {} for each in _MEDIA.values()}}},
    )
    def fetch(number: Number, request: Request) -> Response:
        """As often as is wanted, for an hour at most."""
        path = files.find(number, caller_of(request).author)
        if path is None:
            raise Unserved("not_found", _NO_FILE, 404)
        return FileResponse(path, media_type=_MEDIA[path.suffix], filename=path.name)

    return made


_NO_JOB = Text(
    en="this key asked for no such job, or the server was started anew since",
    fr="cette clé n'a rien demandé de tel, ou le serveur a redémarré depuis",
)
_NO_FILE = Text(en="there is no such file any more", fr="ce fichier n'existe plus")
