"""Factors, classes and themes: found where they are, refused where they are not."""

import numpy as np
import pytest

from quartier.analyse.psychographic import classes, factors, themes
from quartier.errors import NoAnswer


def likert(seed: int, persons: int = 400) -> np.ndarray:
    """Two factors of four items each on five points; the last item of each speaks against it."""
    draw = np.random.default_rng(seed)
    behind = draw.normal(size=(persons, 2))
    items = [sign * behind[:, place] + 0.7 * draw.normal(size=persons) for place in range(2) for sign in (1, 1, 1, -1)]
    return np.clip(np.round(3 + np.column_stack(items)), 1, 5)


def test_two_factors_are_found_each_with_its_items_and_the_reversed_ones_turned() -> None:
    found = factors.factors_of(likert(1), None, seed=1)
    assert found.suggested == 2
    assert {frozenset(each.items) for each in found.factors} == {frozenset(range(4)), frozenset(range(4, 8))}
    assert {each for factor in found.factors for each in factor.reversed_} == {3, 7}
    assert all(each.alpha > 0.8 for each in found.factors)
    assert [each.omega for each in found.factors] == pytest.approx([each.alpha for each in found.factors], abs=0.02)


def test_unrelated_items_have_no_factor() -> None:
    unrelated = np.random.default_rng(2).integers(1, 6, (300, 6)).astype(float)
    with pytest.raises(NoAnswer):
        factors.factors_of(unrelated, None, seed=1)


def test_alpha_is_that_of_the_textbook() -> None:
    """Two items with variance 2 and covariance 1: 2 * (1 - 4 / 6)."""
    assert factors.alpha(np.array([[2.0, 1.0], [1.0, 2.0]])) == pytest.approx(2 / 3)


def test_covariances_are_over_those_who_answered_both() -> None:
    answers = np.array([[1.0, 2.0], [2.0, 4.0], [3.0, 9.0], [4.0, np.nan]])
    assert factors.covariances(answers)[0, 1] == pytest.approx(np.cov([1, 2, 3], [2, 4, 9])[0, 1])


def test_a_score_is_the_mean_of_what_was_answered_and_none_for_who_answered_less_than_half() -> None:
    factor = factors.Factor((0, 1), frozenset({1}), 0.8, 0.8, ())
    low, high = np.array([1.0, 1.0]), np.array([5.0, 5.0])
    answers = np.array([[4.0, 1.0], [4.0, np.nan], [np.nan, np.nan]])
    assert factors.scores(answers, factor, low, high) == pytest.approx([4.5, 4.0, np.nan], nan_ok=True)


def answered(seed: int, kinds: int) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    truth = draw.integers(0, kinds, 300)
    chance = np.where(np.arange(6) % kinds == truth[:, None], 0.9, 0.1) if kinds > 1 else np.full((300, 6), 0.5)
    return (draw.random((300, 6)) < chance).astype(float), truth


def test_kinds_of_answers_are_found() -> None:
    pytest.importorskip("stepmix")
    from sklearn.metrics import adjusted_rand_score

    answers, truth = answered(3, 2)
    answers[0, 0] = np.nan
    found = classes.classes_of(answers, (1, 2, 3), seed=1)
    assert found.labels.max() == 1
    assert adjusted_rand_score(truth, found.labels) > 0.7
    assert found.certainty.min() >= 0.5


def test_answers_without_kinds_are_refused() -> None:
    pytest.importorskip("stepmix")
    with pytest.raises(NoAnswer):
        classes.classes_of(answered(4, 1)[0], (1, 2), seed=1)


def test_classes_that_are_there_are_found_again_in_resamples() -> None:
    pytest.importorskip("stepmix")
    found = classes.classes_of(answered(3, 2)[0], (1, 2), seed=1)
    alone, two = found.tried
    assert alone.again is None
    assert two.again.drawn == 6
    assert 0.8 < two.again.low <= two.again.median <= two.again.high


def test_an_answer_that_few_gave_does_not_stop_the_others() -> None:
    """Classes are learnt from a sample, in which it may not be."""
    pytest.importorskip("stepmix")
    many = np.tile(answered(3, 2)[0], (10, 1))
    many[7, 0] = 5.0
    assert len(classes.classes_of(many, (2,), seed=1).labels) == 3000


