"""Criteria in a form: opened and written they stay the same, and points go where their condition goes."""

from quartier.analyse.score.definition import Criterion
from quartier.catalog import Catalog, EventType, Family, Label, Trait, ValueType
from quartier.web.analyse.models import criteria

CATALOG = Catalog(
    traits=(
        Trait(name="country", type=ValueType.TEXT, family=Family.GEOGRAPHIC, label=Label(en="Country", fr="Pays")),
    ),
    events=(EventType(name="Page Viewed", label=Label(en="Page viewed", fr="Page vue")),),
)
COUNTRY = Criterion(trait="country", test={"in": ["FR", "BE"]}, points=10, label=Label(en="Near", fr="Proche"))
VISITS = Criterion(event="Page Viewed", points=2.5, at_most=20, half_life=30)
LATELY = Criterion(where={"event": "Page Viewed", "within": "30 days", "count": {"at_least": 3}}, points=-5)
BOTH = Criterion(where={"all": [LATELY.where, {"trait": "country", "known": True}]}, points=15)


def written(asked: criteria.Criteria) -> list[Criterion]:
    return [Criterion.model_validate(each) for each in criteria.documents(asked, CATALOG)]


def test_criteria_that_are_opened_and_written_are_the_same() -> None:
    assert written(criteria.opened([COUNTRY, VISITS, LATELY, BOTH], CATALOG)) == [COUNTRY, VISITS, LATELY, BOTH]


def test_families_stand_in_their_order_and_a_new_one_at_the_end_of_its_own() -> None:
    opened = criteria.opened([BOTH, COUNTRY], CATALOG)
    added, path = criteria.changed(opened, "add:activity", CATALOG)
    assert [each.sort for each in added.beside] == ["explicit", "activity", "behaviour"]
    assert path == "0.1"


def test_points_go_where_their_condition_goes() -> None:
    opened = criteria.opened([COUNTRY, LATELY, BOTH], CATALOG)
    assert written(criteria.changed(opened, "up:0.2", CATALOG)[0]) == [COUNTRY, BOTH, LATELY]
    assert written(criteria.changed(opened, "remove:0.1", CATALOG)[0]) == [COUNTRY, BOTH]
    assert written(criteria.changed(opened, "copy:0.1", CATALOG)[0]) == [COUNTRY, LATELY, LATELY, BOTH]
    apart = written(criteria.changed(opened, "unwrap:0.2", CATALOG)[0])
    assert [each.points for each in apart] == [10, -5, 15, 15]


def test_the_points_that_the_data_propose_are_taken_and_what_gets_none_is_left_out() -> None:
    from quartier.analyse.score.definition import CriterionFigures

    found = [
        CriterionFigures(
            criterion=each.model_dump(mode="json", exclude_defaults=True), sort=each.sort, proposed=points,
            said=Label(en="x", fr="x"), most=1, persons=1, missing=0, mean=0,
        )
        for each, points in ((COUNTRY, 0.0), (VISITS, 40.0), (BOTH, -3.0))
    ]  # fmt: skip
    taken = written(criteria.with_proposed(criteria.opened([COUNTRY, VISITS, LATELY, BOTH], CATALOG), found, CATALOG))
    assert [(each.sort, each.points, each.at_most) for each in taken] == [
        ("activity", 5, 40), ("behaviour", -5, None), ("behaviour", -3, None),
    ]  # fmt: skip
