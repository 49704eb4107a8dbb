"""Themes of open answers: which words go together, and which answers are of one theme.

Answers become rows of TF-IDF (Spärck Jones, J. Documentation 28, 1972) over words that at least so many persons wrote,
accents and capitals apart, without French and English words that say nothing alone; a few dimensions keep what words
share (latent semantic analysis: Deerwester and others, JASIS 41, 1990); k-means groups them, and the number is chosen
as that of clusters is. Nothing is downloaded, and no answer is kept: only which words, by how many, and who is near.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from quartier.analyse.clusters import choosing, fitting
from quartier.analyse.clusters.columns import Flags, Numbers, Whole
from quartier.analyse.psychographic.stop_words import STOP_WORDS
from quartier.errors import NoAnswer
from quartier.language import Plural, Text

FEWEST: Final = 5
"""Persons who must have written a word, or be in a theme, for it to be shown: fewer could be recognised."""
ANSWERS: Final = 60
WORDS: Final = 6
NEAREST: Final = 3
_DIMENSIONS: Final = 20
_VOCABULARY: Final = 2_000
_MOST_WRITE: Final = 0.5
"""A word that more write than this share tells no themes apart."""
_LONGEST: Final = 2_000
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True)
class Theme:
    """One theme: the words that set it apart, its answers (by place), those nearest its middle."""

    words: tuple[str, ...]
    answers: Whole
    nearest: tuple[int, ...]


def themes_of(texts: Sequence[str], number: int | None, most: int, seed: int) -> tuple[Theme, ...]:
    """The themes of answers, the largest first. Raises NoAnswer when there are too few, or they have none."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    if len(texts) < ANSWERS:
        raise NoAnswer(_FEW.with_(n=len(texts), least=ANSWERS), remedy=_ASK)
    words = [_words(each) for each in texts]
    if not any(words):
        raise NoAnswer(_WORDLESS, remedy=_ASK)
    by_persons = Counter(word for each in words for word in set(each))
    shared = sum(count >= FEWEST for count in by_persons.values())
    if shared < 2 * WORDS:
        raise NoAnswer(_NO_WORDS.with_(n=shared, least=2 * WORDS), remedy=_ASK)
    vectors = TfidfVectorizer(
        analyzer=lambda place: words[place],
        min_df=FEWEST,
        max_df=_MOST_WRITE,
        max_features=_VOCABULARY,
        sublinear_tf=True,
    )
    if not any(FEWEST <= count <= _MOST_WRITE * len(texts) for count in by_persons.values()):
        raise NoAnswer(_SAME, remedy=_ASK)
    weighed = vectors.fit_transform(range(len(texts)))
    says = np.flatnonzero(np.asarray(weighed.sum(axis=1)).ravel() > 0)
    near = _reduced(weighed[says], seed)
    labels = _grouped(near, number, most, seed)
    names = _spelled(texts, vectors.get_feature_names_out())
    return tuple(_theme(weighed, names, texts, says, near, labels == group) for group in _by_size(labels))


def _words(text: str) -> list[str]:
    found = _WORD.findall(_bare(text[:_LONGEST]))
    return [each for each in found if each not in STOP_WORDS]


def _bare(text: str) -> str:
    """Without capitals and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in parts if not unicodedata.combining(each))


def _reduced(weighed: Any, seed: int) -> Numbers:
    from sklearn.decomposition import TruncatedSVD

    dimensions = min(_DIMENSIONS, weighed.shape[1] - 1)
    found = TruncatedSVD(dimensions, random_state=seed).fit_transform(weighed)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.where(lengths == 0, 1, lengths), dtype=np.float64)


def _grouped(near: Numbers, number: int | None, most: int, seed: int) -> Whole:
    fit = fitting.means
    sample = near[fitting.sample_of(near, fitting.TRIED["k_means"], seed)]
    if number is None:
        number = choosing.best(choosing.curve(sample, fit, range(2, most + 1), seed), len(sample)).number
    learnt = near[fitting.sample_of(near, fitting.LARGEST["k_means"], seed)]
    return fitting.assigned(fit(learnt, number, seed), near)


def _by_size(labels: Whole) -> list[int]:
    counts = np.bincount(labels)
    return [int(each) for each in np.argsort(-counts, kind="stable") if counts[each] >= FEWEST]


def _theme(
    weighed: Any, names: Sequence[str], texts: Sequence[str], says: Whole, near: Numbers, inside: Flags
) -> Theme:
    mean = np.asarray(weighed[says[inside]].mean(axis=0)).ravel() - np.asarray(weighed[says].mean(axis=0)).ravel()
    foremost = [int(each) for each in np.argsort(-mean)[:WORDS] if mean[each] > 0]
    middle = near[inside].mean(axis=0)
    answers = says[inside]
    order = answers[np.argsort(-(near[inside] @ middle), kind="stable")]
    return Theme(tuple(names[each] for each in foremost), answers, _different(texts, order))


def _different(texts: Sequence[str], order: Whole) -> tuple[int, ...]:
    """The first places whose texts differ: the same words are told once."""
    told: dict[str, int] = {}
    for place in order:
        told.setdefault(texts[place], int(place))
        if len(told) == NEAREST:
            break
    return tuple(told.values())


def _spelled(texts: Sequence[str], bare: Sequence[str]) -> list[str]:
    """Each word as most write it, with its accents."""
    wanted, seen = set(bare), {word: Counter[str]() for word in bare}
    for text in texts:
        for word in _WORD.findall(text[:_LONGEST].casefold()):
            if (plain := _bare(word)) in wanted:
                seen[plain][word] += 1
    return [seen[each].most_common(1)[0][0] if seen[each] else each for each in bare]


_FEW = Text(
    en="{n} answers, and themes need {least}: they would be single answers",
    fr="{n} réponses, et il en faut {least} pour des thèmes : ce seraient des réponses isolées",
)
_WORDLESS = Text(
    en="no answer has a word that says something: signs, numbers and words like “nothing” have no theme",
    fr="aucune réponse ne contient de mot qui dise quelque chose : signes, chiffres et mots comme « rien » n'ont pas "
    "de thème",
)
_NO_WORDS = Plural(
    one=Text(
        en="only {n} word is shared by five answers, and themes need {least}: is this a choice, and no open answer?",
        fr="seul {n} mot est commun à cinq réponses, et il en faut {least} : s'agit-il d'un choix plutôt que d'une "
        "réponse ouverte ?",
    ),
    other=Text(
        en="only {n} words are shared by five answers, and themes need {least}: is this a choice, and no open answer?",
        fr="seuls {n} mots sont communs à cinq réponses, et il en faut {least} : s'agit-il d'un choix plutôt que d'une "
        "réponse ouverte ?",
    ),
)
_SAME = Text(
    en="nearly all wrote the same words: there is one theme, and nothing to tell apart",
    fr="presque tous ont écrit les mêmes mots : il n'y a qu'un thème, rien à distinguer",
)
_ASK = Text(
    en="ask more persons, or read the answers one by one",
    fr="interrogez plus de personnes, ou lisez les réponses une à une",
)
