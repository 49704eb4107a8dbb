"""Factors as a kind of model: from scales that persons answered to one number per factor."""

from typing import Annotated, Final, Literal

import numpy as np
import pyarrow as pa
from pydantic import Field

from quartier.analyse.clusters.columns import Column, Form, Numbers, column_of
from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.computed import Computed, Figures
from quartier.analyse.modelling.document import ModelDocument
from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.modelling.shown import Cell, Shown
from quartier.analyse.psychographic import factors
from quartier.analyse.purchases import PERSON
from quartier.catalog import Family, Label, Trait, ValueType
from quartier.errors import NoAnswer
from quartier.language import LANGUAGES, Plural, Said, Text

FEWEST: Final = 100
"""Persons without whom correlations are too rough to be taken apart (Gorsuch, *Factor Analysis*, 1983)."""
MOST_POINTS: Final = 11
MANY_ALIKE: Final = 0.1
"""Where more persons give the same answer to every item, it is said: who does not read answers so."""
RELIABLE: Final = 0.7
"""Below this a scale is said to be rough (Nunnally, *Psychometric Theory*, 1978)."""


class Factors(ModelDocument):
    """What several scales measure in common.

    >>> Factors(traits=("a", "b", "c")).name
    'factors'
    """

    model: Literal["factors"] = "factors"
    traits: Annotated[
        tuple[str, ...],
        Field(max_length=100, description="the scales, each a trait of whole numbers; three at least"),
        Asked(Text(en="Scales", fr="Échelles"), choose="scales"),
    ] = ()
    number: Annotated[
        int | None,
        Field(ge=1, le=20, description="how many factors; null to let the data say"),
        Asked(
            Text(en="Number of factors", fr="Nombre de facteurs"),
            Text(en="Leave it empty to let the data say.", fr="Laissez vide pour que les données le disent."),
        ),
    ] = None
    seed: Annotated[
        int,
        Field(ge=0, le=2**31 - 1, description="the seed of the shuffles"),
        Asked(Text(en="Seed", fr="Graine"), is_advanced=True),
    ] = 1


class Item(Figures):
    """One scale: its loading on each factor, its own factor (None for none), whether it speaks against it."""

    trait: str
    label: Label
    loadings: tuple[float, ...]
    factor: int | None
    is_reversed: bool
    without: float | None
    """the factor's alpha without it"""


class FactorFigures(Figures):
    """One factor: its trait, its foremost items, its reliability."""

    trait: str
    label: Label
    items: int
    alpha: float
    omega: float


class FactorsFigures(Figures):
    """All that a run of factors found."""

    persons: int
    suggested: int
    is_asked: bool
    points: int | None = None
    """the most points that an item has; None in runs of before this was noted"""
    alike: float = 0.0
    """the share of persons who gave the same answer to every item"""
    eigenvalues: tuple[float, ...]
    shuffled: tuple[float, ...]
    factors: tuple[FactorFigures, ...]
    items: tuple[Item, ...]


def compute(reading: Reading, asked: Factors) -> Computed:
    """The factors of the persons who answered at least half of the scales.

    Raises NoAnswer for too few scales or persons, values that are no scale, and items without a factor in common.
    """
    if len(set(asked.traits)) < factors.FEWEST_ITEMS:
        raise NoAnswer(_FEW_ITEMS.with_(n=len(set(asked.traits))), remedy=factors.ASK_MORE)
    table = reading.persons(tuple(dict.fromkeys(asked.traits)))
    columns = [_scale(reading, name, table[name]) for name in dict.fromkeys(asked.traits)]
    answers = factors.columns_of([each.values for each in columns])
    enough = 2 * (~np.isnan(answers)).sum(axis=1) >= answers.shape[1]
    if enough.sum() < max(FEWEST, 5 * len(columns)):
        raise NoAnswer(_FEW.with_(n=int(enough.sum()), least=max(FEWEST, 5 * len(columns))), remedy=_COLLECT)
    answered = answers[enough]
    _check(columns, answered)
    found = factors.factors_of(answered, asked.number, asked.seed)
    low, high = np.nanmin(answered, axis=0), np.nanmax(answered, axis=0)
    scored = [factors.scores(answered, each, low, high) for each in found.factors]
    traits = traits_of(asked, found, columns)
    keys = table[PERSON].filter(pa.array(enough)).cast(pa.int32())
    values = {trait.name: pa.array(each, from_pandas=True) for trait, each in zip(traits, scored, strict=True)}
    figures = _figures(asked, found, columns, traits, answered)
    return Computed(pa.table({PERSON: keys} | values), traits, figures, _findings(figures))


