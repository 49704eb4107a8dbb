"""Signing in, signing out, and links that work once."""

import datetime as dt
import re
from pathlib import Path

import pytest

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.govern import passwords
from quartier.govern.deeds import Deeds
from quartier.govern.run import IDLE, LONGEST
from quartier.store import sessions
from tests.conftest import NOW
from tests.web.shop import PASSWORD, Browser, served, signed_in


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("signing") / "shop"
    quartier.create(folder, Config(name="Boutique", language="fr", memory_limit="512MB", threads=1))
    clock = FixedClock(NOW)
    with quartier.open(folder, clock=clock) as workspace:
        yield workspace, clock, served(workspace), folder


@pytest.fixture
def browser(kept) -> Browser:
    return Browser(kept[2], follow_redirects=False, headers={"accept-language": "en"})


def owner(workspace):
    known = {each.email: each for each in workspace.users.all()}
    return known.get("ana@example.org") or workspace.users.add(
        email="ana@example.org", name="Ana", role="owner", password=PASSWORD, author="test"
    )


def sign_in(browser: Browser, email: str = "ana@example.org", password: str = PASSWORD, **more):
    return browser.post_form("/sign-in", {"email": email, "password": password, **more})


def test_the_first_owner_comes_in_by_a_link_that_works_once(tmp_path: Path):
    quartier.create(tmp_path / "shop", Config(name="Boutique", language="fr", memory_limit="512MB", threads=1))
    with quartier.open(tmp_path / "shop", clock=FixedClock(NOW)) as workspace:
        browser = Browser(served(workspace), follow_redirects=False, headers={"accept-language": "fr"})
        assert "Personne ne peut encore se connecter" in browser.get("/sign-in").text
        first, second = workspace.users.set_up(), workspace.users.set_up()
        assert browser.get(f"/welcome/{first}").status_code == 404, "each new link replaces the one before"
        page = browser.get(f"/welcome/{second}").text
        assert "Préparer votre espace" in page
        typed = {"email": "Ana@Example.org", "name": "Ana", "password": "password123"}
        weak = browser.post_form(f"/welcome/{second}", typed)
        assert weak.status_code == 400
        assert 'value="Ana@Example.org"' in weak.text, "what was typed is kept"
        assert "password123" not in weak.text, "but the password"
        done = browser.post_form(f"/welcome/{second}", typed | {"password": PASSWORD})
        assert (done.status_code, done.headers["location"]) == (303, "/")
        assert browser.get("/").status_code == 200
        assert browser.get(f"/welcome/{second}").status_code == 404
        assert workspace.users.set_up() is None
        assert [(each.email, each.role) for each in workspace.users.all()] == [("ana@example.org", "owner")]


