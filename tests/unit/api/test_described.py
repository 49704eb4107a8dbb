"""The description of the API (OpenAPI): what it allows is asked of the application, which never fails by itself."""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error

from tests.unit.api.test_rejected import Desk
from tests.unit.api.test_tracking import basic


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("described"))
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def described(desk: Desk):
    return schemathesis.openapi.from_asgi("/openapi.json", desk.client.app)


def ask(described, desk: Desk, examples: int) -> int:
    """Ask every operation what its description allows; how many operations there are."""
    operations = [each.ok() for each in described.get_all_operations()]
    for operation in operations:

        def check(case) -> None:
            keys = desk.secret if case.path.startswith("/api/") else basic(desk.key)
            case.call_and_validate(headers=keys, checks=[not_a_server_error])

        patient = settings(
            max_examples=examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        )
        patient(schemathesis_given(operation)(check))()
    return len(operations)


def schemathesis_given(operation):
    from hypothesis import given

    return given(case=operation.as_strategy())


def test_what_the_description_allows_never_fails_the_server(described, desk: Desk):
    assert ask(described, desk, 4) >= 15


@pytest.mark.slow
def test_hundreds_of_requests_for_each_address_never_fail_the_server(described, desk: Desk):
    assert ask(described, desk, 300) >= 15


def test_each_endpoint_shows_an_example_and_its_answers(desk: Desk):
    paths = desk.client.get("/openapi.json").json()["paths"]
    for name in ("identify", "track", "page", "screen", "group", "alias", "batch", "import"):
        endpoint = paths[f"/v1/{name}"]["post"]
        assert endpoint["requestBody"]["content"]["application/json"]["example"]
        assert {"200", "400", "401", "403", "413", "429", "503"} <= set(endpoint["responses"])