def _check(columns: list[Column], answered: Numbers) -> None:
    """Raise NoAnswer for an item that says nothing of those who answered, and for two that nobody answered both of."""
    for place, each in enumerate(columns):
        if len(np.unique(answered[~np.isnan(answered[:, place]), place])) < 2:
            raise NoAnswer(_CONSTANT.with_(trait=each.trait.label.text), remedy=_LEAVE_OUT)
    both = factors.apart(answered)
    if both is not None:
        one, other = (columns[place].trait.label.text for place in both)
        raise NoAnswer(_APART.with_(one=one, other=other, least=factors.FEWEST_BOTH), remedy=_TOGETHER)


def _scale(reading: Reading, name: str, values: pa.ChunkedArray) -> Column:
    trait = reading.trait(name)
    column = column_of(trait, values, reading.as_of, reading.config.zone)
    if column is None or column.form is not Form.NUMBER:
        raise NoAnswer(_NO_NUMBERS.with_(trait=trait.label.text), remedy=_LEAVE_OUT)
    known = len(np.unique(column.values[~column.is_missing]))
    if known < 2:
        raise NoAnswer((_CONSTANT if known else _NOBODY).with_(trait=trait.label.text), remedy=_LEAVE_OUT)
    if known > MOST_POINTS:
        raise NoAnswer(_NO_SCALE.with_(trait=trait.label.text, n=known, most=MOST_POINTS), remedy=_LEAVE_OUT)
    return column


def traits_of(asked: Factors, found: factors.Found, columns: list[Column]) -> tuple[Trait, ...]:
    """One trait per factor, called after its strongest item until somebody finds the word for it."""
    made = []
    for place, each in enumerate(found.factors):
        strongest = columns[each.items[0]].trait
        said = (_AGAINST if each.items[0] in each.reversed_ else _TRAIT).with_(n=place + 1, item=strongest.label.text)
        label = Label(**{language: said.to(language) for language in LANGUAGES})
        made.append(
            Trait(
                name=f"{asked.name}_{place + 1}", type=ValueType.NUMBER, family=Family.PSYCHOGRAPHIC, label=label,
                origin="computed",
            )
        )  # fmt: skip
    return tuple(made)


def _figures(
    asked: Factors, found: factors.Found, columns: list[Column], traits: tuple[Trait, ...], answered: Numbers
) -> FactorsFigures:
    return FactorsFigures(
        persons=len(answered),
        points=max(len(np.unique(item[~np.isnan(item)])) for item in answered.T),
        alike=factors.alike(answered),
        suggested=found.suggested,
        is_asked=asked.number is not None,
        eigenvalues=_plain(found.eigenvalues),
        shuffled=_plain(found.shuffled),
        factors=tuple(
            FactorFigures(trait=trait.name, label=trait.label, items=len(f.items), alpha=f.alpha, omega=f.omega)
            for trait, f in zip(traits, found.factors, strict=True)
        ),
        items=_items(found, columns),
    )


