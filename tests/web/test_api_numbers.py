"""A number far beyond any that is kept is answered, as a parameter or in a body; it never fails the server."""

from collections.abc import Iterator
from typing import Any

import quartier
from quartier.govern.roles import May
from tests.web import shop
from tests.web.programs import program

HUGE = 10**24
BLANK = {"{name}": "nobody", "{start}": "sk_nobody"}


def addresses_of(path: str, operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """An address and a query with the huge number in each parameter, whatever that takes."""
    told = operation.get("parameters", [])
    needed = {each["name"]: "nobody" for each in told if each["in"] == "query" and each.get("required")}
    for each in told:
        wanted = needed | ({each["name"]: HUGE} if each["in"] == "query" else {})
        yield path.replace("{" + each["name"] + "}", str(HUGE)), wanted


def with_huge(value: Any) -> Iterator[Any]:
    """The document again and again, each time with the huge number in place of one of its numbers."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from ({**value, key: other} for other in with_huge(each))
    elif isinstance(value, list):
        for n, each in enumerate(value):
            yield from ([*value[:n], other, *value[n + 1 :]] for other in with_huge(each))
    elif isinstance(value, int) and not isinstance(value, bool):
        yield HUGE


def bodies_of(operation: dict[str, Any], schemas: dict[str, Any]) -> Iterator[Any]:
    """The example of a body with the huge number in each of its numbers, and in each whole number it may have."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = schemas.get(content["schema"].get("$ref", "").rpartition("/")[2], {})
        example = schema.get("example") or next(iter(schema.get("examples", [])), None)
        if isinstance(example, dict):
            yield from with_huge(example)
            for name, each in schema.get("properties", {}).items():
                if "'integer'" in str(each):
                    yield {**example, name: HUGE}


def test_a_number_of_twenty_five_digits_is_answered_wherever_anything_may_stand(own_shop: quartier.Workspace):
    app = shop.served(own_shop)
    asking, described = program(app, own_shop, list(May)), app.openapi()
    asked, failed = 0, []
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            wanted = [(address, query, None) for address, query in addresses_of(path, operation)]
            wanted += [(path, {}, body) for body in bodies_of(operation, described["components"]["schemas"])]
            for address, query, body in wanted:
                for blank, value in BLANK.items():
                    address = address.replace(blank, value)  # of the parameters that are not asked about
                status = asking.request(method, address, params=query, json=body).status_code
                asked += 1
                failed += [(method, address, status)] if status >= 500 else []
    assert failed == []
    assert asked > 60
