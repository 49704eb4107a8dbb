"""Latent classes as a kind of model: from answers to the letter of each person's class."""

import string
from typing import Annotated, Final, Literal

import numpy as np
import pyarrow as pa
from pydantic import Field

from quartier.analyse.clusters import naming, preparing
from quartier.analyse.clusters.columns import Column, Form, Numbers, column_of
from quartier.analyse.clusters.naming import Mark
from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.computed import Computed
from quartier.analyse.modelling.document import ModelDocument
from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.modelling.shown import Cell, Share, Shown
from quartier.analyse.psychographic import classes, selecting
from quartier.analyse.psychographic.class_figures import (
    AnswerShares,
    ClassesFigures,
    ClassFigures,
    TriedNumber,
    findings,
)
from quartier.analyse.purchases import PERSON
from quartier.catalog import Family, Label, Trait, ValueType
from quartier.errors import NoAnswer
from quartier.language import LANGUAGES, Plural, Text

FEWEST: Final = 100
ANSWERS: Final = 12
"""A question of more different answers is no question with answers to choose."""
YES_AND_NO: Final = (("yes", "no"), ("oui", "non"), ("true", "false"), ("y", "n"), ("o", "n"), ("1", "0"))
ANSWERED, ANSWERED_BY = 0.01, 30
"""A question that a smaller share of persons answered, or fewer of them, says nothing of how they differ."""


class AnswerClasses(ModelDocument):
    """Kinds of persons who answer alike.

    >>> AnswerClasses(traits=("a", "b")).name
    'classes'
    """

    model: Literal["classes"] = "classes"
    traits: Annotated[
        tuple[str, ...],
        Field(max_length=60, description="the questions, each a trait of a few answers; two at least"),
        Asked(Text(en="Questions", fr="Questions"), choose="answers"),
    ] = ()
    number: Annotated[
        int | None,
        Field(ge=2, le=10, description="how many classes; null to let the data say"),
        Asked(
            Text(en="Number of classes", fr="Nombre de classes"),
            Text(en="Leave it empty to let the data say.", fr="Laissez vide pour que les données le disent."),
        ),
    ] = None
    most: Annotated[
        int,
        Field(ge=2, le=10, description="the largest number of classes that is tried"),
        Asked(Text(en="At most", fr="Au plus"), is_advanced=True),
    ] = 6
    seed: Annotated[
        int,
        Field(ge=0, le=2**31 - 1, description="the seed of the starts; the same gives the same classes"),
        Asked(Text(en="Seed", fr="Graine"), is_advanced=True),
    ] = 1


def compute(reading: Reading, asked: AnswerClasses) -> Computed:
    """The classes of the persons who answered at least half of the questions.

    Raises NoAnswer for too few questions or persons, or when persons do not answer in kinds.
    """
    names = tuple(dict.fromkeys(asked.traits))
    if len(names) < 2:
        raise NoAnswer(_FEW_QUESTIONS, remedy=_NAME)
    table = reading.persons(names)
    columns = [_question(reading, name, table[name]) for name in names]
    enough = 2 * np.column_stack([~each.is_missing for each in columns]).sum(axis=1) >= len(columns)
    if enough.sum() < FEWEST:
        raise NoAnswer(_FEW.with_(n=int(enough.sum()), least=FEWEST), remedy=_COLLECT)
    columns = [each.at(enough) for each in columns]
    _check(columns, int(enough.sum()))
    numbers = (asked.number,) if asked.number else range(1, asked.most + 1)
    answers = np.column_stack([_places(each) for each in columns])
    found = classes.classes_of(answers, tuple(numbers), asked.seed, is_asked=asked.number is not None)
    figures = _figures(asked, columns, found)
    keys = table[PERSON].filter(pa.array(enough)).cast(pa.int32())
    letters = np.array(list(string.ascii_uppercase))[found.labels]
    traits = traits_of(asked)
    values = {traits[0].name: pa.array(letters, pa.string()), traits[1].name: pa.array(found.certainty, pa.float64())}
    return Computed(pa.table({PERSON: keys} | values), traits, figures, findings(figures))


def traits_of(asked: AnswerClasses) -> tuple[Trait, ...]:
    """What a run writes: the letter of a person's class, and how sure it is."""
    named = {each: _label(each, asked) for each in (_CLASS, _CERTAINTY)}
    return (
        Trait(
            name=f"{asked.name}_class", type=ValueType.TEXT, family=Family.NEEDS, label=named[_CLASS],
            origin="computed",
        ),
        Trait(
            name=f"{asked.name}_certainty", type=ValueType.NUMBER, family=Family.NEEDS, label=named[_CERTAINTY],
            origin="computed",
        ),
    )  # fmt: skip


