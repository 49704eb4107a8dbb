"""The API as one application: tracking, settings, rejected messages, health, and their description."""

from collections.abc import Sequence

from fastapi import APIRouter, FastAPI

from quartier import __version__
from quartier.api import failures, health, rejected, settings, tracking
from quartier.api.cors import Cors
from quartier.api.describing import describe
from quartier.api.intake import Intake
from quartier.api.keys import KeyRing
from quartier.clock import Clock
from quartier.store import Store
from quartier.store.journal import Journal


def api(
    store: Store, journal: Journal, clock: Clock, *, tasks: health.Tasks = dict, routers: Sequence[APIRouter] = ()
) -> FastAPI:
    """The application over an open store and journal; `routers` are those of other rooms, served beside ours."""
    made = FastAPI(title="Quartier", version=__version__, docs_url=None, redoc_url=None)
    keys = KeyRing(store, clock)
    made.state.intake = Intake(journal, keys, clock)
    for each in (
        tracking.router(made.state.intake), settings.router(keys), rejected.router(journal, keys),
        health.router(journal, tasks), *routers,
    ):  # fmt: skip
        made.include_router(each)
    failures.add_to(made)
    made.add_middleware(Cors)
    describe(made)
    return made
