"""What is far out, what fell silent, what changed: the statistics behind the quality of the data."""

import datetime as dt

import numpy as np
import pytest

from quartier.analyse.quality import ColumnQuality, EventQuality, Quality, attention
from quartier.analyse.quality.drift import CHANGED, Drift, drift_of, is_compared, stability_index
from quartier.analyse.quality.outliers import Fences, Outliers, fences_of
from quartier.analyse.quality.volume import Volume, volume_of
from quartier.catalog import Family, Label, Property, Sensitivity, Trait, ValueType

AT = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
LABEL = Label(en="Amount", fr="Montant")
AMOUNT = Property(name="amount", type=ValueType.NUMBER, label=LABEL)
KIND = Property(name="kind", type=ValueType.TEXT, label=LABEL)


def _facts(
    least: float, q1: float, median: float, q3: float, filled: int = 500, distinct: int = 400
) -> dict[str, float]:
    found = {"least": least, "q1": q1, "median": median, "q3": q3, "filled": filled, "distinct": distinct}
    return {f"amount.{name}": value for name, value in found.items()}


def test_fences_lie_three_distances_between_the_quartiles_away() -> None:
    assert fences_of(AMOUNT, _facts(-1, 10, 15, 20)) == Fences(-20, 50)


def test_amounts_that_grow_by_ratios_have_their_fences_over_logarithms() -> None:
    found = fences_of(AMOUNT, _facts(1, 10, 100, 1000))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((1e-5, 1e9))
    even = fences_of(AMOUNT, _facts(1, 10, 15, 20))
    assert even == Fences(-20, 50)  # evenly spread, though above zero


@pytest.mark.parametrize(
    "facts",
    [_facts(1, 5, 5, 5), _facts(1, 2, 3, 4, filled=19), _facts(1, 2, 4, 6, distinct=7), {}],
    ids=["half of them equal", "few", "a scale of seven steps", "empty"],
)
def test_where_fences_say_nothing_there_are_none(facts: dict[str, float]) -> None:
    assert fences_of(AMOUNT, facts) is None


def test_an_event_that_came_daily_and_stopped_a_week_ago_is_silent() -> None:
    found = volume_of(dict.fromkeys(range(7, 100), 5))
    assert found is not None
    assert (found.days_silent, found.longest_pause) == (7, 1)


def test_an_event_that_pauses_at_each_weekend_is_not_silent_on_a_sunday() -> None:
    found = volume_of({ago: 5 for ago in range(1, 100) if ago % 7 not in (1, 2)})
    assert found is not None
    assert found.days_silent is None


def test_few_days_say_nothing_of_the_usual() -> None:
    assert volume_of({3: 10, 4: 10}) is None
    young = volume_of(dict.fromkeys(range(30), 5))
    assert young is not None
    assert (young.usual_week, young.is_unusual) == (None, False)


@pytest.mark.parametrize(("recent", "is_unusual"), [(50, True), (11, False), (2, True)])
def test_the_last_weeks_are_held_against_the_median_of_those_before(recent: int, is_unusual: bool) -> None:
    usual = {ago: 10 + ago % 3 for ago in range(28, 112)}
    promotion = dict.fromkeys(range(70, 77), 500)  # one week unlike the others moves neither median nor deviation
    found = volume_of(usual | promotion | dict.fromkeys(range(28), recent))
    assert found is not None
    assert found.is_unusual is is_unusual


def test_the_stability_index_of_known_shares() -> None:
    recent, before = np.array([60.0, 40.0]), np.array([50.0, 50.0])
    assert stability_index(recent, before) == pytest.approx(0.1 * np.log(1.2) - 0.1 * np.log(0.8))
    assert stability_index(before, before) == 0
    assert np.isfinite(stability_index(np.array([100.0, 0.0]), before))


def _counted(recent: dict[str, int], before: dict[str, int]) -> list[dict[str, object]]:
    rows = [(True, recent), (False, before)]
    return [
        {"column": "kind", "is_recent": is_recent, "bin": each, "rows": n}
        for is_recent, counts in rows
        for each, n in counts.items()
    ]


def test_other_values_than_before_are_a_drift_and_an_emptied_column_too() -> None:
    found = drift_of(KIND, _counted({"a": 200, "b": 800}, {"a": 800, "b": 200}))
    assert found is not None
    assert found.is_notable
    emptied = drift_of(KIND, _counted({"": 900, "a": 100}, {"a": 1000}))
    assert emptied is not None
    assert emptied.is_notable
    assert (emptied.fill_recent, emptied.fill_before) == (0.1, 1.0)


def test_small_samples_are_not_said_to_have_changed_by_chance() -> None:
    draws = np.random.default_rng(8).multinomial(100, [0.1] * 10, size=400)
    names = [f"v{place}" for place in range(10)]
    drifts = [
        drift_of(KIND, _counted(dict(zip(names, one, strict=True)), dict(zip(names, other, strict=True))))
        for one, other in zip(draws[::2], draws[1::2], strict=True)
    ]
    indices = [each.index for each in drifts if each is not None]
    assert max(indices) > CHANGED  # the usual limit alone would raise a false alarm
    assert sum(each.is_notable for each in drifts if each is not None) <= 2


def test_too_few_events_in_a_period_are_not_compared() -> None:
    assert drift_of(KIND, _counted({"a": 99}, {"b": 5000})) is None


def test_names_and_special_categories_are_never_compared() -> None:
    belief = Property(name="belief", type=ValueType.TEXT, label=LABEL, sensitivity=Sensitivity.SPECIAL)
    assert not is_compared(belief, 3)
    assert not is_compared(KIND, 5000)
    assert is_compared(KIND, 3)
    assert is_compared(AMOUNT, 5000)


def _column(name: str, filled: int, **more: object) -> ColumnQuality:
    trait = Trait(name=name, type=ValueType.NUMBER, family=Family.NEEDS, label=Label(en=name, fr=name))
    return ColumnQuality(
        name, trait.label, trait.type, more.pop("how", trait.sensitivity), trait.family, 100, filled, 50,  # type: ignore[arg-type]  # a made-up column
        False, None, None, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_the_most_pressing_comes_first_and_what_is_empty_is_said_once() -> None:
    silent = EventQuality("Signed", LABEL, 9, AT, 9, 0, (), Volume(9, 2, 4.0, 0.0, True))
    odd = _column("size", 100, outliers=Outliers(1, 9, 0, 5))
    moved = _column("plan", 100, drift=Drift(500, 500, 0.9, 0.1, 1.0, 1.0))
    found = attention(Quality(AT, 100, (_column("age", 10), odd, moved, _column("job", 0)), (silent,)))
    assert [(each.kind, each.event, each.name) for each in found] == [
        ("silent", "Signed", None), ("changed", None, "plan"), ("far_out", None, "size"), ("empty", None, None),
    ]  # fmt: skip
    assert found[-1].said.to("en") == "Filled in for fewer than half of the persons: age, job"
    assert found[0].said.to("fr").startswith("«\N{NO-BREAK SPACE}Montant\N{NO-BREAK SPACE}» s'est tu")
    assert found[0].said.to("fr").endswith("quand la plus longue pause était de 2 jours")


def test_the_fences_of_what_is_not_ordinary_are_not_told() -> None:
    income = _column("income", 100, how=Sensitivity.SENSITIVE, outliers=Outliers(1234.0, 98765.0, 0, 50))
    (found,) = attention(Quality(AT, 100, (income,), ()))
    assert "98" not in found.said.to("en")
    assert "50 of 100" in found.said.to("en")