def _items(found: factors.Found, columns: list[Column]) -> tuple[Item, ...]:
    """Items by factor, the strongest first, then those of none."""
    made = []
    for number, each in enumerate(found.factors):
        for place, item in enumerate(each.items):
            trait, without = columns[item].trait, each.without[place] if each.without else None
            made.append(Item(
                trait=trait.name, label=trait.label, loadings=_plain(found.loadings[item]), factor=number,
                is_reversed=item in each.reversed_, without=without,
            ))  # fmt: skip
    for item in found.alone:
        trait = columns[item].trait
        made.append(Item(
            trait=trait.name, label=trait.label, loadings=_plain(found.loadings[item]), factor=None, is_reversed=False,
            without=None,
        ))  # fmt: skip
    return tuple(made)


def _plain(values: Numbers) -> tuple[float, ...]:
    return tuple(float(each) for each in values)


def _findings(figures: FactorsFigures) -> tuple[Said, ...]:
    said: list[Said] = []
    if figures.suggested != len(figures.factors):
        said.append((_ASKED if figures.is_asked else _FEWER).with_(n=len(figures.factors), suggested=figures.suggested))
    reversed_ = [each.label.text for each in figures.items if each.is_reversed]
    if reversed_:
        said.append(_REVERSED.with_(items=reversed_))
    said += [
        _ROUGH.with_(factor=each.label.text, alpha=each.alpha) for each in figures.factors if each.alpha < RELIABLE
    ]
    alone = [each.label.text for each in figures.items if each.factor is None]
    if alone:
        said.append(_ALONE.with_(items=alone))
    if figures.points == 2:
        said.append(_TWO.with_())
    if figures.alike >= MANY_ALIKE:
        said.append(_ALIKE.with_(share=round(100 * figures.alike)))
    return tuple(said)


def tables(figures: FactorsFigures, scored: int) -> tuple[Shown, ...]:
    """The factors with their reliability, the loadings, and why there are so many."""
    reliable: list[tuple[Cell, ...]] = [(f.label.text, f.items, f.alpha, f.omega) for f in figures.factors]
    heads = (_ITEM, *(Text(en=str(place + 1), fr=str(place + 1)) for place in range(len(figures.factors))))
    loadings: list[tuple[Cell, ...]] = [(each.label.text, *each.loadings) for each in figures.items]
    numbers: list[tuple[Cell, ...]] = [
        (place + 1, one, other)
        for place, (one, other) in enumerate(zip(figures.eigenvalues, figures.shuffled, strict=True))
    ]
    return (
        Shown(_TITLE.with_(n=len(figures.factors), persons=scored), _HEADS, tuple(reliable)),
        Shown(_LOADINGS, heads, tuple(loadings)),
        Shown(_PARALLEL, _PARALLEL_HEADS, tuple(numbers)),
    )


