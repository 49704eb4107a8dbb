"""One shop for all tests of pages: `reading` is shared and only read, `own_shop` is a copy that a test may change."""

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

import quartier
from quartier.clock import FixedClock
from tests.web import shop
from tests.web.shop import Browser

NOW = dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def shop_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of the example shop, made once for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    return shop.made((base.parent if base.name.startswith("popen-") else base) / "web-shop")


@pytest.fixture(scope="session")
def reading(shop_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[quartier.Workspace]:
    """The shop's workspace, open for all tests that only look."""
    own = tmp_path_factory.mktemp("reading") / "shop"
    shutil.copytree(shop_folder, own)
    with shop.opened(own, FixedClock(NOW)) as workspace:
        yield workspace


@pytest.fixture(scope="session")
def reading_app(reading: quartier.Workspace) -> FastAPI:
    """The application over the shop that is only looked at."""
    return shop.served(reading)


@pytest.fixture(scope="session")
def browser(reading_app: FastAPI, reading: quartier.Workspace) -> Callable[..., Browser]:
    """`browser("viewer", "fr")`: a browser in which a user of some role has signed in, to look at pages."""

    def signed_in(role: str = "owner", language: str = "en") -> Browser:
        return shop.signed_in(reading_app, reading, role, language)

    return signed_in


@pytest.fixture
def own_shop(shop_folder: Path, tmp_path: Path) -> Iterator[quartier.Workspace]:
    """A copy of the shop that a test may change."""
    shutil.copytree(shop_folder, tmp_path / "shop")
    with shop.opened(tmp_path / "shop", FixedClock(NOW)) as workspace:
        yield workspace


@pytest.fixture
def own_browser(own_shop: quartier.Workspace) -> Callable[..., Browser]:
    """`own_browser("marketer")`: a browser over the shop that a test may change."""
    app = shop.served(own_shop)

    def signed_in(role: str = "owner", language: str = "en") -> Browser:
        return shop.signed_in(app, own_shop, role, language)

    return signed_in
