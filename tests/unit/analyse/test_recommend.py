"""Recommendations: what goes together, what a person cannot want, how right it would have been."""

import numpy as np
import pytest

from quartier.analyse.recommend.bought import Bought
from quartier.analyse.recommend.measuring import Limits, judge, measured
from quartier.analyse.recommend.neighbours import NOTHING, Lists, lists, near
from quartier.analyse.recommend.offers import offers
from quartier.analyse.recommend.pairs import pairs
from quartier.analyse.recommend.reading import Shelf
from quartier.analyse.recommend.selecting import of_offer, of_pair
from quartier.segment.definition import read_segment

LIMITS = Limits(fewest_buyers=2, again_days=90, replenish=0.2)


def bought(rows, persons: int, products: int) -> Bought:
    """From person, product, order, day, price."""
    person, product, order, day, price = (np.array(each) for each in zip(*rows, strict=True))
    return Bought(person, product, order, day, price.astype(float), persons, products)


def two_tastes(persons: int = 400, seed: int = 7) -> Bought:
    """Half buy among products 0 to 9, half among 10 to 19: three on day 10, two others on day 100."""
    generator, rows = np.random.default_rng(seed), []
    for person in range(persons):
        chosen = generator.permutation(10)[:5] + 10 * (person % 2)
        rows += [(person, product, 2 * person, 10, 5.0) for product in chosen[:3]]
        rows += [(person, product, 2 * person + 1, 100, 5.0) for product in chosen[3:]]
    return bought(rows, persons, 20)


def test_what_a_person_just_bought_is_unwanted_unless_it_is_bought_over_and_over():
    rows = [(0, 0, 0, 50, 1.0), (1, 0, 1, 1, 1.0), (0, 1, 0, 50, 1.0), (1, 1, 1, 1, 1.0), (1, 1, 2, 9, 1.0)]
    found = bought(rows, 2, 2)
    assert found.replenished(0.2).tolist() == [False, True]
    assert found.unwanted(40, 0.2).toarray().tolist() == [[1, 0], [0, 0]]


def test_recommendations_follow_the_taste_and_never_hold_what_is_unwanted():
    found = two_tastes().before(50)
    offered, unwanted = found.buyers > 1, found.unwanted(0, 0.2)
    best = lists(found.times, near(found.times, "cosine"), unwanted, offered, 5)
    for person in range(found.persons):
        own = set(found.product[found.person == person].tolist())
        listed = best.products[person]
        assert not own & set(listed.tolist())
        assert (listed // 10 == person % 2).all()
    assert best.is_personal.all()


def test_who_has_bought_nothing_gets_what_most_buy_and_is_told_so():
    found = bought([(0, 0, 0, 1, 1.0), (1, 0, 1, 1, 1.0), (1, 1, 1, 1, 1.0)], 3, 2)
    best = lists(found.times, near(found.times, "cosine"), found.unwanted(99, 0.2), found.buyers > 0, 3)
    assert best.products[2].tolist() == [0, 1, NOTHING]
    assert not best.is_personal[2].any()


def test_every_list_is_that_of_its_person_alone_in_whatever_blocks_they_are_made():
    generator, persons, products = np.random.default_rng(5), 2100, 40
    rows = [(n, int(generator.zipf(1.4)) % products, n, int(generator.integers(0, 9)), 1.0) for n in range(persons)] * 3
    found = bought([(*row[:1], (row[1] + at * row[0]) % products, *row[2:]) for at, row in enumerate(rows)], 2101, 40)
    offered, unwanted, nearness = found.buyers > 40, found.unwanted(5, 0.9), near(found.times, "bm25")
    best = lists(found.times, nearness, unwanted, offered, 6)
    popular = np.lexsort((np.arange(products), -found.buyers))
    scores, taken = (found.times @ nearness).toarray(), unwanted.toarray() > 0
    for person in (0, 1, 2047, 2048, 2099, 2100):
        able = [each for each in range(products) if offered[each] and not taken[person, each]]
        own = sorted((each for each in able if scores[person, each] > 0), key=lambda n: (-scores[person, n], n))[:6]
        rest = [each for each in popular if each in able and each not in own]
        assert best.products[person].tolist() == [*own, *rest][:6]
        assert best.is_personal[person].sum() == len(own)
    some = np.array([2100, 3, 2048])
    among = lists(found.times, nearness, unwanted, offered, 6, among=some)
    assert among.products.tolist() == best.products[some].tolist()


def test_the_measures_are_those_of_the_textbook():
    from scipy.sparse import csr_matrix

    truth = csr_matrix(np.array([[1, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]]))
    found = judge(Lists(np.array([[0, 1, 2], [0, 1, 2], [0, 1, 2]]), np.ones((3, 3), bool)), truth, np.ones(4, bool))
    assert found.hit.tolist() == [1, 0]
    assert found.recall.tolist() == [1, 0]
    assert found.precision == pytest.approx([(1 / 1 + 2 / 3) / 2, 0])
    assert found.coverage == 0.75


def test_tastes_are_found_on_a_time_kept_back():
    found = measured(two_tastes(), LIMITS, 110, 60, "cosine")
    recall = next(each for each in found.gains if each.measure == "recall")
    assert recall.ours > 0.9 > 0.7 > recall.popular
    assert 0 < recall.low < recall.ours - recall.popular < recall.high


def test_too_few_to_judge_by_is_no_measure():
    assert measured(two_tastes(40), LIMITS, 110, 60, "cosine") is None


def test_pairs_have_lift_confidence_and_support():
    rows = [(n, 0, n, 1, 1.0) for n in range(60)] + [(n, 1, n, 1, 1.0) for n in range(40)]
    rows += [(n, 2, n, 1, 1.0) for n in range(60, 200)]
    (pair,) = pairs(bought(rows, 200, 3), np.ones(3, bool), 5).found
    # Both directions say the same of lift; the one of the higher confidence is told.
    assert (pair.first, pair.then, pair.together, pair.not_yet) == (1, 0, 40, 0)
    assert (pair.support, pair.confidence) == (0.2, 1.0)
    assert pair.lift == pytest.approx(200 / 60)
    assert pair.interval[0] > 1


def test_what_chance_explains_is_no_pair():
    generator = np.random.default_rng(3)
    rows = [(n, int(each), n, 1, 1.0) for n in range(500) for each in generator.permutation(6)[:3]]
    assert pairs(bought(rows, 500, 6), np.ones(6, bool), 50).found == ()


def test_a_step_up_is_dearer_and_of_the_same_category():
    rows = [(n, n % 3, n, 1, (10.0, 15.0, 90.0)[n % 3]) for n in range(9)]
    found = bought(rows, 9, 3)
    shelf = Shelf(found, np.arange(9), ("a", "b", "c"), ("A", "B", "C"), np.zeros(3, np.int64), ("shoes",))
    nearness, unwanted = near(found.times, "cosine"), found.unwanted(0, 0.2)
    best = lists(found.times, nearness, unwanted, found.buyers > 1, 3)
    offered = offers(shelf, best, nearness, unwanted, found.buyers > 1, ())
    # From 10 to 15, not to 90: three times is the most.
    assert offered.dearer[:3].tolist() == [1, NOTHING, NOTHING]
    assert (offered.category == 0).all()


def test_pairs_and_offers_open_as_segments():
    pair = of_pair("Order Completed", "products.product_id", ("p1", "Été"), ("p2", "Robe"))
    assert read_segment(pair).name == "ete-not-yet-robe"
    assert read_segment(of_offer("recommendations_offer", "Robe")).name == "offer-robe"