def test_who_signs_in_gets_a_cookie_that_scripts_cannot_read_and_goes_where_they_wanted(kept, browser: Browser):
    owner(kept[0])
    asked = browser.get("/jobs/x?a=1")
    assert asked.headers["location"] == "/sign-in?next=/jobs/x%3Fa%3D1"
    done = sign_in(browser, next="/jobs/x?a=1")
    assert (done.status_code, done.headers["location"]) == (303, "/jobs/x?a=1")
    cookie = next(each for each in done.headers.get_list("set-cookie") if each.startswith("quartier="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    over_tls = Browser(kept[2], base_url="https://testserver", follow_redirects=False)
    text = over_tls.get("/sign-in").text
    csrf = re.search(r'name="csrf" value="([0-9a-f]+)"', text)[1]
    done = over_tls.post("/sign-in", data={"csrf": csrf, "email": "ana@example.org", "password": PASSWORD})
    cookie = next(each for each in done.headers.get_list("set-cookie") if "quartier=" in each)
    assert cookie.startswith("__Host-quartier=")
    assert "Secure" in cookie


@pytest.mark.parametrize("where", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site_after_signing_in(kept, browser: Browser, where: str):
    owner(kept[0])
    assert sign_in(browser, next=where).headers["location"] == "/"


def test_a_wrong_password_and_a_user_that_is_not_there_get_the_same_answer(kept, browser: Browser):
    owner(kept[0])
    wrong, unknown = sign_in(browser, password="x" * 12), sign_in(browser, email="nobody@example.org")
    assert (wrong.status_code, unknown.status_code) == (401, 401)

    def plain(text: str) -> str:
        return re.sub(r'value="[^"]*"', "", text)

    assert plain(wrong.text) == plain(unknown.text)


def test_passwords_cannot_be_tried_for_ever(kept):
    browser = Browser(kept[2], follow_redirects=False)
    csrf = browser.csrf
    tried = [
        browser.post("/sign-in", data={"csrf": csrf, "email": "throttled@example.org", "password": "x"}).status_code
        for _ in range(15)
    ]
    assert tried.count(429) >= 5
    assert 401 in tried


def test_a_session_ends_when_it_is_not_used_and_after_a_week_in_any_case(kept):
    workspace, clock, app, _ = kept
    owner(workspace)
    before = clock.now()
    first = signed_in(app, workspace)
    try:
        clock.advance(IDLE - dt.timedelta(minutes=1))
        assert first.get("/").status_code == 200
        clock.advance(IDLE + dt.timedelta(minutes=1))
        assert first.get("/").status_code == 303
        used = signed_in(app, workspace)
        for _ in range(int(LONGEST / dt.timedelta(hours=11)) + 1):
            clock.advance(dt.timedelta(hours=11))
            used.get("/")
        assert used.get("/").status_code == 303
    finally:
        clock.advance(before - clock.now())


def test_who_signs_out_is_out_even_with_the_old_cookie(kept):
    workspace, _, app, _ = kept
    own = signed_in(app, workspace)
    token = own.cookies["quartier"]
    assert own.post_form("/sign-out").status_code == 303
    late = Browser(app, cookies={"quartier": token}, follow_redirects=False)
    assert late.get("/").status_code == 303


def test_a_user_who_is_closed_is_out_at_once_and_an_owner_must_be_left(kept):
    workspace, _, app, _ = kept
    owner(workspace)
    own = signed_in(app, workspace, "viewer")
    number = next(each.id for each in workspace.users.all() if each.role == "viewer")
    workspace.users.close(number, author="test")
    assert own.get("/").status_code == 303
    workspace.users.reopen(number, author="test")
    owners = [each.id for each in workspace.users.all() if each.role == "owner" and each.is_open]
    for each in owners[:-1]:
        workspace.users.close(each, author="test")
    with pytest.raises(quartier.errors.InvalidRequest):
        workspace.users.close(owners[-1], author="test")
    with pytest.raises(quartier.errors.InvalidRequest):
        workspace.users.give_role(owners[-1], "viewer", author="test")
    for each in owners[:-1]:
        workspace.users.reopen(each, author="test")


def test_neither_passwords_nor_tokens_are_in_the_store(kept, browser: Browser):
    workspace, _, _, folder = kept
    owner(workspace)
    sign_in(browser)
    token = browser.cookies["quartier"]
    link = workspace.users.invite("new@example.org", "viewer", author="test")
    held = b"".join(each.read_bytes() for each in folder.glob("store.sqlite*"))
    for secret in (PASSWORD, token, link):
        assert secret.encode() not in held
    assert sessions.digest(token).encode() in held


def test_a_password_is_refused_that_is_short_or_common_or_made_of_what_is_known():
    for bad in ("short", "password123", "azertyuiop", "ana@example.org", "x" * 129):
        assert passwords.objection(bad, "ana@example.org", "Ana") is not None, bad
    assert passwords.objection(PASSWORD, "ana@example.org", "Ana") is None
    assert passwords.objection("x" * 3 + "calm brick canal garden" * 5, "Ana") is None


def test_the_audit_log_tells_when_a_row_was_changed(kept):
    workspace = kept[0]
    workspace.users.note(Deeds.MEMBERS_READ, author="ana@example.org", persons=3)
    workspace.users.note(Deeds.MEMBERS_READ, author="ana@example.org", persons=4)
    assert workspace.users.first_changed_deed() is None
    number = workspace.users.deeds(1)[0].number - 1
    with workspace.store.begin() as connection:
        connection.exec_driver_sql("update audit set author = 'somebody' where number = ?", (number,))
    assert workspace.users.first_changed_deed() == number
    with workspace.store.begin() as connection:
        connection.exec_driver_sql("update audit set author = 'ana@example.org' where number = ?", (number,))
    assert workspace.users.first_changed_deed() is None


def test_an_address_that_leads_nowhere_is_told_in_the_shell_and_the_language_of_whoever_asks(kept):
    workspace, _, app, _ = kept
    answer = signed_in(app, workspace, "owner", "fr").get("/nulle-part")
    assert answer.status_code == 404
    assert "Cette adresse ne mène nulle part" in answer.text
    assert "Se déconnecter" in answer.text
