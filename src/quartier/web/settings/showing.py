"""How every page of settings is answered."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from quartier.web.desk import Desk
from quartier.web.guard import visitor_of
from quartier.web.settings.words import SENTENCES, TABS, WORDS


def shown(desk: Desk, request: Request, here: str, template: str, page: Any, *, status: int = 200) -> Response:
    """A page of settings, by its address."""
    language = visitor_of(request).language
    return desk.page(
        request, f"settings/{template}.html", page, words=WORDS, title=TABS[here].to(language), place="settings",
        sentence=SENTENCES[here].to(language), status=status,
    )  # fmt: skip
