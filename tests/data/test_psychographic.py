"""Factors and classes on real surveys, against what is published. The tables are printed."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from quartier.analyse.psychographic import classes, factors
from tests.data.test_clusters import answers, read

pytestmark = [pytest.mark.data, pytest.mark.slow]
Shared = Callable[[str], Path]
ITEMS = [f"{scale}{number}" for scale in "ACENO" for number in range(1, 6)]


def test_the_five_factors_of_personality_are_recovered(shared_data: Shared) -> None:
    """Revelle's psych prints alpha A .70 C .72 E .76 N .81 O .60; of pairwise covariances C is .73."""
    table = read(shared_data("bfi.csv.gz"))
    given = np.column_stack([table[item].cast("float64").to_numpy() for item in ITEMS])
    found = factors.factors_of(given, None, seed=1)
    alphas = {}
    for each in found.factors:
        items, turned = [ITEMS[place] for place in each.items], sorted(ITEMS[place] for place in each.reversed_)
        print(f"{items} against {turned}: alpha {each.alpha:.3f}, omega {each.omega:.3f}")
        assert len({item[0] for item in items}) == 1
        alphas[items[0][0]] = round(each.alpha, 2)
    assert len(found.factors) == 5
    assert alphas == {"A": 0.7, "C": 0.73, "E": 0.76, "N": 0.81, "O": 0.6}
    assert {ITEMS[place] for each in found.factors for place in each.reversed_} == {
        "A1", "C4", "C5", "E1", "E2", "O2", "O5",
    }  # fmt: skip


def test_opinions_of_a_restaurant_are_of_four_kinds_at_least(shared_data: Shared) -> None:
    pytest.importorskip("stepmix")
    given = np.column_stack(list(answers(shared_data).values())).astype(float)
    found = classes.classes_of(given, (1, 2, 3, 4), seed=1)
    for each in found.tried:
        print(
            f"{each.number}: BIC {each.bic:.0f}, entropy {each.entropy:.3f}, smallest {each.smallest:.3f}, {each.again}"
        )
    assert [each.bic for each in found.tried] == sorted((each.bic for each in found.tried), reverse=True)
    assert found.labels.max() == 3
    assert found.tried[3].entropy > 0.8
    two, three, four = (each.again.median for each in found.tried[1:])
    assert two > 0.9
    assert max(three, four) < two
