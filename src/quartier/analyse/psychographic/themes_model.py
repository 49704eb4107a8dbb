"""Themes as a kind of model: from an open answer to the letter of its theme."""

import string
from typing import Annotated, Final, Literal

import pyarrow as pa
from pydantic import Field

from quartier.analyse.modelling.asked import Asked
from quartier.analyse.modelling.computed import Computed, Figures
from quartier.analyse.modelling.document import ModelDocument
from quartier.analyse.modelling.kind import Kind
from quartier.analyse.modelling.reading import Reading
from quartier.analyse.modelling.shown import Cell, Share, Shown
from quartier.analyse.psychographic import selecting, themes
from quartier.analyse.purchases import PERSON
from quartier.catalog import Family, Label, Trait, ValueType
from quartier.errors import NoAnswer
from quartier.language import LANGUAGES, Said, Text


class Themes(ModelDocument):
    """What open answers speak of.

    >>> Themes(answer="main_need").name
    'themes'
    """

    model: Literal["themes"] = "themes"
    answer: Annotated[
        str,
        Field(description="the trait that holds the open answer"),
        Asked(Text(en="Open answer", fr="Réponse ouverte"), choose="answer"),
    ] = ""
    number: Annotated[
        int | None,
        Field(ge=2, le=20, description="how many themes; null to let the data say"),
        Asked(
            Text(en="Number of themes", fr="Nombre de thèmes"),
            Text(en="Leave it empty to let the data say.", fr="Laissez vide pour que les données le disent."),
        ),
    ] = None
    most: Annotated[
        int,
        Field(ge=2, le=20, description="the largest number of themes that is tried"),
        Asked(Text(en="At most", fr="Au plus"), is_advanced=True),
    ] = 10
    seed: Annotated[
        int,
        Field(ge=0, le=2**31 - 1, description="the seed of all that is drawn; the same gives the same themes"),
        Asked(Text(en="Seed", fr="Graine"), is_advanced=True),
    ] = 1


class ThemeFigures(Figures):
    """One theme, the largest first: its words, and the keys of persons whose answers are nearest its middle.

    The answers themselves are not kept with the run: a page reads them for who may see persons.
    """

    id: str
    words: tuple[str, ...]
    persons: int
    share: float
    nearest: tuple[int, ...]


class ThemesFigures(Figures):
    """All that a run of themes found; `persons` answered, `without` of them in no theme."""

    trait: str
    answer: str
    label: Label
    persons: int
    without: int
    themes: tuple[ThemeFigures, ...]


def compute(reading: Reading, asked: Themes) -> Computed:
    """The themes of all who answered.

    Raises NoAnswer for a trait that is no text, for too few answers, and where answers have no themes.
    """
    if not asked.answer:
        raise NoAnswer(_NO_NAME, remedy=_NAME)
    trait = reading.trait(asked.answer)
    if trait.type is not ValueType.TEXT:
        raise NoAnswer(_NO_TEXT.with_(trait=trait.label.text), remedy=_NAME)
    table = reading.persons([trait.name])
    given = [
        (key, text) for key, text in zip(table[PERSON].to_pylist(), table[trait.name].to_pylist(), strict=True) if text
    ]
    found = themes.themes_of([text for _, text in given], asked.number, asked.most, asked.seed)
    keys = [key for key, _ in given]
    letters = {int(place): string.ascii_uppercase[i] for i, each in enumerate(found) for place in each.answers}
    figures = ThemesFigures(
        trait=f"{asked.name}_theme", answer=trait.name, label=trait.label, persons=len(given),
        without=len(given) - len(letters),
        themes=tuple(
            ThemeFigures(
                id=string.ascii_uppercase[i], words=each.words, persons=len(each.answers),
                share=len(each.answers) / len(given), nearest=tuple(keys[place] for place in each.nearest),
            )
            for i, each in enumerate(found)
        ),
    )  # fmt: skip
    placed = sorted(letters)
    rows = pa.table({
        PERSON: pa.array([keys[place] for place in placed], pa.int32()),
        figures.trait: pa.array([letters[place] for place in placed], pa.string()),
    })  # fmt: skip
    return Computed(rows, traits_of(asked, trait), figures, _findings(figures, asked))


def _findings(figures: ThemesFigures, asked: Themes) -> tuple[Said, ...]:
    said: list[Said] = []
    if figures.without:
        said.append(_WITHOUT.with_(n=figures.without, of=figures.persons))
    if asked.number is None and len(figures.themes) == asked.most:
        said.append(_AT_THE_END.with_(n=asked.most))
    return tuple(said)


def traits_of(asked: Themes, answer: Trait) -> tuple[Trait, ...]:
    """What a run writes: the letter of the theme of a person's answer, as sensitive as the answer is."""
    said = _TRAIT.with_(answer=answer.label.text)
    label = Label(**{language: said.to(language) for language in LANGUAGES})
    return (
        Trait(
            name=f"{asked.name}_theme", type=ValueType.TEXT, family=Family.NEEDS, label=label, origin="computed",
            sensitivity=answer.sensitivity,
        ),
    )  # fmt: skip


def tables(figures: ThemesFigures, scored: int) -> tuple[Shown, ...]:
    """The themes with their words."""
    rows: list[tuple[Cell, ...]] = [
        (each.id, ", ".join(each.words), each.persons, Share(each.share)) for each in figures.themes
    ]
    return (Shown(_TITLE.with_(n=len(figures.themes), persons=scored), _HEADS, tuple(rows)),)


_NO_NAME = Text(en="no open answer was named", fr="aucune réponse ouverte n'est nommée")
_NO_TEXT = Text(en="“{trait}” is no text", fr="« {trait} » n'est pas un texte")
_NAME = Text(
    en="name the trait that holds what persons wrote", fr="nommez le trait qui contient ce que les gens ont écrit"
)
_WITHOUT = Text(
    en="in no theme: {n} of {of} answers, whose words too few others wrote",
    fr="dans aucun thème : {n} réponses sur {of}, dont trop peu d'autres ont écrit les mots",
)
_AT_THE_END = Text(
    en="{n} is the largest number that was tried: more themes may say more",
    fr="{n} est le plus grand nombre essayé : davantage de thèmes en diraient peut-être plus",
)
_TRAIT = Text(en="Theme of “{answer}”", fr="Thème de « {answer} »")
_TITLE = Text(en="{n} themes of {persons} answers", fr="{n} thèmes pour {persons} réponses")
_HEADS = (
    Text(en="Theme", fr="Thème"), Text(en="Words", fr="Mots"), Text(en="Answers", fr="Réponses"),
    Text(en="Share", fr="Part"),
)  # fmt: skip
KIND: Final = Kind(
    name="themes",
    label=Text(en="Themes of open answers", fr="Thèmes des réponses ouvertes"),
    sentence=Text(
        en="What persons speak of when they answer in their own words, and how many of each theme.",
        fr="De quoi parlent les gens quand ils répondent avec leurs propres mots, et combien pour chaque thème.",
    ),
    document=Themes,
    figures=ThemesFigures,
    compute=compute,
    tables=tables,
    segments={"run": selecting.of_themes},
)
