"""What `quartier serve` serves: the API for programs, the application for people, one beside the other."""

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from quartier.api import rest
from quartier.api.app import api
from quartier.api.desk import Desk
from quartier.api.health import Tasks
from quartier.api.keys import KeyRing
from quartier.serve.addresses import is_of_api
from quartier.serve.bounds import Bounds
from quartier.web import plug_in, surveys
from quartier.web.application import application
from quartier.workspace import Workspace
from quartier.workspace.work import Work


def assembled(workspace: Workspace, *, tasks: Tasks, work: Work | None = None) -> FastAPI:
    """All that is served over a workspace: requests use its store and its journal, its engine only to read aside.

    What changes the workspace is asked of `work`, which the thread that holds it does; without it there are no pages.
    """
    store, journal, clock = workspace.store, workspace.journal, workspace.clock
    keys = KeyRing(store, clock)
    asked = rest.router(Desk(workspace, work or Work(clock)), keys)
    open_pages = surveys.router(store=store, journal=journal, config=workspace.config, clock=clock)
    made = api(store, journal, clock, tasks=tasks, routers=[asked, open_pages, plug_in.router()])
    if work is not None:
        made.add_middleware(Parted, pages=application(workspace, work))
    made.add_middleware(Bounds)
    return made


class Parted:
    """Gives each request to the API or to the application, by its address."""

    def __init__(self, app: ASGIApp, pages: ASGIApp) -> None:
        self._api, self._pages = app, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        is_page = scope["type"] == "http" and not is_of_api(scope["path"])
        await (self._pages if is_page else self._api)(scope, receive, send)
