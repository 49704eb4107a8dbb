import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quartier.look.plan import District, block_size, draw
from quartier.look.plan import _lettering as lettering

SIZES = st.lists(st.floats(0.5, 10_000), min_size=1, max_size=14)


def districts(sizes, wards=("",)):
    return [
        District(f"District {n}", f"{n} %", size, n % 6, f"title {n}", n, f"#d{n}", wards[n % len(wards)])
        for n, size in enumerate(sizes)
    ]


def lots(svg):
    pattern = r'<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"'
    return [tuple(map(float, found)) for found in re.findall(pattern, svg)]


@given(SIZES, st.sampled_from([(960, 540), (350, 600), (200, 200)]), st.sampled_from([("",), ("North", "South")]))
def test_districts_stay_on_the_plan_and_never_overlap(sizes, ground, wards):
    width, height = ground
    found = lots(draw(districts(sizes, wards), width, height, "plan").svg)
    assert len(found) == len(sizes)
    for x, y, w, h in found:
        assert x >= -0.1
        assert y >= -0.1
        assert x + w <= width + 0.6
        assert y + h <= height + 0.6
    large = [lot for lot in found if min(lot[2], lot[3]) > 1]
    for one, (ax, ay, aw, ah) in enumerate(large):
        for bx, by, bw, bh in large[one + 1 :]:
            assert ax + aw <= bx + 0.2 or bx + bw <= ax + 0.2 or ay + ah <= by + 0.2 or by + bh <= ay + 0.2


def test_areas_are_in_proportion_to_sizes():
    small, large = sorted(w * h for _, _, w, h in lots(draw(districts([1000, 3000]), 960, 540, "plan").svg))
    assert large / small == pytest.approx(3, rel=0.03)


def test_every_district_is_a_link_with_its_words():
    svg = draw(districts([5, 3, 1]), 600, 400, "three & more").svg
    root = ElementTree.fromstring(svg)  # well-formed, whatever the words
    links = [each for each in root if each.tag.endswith("}a")]
    assert [each.get("href") for each in links] == ["#d0", "#d1", "#d2"]
    assert all(next(iter(each)).tag.endswith("}title") and next(iter(each)).text for each in links)
    assert root.get("aria-label") == "three & more"


def test_words_of_a_customer_cannot_become_markup():
    wicked = District('<script>"&', "1", 1.0, 0, "</title><script>", 1)
    assert "<script>" not in draw([wicked], 600, 400, '"><script>').svg


def test_a_district_too_small_for_its_name_carries_its_number_and_is_listed():
    drawn = draw(districts([10_000, 60]), 600, 300, "plan")
    assert [each.number for each in drawn.numbered] == [1]


def test_nothing_has_a_plan_too():
    assert lots(draw([], 600, 300, "empty").svg) == []
    assert lots(draw(districts([0.0]), 600, 300, "empty").svg) == []


def test_one_block_stands_for_a_round_number():
    assert [block_size(total) for total in (0, 12, 13_406, 20_000, 1_000_000)] == [0, 1, 50, 50, 2_000]


def test_a_sign_that_is_too_wide_in_capitals_is_written_as_it_is_before_it_is_cut():
    assert lettering("Les arrivants", 120) == ("LES ARRIVANTS", 1.0)
    assert lettering("Les arrivants", 70) == ("Les arrivants", 0.0)
    assert lettering("Les arrivants", 60)[0].endswith("…")
