"""What distinguishes each cluster, and the name that this proposes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from quartier.analyse.clusters.columns import Column, Flags, Form, Numbers, Whole
from quartier.analyse.clusters.preparing import Prepared, Used
from quartier.catalog import Label
from quartier.language import LANGUAGES, Language, Text

TOLD: Final = 0.3
"""A difference of fewer standard deviations is not in a name (0.2 is small, 0.5 medium: Cohen, 1988)."""
MUCH: Final = 1.0
"""From here on a name says "much"."""
IN_A_NAME: Final = 2
_WORDS: Final = 5


@dataclass(frozen=True)
class Mark:
    """One trait, or one word of it, over the clusters.

    Attributes:
        column: the trait.
        word: the word, empty for a number or a flag.
        typical: the median of each cluster in the trait's own units, or the share with the word or flag.
        overall: the same of everybody.
        apart: how far each cluster's mean lies from everybody's, in standard deviations.
        is_unknown: whether it is of the persons who have no value of the trait.
    """

    column: Column
    word: str
    typical: tuple[float, ...]
    overall: float
    apart: tuple[float, ...]
    is_unknown: bool = False

    @property
    def is_share(self) -> bool:
        """Whether `typical` are shares."""
        return self.is_unknown or self.column.form in (Form.FLAG, Form.CATEGORY)

    @property
    def label(self) -> Label:
        """The trait, and its word."""
        label = self.column.trait.label
        if not self.word and not self.is_unknown:
            return label
        named = _UNKNOWN.with_(trait=label.text) if self.is_unknown else _WORD.with_(trait=label.text, word=self.word)
        return Label(fr=named.to("fr"), en=named.to("en"))


def marks_of(prepared: Prepared, labels: Whole, groups: Sequence[int]) -> tuple[Mark, ...]:
    """How each trait, or each of its frequent words, differs between the clusters."""
    found: list[Mark] = []
    told: list[Flags] = []  # persons without one trait are often those without another
    for used in prepared.used:
        if used.column.form is Form.CATEGORY:
            found += [_word(used, place, labels, groups) for place in range(min(len(used.words), _WORDS))]
        else:
            found.append(_number(used, prepared.matrix, labels, groups))
        unknown = used.column.is_missing
        if unknown.any() and not any(np.array_equal(unknown, each) for each in told):
            told.append(unknown)
            found.append(_share(used.column, "", unknown, labels, groups, is_unknown=True))
    return tuple(found)


def names_of(marks: Sequence[Mark], groups: int) -> tuple[Label, ...]:
    """A name per cluster, of what sets it apart most; more is told where two would be called the same."""
    names: list[Label] = []
    for group in range(groups):
        ranked = sorted(marks, key=lambda each: -abs(each.apart[group]))
        told = [each for each in ranked if abs(each.apart[group]) >= TOLD and not _is_idle(each, group)]
        for length in range(IN_A_NAME, max(len(told), IN_A_NAME) + 1):
            name = _named(told[:length], group)
            if name not in names:
                break
        names.append(name if name not in names else _again(name, sum(each == name for each in names) + 1))
    return tuple(names)


def _number(used: Used, matrix: Numbers, labels: Whole, groups: Sequence[int]) -> Mark:
    scaled, values = matrix[:, used.places.start], used.column.values
    middle = np.nanmean if used.column.form is Form.FLAG else np.nanmedian
    spread = scaled.std() or 1.0
    typical, apart = [], []
    for group in groups:
        inside = labels == group
        known = values[inside & ~used.column.is_missing]
        typical.append(float(middle(known)) if len(known) else float("nan"))
        apart.append(float((scaled[inside].mean() - scaled.mean()) / spread))
    return Mark(used.column, "", tuple(typical), float(middle(values)), tuple(apart))


def _word(used: Used, place: int, labels: Whole, groups: Sequence[int]) -> Mark:
    return _share(used.column, used.words[place], used.column.values == place, labels, groups)


def _share(
    column: Column, word: str, has: Flags, labels: Whole, groups: Sequence[int], *, is_unknown: bool = False
) -> Mark:
    overall = float(has.mean())
    shares = [float(has[labels == group].mean()) for group in groups]
    spread = float(np.sqrt(overall * (1 - overall))) or 1.0
    apart = tuple((each - overall) / spread for each in shares)
    return Mark(column, word, tuple(shares), overall, apart, is_unknown)


def _named(marks: Sequence[Mark], group: int) -> Label:
    if not marks:
        return Label(**{language: _AVERAGE.to(language) for language in LANGUAGES})
    written = {language: ", ".join(_part(each, group, language) for each in marks) for language in LANGUAGES}
    return Label(**{language: each[:1].upper() + each[1:] for language, each in written.items()})


def _is_idle(mark: Mark, group: int) -> bool:
    """Whether it only says that the cluster has what most have."""
    return mark.is_unknown and mark.apart[group] < 0


def _again(name: Label, number: int) -> Label:
    return Label(fr=f"{name.fr} ({number})", en=f"{name.en} ({number})")


def _part(mark: Mark, group: int, language: Language) -> str:
    is_more, is_much = mark.apart[group] > 0, abs(mark.apart[group]) >= MUCH
    label = _short((mark.column.trait.label if mark.is_unknown else mark.label).to(language))
    if mark.is_unknown:
        return _LACKING[is_much].to(language, what=label)
    if mark.is_share:
        return (_WITH if is_more else _WITHOUT)[is_much].to(language, what=label)
    if language == "fr":  # French elides before a vowel: plus de commandes, plus d'achats
        is_elided = label[:1].lower() in "aàâeéèêiîïoôuùûyhœ"
        return (_MORE if is_more else _LESS)[is_much].to(language, what=f"d'{label}" if is_elided else f"de {label}")
    head = label.split()[0]
    if head.endswith("s") and not head.endswith("ss"):  # many more orders, much more revenue
        return (_MORE_OF_MANY if is_more else _FEWER)[is_much].to(language, what=label)
    return (_MORE if is_more else _LESS)[is_much].to(language, what=label)


def _short(label: str) -> str:
    """A label inside a sentence: without what stands before its colon for models, and without its capital."""
    for colon in ("RFM\N{NO-BREAK SPACE}: ", "RFM: "):
        label = label.removeprefix(colon)
    is_word = len(label) > 1 and label[0].isupper() and label[1:].islower()
    return label[0].lower() + label[1:] if is_word else label


_WORD = Text(en="{trait}: {word}", fr="{trait} : {word}")
_UNKNOWN = Text(en="{trait}: unknown", fr="{trait} : inconnu")
_MORE = (Text(en="more {what}", fr="plus {what}"), Text(en="much more {what}", fr="beaucoup plus {what}"))
_LESS = (Text(en="less {what}", fr="moins {what}"), Text(en="much less {what}", fr="beaucoup moins {what}"))
_MORE_OF_MANY = (_MORE[0], Text(en="many more {what}", fr="beaucoup plus {what}"))
_FEWER = (Text(en="fewer {what}", fr="moins {what}"), Text(en="many fewer {what}", fr="beaucoup moins {what}"))
_LACKING = (
    Text(en="more often without {what}", fr="plus souvent sans {what}"),
    Text(en="without {what}", fr="sans {what}"),
)
_WITH = (Text(en="more often {what}", fr="plus souvent {what}"), Text(en="mostly {what}", fr="surtout {what}"))
_WITHOUT = (Text(en="less often {what}", fr="moins souvent {what}"), Text(en="seldom {what}", fr="rarement {what}"))
_AVERAGE = Text(en="Like everybody", fr="Comme tout le monde")
