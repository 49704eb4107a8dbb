"""Chromium, a shop whose every text tries to be a script, and an example shop large enough to learn from."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from quartier.clock import SystemClock
from quartier.govern.run import Users
from tests.browser import example_base
from tests.browser.hostile import make_hostile
from tests.browser.live import ALONE, Site, serving, store_of
from tests.needs import requires
from tests.web import shop
from tests.web.conftest import shop_folder  # noqa: F401 - the same shop as for the tests of pages


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    path = requires("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ALONE))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def hostile_site(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:  # noqa: F811
    """The example shop with markup in every text that somebody can write, served."""
    folder = tmp_path_factory.mktemp("hostile") / "shop"
    shutil.copytree(shop_folder, folder)
    make_hostile(folder)
    with serving(folder) as site:
        yield site


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The example shop with its surveys, at the end of its data, for all tests that each leave a segment behind."""
    folder = example_base.made(tmp_path_factory.mktemp("example"))
    with serving(folder, f"{example_base.NOW:%Y-%m-%d}") as site:
        yield site


def owners_token(site: Site) -> str:
    """What the cookie of an owner holds."""
    store = store_of(site.folder)
    try:
        users = Users(store, SystemClock())
        known = {each.email: each for each in users.all()}
        name = shop.POLYGLOT
        owner = known.get("owner@example.org") or users.add(
            email="owner@example.org", name=name, role="owner", author="test"
        )
        return users.begin(owner, "test")
    finally:
        store.close()
