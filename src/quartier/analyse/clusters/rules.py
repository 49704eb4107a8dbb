"""Clusters as rules that anybody can read: a shallow tree that reproduces them, and each group's part of it.

A tree of few questions (CART: Breiman, Friedman, Olshen and Stone, *Classification and Regression Trees*, 1984) learns
from a part of the persons which cluster they are in, by the traits in their own units. How many leaves it may have is
found within that part; how often it is right, its fidelity, on persons that it has not seen and with the bounds as
they are written. A cluster's rule is what leads to its leaves, as conditions of the language of segments.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from quartier.analyse.clusters.columns import Column, Flags, Numbers, Whole
from quartier.analyse.clusters.questions import Answered, Question, asked_of, condition, questions_of

DEEPEST: Final = 5
"""Questions in a row: a rule of more is not read."""
LEARNT_FROM: Final = 50_000
HELD_OUT: Final = 0.3
FOLDS: Final = 3
NEAR_BEST: Final = 0.01
"""A smaller tree is taken when it is right in nearly as many, to this share, as the best."""


@dataclass(frozen=True)
class Rule:
    """One cluster's rule, measured on persons that the tree has not seen.

    Attributes:
        group: the cluster.
        where: a condition of the language of segments; None where no leaf is the cluster's.
        precision: of those whom the rule takes, the share that is in the cluster.
        recall: of those in the cluster, the share that the rule takes.
    """

    group: int
    where: Mapping[str, Any] | None
    precision: float | None
    recall: float | None


@dataclass(frozen=True)
class Rules:
    """The rules of all clusters, and the share of unseen persons who get their own cluster by them."""

    rules: tuple[Rule, ...]
    fidelity: float
    seen: int
    unseen: int
    leaves: int


@dataclass(frozen=True)
class Path:
    """What leads to one leaf, and the cluster there."""

    answers: tuple[Answered, ...]
    group: int


def rules_of(columns: Sequence[Column], labels: Whole, seed: int) -> Rules:
    """The rules that reproduce a cluster per person from the persons' traits."""
    learn, test = _split(len(labels), seed)
    questions = questions_of([each.at(learn) for each in columns])
    asked = asked_of(questions, columns)
    paths = _paths(questions, asked, labels, learn, seed)
    told = _told(paths, asked[test], len(test))
    is_right = told == labels[test]
    rules = tuple(_rule(int(group), paths, columns, told, labels[test]) for group in np.unique(labels))
    return Rules(rules, float(is_right.mean()), len(learn), len(test), len(paths))


def _split(size: int, seed: int) -> tuple[Whole, Whole]:
    order = np.random.default_rng(seed).permutation(size)
    held_out = min(max(round(HELD_OUT * size), 1), LEARNT_FROM)
    return order[held_out : held_out + LEARNT_FROM], order[:held_out]


def _paths(questions: Sequence[Question], asked: Numbers, labels: Whole, learn: Whole, seed: int) -> tuple[Path, ...]:
    from sklearn.model_selection import cross_val_score
    from sklearn.tree import DecisionTreeClassifier

    groups = len(np.unique(labels))

    def tree(leaves: int) -> Any:
        least = max(2, len(learn) // 500)
        return DecisionTreeClassifier(
            max_depth=DEEPEST, max_leaf_nodes=leaves, min_samples_leaf=least, random_state=seed
        )

    sizes = sorted({groups, groups + 1, groups + 2, groups * 2, groups * 3})
    scores = [
        float(np.mean(cross_val_score(tree(each), asked[learn], labels[learn], cv=_folds(len(learn), seed))))
        for each in sizes
    ]
    leaves = next(size for size, score in zip(sizes, scores, strict=True) if score >= max(scores) - NEAR_BEST)
    found = _leaves(tree(leaves).fit(asked[learn], labels[learn]), questions)
    return tuple(_plainly(each, asked[learn]) for each in found)


def _folds(size: int, seed: int) -> list[tuple[Whole, Whole]]:
    """Parts by lot; not by cluster, of which some may have fewer persons than there are parts."""
    part = np.random.default_rng([seed, 1]).permutation(size) % FOLDS
    return [(np.flatnonzero(part != each), np.flatnonzero(part == each)) for each in range(FOLDS)]


def _leaves(model: Any, questions: Sequence[Question]) -> tuple[Path, ...]:
    """The leaves of a fitted tree from left to right; what is asked only to say the same on both sides is not asked."""
    tree = model.tree_

    def under(node: int, answers: tuple[Answered, ...]) -> list[Path]:
        left, right = int(tree.children_left[node]), int(tree.children_right[node])
        if left == right:
            return [Path(answers, int(model.classes_[tree.value[node][0].argmax()]))]
        place = int(tree.feature[node])
        bound = questions[place].bound(float(tree.threshold[node]))
        sides = [
            under(child, (*answers, Answered(place, questions[place], bound, is_above)))
            for child, is_above in ((left, False), (right, True))
        ]
        found = [*sides[0], *sides[1]]
        return [Path(answers, found[0].group)] if len({each.group for each in found}) == 1 else found

    return tuple(under(0, ()))


def _plainly(path: Path, asked: Numbers) -> Path:
    """The path with plain comparisons where everybody who follows it has a value, so that none need be spared."""
    followers = asked[_follows(path, asked)]
    answers = tuple(
        replace(each, question=replace(each.question, has_missing=bool(each.question.is_spared(column).any())))
        for each, column in ((each, followers[:, each.place]) for each in path.answers)
    )
    return Path(answers, path.group)


def _told(paths: Sequence[Path], asked: Numbers, size: int) -> Whole:
    """The cluster that the written rules give each person."""
    told = np.full(size, -1, dtype=np.int64)
    for path in paths:
        told[_follows(path, asked)] = path.group
    return told


def _follows(path: Path, asked: Numbers) -> Flags:
    held = np.ones(len(asked), dtype=np.bool_)
    for each in path.answers:
        held &= (asked[:, each.place] > each.bound) == each.is_above
    return held


def _rule(group: int, paths: Sequence[Path], columns: Sequence[Column], told: Whole, truth: Whole) -> Rule:
    own = [each.answers for each in paths if each.group == group]
    taken, is_in = told == group, truth == group
    both = int(np.count_nonzero(taken & is_in))
    return Rule(
        group,
        condition(own, columns) if own else None,
        both / int(taken.sum()) if taken.any() else None,
        both / int(is_in.sum()) if is_in.any() else None,
    )
