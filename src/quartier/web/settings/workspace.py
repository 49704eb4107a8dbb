"""`/settings/workspace`: what is written in `quartier.toml`."""

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.responses import Response

from quartier.config import Config, problems_of
from quartier.errors import Problem
from quartier.govern.deeds import Deeds
from quartier.web.desk import Desk
from quartier.web.guard import field_of, form_of, visitor_of
from quartier.web.settings import words
from quartier.web.settings.pages import EDITABLE, WorkspacePage, tabs, typed_of, values_of
from quartier.web.settings.showing import shown

HERE = "/settings/workspace"


def add(routes: APIRouter, desk: Desk) -> None:
    """The routes of the workspace's settings."""

    @routes.get(HERE)
    def show(request: Request) -> Response:
        return _shown(desk, request, typed_of(_written(desk)))

    @routes.post(HERE)
    def save(request: Request) -> Response:
        form = form_of(request)
        typed = {name: field_of(form, name) for name in EDITABLE}
        try:
            edited = Config.model_validate(_written(desk).model_dump() | values_of(typed))
        except ValidationError as error:
            return _shown(desk, request, typed, problems_of(error))
        desk.do(request, words.WRITE_CONFIG, lambda ws: edited.write(ws.folder))
        desk.note(request, Deeds.SETTINGS_CHANGED)
        return desk.go(request, HERE, words.SAVED)


def _written(desk: Desk) -> Config:
    return Config.read(desk.workspace.folder)


def _shown(desk: Desk, request: Request, typed: dict[str, str], problems: list[Problem] | None = None) -> Response:
    visitor = visitor_of(request)
    told = [(f"f-{each.place}", each.what.to(visitor.language)) for each in problems or ()]
    page = WorkspacePage(tabs(HERE, visitor), typed, _written(desk) != desk.workspace.config, told)
    return shown(desk, request, HERE, "workspace", page, status=400 if told else 200)
