"""Clusters: prepared right, as many as there are, refused where there are none, and told by rules that hold."""

import datetime as dt

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from quartier.analyse.clusters import choosing, fitting, naming, preparing, rules
from quartier.analyse.clusters.columns import Column, Whole
from quartier.analyse.clusters.definition import Clusters
from quartier.analyse.clusters.model import group
from quartier.catalog import Meaning, Sensitivity, ValueType
from quartier.errors import InvalidDefinition, NoAnswer
from quartier.segment.definition import read_segment
from tests.unit.analyse.clusters_made import blobs, column, trait

RULED = Clusters(traits=("a", "b"), most=3)


def used(*columns: Column, missing: float = 0.4) -> preparing.Prepared:
    return preparing.prepare(columns, missing=missing)


def reasons(prepared: preparing.Prepared) -> dict[str, str]:
    return {each.trait.name: each.why.to("en") for each in prepared.left_out}


# Preparation


def test_numbers_are_scaled_so_that_no_unit_decides() -> None:
    found = used(column("grams", [0.0, 1000.0] * 50), column("kilos", [0.0, 1.0, 3.0, 2.0] * 25))
    assert found.matrix.std(axis=0) == pytest.approx([1, 1])
    assert found.matrix.mean(axis=0) == pytest.approx([0, 0])


def test_the_logarithm_of_a_skewed_amount_is_taken_and_of_others_not() -> None:
    draw = np.random.default_rng(1)
    found = used(column("spent", np.exp(draw.normal(size=500) * 2)), column("age", draw.normal(40, 10, 500)))
    assert [each.is_logarithm for each in found.used] == [True, False]


def test_one_huge_amount_counts_as_four_deviations() -> None:
    draw = np.random.default_rng(1)
    found = used(column("spent", [*draw.normal(size=500), 1e6]))
    assert np.abs(found.matrix).max() <= preparing.FARTHEST


def test_a_missing_number_takes_the_median_and_says_so_beside_it() -> None:
    found = used(column("age", [20.0, 30.0, 40.0, None, 31.0]))
    assert found.used[0].missing == pytest.approx(0.2)
    assert found.matrix[:, 1].tolist() == [0, 0, 0, 1, 0]


def test_what_says_nothing_is_left_out_with_the_reason() -> None:
    n = 200
    draw = np.random.default_rng(1)
    spent = draw.normal(size=n)
    found = used(
        column("same", [1.0] * n), column("rare", [None] * 150 + [1.0, 2.0] * 25),
        column("city", [f"city {each}" for each in range(n)], ValueType.TEXT),
        column("spent", spent), column("cents", 100 * spent),
    )  # fmt: skip
    assert [each.column.trait.name for each in found.used] == ["spent"]
    assert reasons(found) == {
        "same": "nearly everybody has the same value",
        "rare": "75% of its values are missing",
        "city": "it has 200 different words, more than the 20 of a category",
        "cents": "it says nearly the same as “spent”",
    }


def test_sensitive_traits_are_used_only_where_asked_for_and_names_never() -> None:
    income = trait("income", sensitivity=Sensitivity.SENSITIVE)
    assert preparing.why_not(income, sensitive=False) is not None
    assert preparing.why_not(income, sensitive=True) is None
    assert preparing.why_not(trait("mail", ValueType.TEXT, meaning=Meaning.EMAIL), sensitive=True) is not None


def test_two_who_differ_in_a_word_lie_as_far_apart_as_two_who_differ_in_a_flag() -> None:
    words = used(column("plan", ["free", "paid"] * 50, ValueType.TEXT)).matrix
    flags = used(column("active", [True, False] * 50, ValueType.BOOLEAN)).matrix
    assert ((words[0] - words[1]) ** 2).sum() == pytest.approx(2)
    assert ((flags[0] - flags[1]) ** 2).sum() == pytest.approx(2)


def test_ages_are_completed_years_and_days_follow_the_calendar() -> None:
    born = [dt.date(2000, 11, 21), dt.date(2000, 11, 22), None]
    assert column("born", born, ValueType.DATE, Meaning.BIRTH_DATE).values[:2].tolist() == [26, 25]
    assert column("since", [dt.date(2026, 11, 20)], ValueType.DATE).values.tolist() == [1]


# The number


def test_as_many_clusters_are_found_as_there_are() -> None:
    points, truth = blobs(3, 40, seed=2)
    found = group(used(column("a", points[:, 0]), column("b", points[:, 1])), Clusters(traits=("a", "b"), most=4))
    assert found.taken.number == 3
    assert adjusted_rand_score(truth, found.labels) > 0.99


def test_noise_has_no_clusters() -> None:
    noise = np.random.default_rng(3).normal(size=(150, 3))
    with pytest.raises(NoAnswer) as refused:
        group(used(*(column(name, each) for name, each in zip("abc", noise.T, strict=True))), RULED)
    assert "shuffled data" in str(refused.value)


def point(**changed: float) -> choosing.Point:
    sound = {
        "number": 2, "stability": 0.9, "low": 0.8, "high": 1.0, "silhouette": 0.5, "chance": 0.2, "chance_high": 0.21,
        "largest": 0.6, "smallest": 0.4,
    }  # fmt: skip
    return choosing.Point(**(sound | changed))  # type: ignore[arg-type]  # numbers are numbers


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"largest": 0.99, "smallest": 0.01}, "one group holds 99% of persons"),
        ({"smallest": 0.001}, "one group holds only 1 of 1,000 persons"),
        ({"silhouette": 0.21}, "no farther apart than in shuffled data"),
        ({"stability": 0.3}, "another sample gives other groups"),
        ({"nowhere": 0.7}, "70% of persons are in no group"),
    ],
)
def test_a_degenerate_result_is_refused_with_the_reason(changed: dict[str, float], why: str) -> None:
    with pytest.raises(NoAnswer) as refused:
        choosing.best([point(**changed)], 1_000)
    assert why in str(refused.value)


