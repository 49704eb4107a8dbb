"""The documents of sources: every example of the page is one, and what is wrong in one is told, without the secret."""

import re

import pytest
import yaml

from quartier.collect.sources.definition import From, read_source
from quartier.collect.sources.streams import streams
from quartier.errors import InvalidDefinition
from tests.needs import REPOSITORY

PAGE = (REPOSITORY / "docs/how-to/sources.md").read_text(encoding="utf-8")
EXAMPLES = [
    each for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) for each in yaml.safe_load_all(block)
]  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each["source"])
def test_an_example_is_a_source_and_comes_back_as_it_was_written(example: dict) -> None:
    found = read_source(example)
    assert streams(found)
    assert read_source(found.as_json()) == found


def test_there_is_an_example_of_each_kind() -> None:
    assert {read_source(each).origin.kind for each in EXAMPLES} == set(From.model_fields)


@pytest.mark.parametrize(
    ("origin", "place", "what"),
    [
        ({}, "from", "exactly one of these"),
        ({"files": {"folder": "a"}, "hubspot": {"key": "K"}}, "from", "exactly one of these"),
        ({"hubspot": {"key": "pat-eu1-s3cret"}}, "from.hubspot.key", "not the name of an environment variable"),
        ({"database": {"url": "postgresql://u:s3cret@h/d", "table": "t"}}, "from.database.url", "not the name"),
        ({"rest": {"base_url": "file:///etc/passwd", "path": "/"}}, "from.rest.base_url", "not the address"),
        ({"rest": {"base_url": "https://h", "path": "/", "auth": {}}}, "from.rest.auth", "exactly one"),
        ({"zendesk": {"key": "K"}}, "from.zendesk.account", "zendesk needs this key"),
        ({"shopify": {"key": "K", "account": "evil.example.org/"}}, "from.shopify.account", "only letters"),
        ({"stripe": {"key": "K", "objects": ["charge"]}}, "from.stripe.objects", "stripe has no object “charge”"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_never_with_the_secret(origin: dict, place: str, what: str) -> None:
    with pytest.raises(InvalidDefinition) as caught:
        streams(read_source({"source": "crm", "from": origin}))
    told = str(caught.value)
    assert place in told
    assert what in told
    assert "s3cret" not in told


@pytest.mark.parametrize("every", ["1 hour", "15 minutes", "2 weeks"])
def test_a_duration_is_a_number_and_a_unit(every: str) -> None:
    assert read_source({"source": "a", "from": {"files": {"folder": "b"}}, "every": every}).every == every


@pytest.mark.parametrize("every", ["0 hours", "hourly", "9999 weeks", "-1 day"])
def test_another_text_is_no_duration(every: str) -> None:
    with pytest.raises(InvalidDefinition, match="is not a duration"):
        read_source({"source": "a", "from": {"files": {"folder": "b"}}, "every": every})
