"""Signing in by an OpenID provider: only with what it signed for this browser, and only those who may come in."""

import base64
import datetime as dt
import hmac
import html
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

import quartier
from quartier.clock import FixedClock
from quartier.config import Config
from quartier.govern.deeds import Deeds
from tests.conftest import NOW
from tests.web.provider import ANA, CLIENT, KEYS, SECRET, SECRET_ENV, Provider
from tests.web.shop import PASSWORD, Browser, served

BACK = "/sign-in/elsewhere/back"


class Town:
    """A workspace that trusts a provider, and browsers over it."""

    def __init__(self, workspace: quartier.Workspace, provider: Provider, clock: FixedClock, **more: Any) -> None:
        self.workspace, self.provider, self.clock = workspace, provider, clock
        workspace.config = workspace.config.model_copy(update={"open_id": provider.settings(**more)})
        self.app = served(workspace)

    def browser(self, language: str = "en") -> Browser:
        return Browser(self.app, follow_redirects=False, headers={"accept-language": language})

    def gone(self, browser: Browser, following: str = "") -> str:
        """The address at which the provider sends a browser back."""
        asked = browser.get("/sign-in/elsewhere" + (f"?next={following}" if following else ""))
        assert asked.status_code == 303, asked.text
        back = self.provider.visited(asked.headers["location"])
        return back.removeprefix("http://testserver")

    def come(self, browser: Browser | None = None) -> Any:
        found = browser or self.browser()
        return found.get(self.gone(found))

    def add(self, email: str = "ana@example.org", role: str = "analyst") -> Any:
        return self.workspace.users.add(email=email, name="Ana", role=role, password=PASSWORD, author="test")

    @property
    def emails(self) -> dict[str, str]:
        return {each.email: each.role for each in self.workspace.users.all()}

    @property
    def last(self) -> Any:
        (deed,) = self.workspace.users.deeds(1)
        return deed


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[quartier.Workspace, FixedClock]]:
    folder, clock = tmp_path_factory.mktemp("elsewhere") / "shop", FixedClock(NOW)
    quartier.create(folder, Config(name="Boutique", memory_limit="512MB", threads=1))
    with quartier.open(folder, clock=clock) as workspace:
        yield workspace, clock


@pytest.fixture
def towns(
    kept: tuple[quartier.Workspace, FixedClock], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Town]]:
    workspace, clock = kept
    monkeypatch.setenv(SECRET_ENV, SECRET)
    clock.advance(NOW - clock.now())
    with workspace.store.begin() as connection:
        for table in ("sessions", "invitations", "users"):
            connection.exec_driver_sql(f"delete from {table}")
    with Provider(clock) as provider:
        yield lambda **more: Town(workspace, provider, clock, **more)


@pytest.fixture
def town(towns: Callable[..., Town]) -> Town:
    found = towns()
    found.add("owner@example.org", "owner")
    return found


def told(answer: Any) -> str:
    return html.unescape(answer.text)


def test_a_user_comes_in_by_the_provider_where_they_wanted_to_go(town: Town):
    town.add()
    browser = town.browser("fr")
    page = browser.get("/sign-in?next=/segments%3Fa=1")
    assert "Se connecter avec Clés d'ici" in told(page)
    assert "/sign-in/elsewhere?next=%2Fsegments%3Fa%3D1" in page.text
    answer = browser.get(town.gone(browser, "/segments%3Fa=1"))
    assert (answer.status_code, answer.headers["location"]) == (303, "/segments?a=1")
    assert browser.get("/").status_code == 200
    assert (town.last.deed, town.last.author, town.last.about) == (
        Deeds.SIGNED_IN, "ana@example.org", {"by": "provider"},
    )  # fmt: skip
    assert "quartier_way" not in browser.cookies


def test_the_provider_is_asked_with_proof_keys_and_never_told_the_secret_by_the_browser(town: Town):
    asked = town.browser().get("/sign-in/elsewhere")
    query = {name: value for name, (value,) in parse_qs(urlsplit(asked.headers["location"]).query).items()}
    assert (query["response_type"], query["code_challenge_method"], query["client_id"]) == ("code", "S256", CLIENT)
    assert len({query["state"], query["nonce"], query["code_challenge"]}) == 3
    assert SECRET not in asked.headers["location"]
    cookie = next(each for each in asked.headers.get_list("set-cookie") if "way" in each)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert all(query[name] not in cookie for name in ("state", "nonce", "code_challenge"))


def test_a_provider_that_takes_the_secret_in_the_form_alone_gets_it_there(town: Town):
    town.add()
    town.provider.described = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert town.come().status_code == 303


def test_who_is_invited_becomes_a_user_with_the_role_of_the_invitation(town: Town):
    link = town.workspace.users.invite("ana@example.org", "marketer", author="owner@example.org")
    assert town.come().status_code == 303
    (user,) = [each for each in town.workspace.users.all() if each.email == "ana@example.org"]
    assert (user.role, user.name, user.password) == ("marketer", "Ana of there", None)
    assert town.browser().get(f"/welcome/{link}").status_code == 404, "the link is used up"


