"""The application that `quartier serve` serves: the API, and the pages of other rooms beside it."""

from fastapi import FastAPI

from quartier.api.app import api
from quartier.api.health import Tasks
from quartier.web import plug_in, surveys
from quartier.workspace import Workspace


def assembled(workspace: Workspace, *, tasks: Tasks) -> FastAPI:
    """All that is served over a workspace: requests use its store and its journal, never its engine."""
    store, journal, clock = workspace.store, workspace.journal, workspace.clock
    pages = surveys.router(store=store, journal=journal, config=workspace.config, clock=clock)
    return api(store, journal, clock, tasks=tasks, routers=[pages, plug_in.router()])
