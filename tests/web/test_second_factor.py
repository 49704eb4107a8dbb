"""A second factor: set up by oneself, asked for whichever way one comes in, each code once, never for ever."""

import datetime as dt
import html
import re
from collections.abc import Iterator
from typing import Any

import pyotp
import pytest

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.govern.deeds import Deeds
from tests.conftest import NOW
from tests.web.shop import PASSWORD, Browser, served, signed_in

HERE = "/settings/second-factor"
ANA = "ana@example.org"
STEP = dt.timedelta(seconds=30)


class Telephone:
    """What shows the codes."""

    def __init__(self, secret: str, clock: FixedClock) -> None:
        self._totp, self._clock = pyotp.TOTP(secret), clock

    @property
    def code(self) -> str:
        return self._totp.at(self._clock.now())


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[quartier.Workspace, FixedClock]]:
    folder, clock = tmp_path_factory.mktemp("factor") / "shop", FixedClock(NOW)
    quartier.create(folder, Config(name="Boutique: été", memory_limit="512MB", threads=1))
    with quartier.open(folder, clock=clock) as workspace:
        yield workspace, clock


class House:
    """A workspace with one owner who has a second factor."""

    def __init__(self, workspace: quartier.Workspace, clock: FixedClock) -> None:
        self.workspace, self.clock, self.app = workspace, clock, served(workspace)
        self.user = workspace.users.add(email=ANA, name="Ana", role="owner", password=PASSWORD, author="test")
        self.browser = Browser(self.app, follow_redirects=False, headers={"accept-language": "en"})
        self.signed(self.browser)
        assert self.browser.post_form(HERE, {"do": "begin"}).status_code == 303
        (secret,) = re.findall(r'id="secret"[^>]*value="([A-Z2-7]{32})"', self.browser.get(HERE).text)
        self.telephone = Telephone(secret, clock)
        told = self.browser.post_form(HERE, {"do": "confirm", "code": self.telephone.code, "password": PASSWORD})
        self.recovery = re.findall(r"<code>([a-z0-9-]{23})</code>", told.text)
        clock.advance(STEP)

    def signed(self, browser: Browser) -> Any:
        return browser.post_form("/sign-in", {"email": ANA, "password": PASSWORD, "next": "/segments"})

    def begun(self) -> Browser:
        """A browser whose user has shown the password and owes the code."""
        browser = Browser(self.app, follow_redirects=False, headers={"accept-language": "fr"})
        assert self.signed(browser).headers["location"] == "/sign-in/code"
        return browser

    def typed(self, browser: Browser, code: str) -> Any:
        return browser.post_form("/sign-in/code", {"code": code})


@pytest.fixture
def house(kept: tuple[quartier.Workspace, FixedClock]) -> House:
    workspace, clock = kept
    with workspace.store.begin() as connection:
        for table in ("sessions", "recovery_codes", "second_factors", "users"):
            connection.exec_driver_sql(f"delete from {table}")
    return House(workspace, clock)


def test_the_code_is_asked_for_after_the_password_and_only_then_somebody_is_in(house: House):
    browser = house.begun()
    assert browser.get("/").status_code == 303
    assert "quartier" not in browser.cookies
    assert "Encore un code" in browser.get("/sign-in/code").text
    assert house.typed(browser, "000000").status_code == 401
    answer = house.typed(browser, house.telephone.code)
    assert (answer.status_code, answer.headers["location"]) == (303, "/segments")
    assert browser.get("/").status_code == 200
    assert browser.get("/sign-in/code").headers["location"] == "/sign-in"


def test_a_code_counts_once_and_none_before_it(house: House):
    code, first, second = house.telephone.code, house.begun(), house.begun()
    assert house.typed(first, code).status_code == 303
    assert house.typed(second, code).status_code == 401
    early = house.telephone.code
    house.clock.advance(STEP)
    assert house.typed(second, early).status_code == 401
    assert house.typed(second, house.telephone.code).status_code == 303


def test_a_code_of_another_time_does_not_count(house: House):
    old = house.telephone.code
    house.clock.advance(4 * STEP)
    assert house.typed(house.begun(), old).status_code == 401


def test_recovery_codes_let_in_once_each_and_are_kept_as_digests(house: House):
    assert len(set(house.recovery)) == 10
    assert house.typed(house.begun(), house.recovery[0].upper().replace("-", " ")).status_code == 303
    assert house.typed(house.begun(), house.recovery[0]).status_code == 401
    assert house.workspace.users.second_factors.codes_left(house.user.id) == 9
    held = b"".join(each.read_bytes() for each in house.workspace.folder.glob("store.sqlite*"))
    assert not any(each.encode() in held or each.replace("-", "").encode() in held for each in house.recovery)


