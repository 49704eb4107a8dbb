"""The routes of segments: the list, the tabs of one, what changes it, what is taken away."""

from fastapi import APIRouter

from quartier.web.desk import Desk
from quartier.web.segments import change_routes, export_routes, list_routes, tab_routes


def router(desk: Desk) -> APIRouter:
    """Every route of the room; those of one segment come last, for its name stands where theirs do."""
    routes = APIRouter()
    for each in (list_routes, change_routes, export_routes, tab_routes):
        each.add_to(routes, desk)
    return routes
