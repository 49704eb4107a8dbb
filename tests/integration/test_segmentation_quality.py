"""The quality of the set of segments of a workspace, down the whole road."""

import datetime as dt

import pytest

from quartier.errors import InvalidRequest, UnknownName

COUNTRIES = ("FR", "BE")
SEGMENTS = [
    {"segment": "french", "where": {"trait": "country", "is": "FR"}},
    {"segment": "french-too", "where": {"trait": "country", "is": "FR"}},
    {"segment": "not-belgian", "where": {"trait": "country", "in": ["FR"]}},
    {"segment": "rich", "where": {"trait": "points", "at_least": 150}},
    {"segment": "nobody", "where": {"trait": "points", "more_than": 1000}},
    {"segment": "all", "where": {"trait": "user_id", "known": True}},
]


@pytest.fixture
def shop(workspace, folder):
    """Two hundred persons: every second one French, points from 0 to 199, every fourth one without e-mail."""
    rows = [
        f"C{n},{'' if n % 4 == 0 else f'c{n}@example.com'},{COUNTRIES[n % 2]},{n},{'yes' if n % 3 else 'no'}"
        for n in range(200)
    ]
    text = "\n".join(["customer_id,email,country,points,newsletter", *rows])
    (folder / "customers.csv").write_text(text, encoding="utf-8")
    workspace.collect(folder / "customers.csv")
    workspace.apply_segments(SEGMENTS)
    return workspace


def test_the_whole_set_is_judged(shop):
    found = shop.segmentation_quality(traits=["country", "points"], team="small", enough=60)
    by_name = {each.name: each for each in found.segments}
    assert (found.coverage.persons, found.coverage.in_none, found.coverage.in_one) == (200, 0, 75)
    assert (by_name["french"].persons, by_name["french"].alone, by_name["all"].alone) == (100, 0, 75)
    assert by_name["rich"].reach == {"email": 38 / 50, "user_id": 1.0, "any": 1.0}
    assert {(each.one, each.other, each.likeness) for each in found.doubles} == {
        ("french", "french-too", "same_condition"),
        ("french", "not-belgian", "same_members"),
        ("french-too", "not-belgian", "same_members"),
    }
    assert {each.kind: each.segments for each in found.findings if each.kind in ("empty", "everyone", "small")} == {
        "empty": ("nobody",),
        "everyone": ("all",),
        "small": ("rich",),
    }
    assert [(each.trait, each.is_defining) for each in found.traits] == [("country", True), ("points", True)]
    assert found.traits[0].explained == pytest.approx(1.0)
    assert by_name["french"].homogeneity["country"] == pytest.approx(1.0)
    assert by_name["rich"].homogeneity["points"] == pytest.approx(1 - (50**2 - 1) / (200**2 - 1))
    assert found.advice.measurable == 4


def test_segments_and_base_can_be_chosen(shop):
    found = shop.segmentation_quality(["french", "rich"], base="rich")
    assert [(each.name, each.persons, each.share) for each in found.segments] == [
        ("french", 25, 0.5),
        ("rich", 50, 1.0),
    ]
    assert found.base_label.to("fr") == "les membres de «\N{NO-BREAK SPACE}rich\N{NO-BREAK SPACE}»"
    assert found.to_arrow().column("segment").to_pylist() == ["french", "rich"]


def test_members_are_compared_with_those_that_the_log_remembers(shop, clock, folder):
    assert shop.segmentation_quality(["rich"]).segments[0].drift is None
    later = clock.now() + dt.timedelta(days=3)
    (folder / "more.csv").write_text("customer_id,points\nC199,1\nC0,500\nC1,500\n", encoding="utf-8")
    first = clock.now()
    clock.advance(later - first)
    shop.collect(folder / "more.csv")
    drift = shop.segmentation_quality(["rich"]).segments[0].drift
    assert (drift.since, drift.then, drift.kept, drift.jaccard) == (first, 50, 49 / 50, 49 / 52)
    shop.refresh()
    clock.advance(dt.timedelta(days=1))
    assert shop.segmentation_quality(["rich"], since=later).segments[0].drift.kept == 1.0


def test_the_same_question_gets_the_same_answer_and_plain_values(shop):
    first, second = (shop.segmentation_quality().as_json() for _ in range(2))
    assert first == second
    assert first["advice"]["said"]["fr"].startswith("6 segments ici")
    assert first["coverage"]["share_in_none"] == 0.0


def test_a_workspace_without_segments_or_persons_has_a_quality_too(workspace):
    found = workspace.segmentation_quality()
    assert (found.segments, found.findings, found.coverage.persons) == ((), (), 0)


def test_what_cannot_be_judged_is_refused_with_what_can(shop):
    with pytest.raises(UnknownName, match="did you mean french"):
        shop.segmentation_quality(["frensh"])
    with pytest.raises(UnknownName, match="did you mean everyone"):
        shop.segmentation_quality(base="everyon")
    with pytest.raises(UnknownName, match="did you mean country"):
        shop.segmentation_quality(traits=["countri"])
    with pytest.raises(InvalidRequest, match="names or reaches one person"):
        shop.segmentation_quality(traits=["email"])
    with pytest.raises(InvalidRequest, match="no `Order Completed`"):
        shop.segmentation_quality(base="customers")
    with pytest.raises(InvalidRequest, match="no team"):
        shop.segmentation_quality(team="huge")


def test_a_workspace_without_customers_has_no_trait_told_apart_by_nobody(shop):
    found = shop.segmentation_quality(["nobody"])
    assert [each.explained for each in found.traits] == [0.0] * len(found.traits)
    assert found.segments[0].steadiness is None
