"""The routes of the room of data."""

from fastapi import APIRouter

from quartier.web.data.catalog import routes as catalog
from quartier.web.data.imports import routes as imports
from quartier.web.data.live import routes as live
from quartier.web.data.overview import routes as overview
from quartier.web.data.quality import routes as quality
from quartier.web.data.rejected import routes as rejected
from quartier.web.data.sources import routes as sources
from quartier.web.desk import Desk

PARTS = (
    overview.router, imports.router, rejected.router, sources.router, catalog.router, quality.router, live.router,
)  # fmt: skip
"""What makes the routes of each part from the desk."""


def router(desk: Desk) -> APIRouter:
    """The routes of data."""
    routes = APIRouter()
    for part in PARTS:
        routes.include_router(part(desk))
    return routes
