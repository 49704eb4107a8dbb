"""The pictures of the application in the documentation, taken of the demonstration's shop.

python -m tests.docs.screens demo/workspace     (a workspace that `make demo` made; it is copied first)
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

from quartier.clock import SystemClock
from quartier.govern.run import Users
from tests.browser.live import ALONE, Site, serving, store_of, window
from tests.needs import REPOSITORY, requires

AT = "2026-11-16"
SIZE = {"width": 1240, "height": 860}
SEGMENT = {
    "segment": "loyal-at-home", "label": {"en": "Loyal at home", "fr": "Fidèles d'ici"}, "population": "customers",
    "where": {"all": [
        {"trait": "country", "in": ["FR", "BE"]},
        {"event": "Order Completed", "within": "180 days", "count": {"at_least": 2}},
        {"any": [{"event": "Order Completed", "sum": "revenue", "more_than": 100, "within": "1 year"},
                 {"trait": "rfm_monetary", "top": "10 %"}]},
    ]},
}  # fmt: skip
PICTURES = {
    "app-home": "/",
    "app-editor": f"/segments/new?definition={quote(json.dumps(SEGMENT))}",
    "app-segment": "/segments/sleeping-customers",
    "app-target": "/target/new?segment=sleeping-customers&name=come-back&holdout=20+%25",
    "app-effect": "/evaluate/autumn-2026",
    "app-analyse": "/analyse",
}


def main(workspace: Path) -> None:
    with tempfile.TemporaryDirectory() as room:
        folder = Path(shutil.copytree(workspace, Path(room) / "shop"))
        with serving(folder, AT) as site, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=requires("chromium"), args=list(ALONE))
            page = window(browser, site, _token(site), viewport=SIZE).new_page()
            for name, path in PICTURES.items():
                page.goto(site.at(path))
                page.screenshot(path=REPOSITORY / "docs" / "assets" / f"{name}.png")
            browser.close()


def _token(site: Site) -> str:
    store = store_of(site.folder)
    users = Users(store, SystemClock())
    user = users.add(email="camille@example.org", name="Camille Laurent", role="owner", author="demo")
    token = users.begin(user, "demo")
    store.close()
    return token


if __name__ == "__main__":
    main(Path(sys.argv[1]))
