import re
from dataclasses import replace

import altair
import pytest

from quartier.language import LANGUAGES
from quartier.report.compose import figures
from quartier.report.figures import (
    clientele,
    cohorts,
    concentration,
    distinction,
    effects,
    months,
    overlaps,
    rfm,
    separation,
)
from quartier.report.figures.figure import NARROW, ChartFigure
from quartier.report.pictures import pictures
from tests.unit.report.made_up import content, empty
from tests.unit.report.made_up import effects as made_up_effects


@pytest.fixture(scope="module")
def whole():
    return content(3)


@pytest.mark.parametrize(("language", "width"), [*zip(LANGUAGES, [NARROW, 800], strict=True)])
def test_every_chart_is_one_that_vega_lite_knows(whole, language, width):
    charts = [each for each in figures(whole, language) if isinstance(each, ChartFigure)]
    assert len(charts) == 6 + 3 + 2
    for each in charts:
        altair.Chart.from_dict(each.chart(width), validate=True)


def test_titles_state_the_finding(whole):
    assert concentration.figure(whole, "fr").title.startswith(
        "Les 20\N{NO-BREAK SPACE}% de clients les plus dépensiers"
    )
    assert months.figure(whole, "en").title.startswith("The last 12 whole months brought €")
    assert clientele.figures(whole, "en")[0].title.startswith("“Champions”: 9% of customers")
    assert rfm.figure(whole, "en").title.startswith("The fullest cell")
    assert cohorts.figure(whole, "en").title == "20% of new customers order again in the month after their first"


def test_a_short_history_claims_no_change(whole):
    few = replace(whole, overview=replace(whole.overview, months=whole.overview.months[-6:]))
    assert months.figure(few, "en").title == "Net revenue and customers, month by month"
    assert months.figure(replace(whole, overview=None), "en") is None


def test_the_month_that_is_not_over_is_said_to_be(whole):
    assert "not over" in months.figure(whole, "en").note
    over = replace(whole, overview=replace(whole.overview, months=whole.overview.months[:-1]))
    assert months.figure(over, "en").note == ""


def test_nothing_is_drawn_of_nothing():
    assert figures(empty(), "fr") == ()


def test_only_differences_that_chance_does_not_explain_are_shown(whole):
    figure = distinction.figure(whole.segments[0], "en")
    names = [row[0] for row in figure.table.rows]
    assert "Newsletter, yes" in names
    assert not any(name.startswith("What matters most") for name in names)
    assert "of 6 compared" in figure.table.caption


def test_a_segment_like_the_rest_has_no_chart(whole):
    card = whole.segments[0]
    alike = tuple(replace(each, is_distinct=False) for each in card.profile.differences)
    assert distinction.figure(replace(card, profile=replace(card.profile, differences=alike)), "en") is None
    assert distinction.figure(replace(card, profile=None), "en") is None


def test_every_estimate_is_written_with_its_interval():
    card = made_up_effects()[0]
    said = effects.verdict(card.rows[0], card, "EUR", "en")
    assert "+€2.53 per person (95% interval: +€0.61 to +€4.45)" in said
    assert "8,102 reached against 903 held out" in said


def test_an_interval_that_crosses_zero_is_too_small_to_tell_and_says_how_many_it_would_take():
    card = made_up_effects()[1]
    said = effects.verdict(card.rows[0], card, "EUR", "fr")
    assert said.startswith("Trop faible pour conclure\N{NO-BREAK SPACE}: +0,6\N{NO-BREAK SPACE}points")
    assert "152\N{NARROW NO-BREAK SPACE}000 personnes" in said


def test_too_few_persons_allow_no_verdict_whatever_the_interval():
    card = made_up_effects()[0]
    assert effects.tone(card.rows[0]) == "good"
    assert effects.tone(replace(card.rows[0], is_few=True)) == "unsure"
    assert effects.tone(card.rows[3]) == "bad"
    few = replace(card, rows=(replace(card.rows[0], is_few=True),))
    assert effects.figure(few, "EUR", "en", "effect").table.rows[0][-1] == "too few persons to tell"


def test_no_axis_is_written_in_powers_of_ten(whole):
    card = made_up_effects()[0]
    wide = replace(card, rows=(replace(card.rows[0], low=-92.0, high=39.0),))
    for figure in figures(replace(whole, effects=(wide,)), "fr"):
        assert not re.search(r"\de[+−-]\d", figure.as_svg())


def test_the_overlap_matrix_leaves_out_empty_segments_and_needs_two(whole):
    found = overlaps.figure(whole, "en")
    assert "share the most" in found.title
    alone = replace(whole, overlap=replace(whole.overlap, sizes=(5, 0, 0)))
    assert overlaps.figure(alone, "en") is None


def test_of_many_segments_the_matrix_draws_those_that_overlap_most_and_says_so():
    many = content(24)
    drawn = overlaps.figure(many, "fr")
    assert len({row["row"] for row in drawn.chart(820)["datasets"]["rows"]}) == overlaps.MOST_DRAWN
    assert "les 20 segments qui se recoupent le plus, sur 24" in drawn.note
    assert len(drawn.table.rows) <= overlaps.MOST_PAIRS
    few = overlaps.figure(content(5), "fr")
    assert "dessinés" not in few.note


def test_what_is_told_apart_is_headed_by_the_trait_that_defines_nothing(whole):
    found = separation.figure(whole, "en")
    assert found.title == "Beyond their definitions, the segments tell “Usual device” apart best: 21% of its variation"
    assert [row["trait"] for row in found.chart(760)["datasets"]["rows"]] == [
        *("Country", "Age", "Usual device", "What matters most"),
    ]
    defining = tuple(each for each in whole.segmentation.traits if each.is_defining)
    only = replace(whole, segmentation=replace(whole.segmentation, traits=defining))
    assert separation.figure(only, "en").title == "The segments tell apart only what defines them"
    assert separation.figure(replace(whole, segmentation=None), "en") is None


def test_the_plan_by_revenue_is_only_drawn_when_something_was_sold(whole):
    assert [each.key for each in clientele.figures(whole, "en")] == ["plan-persons", "plan-revenue"]
    rows = tuple(replace(row, revenue=0.0, share_of_revenue=None) for row in whole.grid.classes)
    unsold = replace(whole, grid=replace(whole.grid, revenue=0.0, classes=rows))
    assert [each.key for each in clientele.figures(unsold, "en")] == ["plan-persons"]


def test_pictures_come_as_svg_and_png_in_the_order_of_the_report(whole):
    few = replace(
        whole,
        segments=whole.segments[:1],
        overlap=None,
        segmentation=None,
        effects=(),
        concentration=None,
        cohorts=None,
        overview=None,
    )
    found = dict(pictures(few, "fr"))
    assert list(found) == [
        *("01-plan-persons-fr.svg", "01-plan-persons-fr.png", "02-plan-revenue-fr.svg", "02-plan-revenue-fr.png"),
        *("03-rfm-fr.svg", "03-rfm-fr.png"),
        *(f"04-segment-{few.segments[0].name}-fr.{kind}" for kind in ("svg", "png")),
    ]
    assert all(data.startswith(b"\x89PNG") for name, data in found.items() if name.endswith("png"))
    assert all(b"<svg" in data and b"var(--" not in data for name, data in found.items() if name.endswith("svg"))
