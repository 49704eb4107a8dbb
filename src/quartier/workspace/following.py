"""Segments follow a decision of links: a job after it, which looks at the persons whom it touched alone."""

from typing import Any

from quartier.errors import InvalidRequest
from quartier.language import Text
from quartier.workspace.work import Job, Work
from quartier.workspace.workspace import Workspace


def follow_links(work: Work, by: str) -> Job | None:
    """Ask for every segment to be brought to now, after what was asked for before; None where too much waits.

    What is not done now is done by the next refresh.
    """
    try:
        return work.ask(_FOLLOW, _refresh, by=by)
    except InvalidRequest:
        return None


def _refresh(ws: Workspace, job: Job) -> dict[str, Any]:
    job.url = "/segments"
    moved = [each for each in ws.refresh() if each.entered or each.left]
    return {"segments": [each.as_json() for each in moved]}


_FOLLOW = Text(en="Bring segments up to date after links", fr="Actualiser les segments après les liens")