_TRAIT = Text(en="Factor {n}: {item}", fr="Facteur {n} : {item}")
_AGAINST = Text(en="Factor {n}: against “{item}”", fr="Facteur {n} : à l'inverse de « {item} »")
_FEW_ITEMS = Plural(
    one=Text(en="{n} scale was named, and three are needed", fr="{n} échelle est nommée, il en faut trois"),
    other=Text(en="{n} scales were named, and three are needed", fr="{n} échelles sont nommées, il en faut trois"),
)
_FEW = Plural(
    one=Text(
        en="{n} person answered half of these scales; {least} are needed",
        fr="{n} personne a répondu à la moitié de ces échelles ; il en faut {least}",
    ),
    other=Text(
        en="{n} persons answered half of these scales; {least} are needed",
        fr="{n} personnes ont répondu à la moitié de ces échelles ; il en faut {least}",
    ),
)
_COLLECT = Text(
    en="ask more persons, or name fewer scales", fr="interrogez plus de personnes, ou nommez moins d'échelles"
)
_NO_NUMBERS = Text(
    en="“{trait}” is no scale: its values are no numbers",
    fr="« {trait} » n'est pas une échelle : ses valeurs ne sont pas des nombres",
)
_NOBODY = Text(en="nobody answered “{trait}”", fr="personne n'a répondu à « {trait} »")
_CONSTANT = Text(
    en="everybody gave the same answer to “{trait}”: it tells nobody apart",
    fr="tout le monde a donné la même réponse à « {trait} », qui ne distingue donc personne",
)
_NO_SCALE = Text(
    en="“{trait}” is no scale: it has {n} different values, and a scale has {most} points at most",
    fr="« {trait} » n'est pas une échelle : {n} valeurs différentes, alors qu'une échelle a {most} points au plus",
)
_APART = Text(
    en="fewer than {least} persons answered both “{one}” and “{other}”: nothing says how they go together",
    fr="moins de {least} personnes ont répondu à la fois à « {one} » et à « {other} » : rien ne dit comment elles vont "
    "ensemble",
)
_TOGETHER = Text(
    en="run a model for each part of the survey, or leave one of the two out",
    fr="calculez un modèle par partie de l'enquête, ou retirez l'une des deux",
)
_LEAVE_OUT = Text(en="leave it out, and run again", fr="retirez-le, et recalculez")
_FEWER = Text(
    en="parallel analysis suggests {suggested} factors; {n} are kept, since each must be the foremost of three items",
    fr="l'analyse parallèle suggère {suggested} facteurs ; {n} sont gardés, car chacun doit dominer trois questions",
)
_ASKED = Text(
    en="{n} factors were asked for, where parallel analysis suggests {suggested}",
    fr="{n} facteurs étaient demandés, alors que l'analyse parallèle en suggère {suggested}",
)
_REVERSED = Text(
    en="items that speak against their factor were turned round: {items}",
    fr="les questions qui vont à l'inverse de leur facteur ont été retournées : {items}",
)
_ROUGH = Text(
    en="{factor}: rough, its items agree little (alpha {alpha}); compare groups by it, not persons",
    fr="{factor} : approximatif, ses questions s'accordent peu (alpha {alpha}) ; "
    "comparez des groupes, pas des personnes",
)
_TWO = Text(
    en="these items have two answers only, by which factors are seen but roughly: classes of answers suit them better",
    fr="ces questions n'ont que deux réponses, qui ne montrent des facteurs qu'à peu près : préférez les classes de "
    "réponses",
)
_ALIKE = Text(
    en="{share}% of persons gave the same answer to every item: look whether they read what was asked",
    fr="{share} % des personnes ont donné la même réponse à toutes les questions : voyez si elles les ont lues",
)
_ALONE = Text(en="items of no factor: {items}", fr="questions sans facteur : {items}")
_TITLE = Text(en="{n} factors of {persons} persons", fr="{n} facteurs pour {persons} personnes")
_HEADS = (
    Text(en="Factor", fr="Facteur"), Text(en="Items", fr="Questions"), Text(en="Alpha", fr="Alpha"),
    Text(en="Omega", fr="Oméga"),
)  # fmt: skip
_ITEM = Text(en="Item", fr="Question")
_LOADINGS = Text(
    en="Loadings: how strongly each item goes with each factor",
    fr="Saturations : le lien de chaque question avec chaque facteur",
)
_PARALLEL = Text(en="How many factors", fr="Combien de facteurs")
_PARALLEL_HEADS = (
    Text(en="Factors", fr="Facteurs"), Text(en="Eigenvalue", fr="Valeur propre"), Text(en="Shuffled", fr="Mélangées"),
)  # fmt: skip
KIND: Final = Kind(
    name="factors",
    label=Text(en="Factors", fr="Facteurs"),
    sentence=Text(
        en="What several scales of a survey measure in common, how reliably, and how each person stands on it.",
        fr="Ce que plusieurs échelles d'une enquête mesurent en commun, avec quelle fiabilité, et où se situe chacun.",
    ),
    document=Factors,
    figures=FactorsFigures,
    compute=compute,
    tables=tables,
)
