import pytest

from quartier.look.vision import closest, contrast, distance


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # W3C's own example of a near miss
    assert contrast("#ffffff", "#ffffff") == 1


def test_distance_is_nought_for_one_colour_and_one_from_black_to_white():
    assert distance("#b6452c", "#b6452c") == 0
    assert distance("#000000", "#ffffff") == pytest.approx(1, abs=0.001)


def test_red_and_green_that_differ_for_most_come_close_for_a_deuteranope():
    red, green = "#b05a3c", "#7a7a2f"
    assert distance(red, green, "deuteranope") < distance(red, green) / 2


def test_the_closest_pair_decides():
    assert closest(["#000000", "#ffffff", "#fefefe"], "common") == distance("#ffffff", "#fefefe")
