"""The description of the API (OpenAPI): what it allows never fails the server, and only what it tells is answered."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import quartier
from quartier.api.access import ROUTES
from quartier.govern.roles import May
from tests.web import shop
from tests.web.programs import program

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
ASIDE = {"/api/v1/keys/{start}"}  # the key that asks would be revoked


def ask(workspace: quartier.Workspace, examples: int) -> int:
    """Ask every operation under /api/v1 what its description allows; how many operations there are."""
    app = shop.served(workspace)
    asking = program(app, workspace, list(May))
    described = schemathesis.openapi.from_asgi("/openapi.json", app)
    operations = [each.ok() for each in described.get_all_operations()]
    wanted = [each for each in operations if each.path.startswith("/api/") and each.path not in ASIDE]
    for operation in wanted:

        def check(case) -> None:
            case.call_and_validate(headers=dict(asking.headers), checks=CHECKS)

        patient = settings(
            max_examples=examples, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        patient(given(case=operation.as_strategy())(check))()
    return len(wanted)


def test_what_the_description_allows_never_fails_the_server(own_shop: quartier.Workspace):
    assert ask(own_shop, 2) == len(ROUTES) - len(ASIDE)


@pytest.mark.slow
def test_a_hundred_requests_for_each_address_never_fail_the_server(own_shop: quartier.Workspace):
    assert ask(own_shop, 100) == len(ROUTES) - len(ASIDE)


def test_every_body_shows_an_example(reading_app):
    described = reading_app.openapi()
    for (method, path), needs in ROUTES.items():
        operation = described["paths"][path][method.lower()]
        assert f"Scope: `{needs}`" in operation["description"]
        assert {"400", "401", "403", "503"} <= set(operation["responses"])
        assert operation["summary"]