def test_newcomers_come_in_by_their_domain_alone_and_only_where_the_settings_name_it(towns: Callable[..., Town]):
    town = towns(newcomers_domain="example.org", newcomers_role="sales")
    refused = town.come()
    assert (refused.status_code, town.emails) == (403, {}), "the first owner has a link of their own"
    town.add("owner@example.org", "owner")
    for email in ("eve@notexample.org", "eve@example.org.evil.example", "eve@sub.example.org", "@example.org"):
        town.provider.person = {**ANA, "sub": email, "email": email}
        assert town.come().status_code == 403, email
    town.provider.person = dict(ANA)
    assert town.come().status_code == 303
    assert town.emails["ana@example.org"] == "sales"


def test_who_is_not_a_user_is_told_so_and_so_is_the_log(town: Town):
    answer = town.come(town.browser("fr"))
    assert (answer.status_code, "vous n'êtes pas utilisateur ici" in told(answer)) == (403, True)
    assert "ana@example.org" not in town.emails
    assert (town.last.deed, town.last.about) == (Deeds.SIGN_IN_REFUSED, {"why": "unknown"})


def test_who_was_introduced_once_is_known_by_what_never_changes(town: Town):
    town.add()
    town.come()
    town.provider.person = {**ANA, "email": "ana.new@example.org"}
    assert town.come().status_code == 303
    town.provider.person = {**ANA, "sub": "somebody else", "email": "ana@example.org"}
    answer = town.come()
    assert (answer.status_code, "another account" in told(answer)) == (403, True), "an address given to somebody else"


def test_a_closed_user_stays_out(town: Town):
    town.workspace.users.close(town.add().id, author="test")
    assert "no longer sign in" in told(town.come())
    town.workspace.users.reopen(next(e.id for e in town.workspace.users.all() if e.role == "analyst"), author="test")
    assert town.come().status_code == 303


def written(head: dict[str, Any], claims: dict[str, Any], signature: Callable[[bytes], bytes]) -> str:
    parts = [base64.urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=") for each in (head, claims)]
    text = b".".join(parts)
    return (text + b"." + base64.urlsafe_b64encode(signature(text)).rstrip(b"=")).decode()


def unsigned(claims: dict[str, Any]) -> str:
    return written({"alg": "none", "typ": "JWT"}, claims, lambda _text: b"")


def signed_with_the_secret(claims: dict[str, Any]) -> str:
    return written({"alg": "HS256"}, claims, lambda text: hmac.digest(SECRET.encode(), text, "sha256"))


def signed_with_the_public_key(claims: dict[str, Any]) -> str:
    key = KEYS[0].as_pem(private=False)
    return written({"alg": "HS256", "kid": "one"}, claims, lambda text: hmac.digest(key, text, "sha256"))


def signed_by_somebody_else(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048))


def carrying_its_own_key(claims: dict[str, Any]) -> str:
    own = RSAKey.generate_key(2048)
    return jwt.encode({"alg": "RS256", "kid": "one", "jwk": own.as_dict(private=False)}, claims, own)