def test_questions_of_few_answers_tell_few_classes_apart() -> None:
    """Two questions of yes and no have four sets of answers; two classes of them would have five numbers to find."""
    two, six = (np.indices((2,) * count).reshape(count, -1).T.astype(float) for count in (2, 6))
    assert classes.most_classes(two) == 1
    assert classes.most_classes(six) == 9


@pytest.mark.parametrize(
    ("answers", "said"),
    [(np.zeros((200, 4)), "the very same answers"), (np.arange(200).reshape(100, 2) % 2 * 1.0, "the very same"),
     (np.random.default_rng(1).integers(0, 2, (200, 2)) * 1.0, "too few answers")],
)  # fmt: skip
def test_answers_that_can_have_no_classes_are_refused_with_the_reason(answers: np.ndarray, said: str) -> None:
    pytest.importorskip("stepmix")
    with pytest.raises(NoAnswer, match=said):
        classes.classes_of(answers, (1, 2, 3), seed=1)


def test_more_factors_than_can_be_told_apart_are_refused_with_how_many_there_are() -> None:
    with pytest.raises(NoAnswer, match="20 factors cannot be told apart") as caught:
        factors.factors_of(likert(1), 20, seed=1)
    assert "ask for 2" in str(caught.value)


def test_items_that_nobody_answered_both_of_are_found() -> None:
    answers = likert(1)
    assert factors.apart(answers) is None
    answers[:200, 1], answers[200:, 5] = np.nan, np.nan
    assert factors.apart(answers) == (1, 5)


def test_who_gives_the_same_answer_to_every_item_is_counted() -> None:
    answers = np.array([[3.0, 3, 3], [1, 2, 3], [5, 5, 5], [4, 4, np.nan]])
    assert factors.alike(answers) == pytest.approx(2 / 3)


SAID = {
    "delivery": ["La livraison était très lente", "Livraison lente, colis en retard", "retard de livraison du colis"],
    "price": ["Prix trop élevés", "des prix eleves pour la qualité", "Le prix est trop élevé, pas de promotion"],
    "service": ["Friendly staff and quick advice", "The staff gave friendly advice", "quick and friendly staff"],
}


def replies(each: int) -> tuple[list[str], list[str]]:
    pairs = [(text, theme) for _ in range(each) for theme, texts in SAID.items() for text in texts]
    return [text for text, _ in pairs], [theme for _, theme in pairs]


def test_answers_in_both_languages_fall_into_their_themes() -> None:
    texts, truth = replies(10)
    found = themes.themes_of(texts, 3, 5, seed=1)
    for each in found:
        assert len({truth[place] for place in each.answers}) == 1
    assert sum(len(each.answers) for each in found) == len(texts)
    words = {word for each in found for word in each.words}
    assert {"livraison", "staff"} <= words
    assert words & {"prix", "élevés", "élevé", "eleves"}
    assert not words & {"très", "the", "trop", "and"}


def test_a_word_of_few_persons_is_never_shown() -> None:
    texts, _ = replies(10)
    found = themes.themes_of([f"{texts[0]} chez Zébulon", *texts[1:]], 3, 5, seed=1)
    assert not any("zébulon" in each.words for each in found)


def test_too_few_answers_have_no_themes() -> None:
    with pytest.raises(NoAnswer):
        themes.themes_of(replies(1)[0], None, 5, seed=1)


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["\N{THUMBS UP SIGN}", "", "12", "n/a", "rien", "-"] * 20, "no answer has a word"),
        (["prix", "livraison"] * 50, "only 2 words are shared"),
        (["prix, livraison, colis, retard, service, accueil, conseil, magasin, choix, stock, rayon, caisse"] * 100,
         "nearly all wrote the same words"),
    ],
)  # fmt: skip
def test_answers_without_themes_are_refused_with_the_reason(texts: list[str], said: str) -> None:
    with pytest.raises(NoAnswer, match=said):
        themes.themes_of(texts, None, 5, seed=1)


def test_signs_empty_answers_and_single_words_stand_beside_answers_with_themes() -> None:
    texts, truth = replies(10)
    odd = ["\N{GRINNING FACE}\N{THUMBS UP SIGN}", "", "   ", "prix", "N/A", "x" * 10_000]
    found = themes.themes_of(texts + odd, 3, 5, seed=1)
    placed = {int(place) for each in found for place in each.answers}
    assert placed == {*range(len(truth)), len(texts) + odd.index("prix")}
