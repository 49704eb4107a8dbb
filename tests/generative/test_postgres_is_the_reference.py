"""What PostgreSQL finds is what the reference finds: leaf by leaf, in common scans and as one statement."""

from collections.abc import Iterator

import pytest

from quartier.engine import PostgresEngine
from tests.generative.conditions import segments
from tests.generative.test_engine_is_the_reference import compared_on, everything


@pytest.fixture(scope="module")
def engine(postgres_url: str) -> Iterator[PostgresEngine]:
    opened = PostgresEngine(postgres_url, schema="generated")
    yield opened
    opened.close()


def test_postgresql_finds_the_members_of_the_reference(engine: PostgresEngine) -> None:
    assert compared_on(engine, segments, max_examples=6, derandomize=True)


@pytest.mark.slow
def test_postgresql_finds_the_members_of_the_reference_in_thousands_of_worlds(engine: PostgresEngine) -> None:
    seen = compared_on(engine, segments, max_examples=2000, derandomize=False)
    assert not everything() - seen
