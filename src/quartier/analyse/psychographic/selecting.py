"""From a class of answers or a theme to the definition of its segment: who has its value since the model last ran."""

from typing import TYPE_CHECKING, Any

from quartier.catalog import Label

if TYPE_CHECKING:
    from quartier.analyse.psychographic.class_figures import ClassesFigures
    from quartier.analyse.psychographic.themes_model import ThemesFigures

Document = dict[str, Any]


def of_classes(figures: "ClassesFigures", model: str) -> tuple[Document, ...]:
    """Each class of answers."""
    return tuple(
        _document(f"{model}-{each.id.lower()}", each.name, {"trait": figures.trait, "is": each.id})
        for each in figures.classes
    )


def of_themes(figures: "ThemesFigures", model: str) -> tuple[Document, ...]:
    """Each theme, called by its words."""
    return tuple(
        _document(f"{model}-{each.id.lower()}", _words(each.words), {"trait": figures.trait, "is": each.id})
        for each in figures.themes
    )


def _document(name: str, label: Label, where: Document) -> Document:
    return {"segment": name.replace("_", "-"), "label": {"en": label.en, "fr": label.fr}, "where": where}


def _words(words: tuple[str, ...]) -> Label:
    said = ", ".join(words)
    return Label(fr=said, en=said)
