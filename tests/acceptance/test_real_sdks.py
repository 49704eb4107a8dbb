"""The public SDKs against our server: only the host is changed."""

import functools
import http.server
import os
import random
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from segment.analytics.client import Client

from quartier.collect.signals import technographic
from quartier.store.journal import Arrival, Journal
from tests import needs
from tests.serving import Gate, Live, until

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

HERE = Path(__file__).parent / "sdks"
PATIENCE = 60


@pytest.fixture
def live(folder: Path) -> Iterator[Live]:
    with Live(folder) as server:
        yield server


@pytest.fixture(scope="session")
def sdks() -> Path:
    """The folder of the SDKs of npm, outside the repository."""
    return needs.requires_sdks()


@pytest.fixture
def pages(folder: Path) -> Iterator[tuple[Path, str]]:
    """A folder that is served on an address of its own, as a shop would be."""
    site = folder / "site"
    site.mkdir()
    handler = functools.partial(_Silent, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield site, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class _Silent(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_said: object) -> None:
        """The test's output is the test's."""


@pytest.mark.parametrize("packed", [False, True])
def test_the_python_sdk_delivers_everything(live: Live, packed: bool):
    failures: list[Exception] = []
    client = Client(live.key, host=live.url, gzip=packed, on_error=lambda error, _batch: failures.append(error))
    for number in range(250):
        client.track(f"p{number % 7}", "Order Completed", {"revenue": 49.9, "number": number})
    client.identify("p1", {"city": "Lyon"})
    client.group("p1", "acme", {"employees": 120})
    client.page("p1", "shop", "Shoes")
    client.screen("p1", "shop", "Basket")
    client.alias("p0", "p1")
    client.flush()
    client.join()

    kept = live.kept()
    assert failures == []
    assert sorted({each["type"] for each in kept}) == ["alias", "group", "identify", "page", "screen", "track"]
    assert sorted(each["properties"]["number"] for each in kept if each["type"] == "track") == list(range(250))
    assert {each["source"] for each in kept} == {"web"}
    assert not any("flags" in each for each in kept)


def test_the_python_sdk_delivers_everything_once_a_journal_that_hung_goes_on(folder: Path):
    state, gate = random.getstate(), Gate()
    with Live(folder, journal_clock=gate, queue=100) as live:
        gate.shut()
        fill(live.journal)
        client = Client(live.key, host=live.url, max_retries=8)
        for number in range(150):
            client.track("p1", "Order Completed", {"number": number})
        until(lambda: live.app.state.intake.refusals["journal_full"])
        gate.open()
        client.flush()
        client.join()
        numbers = sorted(each["number"] for each in (kept.get("properties", {}) for kept in live.kept()) if each)
    random.setstate(state)  # the SDK draws its pauses from the global generator
    assert numbers == list(range(150))


def fill(journal: Journal) -> None:
    """One message is with the writer, which hangs, and the queue holds as many as it may."""
    journal.submit([Arrival("first", b"{}")])
    until(lambda: not journal._writer._waiting)  # no one but the writer knows when it took the first
    journal.submit([Arrival(f"waiting-{number}", b"{}") for number in range(100)])


def test_the_node_sdk_delivers_everything(live: Live, sdks: Path):
    node = needs.requires("node")
    told = subprocess.run(
        [node, str(HERE / "server.mjs"), str(sdks), live.url, live.key],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert told.returncode == 0, told.stderr
    assert sorted(each["type"] for each in live.kept()) == ["alias", "group", "identify", "page", "screen", "track"]
    assert {each["context"]["library"]["name"] for each in live.kept()} == {"@segment/analytics-node"}


def test_the_browser_sdk_delivers_everything_and_asks_nobody_else(live: Live, sdks: Path, pages: tuple[Path, str]):
    chromium, (site, address) = needs.requires("chromium"), pages
    bundle(sdks, site / "page.js")
    settings = f'window.quartier = {{host: "{live.url}", writeKey: "{live.key}"}}'
    (site / "index.html").write_text(f"<!doctype html><script>{settings}</script><script src=page.js></script>")
    asked: set[str] = set()
    with browsing() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        page.on("request", lambda request: asked.add("/".join(request.url.split("/")[:3])))
        page.goto(f"{address}/index.html")
        page.wait_for_function("document.title.startsWith('sent') || document.title.startsWith('failed')")
        title = page.title()
        until(lambda: len(live.kept()) >= 5)
        browser.close()

    kept = {each["type"]: each for each in live.kept()}
    assert title == "sent"
    assert sorted(kept) == ["alias", "group", "identify", "page", "track"]
    assert asked == {address, live.url}
    assert kept["track"]["properties"] == {"product_id": "P-7", "price": 49.9}
    assert kept["track"]["context"]["page"]["url"] == f"{address}/index.html"
    assert kept["identify"]["userId"] == "b1"
    (told,) = technographic([kept["track"]["context"]])
    assert (told["device"], told["operating_system"], told["language"]) == ("computer", "Linux", "en")


@contextmanager
def browsing() -> "Iterator[Playwright]":
    """Playwright, which draws from the global generator: it is put back as it was."""
    from playwright.sync_api import sync_playwright

    state = random.getstate()
    with sync_playwright() as play:
        yield play
    random.setstate(state)


def bundle(sdks: Path, path: Path) -> None:
    """One file for a page, from the SDK's own modules."""
    environ = {**os.environ, "NODE_PATH": str(sdks / "node_modules")}
    esbuild = [str(sdks / "node_modules" / ".bin" / "esbuild"), str(HERE / "page.js"), "--bundle", f"--outfile={path}"]
    subprocess.run([*esbuild, "--log-level=error"], env=environ, check=True, timeout=PATIENCE)
