"""The named classes are a complete partition of the grid, and an order of things that makes sense."""

import itertools

import pytest

from quartier.analyse.classes import _GRIDS, CLASS_BY_ID, CLASSES, class_of, frequency_monetary

BINS = [3, 4, 5]


@pytest.mark.parametrize("bins", BINS)
def test_every_cell_has_exactly_one_class(bins: int) -> None:
    rows = [row.split() for row in _GRIDS[bins]]
    assert [len(row) for row in rows] == [bins] * bins
    cells = list(itertools.product(range(1, bins + 1), repeat=2))
    assert all(class_of(recency, column, bins) in CLASSES for recency, column in cells)
    assert {name for row in rows for name in row} == {class_of(*cell, bins).id for cell in cells}


def test_with_five_bins_every_class_has_a_cell() -> None:
    assert {class_of(r, fm, 5).id for r in range(1, 6) for fm in range(1, 6)} == set(CLASS_BY_ID)


@pytest.mark.parametrize("bins", BINS)
def test_the_corners_are_champions_new_cannot_lose_and_lost(bins: int) -> None:
    corners = [(bins, bins), (bins, 1), (1, bins), (1, 1)]
    assert [class_of(*corner, bins).id for corner in corners] == ["champions", "new", "cannot_lose", "lost"]


@pytest.mark.parametrize("cell", [(0, 1), (6, 1), (1, 0), (1, 6)])
def test_a_cell_outside_the_grid_has_no_class(cell: tuple[int, int]) -> None:
    with pytest.raises(IndexError):
        class_of(*cell, 5)


@pytest.mark.parametrize("bins", BINS)
def test_frequency_and_monetary_make_one_axis_with_the_same_bins(bins: int) -> None:
    found = {frequency_monetary(f, m) for f, m in itertools.product(range(1, bins + 1), repeat=2)}
    assert found == set(range(1, bins + 1))
    assert frequency_monetary(2, 3) == 3
    assert frequency_monetary(4, 1) == 3


def test_classes_have_distinct_ids_and_names_in_both_languages() -> None:
    assert len(CLASS_BY_ID) == len({each.label.fr for each in CLASSES}) == len({each.label.en for each in CLASSES})
    assert CLASS_BY_ID["at_risk"].label.fr == "À risque"
    assert all(each.advice.fr and each.advice.en for each in CLASSES)
