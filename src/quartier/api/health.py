"""Whether the process runs, and whether it can take messages."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Response

from quartier.api.answers import json_answer
from quartier.store.journal import Journal

Tasks = Callable[[], Mapping[str, Any]]
"""How each task of the worker is doing, by name."""


def router(journal: Journal, tasks: Tasks) -> APIRouter:
    """The two routes that a supervisor asks."""
    made = APIRouter(tags=["health"])

    @made.get("/healthz", summary="Does the process run?")
    def healthz() -> Response:
        """Yes, whenever it answers."""
        return json_answer({"ok": True})

    @made.get("/readyz", summary="Can messages be taken?", responses={503: {"description": "not at the moment"}})
    def readyz() -> Response:
        """Red (503) when the journal cannot be written, be it for a full disk, until it can again.

        A task of the worker that fails is told, and stops nothing.
        """
        failure = journal.failure
        is_ready = journal.is_writable and failure is None
        journal_said = {"is_writable": journal.is_writable, "failure": type(failure).__name__ if failure else None}
        told = {"ready": is_ready, "journal": journal_said, "tasks": dict(tasks())}
        return json_answer(told, 200 if is_ready else 503, {} if is_ready else {"retry-after": "5"})

    return made
