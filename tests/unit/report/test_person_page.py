"""The page of a person: whole in both languages, silent towards the network, its picture drawn of any links."""

import datetime as dt
import re
from typing import get_args, get_origin, get_type_hints

import pytest

from quartier.catalog import Family, Label, Sensitivity
from quartier.config import Config
from quartier.identify.profile import (
    Belonging,
    Detail,
    Happening,
    Identifier,
    LinkShown,
    Memberships,
    Profile,
    Shared,
    Similar,
    Timeline,
    TraitKnown,
)
from quartier.language import LANGUAGES
from quartier.report.person import page as pages
from quartier.report.person.links import links_picture
from quartier.report.person.run import render
from quartier.report.person.tree import tree
from tests.conftest import NOW

VIEWS = [each for each in vars(pages).values() if isinstance(each, type) and each.__module__ == pages.__name__]
SAME = Label(en="Plan", fr="Formule")
CONFIG = Config(name="Shop", is_synthetic=True)


def identifiers(*values: str, other: str = "") -> tuple[Identifier, ...]:
    kinds = ("user_id", "email", "anonymous_id", "phone")
    return tuple(Identifier(n, kinds[n % 4], each, "crm.csv", each != other) for n, each in enumerate(values))


def link(a: int, b: int, reason: str = "record", **other) -> LinkShown:
    return LinkShown(a, b, reason, NOW, **other)


def profile(**other) -> Profile:
    trait = TraitKnown(
        "plan", SAME, Family.ACCOUNT, "<b>pro</b>", Sensitivity.ORDINARY, source="crm.csv", since=NOW, earlier=2
    )
    hidden = TraitKnown(
        "creed", Label(en="Creed", fr="Croyance"), Family.VALUES, None, Sensitivity.SPECIAL, is_masked=True
    )
    paid = Detail("revenue", Label(en="Revenue", fr="Montant"), 1234.5)
    seen = Happening("Order Completed", Label(en="Order", fr="Commande"), NOW, "1", (paid,))
    given = {
        "person": "p_abc", "name": "Ana <i>Dupont</i>", "at": NOW, "known_since": NOW - dt.timedelta(days=9),
        "traits": (trait, hidden), "timeline": Timeline((seen,), (("Order Completed", seen.label, 1),)),
        "memberships": Memberships((Belonging("pros", Label(en="Pros", fr="Pros"), NOW),), hidden=1),
        "identifiers": identifiers("C-1", "ana@example.com", "browser", "other", other="other"),
        "links": (
            link(0, 1), link(1, 2, "match", probability=0.97),
            link(0, 3, "hand", decision="refused", author="Ada", apart="refused"),
        ),
        "similar": (Similar("p_def", "Zoé", 0.9, (Shared("plan", SAME, "pro", "pro", 1.0),)),),
    }  # fmt: skip
    return Profile(**{**given, **other})


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    return {language: render(profile(), language, CONFIG) for language in LANGUAGES}


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_everything_that_the_template_may_use_says_what_it_is(view):
    hints = get_type_hints(view, vars(pages), include_extras=True)
    assert all(get_origin(hints[name]) and len(get_args(hints[name])[1]) > 5 for name in view.__dataclass_fields__)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_asks_the_network_for_nothing_and_its_anchors_exist(written, language):
    html = written[language]
    assert not re.findall(r"""(?:src|href|action|url)\s*[=(]\s*["']?(?:https?:)?//""", html)
    assert "<script" not in html
    assert set(re.findall(r'<li><a href="#([^"]+)"', html)) <= set(re.findall(r'\sid="([^"]+)"', html))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_customers_wrote_is_never_markup(written, language):
    assert "<b>pro</b>" not in written[language]
    assert "&lt;b&gt;pro&lt;/b&gt;" in written[language]
    assert "<i>Dupont" not in written[language]


def test_each_language_says_it_in_its_own_words(written):
    for words in ("All that is known of p_abc", "2 other values before", "seen together", "alike (97%)",
                  "refused by Ada", "1,234.5", "another person: phone", "1 segment is not shown"):  # fmt: skip
        assert words in written["en"], words
    for words in ("Tout ce que l&#39;on sait de p_abc", "2 autres valeurs auparavant", "vus ensemble", "semblables (97",
                  "refusé par Ada", "1\N{NARROW NO-BREAK SPACE}234,5", "Chronologie"):  # fmt: skip
        assert words in written["fr"], words


def test_french_has_a_no_break_space_before_its_tall_signs(written):
    words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", written["fr"], flags=re.DOTALL)
    assert not re.findall(r"\w [:;!?»]|« ", words)


def test_undone_links_are_dashed_and_every_identifier_is_drawn_once_for_each_width(written):
    for drawing in re.findall(r'<svg class="links".*?</svg>', written["en"], re.DOTALL):
        assert drawing.count('class="followed"') == 2
        assert drawing.count('class="undone"') == 1
        assert (drawing.count('class="own"'), drawing.count('class="other"')) == (3, 1)
        assert 'role="img"' in drawing


def test_of_whom_nearly_nothing_is_known_there_is_a_page(written):
    bare = profile(traits=(), timeline=Timeline(), memberships=Memberships(), links=(), similar=(), known_since=None)
    assert "<h2>Identifiers and links</h2>" in render(bare, "en", CONFIG)
    html = render(profile(identifiers=(), links=(), traits=()), "fr", CONFIG)
    assert "<h2>Identifiants et liens</h2>" not in html


def test_a_tree_has_each_identifier_once_whatever_the_links():
    ring = [link(0, 1), link(1, 2), link(2, 3), link(3, 0), link(0, 2, "match", probability=0.9)]
    branches = tree(identifiers("a", "b", "c", "d"), ring)
    assert sorted(each.identifier.number for each in branches) == [0, 1, 2, 3]
    assert [each.parent is None for each in branches] == [True, False, False, False]


def test_of_hundreds_of_identifiers_some_are_drawn_and_the_rest_is_in_the_table():
    many = identifiers(*(f"v{n}" for n in range(300)))
    found = links_picture(profile(identifiers=many, links=tuple(link(n, n + 1) for n in range(299))), "en", CONFIG.zone)
    assert found is not None
    assert found.wide.count('class="own"') == 24
    assert "276 more identifiers are in the table" in found.note
    assert len(found.identifiers.rows) == 300
