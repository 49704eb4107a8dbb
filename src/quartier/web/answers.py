"""Long answers that several pages give, each made once for a state of the tables: the base at a glance, its quality."""

from quartier.analyse import Overview
from quartier.analyse.quality import Quality
from quartier.engine.feed import reached
from quartier.web.kept import ANSWERS
from quartier.workspace import Workspace


def overview(ws: Workspace) -> Overview:
    """The base at a glance, as of some instant of this hour."""
    from quartier.analyse.run import overview

    at = ws.clock.now()
    hour = at.replace(minute=0, second=0, microsecond=0)
    generation, mark = reached(ws.engine)
    of = ("overview", generation, ws.catalog.model_dump_json(), hour, ws.config.time_zone)
    return ANSWERS.get(of, mark, lambda: overview(ws.engine, ws.catalog, ws.config, at))


def quality(ws: Workspace) -> Quality:
    """The quality of the data, as of some instant of this day."""
    generation, mark = reached(ws.engine)
    today = ws.clock.now().astimezone(ws.config.zone).date()
    of = ("quality", generation, ws.catalog.model_dump_json(), today, ws.config.country)
    return ANSWERS.get(of, mark, ws.quality.measured)
