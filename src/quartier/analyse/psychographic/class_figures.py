"""What a run of classes of answers found, and what must be known of it: how sure they are, and whether found again."""

from typing import Final

from quartier.analyse.modelling.computed import Figures
from quartier.catalog import Label
from quartier.language import Said, Text

SURE: Final = 0.6
"""Below this relative entropy many persons could as well be in another class."""
FOUND_AGAIN, PARTLY = 0.8, 0.5
"""From which agreement of resamples on the classes are the same, and partly so."""


class TriedNumber(Figures):
    """One number of classes that was tried; see `classes.Tried`.

    `stability`, `low` and `high` say how alike the classes of two of the `drawn` resamples are; None for one class.
    """

    number: int
    bic: float
    entropy: float
    smallest: float
    stability: float | None = None
    low: float | None = None
    high: float | None = None
    drawn: int = 0


class AnswerShares(Figures):
    """One answer: its share in each class and overall, and how far each class lies from everybody."""

    trait: str
    label: Label
    shares: tuple[float, ...]
    overall: float
    apart: tuple[float, ...]


class ClassFigures(Figures):
    """One class, the largest first, and how sure its persons are in it on average."""

    id: str
    name: Label
    persons: int
    share: float
    certainty: float


class ClassesFigures(Figures):
    """All that a run of classes found."""

    trait: str
    persons: int
    is_asked: bool
    tried: tuple[TriedNumber, ...]
    classes: tuple[ClassFigures, ...]
    answers: tuple[AnswerShares, ...]

    @property
    def taken(self) -> TriedNumber:
        """The number that was taken."""
        return next(each for each in self.tried if each.number == len(self.classes))


def findings(figures: ClassesFigures) -> tuple[Said, ...]:
    """What must be known of the classes that were found."""
    taken = figures.taken
    said = [_FOUND.with_(n=taken.number, entropy=taken.entropy)]
    if taken.entropy < SURE:
        said.append(_UNSURE.with_())
    if taken.stability is not None:
        said.append(_how_stable(taken.stability).with_(n=taken.number, agreement=taken.stability, drawn=taken.drawn))
        surer = [str(each.number) for each in figures.tried if (each.stability or 0) >= FOUND_AGAIN]
        if surer and taken.stability < FOUND_AGAIN:
            said.append(_SURER.with_(numbers=surer))
    if not figures.is_asked and taken.number == figures.tried[-1].number:
        said.append(_AT_THE_END.with_(n=taken.number))
    return tuple(said)


def _how_stable(agreement: float) -> Text:
    if agreement >= FOUND_AGAIN:
        return _AGAIN
    return _PARTLY if agreement >= PARTLY else _NOT_AGAIN


_FOUND = Text(
    en="{n} classes: persons are sorted with a relative entropy of {entropy}, 1 being without any doubt",
    fr="{n} classes : les personnes sont réparties avec une entropie relative de {entropy}, 1 étant sans aucun doute",
)
_UNSURE = Text(
    en="many persons could as well be in another class: compare classes, and do not count on the class of one person",
    fr="beaucoup de personnes pourraient être dans une autre classe : comparez les classes, sans vous fier à "
    "celle d'une personne",
)
_AGAIN = Text(
    en="{n} classes are found again: persons drawn anew {drawn} times fall into the same ones (agreement {agreement}, "
    "1 being the very same)",
    fr="on retrouve les {n} classes : sur {drawn} nouveaux tirages, les personnes se répartissent de la même façon "
    "(accord {agreement}, 1 pour les mêmes)",
)
_PARTLY = Text(
    en="{n} is a choice: persons drawn anew {drawn} times fall into these classes only in part (agreement "
    "{agreement}, 1 being the very same); other numbers serve as well",
    fr="{n} est un choix : sur {drawn} nouveaux tirages, on ne retrouve ces classes qu'en partie (accord {agreement}, "
    "1 pour les mêmes) ; d'autres nombres se défendent aussi",
)
_NOT_AGAIN = Text(
    en="{n} is a choice: persons drawn anew {drawn} times fall into other classes (agreement {agreement}, 1 being the "
    "very same); take these as a way to sort persons, not as kinds that are there",
    fr="{n} est un choix : sur {drawn} nouveaux tirages, les classes sont autres (accord {agreement}, 1 pour les "
    "mêmes) ; voyez-y une façon de ranger les personnes, non des genres qui existent",
)
_SURER = Text(
    en="these numbers of classes are found again: {numbers}",
    fr="on retrouve les mêmes classes avec ces nombres : {numbers}",
)
_AT_THE_END = Text(
    en="{n} is the largest number that was tried: more classes may say more",
    fr="{n} est le plus grand nombre essayé : davantage de classes en diraient peut-être plus",
)
