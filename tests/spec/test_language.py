"""Each case of the specification on the reference evaluator and on every engine."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from quartier.engine import DuckDBEngine
from quartier.errors import InvalidDefinition
from quartier.segment.conditions import EventLeaf, RankLeaf, TraitLeaf, leaves
from quartier.segment.measures import MEASURES
from quartier.segment.moments import Moment
from quartier.segment.operators import OPERATORS
from quartier.segment.ranks import RANKS
from quartier.testing import TinyWorld, engine_members, load, reference_members, whole_members
from tests.spec.language import Case, cases

MEMBERS = [case for case in cases() if case.refused is None]
REFUSALS = [case for case in cases() if case.refused is not None]


def _name(case: Case) -> str:
    return f"{case.feature}: {case.title}"


@pytest.fixture(scope="module")
def worlds() -> Iterator["Worlds"]:
    """One engine in memory; the cases of a feature share its tables."""
    opened = DuckDBEngine(memory_limit="256MB", threads=1)
    yield Worlds(opened)
    opened.close()


@dataclass
class Worlds:
    """An engine that holds one tiny world at a time."""

    engine: DuckDBEngine
    loaded: TinyWorld | None = None

    def holding(self, world: TinyWorld) -> DuckDBEngine:
        """The engine with the tables of this world; evaluating reads them and writes none."""
        if world is not self.loaded:
            load(world, self.engine)
            self.loaded = world
        return self.engine


@pytest.mark.parametrize("case", MEMBERS, ids=_name)
def test_the_reference_finds_the_members_expected(case: Case) -> None:
    assert reference_members(case.bound(), case.world, case.now, case.zone) == set(case.members or ())


@pytest.mark.parametrize("case", MEMBERS, ids=_name)
def test_duckdb_finds_the_members_expected(case: Case, worlds: Worlds) -> None:
    engine = worlds.holding(case.world)
    assert engine_members(case.bound(), case.world, engine, Moment(case.now, case.zone)) == set(case.members or ())


@pytest.mark.parametrize("case", MEMBERS, ids=_name)
def test_duckdb_finds_the_same_members_by_one_statement(case: Case, worlds: Worlds) -> None:
    engine = worlds.holding(case.world)
    assert whole_members(case.bound(), case.world, engine, Moment(case.now, case.zone)) == set(case.members or ())


@pytest.mark.parametrize("case", REFUSALS, ids=_name)
def test_what_cannot_be_meant_is_refused_with_a_reason(case: Case) -> None:
    with pytest.raises(InvalidDefinition) as refused:
        case.bound()
    assert case.refused is not None
    assert case.refused in refused.value.to("en")


def test_every_operator_and_every_measure_has_a_case() -> None:
    used = [leaf for case in MEMBERS for leaf in leaves(case.bound().condition)]
    events = [leaf for leaf in used if isinstance(leaf, EventLeaf)]
    operators = {leaf.comparison.operator_key for leaf in used if isinstance(leaf, TraitLeaf | EventLeaf)}
    assert operators == set(OPERATORS)
    assert {leaf.measure.kind for leaf in events} == set(MEASURES)
    assert {leaf.rank.kind for leaf in used if isinstance(leaf, RankLeaf)} == set(RANKS)
