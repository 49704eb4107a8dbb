"""Parts of pages to be put into a notebook: drawn by the application itself, so that both show the same.

A part stands in a shadow root with the stylesheet of the application: nothing of the page around it reaches in but the
colours, and nothing of it reaches out. It is drawn for somebody who may look and change nothing, and has no links.
"""

import asyncio
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from fastapi import Depends, FastAPI
from starlette.requests import Request
from starlette.types import Message

from quartier.errors import UnknownName, suggestion
from quartier.language import Language, Text
from quartier.look import colours, typeface
from quartier.look.page import stylesheet
from quartier.web.application import ROOMS
from quartier.web.desk import Desk
from quartier.web.visitor import Visitor
from quartier.workspace import Workspace
from quartier.workspace.work import Work

STYLE, GROUND = "excerpt.css", "excerpt-ground.css"
"""The stylesheet of a part, and what the page around it brings: typeface and colours."""


def excerpt(
    workspace: Workspace, address: str, *parts: str, assets: str = "../assets", language: Language = "en"
) -> str:
    """Parts of the page at an address as HTML that may stand in any page; `assets` is where `STYLE` is.

    A part is named by its id, or by one of its classes. Raises UnknownName for a part that the page has not, and what
    the page raises.
    """
    page = _page(_application(workspace), address, language)
    inside = "\n".join(_part(page, each) for each in parts)
    drawn = _LINK.sub(r"\1", inside)
    return (
        f'<div class="excerpt" lang="{language}"><template shadowrootmode="open">'
        f'<link rel="stylesheet" href="{assets}/{STYLE}">\n{drawn}\n</template></div>'
    )


def style() -> str:
    """The stylesheet of a part: that of the application, by the width of the part and not of the window."""
    made = stylesheet(Path(__file__).parent / "templates" / "app" / "app.css")
    made = made.replace(typeface.faces(), "").replace(colours.variables(), "")
    made = _SELECTOR.sub(":host", made)
    made = _WIDTH.sub(r"@container (\1)", made)
    return _REM.sub(lambda found: f"{float(found[1]) * 16:g}px", made) + _HOST


def ground(light: str, dark: str) -> str:
    """What the page around must say: the typeface, and the colours of the two schemes by their selectors."""
    both = (
        f"{selector}{{{''.join(f'{each.variable}:{getattr(each, shade)};' for each in colours.TOKENS)}}}"
        for selector, shade in ((light, "light"), (dark, "dark"))
    )
    return "\n".join((typeface.faces(), *both))


@cache
def _application(workspace: Workspace) -> FastAPI:
    """The rooms of the application without its guard: whoever asks is nobody, and may change nothing."""
    desk = Desk(workspace, Work(workspace.clock))
    made = FastAPI(openapi_url=None, dependencies=[Depends(_let_in)])
    for room in ROOMS:
        made.include_router(room(desk))
    return made


async def _let_in(request: Request) -> None:
    chosen = request.scope["quartier.language"]
    request.state.visitor = Visitor(None, chosen, csrf="")


def _page(app: FastAPI, address: str, language: Language) -> str:
    """What the application answers. It is asked in a thread of its own: a notebook may have a loop that runs."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, _asked(app, address, language)).result()


async def _asked(app: FastAPI, address: str, language: Language) -> str:
    found = urlsplit(address)
    scope = {
        "type": "http", "method": "GET", "scheme": "http", "http_version": "1.1", "server": ("localhost", 80),
        "path": found.path, "raw_path": found.path.encode(), "query_string": found.query.encode(), "root_path": "",
        "headers": [], "quartier.language": language,
    }  # fmt: skip
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return b"".join(each.get("body", b"") for each in sent).decode()


def _part(page: str, name: str) -> str:
    finder = _Finder(name)
    finder.feed(page)
    if finder.found is None:
        raise UnknownName(_NO_PART.with_(name=name), remedy=suggestion(name, finder.names))
    (line, column), (last, end) = finder.found
    lines = page.splitlines(keepends=True)
    if line == last:
        return lines[line - 1][column:end]
    return "".join((lines[line - 1][column:], *lines[line : last - 1], lines[last - 1][:end]))


Attributes = Sequence[tuple[str, str | None]]


class _Finder(HTMLParser):
    """Finds where the first element of an id or class begins and ends, as lines and columns."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.found: tuple[tuple[int, int], tuple[int, int]] | None = None
        self.names: list[str] = []
        self._name, self._begins, self._tag, self._deep = name, (0, 0), "", 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """An element begins."""
        said = {name: value or "" for name, value in attrs}
        names = [said["id"]] if said.get("id") else []
        self.names += names
        if self._deep:
            self._deep += tag == self._tag
        elif self.found is None and self._name in (*names, *said.get("class", "").split()):
            self._begins, self._tag, self._deep = self.getpos(), tag, 1

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """An element without content holds none of ours."""

    def handle_endtag(self, tag: str) -> None:
        """An element ends; where ours does, it is found."""
        if self._deep and tag == self._tag:
            self._deep -= 1
            if not self._deep:
                line, column = self.getpos()
                self.found = self._begins, (line, column + len(f"</{tag}>"))


_SELECTOR = re.compile(r":root|(?<![\w.#-])(?:html|body)(?=\s*[{,])")
_WIDTH = re.compile(r"@media screen and \((max-width: [\d.]+rem)\)")
_REM = re.compile(r"(?<![\w.])(-?\d*\.?\d+)rem\b")
_LINK = re.compile(r"(<a\b[^>]*?) href=\"[^\"]*\"")
_HOST = """
:host { display: block; container-type: inline-size; background: none; margin: 1.5em 0; }
.card + .card { margin-top: 16px; }
a:not([href]) { color: inherit; text-decoration: none; }
.button { display: none; }
"""
_NO_PART = Text(en="the page has no part “{name}”", fr="la page n'a pas de partie « {name} »")