def _label(text: Text, asked: AnswerClasses) -> Label:
    said = {language: text.to(language) for language in LANGUAGES}
    more = "" if asked.name == asked.model else f" ({asked.name})"
    return Label(fr=said["fr"] + more, en=said["en"] + more)


def _question(reading: Reading, name: str, values: pa.ChunkedArray) -> Column:
    trait = reading.trait(name)
    refused = preparing.why_not(trait, sensitive=False)
    if refused is not None:
        raise NoAnswer(_REFUSED.with_(trait=trait.label.text, why=refused.why), remedy=_NAME)
    column = column_of(trait, values, reading.as_of, reading.config.zone)
    distinct = len(np.unique(column.values[~column.is_missing])) if column else 0
    if column is None or distinct > ANSWERS:
        raise NoAnswer(_NO_QUESTION.with_(trait=trait.label.text, n=distinct, most=ANSWERS), remedy=_NAME)
    if distinct < 2:
        raise NoAnswer((_CONSTANT if distinct else _NOBODY).with_(trait=trait.label.text), remedy=_LEAVE_OUT)
    return column


def _check(columns: list[Column], persons: int) -> None:
    """Raise NoAnswer for a question that hardly anybody of those who are left answered, or all alike."""
    for each in columns:
        known = each.values[~each.is_missing]
        if len(known) < max(ANSWERED * persons, ANSWERED_BY):
            raise NoAnswer(_HARDLY.with_(trait=each.trait.label.text, n=len(known), of=persons), remedy=_LEAVE_OUT)
        if len(np.unique(known)) < 2:
            raise NoAnswer(_CONSTANT.with_(trait=each.trait.label.text), remedy=_LEAVE_OUT)


def _places(column: Column) -> Numbers:
    """The place of each answer among those given, from 0."""
    known = np.unique(column.values[~column.is_missing])
    places = np.searchsorted(known, np.nan_to_num(column.values, nan=known[0])).astype(np.float64)
    places[column.is_missing] = np.nan
    return places


def _figures(asked: AnswerClasses, columns: list[Column], found: classes.Classes) -> ClassesFigures:
    size = len(found.labels)
    groups = range(int(found.labels.max()) + 1)
    marks = [mark for column in columns for mark in _marks(column, found, len(groups))]
    names = naming.names_of(marks, len(groups))
    counts = np.bincount(found.labels, minlength=len(groups))
    return ClassesFigures(
        trait=f"{asked.name}_class",
        persons=size,
        is_asked=asked.number is not None,
        tried=tuple(_tried(each) for each in found.tried),
        classes=tuple(
            ClassFigures(
                id=string.ascii_uppercase[each], name=names[each], persons=int(counts[each]),
                share=float(counts[each] / size), certainty=float(found.certainty[found.labels == each].mean()),
            )
            for each in groups
        ),
        answers=tuple(
            AnswerShares(
                trait=mark.column.trait.name, label=mark.label, shares=mark.typical, overall=mark.overall,
                apart=mark.apart,
            )
            for mark in marks
        ),
    )  # fmt: skip


def _tried(each: classes.Tried) -> TriedNumber:
    told = {"number": each.number, "bic": each.bic, "entropy": each.entropy, "smallest": each.smallest}
    if each.again is None:
        return TriedNumber(**told)
    again = {"stability": each.again.median, "low": each.again.low, "high": each.again.high, "drawn": each.again.drawn}
    return TriedNumber(**told, **again)


def _marks(column: Column, found: classes.Classes, groups: int) -> list[Mark]:
    """One mark per answer, of those who answered; of yes and no the yes alone."""
    known = np.unique(column.values[~column.is_missing])
    yes = _yes(column, known)
    marks = []
    for value in known if yes is None else (yes,):
        word = _word(column, float(value)) if yes is None else ""
        has, there = column.values == value, ~column.is_missing
        overall = float(has[there].mean())
        spread = float(np.sqrt(overall * (1 - overall))) or 1.0
        shares = []
        for group in range(groups):
            inside = there & (found.labels == group)
            shares.append(float(has[inside].mean()) if inside.any() else overall)
        apart = tuple((each - overall) / spread for each in shares)
        marks.append(Mark(column, word, tuple(shares), overall, apart))
    return marks


def _yes(column: Column, known: Numbers) -> float | None:
    """The answer that says yes, of a question of yes and no; None for any other question."""
    if column.form is Form.FLAG:
        return 1.0
    said = [column.categories[int(each)].casefold() for each in known] if column.form is Form.CATEGORY else []
    return next((float(known[said.index(yes)]) for yes, no in YES_AND_NO if {yes, no} == set(said)), None)