SECONDS = int(NOW.timestamp())
LIES: dict[str, dict[str, Any]] = {
    "wrong nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "wrong audience": {"aud": "another-client"},
    "another audience": {"aud": [CLIENT, "another-client"]},
    "meant for another": {"aud": [CLIENT, "another-client"], "azp": "another-client"},
    "other issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "expired": {"exp": SECONDS - 120},
    "without end": {"exp": None},
    "not yet": {"nbf": SECONDS + 600},
    "from the future": {"iat": SECONDS + 600},
    "no subject": {"sub": None},
    "a subject of another kind": {"sub": ["ana-0001"]},
    "unverified e-mail": {"email_verified": False},
    "an e-mail verified in words": {"email_verified": "true"},
    "no word of it": {"email_verified": None},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_lies_lets_nobody_in(town: Town, lie: str):
    town.add()
    town.provider.lies = LIES[lie]
    browser = town.browser()
    assert town.come(browser).status_code == 403
    assert browser.get("/").status_code == 303
    assert town.last.deed == Deeds.SIGN_IN_REFUSED


@pytest.mark.parametrize(
    "forge",
    [unsigned, signed_with_the_secret, signed_with_the_public_key, signed_by_somebody_else, carrying_its_own_key,
     lambda _claims: "not.a.token", lambda _claims: ""],
)  # fmt: skip
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(town: Town, forge: Callable[[dict[str, Any]], str]):
    town.add()
    town.provider.signed = forge
    answer = town.come()
    assert (answer.status_code, town.last.about) == (403, {"why": "untrue"})
    assert "could not be verified" in told(answer)


def test_an_answer_counts_once_and_in_the_browser_that_asked(town: Town):
    town.add()
    own, other = town.browser(), town.browser()
    town.gone(other)
    back = town.gone(own)
    assert (other.get(back).status_code, town.last.about) == (400, {"why": "stale"})
    assert town.browser().get(back).status_code == 400
    assert own.get(back).status_code == 303
    assert own.get(back).status_code == 400
    forged = town.browser()
    state = parse_qs(urlsplit(town.gone(forged)).query)["state"][0]
    answer = forged.get(f"{BACK}?code=x&state={state[::-1]}")
    assert (answer.status_code, "does not belong to this browser" in told(answer)) == (400, True)


def test_a_code_of_somebody_else_is_not_taken(town: Town):
    town.add()
    victim, thief = town.browser(), town.browser()
    code = parse_qs(urlsplit(town.gone(victim)).query)["code"][0]
    state = parse_qs(urlsplit(town.gone(thief)).query)["state"][0]
    assert (thief.get(f"{BACK}?code={code}&state={state}").status_code, town.last.about) == (403, {"why": "declined"})


def test_who_declines_over_there_is_told_so(town: Town):
    browser = town.browser("fr")
    state = parse_qs(urlsplit(town.gone(browser)).query)["state"][0]
    answer = browser.get(f"{BACK}?error=access_denied&error_description=<script>&state={state}")
    assert (answer.status_code, "ne vous a pas laissé entrer" in told(answer), "<script>" in answer.text) == (
        403, True, False,
    )  # fmt: skip


def test_new_keys_of_the_provider_are_asked_for_once_a_minute_at_most(town: Town):
    town.add()
    assert town.come().status_code == 303
    town.provider.keys = ["two", "one"]
    assert town.come().status_code == 403
    town.clock.advance(dt.timedelta(minutes=2))
    assert town.come().status_code == 303
    asked = town.provider.asked.count("/keys")
    town.provider.signed = lambda claims: jwt.encode({"alg": "RS256", "kid": "three"}, claims, KEYS[0])
    assert {town.come().status_code for _ in range(3)} == {403}
    assert town.provider.asked.count("/keys") == asked


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}, b"{}"),
        (302, {"Location": "http://127.0.0.1:9/"}, b""),
        (200, {}, b"[" * 100_000),
        (200, {}, b"x" * (2 << 20)),
        (200, {}, b'{"issuer": "https://evil.example"}'),
    ],
)
def test_a_provider_that_answers_otherwise_is_told_as_away(town: Town, answer: tuple[int, dict[str, str], bytes]):
    town.provider.answer = answer
    shown = town.browser("fr").get("/sign-in/elsewhere")
    assert (shown.status_code, "ne répond pas comme il le devrait" in told(shown)) == (503, True)


def test_a_provider_that_is_away_is_told_and_passwords_still_open(town: Town):
    town.provider.stop()
    browser = town.browser()
    assert browser.get("/sign-in/elsewhere").status_code == 503
    assert browser.post_form("/sign-in", {"email": "owner@example.org", "password": PASSWORD}).status_code == 303


@pytest.mark.parametrize(
    "described",
    [
        {"token_endpoint": "http://169.254.169.254/latest"},
        {"token_endpoint": "https://127.0.0.1/token"},
        {"jwks_uri": "https://[::ffff:10.0.0.1]/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": "https://localhost:8443/keys"},
        {"token_endpoint": ["https://example.org"]},
    ],
)
def test_the_provider_cannot_send_the_server_elsewhere(town: Town, described: dict[str, Any]):
    town.add()
    town.provider.described = described
    browser = town.browser()
    asked = browser.get("/sign-in/elsewhere")
    if asked.status_code == 303:
        asked = browser.get(town.provider.visited(asked.headers["location"]).removeprefix("http://testserver"))
    assert (asked.status_code, town.last.about) == (503, {"why": "away"})


def test_without_the_secret_the_page_says_that_something_is_missing_and_the_log_says_what(
    town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    monkeypatch.delenv(SECRET_ENV)
    with caplog.at_level(logging.WARNING):
        answer = town.browser().get("/sign-in/elsewhere")
    assert answer.status_code == 503
    assert SECRET_ENV in caplog.text
    assert SECRET_ENV not in answer.text


def test_neither_tokens_nor_secrets_nor_addresses_are_logged(town: Town, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.DEBUG, logger="quartier"):
        town.come()
        town.provider.lies = {"nonce": "x"}
        town.come()
    assert caplog.records
    for hidden in (SECRET, "ana", "eyJ"):
        assert hidden not in caplog.text.lower()


def test_the_way_cannot_be_asked_for_ever(town: Town):
    browser = town.browser()
    assert {browser.get("/sign-in/elsewhere").status_code for _ in range(45)} == {303, 429}


def test_without_a_provider_there_is_no_way(town: Town):
    town.workspace.config = town.workspace.config.model_copy(update={"open_id": None})
    browser = Browser(served(town.workspace), follow_redirects=False)
    assert "/sign-in/elsewhere" not in browser.get("/sign-in").text
    assert {browser.get(path).status_code for path in ("/sign-in/elsewhere", BACK)} == {404}
