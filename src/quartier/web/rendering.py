"""From a page to a response: templates that may use nothing but their page, headers that let nothing else in."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from starlette.responses import HTMLResponse, Response

from quartier.look.page import stylesheet, templates

STYLE = "/s/look.css"
_OWN = Path(__file__).parent / "templates" / "survey.css"

# Nothing but our own stylesheet, with the typeface inside it; no script at all; nobody may frame the page.
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self' data:; img-src data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Referrer-Policy": "no-referrer",  # a person's link is in the address
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language",
}


def html(template: str, page: Any, *, status: int = 200, more: dict[str, str] | None = None) -> HTMLResponse:
    """A page as a response."""
    text = _environment().get_template(template).render(page=page, style=f"{STYLE}?{_style()[1]}").lstrip()
    return HTMLResponse(text, status, headers=HEADERS | {"Content-Language": page.language} | (more or {}))


def style_response() -> Response:
    """The stylesheet; its address changes when it does, so that it may be kept for a year."""
    kept = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(_style()[0], media_type="text/css", headers=kept)


@cache
def _style() -> tuple[str, str]:
    """The stylesheet made from the tokens, and its digest."""
    text = stylesheet(_OWN)
    return text, hashlib.sha256(text.encode()).hexdigest()[:12]


@cache
def _environment() -> Environment:
    return templates("quartier.web")
