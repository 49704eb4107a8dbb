import re

import pytest

from quartier.catalog import Family
from quartier.look import vision
from quartier.look.colours import (
    ALERT,
    BRICK,
    CANAL,
    FAMILIES,
    GARDEN,
    INK,
    OCHRE,
    PAPER,
    SHADES,
    SOFT_INK,
    SURFACE,
    TOKENS,
    follow_page,
    on_shade,
    variables,
)
from quartier.look.page import base_style
from quartier.report.stylesheet import stylesheet

AA_TEXT, AA_MARK = 4.5, 3.0
TOLD_APART = 0.05


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("token", [INK, SOFT_INK, BRICK, CANAL, GARDEN, OCHRE, ALERT], ids=lambda token: token.name)
def test_every_colour_of_text_has_the_contrast_of_wcag_aa_on_page_and_card(token, mode):
    for ground in (PAPER, SURFACE):
        assert vision.contrast(getattr(token, mode), getattr(ground, mode)) >= AA_TEXT


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("step", range(6))
def test_text_on_every_shade_can_be_read_by_day_and_by_night(step, mode):
    assert vision.contrast(getattr(on_shade(step), mode), getattr(SHADES[step], mode)) >= AA_TEXT


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_family_can_be_seen_on_page_and_card(mode):
    for family in FAMILIES.values():
        for ground in (PAPER, SURFACE):
            assert vision.contrast(getattr(family, mode), getattr(ground, mode)) >= AA_MARK


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("eye", ["common", "protanope", "deuteranope"])
def test_the_nine_families_stay_apart_for_colour_blind_readers(eye, mode):
    assert vision.closest([getattr(family, mode) for family in FAMILIES.values()], eye) >= TOLD_APART


def test_every_family_of_the_catalog_has_one_hue():
    assert list(FAMILIES) == [family.value for family in Family]


def test_shades_fall_in_luminance_by_day_and_rise_by_night_so_that_paper_keeps_their_order():
    by_day = [vision.contrast(shade.light, "#000000") for shade in SHADES]
    by_night = [vision.contrast(shade.dark, "#000000") for shade in SHADES]
    assert by_day == sorted(by_day, reverse=True)
    assert by_night == sorted(by_night)


def test_no_two_tokens_have_the_same_light_form_because_charts_are_told_apart_by_it():
    assert len({token.light for token in TOKENS}) == len(TOKENS)
    assert len({token.name for token in TOKENS}) == len(TOKENS)


def test_a_drawing_follows_the_page():
    drawn = follow_page(f'<rect fill="{BRICK.light}" stroke="{CANAL.light.upper()}" opacity="1"/>')
    assert drawn == '<rect fill="var(--brick)" stroke="var(--canal)" opacity="1"/>'


def test_a_colour_that_is_not_a_token_is_refused():
    with pytest.raises(KeyError):
        follow_page('<rect fill="#123456"/>')


def test_stylesheets_name_no_colour_of_their_own_and_only_known_tokens():
    own = stylesheet().replace(variables(), "")
    own = re.sub(r"@font-face\{.*?\}", "", own)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;,)\s])", own)
    known = {token.variable for token in TOKENS}
    local = set(re.findall(r"(--[\w-]+):", own)) | {"--fill"}
    assert set(re.findall(r"var\((--[\w-]+)", own)) <= known | local


def test_on_paper_every_colour_is_a_grey_of_the_same_luminance():
    printed = variables().split("@media print")[1]
    greys = re.findall(r"#([0-9a-f]{6})", printed)
    assert len(greys) == len(TOKENS)
    assert all(grey[:2] == grey[2:4] == grey[4:] for grey in greys)
    assert vision.contrast(vision.grey_of(CANAL.light), CANAL.light) < 1.03


def test_the_shared_stylesheet_has_a_rule_for_every_family_and_shade():
    style = base_style()
    assert all(f".chip-{family.value}{{" in style for family in Family)
    assert all(f".ground-{step}{{" in style for step in range(len(SHADES)))
