"""What the routes of /api/v1 work with: the workspace to read, and work to ask for."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from quartier.api.access import PREFIX
from quartier.api.answers import Unserved, both, json_answer
from quartier.api.failures import ours, unserved
from quartier.api.keys import caller_of
from quartier.errors import InvalidRequest, Sentence
from quartier.govern.deeds import Deeds
from quartier.govern.roles import May
from quartier.workspace import Workspace
from quartier.workspace.work import Job, Work

PATIENCE = 8.0
"""Seconds for which a change is waited for; after that its job is told, with 202."""

Do = Callable[[Workspace, Job], Any]
"""A change; what it returns is answered, as plain data."""


@dataclass(frozen=True)
class Desk:
    """What the routes share. `workspace` is read `aside`; what changes it is asked of `work`."""

    workspace: Workspace
    work: Work
    patience: float = PATIENCE

    def aside(self) -> AbstractContextManager[Workspace]:
        """The workspace for the questions of one request, its tables as of one instant."""
        return self.workspace.aside()

    def change(self, request: Request, title: Sentence, do: Do, *, status: int = 200) -> Response:
        """Ask for a change and answer with what came of it, or with 202 and its job where it takes long.

        `Prefer: respond-async` (RFC 7240) asks for the job at once.
        """
        try:
            job = self.work.ask(title, do, by=caller_of(request).author)
        except InvalidRequest as error:
            raise Unserved("too_busy", error.what, 503, remedy=error.remedy) from error
        is_hurried = "respond-async" in request.headers.get("prefer", "").lower()
        if is_hurried or not job.wait(self.patience):
            headers = {"location": f"{PREFIX}/jobs/{job.number}", "retry-after": "1"}
            return json_answer(told(job), 202, headers)
        if (failed := failure(job)) is not None:
            raise failed
        return json_answer(job.result, status)

    def check_sensitive(self, request: Request, is_asked: bool) -> None:
        """Where sensitive values are asked for: raise Unserved unless the key opens them, and note it."""
        if is_asked:
            caller_of(request).check(May.SEE_SENSITIVE)
            self.note(request, Deeds.SENSITIVE_SEEN)

    def note(self, request: Request, deed: Deeds, **about: object) -> None:
        """Write into the audit log what a program did: names and counts, never the data of a person."""
        self.workspace.users.note(deed, author=caller_of(request).author, **about)


def told(job: Job) -> dict[str, Any]:
    """A job as plain data: what came of it once it is done, why once it has failed."""
    failed = failure(job)
    return {
        "job": job.number, "title": both(job.title), "state": job.state, "share": job.share,
        "asked_at": job.asked_at.isoformat(), "ended_at": job.ended_at.isoformat() if job.ended_at else None,
        "result": job.result if job.state == "done" else None, "problem": failed.as_json() if failed else None,
    }  # fmt: skip


def failure(job: Job) -> Unserved | None:
    """Why a job has failed; None where it has not."""
    if job.state != "failed":
        return None
    return unserved(job.error) if job.error is not None else ours()
