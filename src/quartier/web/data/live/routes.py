"""`/data/live`: what arrives now, asked for again every two seconds until it is paused."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from quartier.collect.tracking.reasons import REJECTIONS
from quartier.language import Text
from quartier.store.journal import KeptRefusal
from quartier.web.data.live import words
from quartier.web.data.live.arriving import Window, newest
from quartier.web.data.words import DATA
from quartier.web.desk import Desk, is_fragment
from quartier.web.guard import visitor_of
from quartier.web.shell import Step

REFUSED = 10


@dataclass(frozen=True)
class RefusedShown:
    """A message that was rejected lately."""

    kept: KeptRefusal
    reason: Text


@dataclass(frozen=True)
class LivePage:
    """The newest messages; `is_paused` when the page does not ask again."""

    window: Window | None
    refused: tuple[RefusedShown, ...]
    is_paused: bool


def router(desk: Desk) -> APIRouter:
    """The route of what arrives."""
    routes = APIRouter()

    @routes.get("/data/live")
    def show(request: Request) -> Response:
        language, now = visitor_of(request).language, desk.workspace.clock.now()
        journal = desk.workspace.kept_journal
        window = newest(journal, now) if journal is not None else None
        page = LivePage(
            window if window and window.end else None, _refused(desk), request.query_params.get("paused") == "yes"
        )
        if is_fragment(request):
            return desk.fragment(request, "data/live_window.html", page, words=words.WORDS)
        return desk.page(
            request, "data/live.html", page, words=words.WORDS, title=words.TITLE.to(language),
            sentence=words.SENTENCE.to(language), place="live", at=now, trail=[Step(DATA.to(language), "/data")],
        )  # fmt: skip

    return routes


def _refused(desk: Desk) -> tuple[RefusedShown, ...]:
    """The newest of the first thousand that wait, the newest first."""
    journal = desk.workspace.kept_journal
    waiting = journal.refusals("open", limit=1000) if journal is not None else []
    return tuple(RefusedShown(each, REJECTIONS[each.refusal.reason]) for each in reversed(waiting[-REFUSED:]))
