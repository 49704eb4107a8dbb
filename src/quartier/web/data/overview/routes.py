"""`/data`: what came from where and when."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.govern.roles import May
from quartier.store import write_keys
from quartier.web.data.live.arriving import newest
from quartier.web.data.overview import pages, words
from quartier.web.desk import Desk
from quartier.web.guard import visitor_of

FILES = 15


def router(desk: Desk) -> APIRouter:
    """The route of the first page."""
    routes = APIRouter()

    @routes.get("/data")
    def show(request: Request) -> Response:
        visitor, now = visitor_of(request), desk.workspace.clock.now()
        page = _page(desk, request, may_mend=visitor.may(May.BRING_DATA))
        return desk.page(
            request, "data/overview.html", page, words=words.WORDS, title=words.TITLE.to(visitor.language),
            sentence=words.SENTENCE.to(visitor.language), place="data", at=now,
        )  # fmt: skip

    return routes


def _page(desk: Desk, request: Request, *, may_mend: bool) -> pages.OverviewPage:
    ws, language, journal = desk.workspace, visitor_of(request).language, desk.workspace.kept_journal
    window = newest(journal, ws.clock.now()) if journal is not None else None
    with ws.store.begin() as connection:
        keys = write_keys.all_of(connection)
    standings = ws.sources.standings()
    waiting = len(journal.refusals("open", limit=pages.MOST_COUNTED + 1)) if journal is not None else 0
    points = pages.points(
        standings, ws.imports.rejected_files(), waiting, len(ws.quality.inbox()), language
    ) if may_mend else ()  # fmt: skip
    return pages.OverviewPage(
        points, pages.origins(standings, keys, window, language), tuple(ws.imports.latest(FILES)), pages.recent(window)
    )
