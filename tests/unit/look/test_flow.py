"""The drawing of flows: well formed at both widths, one scale for both sides, each stream named and led somewhere."""

import re
from xml.etree import ElementTree

import pytest

from quartier.look.flow import TALLEST, Side, Stream, draw

CAME = Side("60 entered", 60, (
    Stream("Inactive & <gone>", "40 · 67%", "Inactive: 40", 40, "/segments/inactive?a=1&b=2"),
    Stream("left no other segment", "20 · 33%", "none: 20", 20, is_rest=True),
))  # fmt: skip
WENT = Side("30 left", 30, (Stream("Asleep", "30 · 100%", "Asleep: 30", 30, "/segments/asleep"),))


@pytest.mark.parametrize("width", [860, 340])
@pytest.mark.parametrize("exits", [WENT, Side("0 left", 0, ())])
def test_flows_are_well_formed_and_lead_to_segments(width, exits):
    drawn = draw(CAME, exits, ("Frequent buyers of the whole wide world", "900 stayed"), width, 'Flows "here"')
    ElementTree.fromstring(drawn)
    assert "nan" not in drawn
    assert re.findall(r"<title>([^<]*)</title>", drawn)[:2] == ["Inactive: 40", "none: 20"]
    assert 'href="/segments/inactive?a=1&amp;b=2"' in drawn


def test_both_sides_have_one_scale():
    heights = [float(each) for each in re.findall(r'width="12" height="([\d.]+)"', draw(CAME, WENT, ("x",), 860, "x"))]
    assert heights == [TALLEST, TALLEST / 2]
