"""The application in the browser: every page, behind one guard, with failures told as pages."""

from fastapi import Depends, FastAPI, Request
from starlette.responses import Response

from quartier.web import assets, failures, jobs
from quartier.web.accounts import routes as accounts
from quartier.web.analyse import routes as analyse
from quartier.web.data import routes as data
from quartier.web.desk import Desk
from quartier.web.editor import routes as editor
from quartier.web.evaluate import routes as evaluate
from quartier.web.guard import Guard
from quartier.web.home import routes as home
from quartier.web.persons import routes as persons
from quartier.web.segments import routes as segments
from quartier.web.settings import routes as settings
from quartier.web.signing import routes as signing
from quartier.web.target import routes as target
from quartier.workspace import Workspace
from quartier.workspace.work import Work

ROOMS = (
    signing.router,
    jobs.router,
    home.router,
    analyse.router,
    target.router,
    evaluate.router,
    data.router,
    editor.router,
    persons.router,
    accounts.router,
    segments.router,
    settings.router,
)
"""What makes the routes of each room from the desk."""


def application(workspace: Workspace, work: Work) -> FastAPI:
    """The pages over an open workspace; `work` is done by the thread that holds it."""
    desk = Desk(workspace, work)
    guard = Guard(workspace.users, workspace.config)
    made = FastAPI(title="Quartier", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(guard)])
    made.state.desk = desk

    @made.get("/assets/{name}")
    def asset(name: str, request: Request) -> Response:
        return assets.answer(name, request)

    for room in ROOMS:
        made.include_router(room(desk))
    failures.add_to(made, desk, guard)
    return made
