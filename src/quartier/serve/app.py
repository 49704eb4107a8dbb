"""The application that `quartier serve` serves: the API, and the pages of other rooms beside it."""

from fastapi import FastAPI

from quartier.api import accounts, persons
from quartier.api.app import api
from quartier.api.health import Tasks
from quartier.api.keys import KeyRing
from quartier.web import plug_in, surveys
from quartier.workspace import Workspace


def assembled(workspace: Workspace, *, tasks: Tasks) -> FastAPI:
    """All that is served over a workspace: requests use its store and its journal, its engine only to read aside."""
    store, journal, clock = workspace.store, workspace.journal, workspace.clock
    keys = KeyRing(store, clock)
    asked = [persons.router(keys, workspace.persons.aside), accounts.router(keys, workspace.accounts.aside)]
    pages = surveys.router(store=store, journal=journal, config=workspace.config, clock=clock)
    return api(store, journal, clock, tasks=tasks, routers=[*asked, pages, plug_in.router()])
