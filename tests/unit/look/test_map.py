"""The map: two projections, the part of the world that is shown, shapes that fit, words that do not cross."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from quartier.look.colours import follow_page
from quartier.look.map import Dot, Land, MapKey, draw, is_drawn
from quartier.look.map.outlines import outlines
from quartier.look.map.placing import Sheet
from quartier.look.map.projection import around, of_world
from quartier.look.map.shapes import inside, placed_lines, placed_rings
from quartier.look.map.view import view_of

KEY = MapKey("Share", "0%", "50%", "100 members", 100)
FRANCE = Land("FR", "France", "2,118 · 23%", "France: 2,118 of 9,270", 3, "/segments/new?a=1&b=2")
BELGIUM = Land("BE", "Belgium", "454 · 22%", "Belgium: 454 of 2,040", 3)
CITIES = [Dot("Paris", "Paris: 506", 2.35, 48.85, 506, "/paris"), Dot("<Lyon>", "Lyon: 209", 4.85, 45.75, 209)]


def test_lamberts_projection_gives_the_published_example():
    # Snyder 1987, Map Projections, page 332: R = 3, around 40° N 100° W, the point 20° S 100° E.
    x, y = (around(-100, 40)(np.array([[100.0, -20.0]]))[0] * 3).tolist()
    assert (x, -y) == pytest.approx((-4.2339303, 4.0257775), abs=1e-6)


def test_both_projections_keep_areas():
    def area(project, west, south):
        top, side = np.linspace(0, 1, 40), np.zeros(40)
        edge = np.concatenate(
            [np.c_[top, side], np.c_[side + 1, top], np.c_[top[::-1], side + 1], np.c_[side, top[::-1]]]
        )
        x, y = project(edge + np.array([west, south])).T
        return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2

    for project in (around(10, 45), of_world):
        for west, south in ((0, 0), (20, 40), (-30, 60)):
            on_globe = np.radians(1) * (np.sin(np.radians(south + 1)) - np.sin(np.radians(south)))
            assert area(project, west, south) == pytest.approx(on_globe, rel=2e-3)


def test_a_shop_in_france_is_shown_france_and_one_everywhere_the_world():
    france = view_of(["FR"], (), 480, 470)
    assert france.middle == pytest.approx((2.4, 46.2), abs=1)
    lines = outlines().main_part("FR")
    placed = np.concatenate([france.place(each) for each in lines])
    assert placed.min() >= 0
    assert (placed.max(axis=0) <= (france.width, france.height)).all()
    assert view_of(["FR", "US", "AU"], (), 480, 470).middle is None
    assert view_of([], (), 480, 470).middle is None


def test_what_lies_overseas_has_a_code_of_its_own():
    assert all(map(is_drawn, ("FR", "GF", "GP", "MQ", "RE", "YT", "XK", "SG", "MT")))
    assert not is_drawn("")
    assert max(ring[:, 1].max() for ring in outlines().main_part("FR")) < 52
    assert len(outlines().main_part("GB")) > 1


def test_cities_lie_in_their_countries_on_the_map():
    view = view_of(["FR", "BE"], (), 480, 470)
    lines = placed_lines(view)
    for code, east, north in (("FR", 2.35, 48.85), ("BE", 4.35, 50.85), ("FR", 8.9, 42.2)):
        spot = view.place(np.array([[east, north]]))
        assert any(inside(rings, spot)[0] for rings in placed_rings(view, code, lines))


@pytest.mark.parametrize("width", [480, 340])
def test_a_map_is_well_formed_and_names_each_place_once(width):
    drawn = draw([FRANCE, BELGIUM], CITIES, ["FR", "BE"], width, 470, 'a "map"', KEY)
    ElementTree.fromstring(drawn)
    assert re.findall(r"<title>([^<]*)</title>", drawn) == [
        FRANCE.title, BELGIUM.title, "Paris: 506", "Lyon: 209",
    ]  # fmt: skip
    assert re.findall(r'href="([^"]*)"', drawn) == ["/segments/new?a=1&amp;b=2", "/paris"]
    assert len(drawn) < 60_000
    assert "#" not in follow_page(drawn).replace("&#", "")


@pytest.mark.parametrize("codes", [["RU", "FI"], ["US", "CA"], ["NZ"], ["FJ"], ["LU"], ["US", "FR", "JP"], ["ZZ"]])
def test_every_part_of_the_world_can_be_drawn(codes):
    drawn = draw([Land(each, each, "1", each, 5) for each in codes], [], codes, 480, 470, "map", KEY)
    ElementTree.fromstring(drawn)
    assert "nan" not in drawn
    assert len(drawn) < 130_000


def test_words_never_cross_one_another():
    sheet = Sheet(200, 100, ())
    square = np.array([(10.0, 10), (190, 10), (190, 90), (10, 90)])
    first = sheet.name([[square]], "Somewhere", "12")
    second = sheet.city("Elsewhere", first[0].x, first[0].y, 3)
    assert [each.text for each in first] == ["Somewhere", "12"]
    for box in (each.box for each in second):
        assert all(
            box[2] <= other[0] or other[2] <= box[0] or box[3] <= other[1] or other[3] <= box[1]
            for other in (each.box for each in first)
        )
