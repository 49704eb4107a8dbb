"""One configuration, fitted to none of them, on the sets of record linkage whose truth is known."""

from pathlib import Path

import pytest

from benchmarks.matching_sets import HEADING, SETS, SPLINK, Measured, measure
from tests.needs import requires_module, shared_data

pytestmark = pytest.mark.data

LEAST_F1 = {**SPLINK, "FEBRL 1": 0.99, "FEBRL 2": 0.99, "Chicago": 0.8}


def folder_of(name: str) -> Path:
    requires_module("splink")
    return {shared_data(file).parent for file in SETS[name]}.pop()


def measured(name: str) -> Measured:
    found = measure(name, folder_of(name))
    print(f"\n{HEADING}\n{found.as_markdown()}")
    return found


@pytest.mark.parametrize(
    "name", ["FEBRL 3", "fake_1000", *(pytest.param(name, marks=pytest.mark.slow) for name in ("FEBRL 4", "Chicago"))]
)
def test_pairs_are_found_at_least_as_well_as_by_settings_written_by_hand(name: str):
    found = measured(name)
    assert found.pairs.f1 >= LEAST_F1[name]
    assert found.clusters.recall > 0.9


@pytest.mark.slow
@pytest.mark.parametrize("name", ["FEBRL 1", "FEBRL 2"])
def test_easy_sets_are_matched_nearly_without_a_fault(name: str):
    found = measured(name)
    assert found.pairs.f1 >= LEAST_F1[name]
    assert found.clusters.impure <= 1
