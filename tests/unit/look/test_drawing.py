import re

import pytest

from quartier.look.drawing import built, described, inline, picture_png, picture_svg, svg


@pytest.fixture(scope="module")
def chart():
    def bars(alt):
        x, y = (
            alt.X("n:Q", axis=alt.Axis(format=",.1f", tickCount=2), scale=alt.Scale(domain=[0, 20_000])),
            alt.Y("k:N"),
        )
        return alt.Chart(alt.Data(name="rows")).mark_bar().encode(x=x, y=y)

    return built(bars, rows=[{"n": 12_000, "k": "a<b"}, {"n": 9_000, "k": "c"}])


def test_figures_in_charts_are_those_of_the_language(chart):
    assert "10,000.0" in svg(chart, "en")
    assert "10\N{NARROW NO-BREAK SPACE}000,0" in svg(chart, "fr")


def test_a_chart_in_a_page_has_the_colours_of_the_page_and_words_in_its_place(chart):
    drawn = inline(chart, "fr", 'Barres "à voir"')
    assert not re.search(r'(fill|stroke)="#', drawn)
    assert "var(--canal)" in drawn
    assert drawn.startswith('<svg role="img" aria-label="Barres &quot;à voir&quot;"')
    assert drawn.count("aria-") == 1


def test_a_chart_as_a_file_has_its_own_ground(chart):
    assert 'fill="#ffffff"' in picture_svg(chart, "en", "bars")
    assert picture_png(chart, "en").startswith(b"\x89PNG")


def test_the_description_is_escaped():
    assert described("<svg ><g/></svg>", "<b>") == '<svg role="img" aria-label="&lt;b&gt;" ><g/></svg>'
