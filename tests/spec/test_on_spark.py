"""The specification on Spark: the cases of a feature in one job, as Spark computes many segments at once."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest

from quartier.catalog import Label
from quartier.engine import Lacking, SparkEngine
from quartier.segment.conditions import BoundSegment, Everyone
from quartier.segment.leaves import Asking
from quartier.segment.moments import Moment
from quartier.segment.whole import found_at_home, members_of_each_query
from quartier.testing import whole_members
from tests.on_spark import found_by_spark, load_worlds
from tests.spec.language import Case, cases

MEMBERS = [
    case
    for case in cases()
    if case.refused is None and case.bound().of == "person" and not found_at_home(case.bound().condition)
]
FEATURES = list(dict.fromkeys(case.feature for case in MEMBERS))
LABEL = Label(en="x", fr="x")
AT = Moment(dt.datetime(2026, 11, 21, tzinfo=dt.UTC), ZoneInfo("UTC"))

pytestmark = pytest.mark.spark


@pytest.mark.slow
@pytest.mark.parametrize("feature", FEATURES)
def test_spark_finds_the_members_expected(feature: str, spark: SparkEngine) -> None:
    _compare([case for case in MEMBERS if case.feature == feature], spark)


@pytest.mark.slow
def test_spark_finds_the_same_members_by_a_statement_of_one_segment(spark: SparkEngine) -> None:
    case = next(case for case in MEMBERS if case.feature == "Combinations")
    load_worlds(spark, [case.world])
    found = whole_members(case.bound(), case.world, spark, Moment(case.now, case.zone))
    assert found == set(case.members or ())


def test_what_is_found_at_home_is_refused_before_spark_is_asked() -> None:
    known_by_its_name_alone = BoundSegment("spec", LABEL, None, Everyone(), FoundAtHome())
    with pytest.raises(Lacking, match="Spark"):
        members_of_each_query({"spec": known_by_its_name_alone}, AT, Asking(dialect="pyspark"))


def test_segments_of_accounts_are_refused_before_spark_is_asked() -> None:
    of_accounts = BoundSegment("spec", LABEL, None, Everyone(), Everyone(), of="account")
    with pytest.raises(Lacking, match="Spark"):
        members_of_each_query({"spec": of_accounts}, AT, Asking(dialect="pyspark"))


@dataclass(frozen=True)
class FoundAtHome:
    """A kind of condition that no query answers."""


def _compare(feature: list[Case], spark: SparkEngine) -> None:
    """All cases at one instant in one job; the instants of a feature share its tables."""
    world = feature[0].world
    load_worlds(spark, [world])
    for moment in dict.fromkeys(Moment(case.now, case.zone) for case in feature):
        own = [case for case in feature if Moment(case.now, case.zone) == moment]
        found = found_by_spark(spark, {case.title: case.bound() for case in own}, [world], moment)
        assert found == {case.title: [set(case.members or ())] for case in own}
