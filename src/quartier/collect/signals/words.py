"""How the derived events and technographic traits are called in the catalog, in English and French."""

from typing import Final

from quartier.catalog import EventType, Label, Property, Trait, ValueType
from quartier.catalog.families import Family
from quartier.catalog.recognise import entry_of
from quartier.collect.signals.context import COLUMNS
from quartier.collect.signals.parameters import Rule

_LABELS: Final = {
    Rule.RAGE_CLICK: Label(en="Rage clicks", fr="Clics d'agacement"),
    Rule.DEAD_CLICK: Label(en="Dead click", fr="Clic sans effet"),
    Rule.U_TURN: Label(en="U-turn", fr="Demi-tour"),
    Rule.FORM_ABANDONED: Label(en="Abandoned form", fr="Formulaire abandonné"),
    Rule.ERROR: Label(en="Error seen", fr="Erreur rencontrée"),
    Rule.CLICK_WHILE_LOADING: Label(en="Clicks while loading", fr="Clics pendant un chargement"),
}
_PROPERTIES: Final = {
    "page": Property(name="page", type=ValueType.TEXT, label=Label(en="Page", fr="Page")),
    "target": Property(name="target", type=ValueType.TEXT, label=Label(en="Element", fr="Élément")),
    "came_from": Property(name="came_from", type=ValueType.TEXT, label=Label(en="Came from", fr="Page d'origine")),
    "seconds": Property(name="seconds", type=ValueType.NUMBER, label=Label(en="Seconds", fr="Secondes")),
    "form": Property(name="form", type=ValueType.TEXT, label=Label(en="Form", fr="Formulaire")),
    "field": Property(name="field", type=ValueType.TEXT, label=Label(en="Last field", fr="Dernier champ")),
    "error": Property(name="error", type=ValueType.TEXT, label=Label(en="Error", fr="Erreur")),
}
_OF_EVENTS: Final = {
    Rule.RAGE_CLICK: ("page", "target"),
    Rule.DEAD_CLICK: ("page", "target"),
    Rule.U_TURN: ("page", "came_from", "seconds"),
    Rule.FORM_ABANDONED: ("page", "form", "field", "seconds"),
    Rule.ERROR: ("page", "error"),
    Rule.CLICK_WHILE_LOADING: ("page", "target", "seconds"),
}
_TRAIT_LABELS: Final = {
    "browser_version": Label(en="Browser version", fr="Version du navigateur"),
    "operating_system_version": Label(en="Operating system version", fr="Version du système"),
    "screen": Label(en="Screen size", fr="Taille d'écran"),
    "app": Label(en="App", fr="Application"),
    "app_version": Label(en="App version", fr="Version de l'application"),
}


def event_type(name: str) -> EventType | None:
    """The catalog's entry for a derived event, or None for any other name."""
    rule = next((each for each in Rule if each == name), None)
    if rule is None:
        return None
    properties = tuple(_PROPERTIES[each] for each in _OF_EVENTS[rule])
    return EventType(name=str(rule), label=_LABELS[rule], properties=properties)


def technographic_traits() -> tuple[Trait, ...]:
    """The traits that contexts give, as the catalog has them."""
    return tuple(_trait(each) for each in COLUMNS)


def _trait(name: str) -> Trait:
    entry = entry_of(name, ())
    if entry is None:
        return Trait(name=name, type=ValueType.TEXT, family=Family.TECHNOGRAPHIC, label=_TRAIT_LABELS[name])
    return Trait(name=name, type=ValueType.TEXT, family=entry.family, label=entry.label,
                 sensitivity=entry.sensitivity, meaning=entry.meaning)  # fmt: skip
