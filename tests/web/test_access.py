"""The table of routes and the application are the same, and each role gets just what the table gives it."""

import itertools
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from quartier.govern.roles import ALLOWED, ROLES, May
from quartier.store.definitions import TAKEN
from quartier.web.access import ROUTES
from quartier.web.application import application
from tests.web.shop import Browser

METHODS = {"GET", "POST", "PUT", "DELETE", "PATCH"}


@pytest.fixture(scope="module")
def listed(reading) -> set[tuple[str, str]]:
    app = application(reading, work=None)  # type: ignore[arg-type]  # routes are looked at, nothing is done
    return {
        (method, each.path) for each in iter_route_contexts(app.routes) for method in (each.methods or set()) & METHODS
    }


def test_every_route_of_the_application_stands_in_the_table_and_nothing_else_does(listed):
    assert listed == set(ROUTES)


def test_only_assets_and_the_door_are_open_to_those_who_have_not_signed_in():
    assert {path for (_, path), needs in ROUTES.items() if needs == "anyone"} == {
        "/assets/{name}", "/sign-in", "/sign-in/code", "/sign-in/elsewhere", "/sign-in/elsewhere/back",
        "/welcome/{token}",
    }  # fmt: skip


def test_names_that_addresses_hide_are_refused():
    pages = {"segment": ("/segments/",), "campaign": ("/target/", "/evaluate/"), "source": ("/data/sources/",)}
    for kind, roots in pages.items():
        below = {path.removeprefix(root).partition("/")[0] for method, path in ROUTES for root in roots
                 if method == "GET" and path.startswith(root)}  # fmt: skip
        assert {each for each in below if "{" not in each} == TAKEN[kind], kind


def test_whoever_has_not_signed_in_is_sent_to_the_door_from_every_page(reading_app: FastAPI):
    stranger = Browser(reading_app, follow_redirects=False)
    for (method, path), needs in ROUTES.items():
        if needs != "anyone":
            answer = stranger.request(method, path.replace("{", "").replace("}", ""))
            assert answer.status_code == 303, (method, path)
            assert answer.headers["location"].startswith("/sign-in"), (method, path)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_refused_every_route_that_the_table_does_not_give_it(browser: Callable[..., Browser], role: str):
    own = browser(role)
    for (method, path), needs in ROUTES.items():
        if isinstance(needs, May) and needs not in ALLOWED[role]:  # type: ignore[index]  # parametrized by the roles
            answer = own.request(method, path.replace("{", "").replace("}", ""))
            assert answer.status_code == 403, (method, path)


def test_no_change_is_taken_without_what_our_forms_carry(browser: Callable[..., Browser]):
    own = browser("owner")
    for (method, path), needs in ROUTES.items():
        if method != "GET" and needs != "anyone":
            for sent in ({}, {"csrf": "0" * 64}):
                assert own.request(method, path.replace("{", "").replace("}", ""), data=sent).status_code == 403, path


def test_a_change_that_another_site_sends_is_refused_whatever_it_carries(browser: Callable[..., Browser]):
    own = browser("owner")
    foreign = ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"})
    for headers in foreign:
        assert own.post_form("/sign-out", headers=headers).status_code == 403
    assert own.get("/").status_code == 200


def test_no_page_can_be_framed_and_no_foreign_script_can_run(browser: Callable[..., Browser]):
    policy = browser().get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_the_owner_may_do_everything_and_the_viewer_only_look():
    assert ALLOWED["owner"] == frozenset(May)
    assert ALLOWED["viewer"] == {May.SEE_FIGURES}
    assert all(May.SEE_FIGURES in ALLOWED[role] for role in ROLES)
    assert [a for a, b in itertools.pairwise(ROLES) if May.GOVERN in ALLOWED[b]] == []