def test_of_numbers_nearly_as_good_the_greatest_is_taken() -> None:
    points = [point(), point(number=3, silhouette=0.49), point(number=4, silhouette=0.3)]
    assert choosing.best(points, 1_000).number == 3


@pytest.mark.parametrize("method", ["mixture", "hdbscan", "k_prototypes"])
def test_every_method_finds_groups_that_are_there(method: str) -> None:
    points, truth = blobs(3, 50, seed=4, apart=12.0)
    plan = np.array(["free", "paid", "free"], dtype=object)[truth]
    prepared = used(column("a", points[:, 0]), column("b", points[:, 1]), column("plan", plan, ValueType.TEXT))
    fit = fitting.fitter(method, prepared)  # type: ignore[arg-type]  # one of the literals
    assert adjusted_rand_score(truth, fitting.assigned(fit(prepared.matrix, 3, 1), prepared.matrix)) > 0.95


# Names


def test_a_name_says_what_sets_a_cluster_apart_in_both_languages() -> None:
    columns = (column("orders", [1.0] * 50 + [9.0] * 50), column("age", [20.0, 30.0] * 50))
    labels: Whole = np.repeat([0, 1], 50)
    few, many = naming.names_of(naming.marks_of(used(*columns), labels, range(2)), 2)
    assert (few.en, few.fr) == ("Many fewer orders", "Beaucoup moins d'orders")
    assert (many.en, many.fr) == ("Many more orders", "Beaucoup plus d'orders")


# Rules


def holds(condition: dict, person: dict) -> bool:
    """A condition over one person, as the language of segments says: no comparison holds for a missing value."""
    if "all" in condition:
        return all(holds(each, person) for each in condition["all"])
    if "any" in condition:
        return any(holds(each, person) for each in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], person)
    value = person[condition["trait"]]
    if "known" in condition:
        return (value is not None) == condition["known"]
    if value is None:
        return False
    ((operator, bound),) = ((key, each) for key, each in condition.items() if key != "trait")
    return {
        "is": lambda: value == bound, "more_than": lambda: value > bound, "at_most": lambda: value <= bound,
        "at_least": lambda: value >= bound, "between": lambda: bound[0] <= value <= bound[1],
    }[operator]()  # fmt: skip


def test_the_rules_take_just_those_whom_the_tree_takes() -> None:
    draw = np.random.default_rng(5)
    spent, orders = draw.normal(size=400), draw.integers(0, 9, 400)
    plan = np.where(draw.random(400) < 0.5, "free", "paid").astype(object)
    known = draw.random(400) < 0.8
    labels = np.where(known & (spent > 0.3) & (orders >= 4), 0, np.where(plan == "free", 1, 2))
    columns = (
        column("spent", [each if is_known else None for each, is_known in zip(spent, known, strict=True)]),
        column("orders", orders, ValueType.INTEGER), column("plan", plan, ValueType.TEXT),
    )  # fmt: skip
    found = rules.rules_of(columns, labels, seed=1)
    persons = [{"spent": spent[i] if known[i] else None, "orders": int(orders[i]), "plan": plan[i]} for i in range(400)]
    told = [[each.group for each in found.rules if holds(dict(each.where or {}), person)] for person in persons]
    assert all(len(each) == 1 for each in told)
    assert found.fidelity > 0.97
    assert np.mean([each[0] for each in told] == labels) > 0.97


def test_nobody_of_whom_nothing_is_known_fulfils_a_rule() -> None:
    columns = (column("a", [None, 1.0] * 100), column("b", [1.0, 2.0, None, 4.0] * 50))
    found = rules.rules_of(columns, np.array([0, 1] * 100), seed=1)
    assert not any(holds(dict(each.where or {}), {"a": None, "b": None}) for each in found.rules)


def test_bounds_are_written_as_short_as_they_can_be() -> None:
    orders = np.repeat([1, 2, 3, 4, 5, 6], 40)
    found = rules.rules_of((column("orders", orders, ValueType.INTEGER),), np.where(orders > 3, 1, 0), seed=1)
    assert [each.where for each in found.rules] == [
        {"trait": "orders", "at_most": 3}, {"trait": "orders", "at_least": 4},
    ]  # fmt: skip


def test_a_rule_is_a_condition_of_the_language() -> None:
    since = [dt.date(2026, 11, 1) - dt.timedelta(days=int(each)) for each in np.repeat([3, 300], 50)]
    born = [dt.date(1990 if place % 2 else 1960, 5, 5) for place in range(100)]
    columns = (column("since", since, ValueType.DATE), column("born", born, ValueType.DATE, Meaning.BIRTH_DATE))
    found = rules.rules_of(columns, np.array([(place >= 50) + 2 * (place % 2) for place in range(100)]), seed=1)
    wheres = [dict(each.where or {}) for each in found.rules]
    for where in wheres:
        assert read_segment({"segment": "one", "where": where}).model_dump(mode="json")["where"] == where
    assert wheres[0] == {"all": [{"trait": "born", "age": {"at_least": 50}}, {"trait": "since", "within": "200 days"}]}
    assert found.fidelity == 1


# The document


def test_a_trait_named_twice_is_refused() -> None:
    from quartier.analyse.modelling.kinds import read_model

    with pytest.raises(InvalidDefinition):
        read_model({"model": "clusters", "traits": ["age", "age"]})