def _word(column: Column, value: float) -> str:
    return column.categories[int(value)] if column.form is Form.CATEGORY else f"{value:g}"


def tables(figures: ClassesFigures, scored: int) -> tuple[Shown, ...]:
    """The classes, how each answers, and the numbers that were tried."""
    rows: list[tuple[Cell, ...]] = [
        (each.id, each.name.text, each.persons, Share(each.share), Share(each.certainty)) for each in figures.classes
    ]
    heads = (_ANSWER, *(Text(en=each.id, fr=each.id) for each in figures.classes), _ALL)
    answers: list[tuple[Cell, ...]] = [
        (each.label.text, *(Share(one) for one in each.shares), Share(each.overall)) for each in figures.answers
    ]
    numbers: list[tuple[Cell, ...]] = [
        (each.number, each.bic, each.entropy, Share(each.smallest), each.stability) for each in figures.tried
    ]
    return (
        Shown(_TITLE.with_(n=len(figures.classes), persons=scored), _HEADS, tuple(rows)),
        Shown(_PROFILE, heads, tuple(answers)),
        Shown(_NUMBERS, _NUMBER_HEADS, tuple(numbers)),
    )


_CLASS = Text(en="Class of answers", fr="Classe de réponses")
_CERTAINTY = Text(en="Class of answers: certainty", fr="Classe de réponses : certitude")
_FEW_QUESTIONS = Text(en="classes need two questions at least", fr="il faut au moins deux questions pour des classes")
_NAME = Text(
    en="name traits that hold answers to choose from", fr="nommez des traits qui contiennent des réponses à choisir"
)
_FEW = Plural(
    one=Text(
        en="{n} person answered half of these questions; {least} are needed",
        fr="{n} personne a répondu à la moitié de ces questions ; il en faut {least}",
    ),
    other=Text(
        en="{n} persons answered half of these questions; {least} are needed",
        fr="{n} personnes ont répondu à la moitié de ces questions ; il en faut {least}",
    ),
)
_COLLECT = Text(
    en="ask more persons, or name fewer questions", fr="interrogez plus de personnes, ou nommez moins de questions"
)
_REFUSED = Text(en="“{trait}” is not used: {why}", fr="« {trait} » n'est pas utilisé : {why}")
_NO_QUESTION = Text(
    en="“{trait}” has {n} different values, and a question has 2 to {most} answers",
    fr="« {trait} » a {n} valeurs différentes, et une question a de 2 à {most} réponses",
)
_NOBODY = Text(en="nobody answered “{trait}”", fr="personne n'a répondu à « {trait} »")
_CONSTANT = Text(
    en="everybody gave the same answer to “{trait}”: it tells nobody apart",
    fr="tout le monde a donné la même réponse à « {trait} », qui ne distingue donc personne",
)
_HARDLY = Text(
    en="{n} of {of} persons answered “{trait}”: too few to tell classes apart by it",
    fr="{n} personnes sur {of} ont répondu à « {trait} » : trop peu pour distinguer des classes",
)
_LEAVE_OUT = Text(en="leave it out, and run again", fr="retirez-la, et recalculez")
_TITLE = Text(en="{n} classes of {persons} persons", fr="{n} classes pour {persons} personnes")
_HEADS = (
    Text(en="Class", fr="Classe"), Text(en="What sets it apart", fr="Ce qui la distingue"),
    Text(en="Persons", fr="Personnes"), Text(en="Share", fr="Part"), Text(en="Certainty", fr="Certitude"),
)  # fmt: skip
_ANSWER, _ALL = Text(en="Answer", fr="Réponse"), Text(en="Everybody", fr="Tout le monde")
_PROFILE = Text(en="How each class answers", fr="Ce que répond chaque classe")
_NUMBERS = Text(en="How many classes", fr="Combien de classes")
_NUMBER_HEADS = (
    Text(en="Classes", fr="Classes"), Text(en="BIC (least is best)", fr="BIC (le plus petit est le meilleur)"),
    Text(en="Relative entropy", fr="Entropie relative"), Text(en="Smallest class", fr="Plus petite classe"),
    Text(en="Found again", fr="Retrouvées"),
)  # fmt: skip
KIND: Final = Kind(
    name="classes",
    label=Text(en="Classes of answers", fr="Classes de réponses"),
    sentence=Text(
        en="Which kinds of persons there are by what they answered: needs, opinions, habits.",
        fr="Quels genres de personnes se dessinent d'après leurs réponses : besoins, opinions, habitudes.",
    ),
    document=AnswerClasses,
    figures=ClassesFigures,
    compute=compute,
    tables=tables,
    segments={"run": selecting.of_classes},
)