def test_codes_cannot_be_tried_for_ever_by_signing_in_again(house: House):
    tried = [house.typed(house.begun(), "000000").status_code for _ in range(8)]
    assert tried.count(429) == 3
    assert house.typed(house.begun(), house.telephone.code).status_code == 429
    house.clock.advance(dt.timedelta(minutes=3))
    assert house.typed(house.begun(), house.telephone.code).status_code == 303


def test_who_waits_too_long_begins_again(house: House):
    browser = house.begun()
    house.clock.advance(dt.timedelta(minutes=6))
    assert browser.get("/sign-in/code").headers["location"] == "/sign-in"
    assert house.typed(browser, house.telephone.code).status_code == 401
    stranger = Browser(house.app, follow_redirects=False)
    assert house.typed(stranger, house.telephone.code).status_code == 401


def test_a_new_password_by_a_link_does_not_go_around_it(house: House):
    link = house.workspace.users.offer_password(ANA, author="test")
    browser = Browser(house.app, follow_redirects=False)
    answer = browser.post_form(f"/welcome/{link}", {"password": PASSWORD + " again"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/code")
    assert browser.get("/").status_code == 303


def test_it_is_put_in_force_with_the_password_and_a_code_alone(house: House):
    other = signed_in(house.app, house.workspace, "viewer")
    own = house.workspace.users
    (viewer,) = [each for each in own.all() if each.role == "viewer"]
    assert other.post_form(HERE, {"do": "confirm", "code": "000000"}).status_code == 400
    other.post_form(HERE, {"do": "begin"})
    assert other.post_form(HERE, {"do": "confirm", "code": "000000"}).status_code == 400
    assert not own.second_factors.is_on(viewer.id)
    assert house.browser.post_form(HERE, {"do": "begin"}).status_code == 400, "not drawn anew while in force"
    own.second_factors.take_off(house.user, author="test")
    house.browser.post_form(HERE, {"do": "begin"})
    (secret,) = re.findall(r'id="secret"[^>]*value="([A-Z2-7]{32})"', house.browser.get(HERE).text)
    code = Telephone(secret, house.clock).code
    refused = house.browser.post_form(HERE, {"do": "confirm", "code": code, "password": "wrong"})
    assert (refused.status_code, "not your password" in refused.text) == (400, True)


def test_the_secret_is_shown_as_text_and_picture_until_it_is_in_force(house: House):
    other = signed_in(house.app, house.workspace, "sales", "fr")
    other.post_form(HERE, {"do": "begin"})
    page = other.get(HERE).text
    assert "<svg" in page
    assert "style=" not in page.split("<main")[1]
    assert "QR code" in html.unescape(page)
    assert "<svg" not in house.browser.get(HERE).text.split('class="card"')[1]


def test_it_is_taken_off_by_oneself_with_a_code_or_by_an_owner(house: House):
    assert house.browser.post_form(HERE, {"do": "take_off", "code": "000000"}).status_code == 400
    assert house.browser.post_form(HERE, {"do": "take_off", "code": house.telephone.code}).status_code == 303
    assert not house.workspace.users.second_factors.is_on(house.user.id)
    assert house.workspace.users.deeds(1)[0].deed == Deeds.SECOND_FACTOR_REMOVED


def test_an_owner_takes_it_off_another_and_nobody_else_may(house: House):
    address = f"/settings/users/{house.user.id}"
    assert signed_in(house.app, house.workspace, "analyst").post_form(address, {"deed": "take_off"}).status_code == 403
    owner = signed_in(house.app, house.workspace, "owner")
    assert "Take the second factor off" in owner.get("/settings/users").text
    assert owner.post_form(address, {"deed": "take_off"}).status_code == 303
    assert house.signed(Browser(house.app, follow_redirects=False)).headers["location"] == "/segments"


def test_who_sets_it_up_is_signed_out_everywhere_else(house: House):
    other = signed_in(house.app, house.workspace, "support")
    elsewhere = signed_in(house.app, house.workspace, "support")
    other.post_form(HERE, {"do": "begin"})
    (secret,) = re.findall(r'id="secret"[^>]*value="([A-Z2-7]{32})"', other.get(HERE).text)
    done = other.post_form(HERE, {"do": "confirm", "code": Telephone(secret, house.clock).code})
    assert done.status_code == 200
    assert (other.get("/").status_code, elsewhere.get("/").status_code) == (200, 303)
