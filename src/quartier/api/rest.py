"""All that /api/v1 does with a workspace, behind one check of keys."""

from fastapi import APIRouter, Depends

from quartier.api import (
    accounts,
    adviser,
    analysing,
    campaigns,
    data,
    files,
    governing,
    imports,
    journeys,
    links,
    opportunities,
    persons,
    relations,
    segment_figures,
    segments,
)
from quartier.api.desk import Desk
from quartier.api.files import Files
from quartier.api.keys import KeyRing, secret_key_needed


def router(desk: Desk, keys: KeyRing) -> APIRouter:
    """Every route that reads or changes the workspace."""
    made, kept = APIRouter(dependencies=[Depends(secret_key_needed(keys))]), Files(desk.workspace.clock)
    for each in (
        segments.router(desk), data.router(desk), imports.router(desk), persons.router(desk), accounts.router(desk),
        links.router(desk), analysing.router(desk), campaigns.router(desk, kept), files.router(desk, kept),
        governing.router(desk), journeys.router(desk), adviser.router(desk), relations.router(desk),
        segment_figures.router(desk), opportunities.router(desk),
    ):  # fmt: skip
        made.include_router(each)
    return made
