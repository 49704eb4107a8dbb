"""Settings: one's own profile for everybody; users, keys, the workspace and the audit log for owners alone."""

import html
import re
from collections.abc import Callable

import pytest

import quartier
from quartier.config import Config
from quartier.govern.roles import MEANINGS, May
from tests.web.shop import PASSWORD, Browser

PAGES = ("/settings", "/settings/users", "/settings/keys", "/settings/workspace", "/settings/audit")


@pytest.mark.parametrize(("language", "word"), [("fr", "Réglages"), ("en", "Settings")])
def test_an_owner_sees_every_page_in_both_languages(browser: Callable[..., Browser], language: str, word: str):
    for page in PAGES:
        answer = browser("owner", language).get(page)
        assert (answer.status_code, word in answer.text) == (200, True), page
    table = html.unescape(browser("owner", language).get("/settings/users").text)
    assert all(MEANINGS[each].to(language) in table for each in May)


def test_a_place_in_the_audit_log_that_no_database_knows_leads_nowhere(browser: Callable[..., Browser]):
    for before in ("9" * 25, "0", "-1", "x"):
        assert browser("owner").get(f"/settings/audit?before={before}").status_code == 404


def test_others_see_their_own_profile_and_nothing_else(browser: Callable[..., Browser]):
    for role in ("viewer", "analyst"):
        told = browser(role).get("/settings").text
        assert f"{role}@example.org" in told
        assert "/settings/users" not in told
        assert {browser(role).get(page).status_code for page in PAGES[1:]} == {403}


def test_a_profile_is_kept_and_what_is_typed_wrongly_is_shown_again(
    own_browser: Callable[..., Browser], own_shop: quartier.Workspace
):
    one, other = own_browser("viewer"), own_browser("viewer")
    assert one.post_form("/settings", {"name": "  ", "language": "fr"}).status_code == 400
    name = "<script>alert(1)</script>"
    assert one.post_form("/settings", {"name": name, "language": "fr", "theme": "dark"}).status_code == 303
    told = one.get("/settings").text
    assert html.escape(name) in told
    assert name not in told
    (user,) = [each for each in own_shop.users.all() if each.role == "viewer"]
    assert (user.name, user.language, user.theme) == (name, "fr", "dark")
    assert one.post_form("/settings/password", {"old": "wrong", "new": PASSWORD}).status_code == 400
    assert one.post_form("/settings/sessions").status_code == 303
    assert other.get("/settings").headers["location"].startswith("/sign-in")
    assert one.get("/settings").status_code == 200


def test_somebody_is_invited_by_a_link_shown_once_then_given_a_role_and_closed(
    own_browser: Callable[..., Browser], own_shop: quartier.Workspace
):
    owner = own_browser("owner")
    assert owner.post_form("/settings/users", {"email": "nobody", "role": "viewer"}).status_code == 400
    told = owner.post_form("/settings/users", {"email": "ann@example.org", "role": "viewer"}).text
    (link,) = re.findall(r"http://testserver(/welcome/[\w-]+)", told)
    assert link not in owner.get("/settings/users").text
    stranger = Browser(owner.app, follow_redirects=False)
    assert "ann@example.org" in stranger.get(link).text
    made = own_shop.users.accept(link.rpartition("/")[2], email="", name="Ann", password=PASSWORD)
    address = f"/settings/users/{made.id}"
    assert owner.post_form(address, {"role": "sales"}).status_code == 303
    assert owner.post_form(address, {"deed": "close"}).status_code == 303
    known = {each.id: each for each in own_shop.users.all()}
    assert (known[made.id].role, known[made.id].is_open) == ("sales", False)
    assert owner.post_form(address, {"deed": "reopen"}).status_code == 303
    assert "/welcome/" in owner.post_form(f"{address}/password").text
    (own,) = [each.id for each in known.values() if each.role == "owner"]
    assert "owner must be left" in owner.post_form(f"/settings/users/{own}", {"deed": "close"}).text
    assert owner.post_form("/settings/users/999", {"deed": "close"}).status_code == 404


def test_keys_are_made_shown_once_and_revoked(own_browser: Callable[..., Browser], own_shop: quartier.Workspace):
    owner = own_browser("owner", "fr")
    assert owner.post_form("/settings/keys/secret", {"name": "n", "days": "0", "scope-export": "1"}).status_code == 400
    refused = owner.post_form("/settings/keys/secret", {"name": "kept <b>"})
    assert (refused.status_code, 'value="kept &lt;b&gt;"' in refused.text) == (400, True)
    told = owner.post_form("/settings/keys/secret", {"name": "n", "days": "9", "scope-see_figures": "1"}).text
    (key,) = re.findall(r"sk_[\w-]{30,}", told)
    assert key not in owner.get("/settings/keys").text
    assert owner.get("/api/v1/segments", headers={"authorization": f"Bearer {key}"}).status_code == 200
    assert owner.post_form("/settings/keys/revoke", {"key": key[:8]}).status_code == 303
    assert owner.get("/api/v1/segments", headers={"authorization": f"Bearer {key}"}).status_code == 401
    sites = {"source": "web", "origins": "https://a.example https://b.example"}
    assert owner.post_form("/settings/keys/write", sites).status_code == 303
    assert own_shop.keys.all()[-1].origins == ("https://a.example", "https://b.example")
    assert owner.post_form("/settings/keys/write", {"source": "web", "origins": "x"}).status_code == 400
    log = owner.get("/settings/audit").text
    assert "clé révoquée" in log
    assert key not in log


def test_the_settings_of_the_workspace_are_written(own_browser: Callable[..., Browser], own_shop: quartier.Workspace):
    owner = own_browser("owner")
    typed = {
        "name": "Ma boutique",
        "language": "fr",
        "time_zone": "Europe/Brussels",
        "currency": "EUR",
        "country": "BE",
    }
    wrong = owner.post_form("/settings/workspace", typed | {"currency": "EURO"})
    assert (wrong.status_code, 'value="EURO"' in wrong.text) == (400, True)
    assert owner.post_form("/settings/workspace", typed | {"places": "1"}).status_code == 303
    found = Config.read(own_shop.folder)
    assert (found.name, found.time_zone, found.places, found.is_synthetic) == (
        "Ma boutique", "Europe/Brussels", True, True,
    )  # fmt: skip
    assert "quartier.toml" in owner.get("/settings/workspace").text
