"""Factors and classes on real surveys, against what is published; themes on short texts whose kinds others wrote down.

The tables are printed.
"""

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from sklearn.metrics import normalized_mutual_info_score

from quartier.analyse.psychographic import classes, factors, themes
from quartier.errors import NoAnswer
from tests.data.test_clusters import answers, read

pytestmark = [pytest.mark.data, pytest.mark.slow]
Shared = Callable[[str], Path]
ITEMS = [f"{scale}{number}" for scale in "ACENO" for number in range(1, 6)]


def test_the_five_factors_of_personality_are_recovered(shared_data: Shared) -> None:
    """Revelle's psych prints alpha A .70 C .72 E .76 N .81 O .60; of pairwise covariances C is .73."""
    table = read(shared_data("bfi.csv.gz"))
    given = np.column_stack([table[item].cast("float64").to_numpy() for item in ITEMS])
    found = factors.factors_of(given, None, seed=1)
    alphas = {}
    for each in found.factors:
        items, turned = [ITEMS[place] for place in each.items], sorted(ITEMS[place] for place in each.reversed_)
        print(f"{items} against {turned}: alpha {each.alpha:.3f}, omega {each.omega:.3f}")
        assert len({item[0] for item in items}) == 1
        alphas[items[0][0]] = round(each.alpha, 2)
    assert len(found.factors) == 5
    assert alphas == {"A": 0.7, "C": 0.73, "E": 0.76, "N": 0.81, "O": 0.6}
    assert {ITEMS[place] for each in found.factors for place in each.reversed_} == {
        "A1", "C4", "C5", "E1", "E2", "O2", "O5",
    }  # fmt: skip


def test_opinions_of_a_restaurant_are_of_four_kinds_at_least(shared_data: Shared) -> None:
    pytest.importorskip("stepmix")
    given = np.column_stack(list(answers(shared_data).values())).astype(float)
    found = classes.classes_of(given, (1, 2, 3, 4), seed=1)
    for each in found.tried:
        print(
            f"{each.number}: BIC {each.bic:.0f}, entropy {each.entropy:.3f}, smallest {each.smallest:.3f}, {each.again}"
        )
    assert [each.bic for each in found.tried] == sorted((each.bic for each in found.tried), reverse=True)
    assert found.labels.max() == 3
    assert found.tried[3].entropy > 0.8
    two, three, four = (each.again.median for each in found.tried[1:])
    assert two > 0.9
    assert max(three, four) < two


def products(shared_data: Shared, most: int) -> tuple[list[str], list[str]]:
    """What a grocer calls the products of twelve categories, and those categories, which stand in another column."""
    table = pq.read_table(shared_data("completejourney/products.parquet")).drop_null()
    counted = pc.value_counts(table["product_category"]).to_pylist()
    largest = [each["values"] for each in sorted(counted, key=lambda each: -each["counts"])[:12]]
    rows = table.filter(pc.is_in(table["product_category"], pa.array(largest)))
    taken = np.sort(np.random.default_rng(1).permutation(len(rows))[:most])
    return rows["product_type"].take(taken).to_pylist(), rows["product_category"].take(taken).to_pylist()


def test_texts_of_a_kind_fall_together_though_the_kind_is_not_in_the_text(shared_data: Shared) -> None:
    """Short texts of a shop are no open answers; they are the ones whose kinds somebody else wrote down."""
    texts, kinds = products(shared_data, 4_000)
    found = themes.themes_of(texts, None, 20, seed=1)
    place = np.full(len(texts), -1)
    for number, each in enumerate(found):
        place[each.answers] = number
    inside, truth = place >= 0, np.unique(kinds, return_inverse=True)[1]
    most = [np.bincount(truth[place == number]).max() for number in range(len(found))]
    largest = np.bincount(truth).max() / len(truth)
    for number, each in enumerate(found):
        print(f"{len(each.answers)} texts, {most[number]} of one kind: {', '.join(each.words)}")
    shared = normalized_mutual_info_score(truth[inside], place[inside])
    print(f"{len(found)} themes, {inside.mean():.3f} placed, {sum(most) / inside.sum():.3f} with their kind against "
          f"{largest:.3f} in one theme; mutual information {shared:.3f}")  # fmt: skip
    assert inside.mean() > 0.95
    assert sum(most) / inside.sum() > 0.75
    assert shared > 0.6


def test_descriptions_whose_words_go_with_all_others_have_no_themes(shared_data: Shared) -> None:
    """A wholesaler's gifts come in every colour and pattern: another sample of them gives other themes."""
    table = pq.read_table(shared_data("online_retail.parquet"), columns=["Description"])
    texts = sorted({text.strip() for text in table["Description"].to_pylist() if text and text.strip().isupper()})
    print(len(texts), "descriptions")
    with pytest.raises(NoAnswer, match="another sample gives other groups"):
        themes.themes_of(texts, None, 10, seed=1)


def test_fifty_thousand_answers_take_seconds_and_little_memory(shared_data: Shared) -> None:
    texts = pq.read_table(shared_data("completejourney/products.parquet"))["product_type"].drop_null().to_pylist()
    tracemalloc.start()
    begun = time.process_time()
    found = themes.themes_of(texts[:50_000], 12, 12, seed=1)
    took, peak = time.process_time() - begun, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{sum(len(each.answers) for each in found)} of 50,000 placed, {took:.1f} s of CPU, {peak / 1e6:.0f} MB")
    assert peak < 300e6
