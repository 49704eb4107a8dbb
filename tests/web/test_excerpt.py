"""Parts of pages for notebooks: what the application draws, without its links, in a style of its own."""

import re

import pytest

from quartier.errors import UnknownName
from quartier.web import excerpt


def test_a_part_is_what_the_page_shows_without_its_links(reading):
    found = excerpt.excerpt(reading, "/analyse", "grid")
    inside = re.fullmatch(
        r'<div class="excerpt" lang="en"><template shadowrootmode="open"><link rel="stylesheet" '
        r'href="../assets/excerpt.css">\n(<section class="card" id="grid">.*</section>)\n</template></div>',
        found,
        re.DOTALL,
    )
    assert inside
    assert "Champions" in inside[1]
    assert inside[1].count("<section") == inside[1].count("</section>") == 1
    assert "href" not in inside[1]
    assert "csrf" not in found


def test_a_part_is_drawn_in_the_language_that_is_asked_for(reading):
    found = excerpt.excerpt(reading, "/analyse", "classes", language="fr")
    assert '<div class="excerpt" lang="fr">' in found
    assert "jours depuis le dernier achat" in found


def test_a_part_that_holds_others_of_its_kind_comes_whole(reading):
    found = excerpt.excerpt(reading, "/analyse", "page").partition('<div class="page">')[2]
    assert "</aside>" in found
    assert found.count("<div") + 2 == found.count("</div>")


def test_a_part_that_the_page_has_not_is_refused_with_those_that_it_has(reading):
    with pytest.raises(UnknownName) as refused:
        excerpt.excerpt(reading, "/analyse", "gird")
    assert "grid" in refused.value.to("en")


def test_the_style_of_a_part_hangs_on_nothing_around_it_but_the_colours():
    style = excerpt.style()
    assert not re.findall(r"\drem|:root|@media screen and \(max-width|@font-face|(?:^|[{}]\s*)(?:html|body)\b", style)
    assert "@container (max-width: 640px)" in style


def test_the_page_around_brings_the_colours_of_both_schemes_and_the_typeface():
    ground = excerpt.ground(".light", ".dark")
    light, dark = (re.search(rf"\{each}{{(.*?)}}", ground)[1] for each in (".light", ".dark"))
    used = set(re.findall(r"var\((--[\w-]+)\)", excerpt.style())) - set(re.findall(r"(--[\w-]+):", excerpt.style()))
    told = {each.split(":")[0] for each in light.split(";") if each}
    assert {each for each in used if not each.startswith("--pico")} <= told
    assert told == {each.split(":")[0] for each in dark.split(";") if each}
    assert "Public Sans" in ground
