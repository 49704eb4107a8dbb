"""Each case of the specification on a real PostgreSQL, leaf by leaf and as one statement."""

from collections.abc import Iterator

import pytest

from quartier.engine import PostgresEngine
from quartier.segment.moments import Moment
from quartier.testing import TinyWorld, engine_members, load, whole_members
from tests.spec.language import Case, cases

FEATURES = {feature: [case for case in cases() if case.feature == feature and case.refused is None]
            for feature in dict.fromkeys(case.feature for case in cases())}  # fmt: skip


@pytest.fixture(scope="module")
def engine(postgres_url: str) -> Iterator[PostgresEngine]:
    opened = PostgresEngine(postgres_url, schema="spec")
    yield opened
    opened.close()


@pytest.mark.parametrize("feature", FEATURES)
def test_postgresql_finds_the_members_expected(feature: str, engine: PostgresEngine) -> None:
    loaded: TinyWorld | None = None
    for case in FEATURES[feature]:
        if case.world is not loaded:
            load(case.world, engine)
            loaded = case.world
        assert found(case, engine) == (set(case.members or ()), set(case.members or ())), case.title


def found(case: Case, engine: PostgresEngine) -> tuple[set[str], set[str]]:
    """The members by sets that come home, and by one statement."""
    bound, moment = case.bound(), Moment(case.now, case.zone)
    return engine_members(bound, case.world, engine, moment), whole_members(bound, case.world, engine, moment)
