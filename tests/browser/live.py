"""A real `quartier serve` in a process of its own, and Chromium windows that look at it."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from quartier.clock import SystemClock
from quartier.store import Store
from quartier.store.folder import STORE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PATIENCE = 120
ALONE = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip


class Site:
    """A running server: where it is, and the link by which the first owner comes in."""

    def __init__(self, folder: Path, url: str, setup_url: str | None) -> None:
        self.folder, self.url, self.setup_url = folder, url, setup_url

    def at(self, path: str) -> str:
        """The address of a page."""
        return f"{self.url}{path}"


@contextmanager
def serving(folder: Path, at: str | None = None) -> Iterator[Site]:
    """Serve a workspace for as long as the block lasts; as of an instant, whose clock stands still, if one is given."""
    when = ["--at", at] if at else []
    line = [sys.executable, "-m", "quartier", *when, "serve", str(folder), "--port", "0", "--json"]
    server = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        told = json.loads("".join(iter(server.stdout.readline, "}\n")) + "}")
        yield Site(folder, told["url"], told["setup_url"])
        server.send_signal(signal.SIGTERM)
        server.communicate(timeout=PATIENCE)
    finally:
        server.kill()
        server.wait()


def window(browser: "Browser", site: Site, token: str | None, language: str = "en", **options) -> "BrowserContext":
    """A window of a user who has signed in, in a language."""
    context = browser.new_context(locale=f"{language}-{'FR' if language == 'fr' else 'GB'}", **options)
    if token:
        context.add_cookies([{"name": "quartier", "value": token, "url": site.url}])
    return context


class Ears:
    """What a page should never say: errors of scripts, refusals of the content policy, dialogs, failed requests."""

    def __init__(self, page: "Page") -> None:
        self.heard: list[str] = []
        page.on("dialog", lambda dialog: (self.heard.append(f"dialog at {page.url}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.heard.append(f"script at {page.url}: {error}"))
        page.on(
            "console", lambda said: said.type == "error" and self.heard.append(f"console at {page.url}: {said.text}")
        )
        page.on("requestfailed", lambda request: self._failed(page, request))

    def _failed(self, page: "Page", request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # a page that was left while it loaded
            self.heard.append(f"request at {page.url}: {request.url} {request.failure}")


def store_of(folder: Path) -> Store:
    """The store of a workspace that a server has open."""
    return Store(f"sqlite:///{folder / STORE}", SystemClock().now())
