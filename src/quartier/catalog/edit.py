"""What may be changed in a catalog by hand: everything that says how data are understood, not how they are stored."""

from collections.abc import Mapping

from quartier.catalog.model import Catalog, EventType, ValueRule
from quartier.errors import InvalidDefinition, Problem
from quartier.language import Text


def checked(edited: Catalog, present: Catalog) -> Catalog:
    """The edited catalog. Raises InvalidDefinition when it drops, adds or retypes what the tables hold."""
    problems = _traits(edited, present) + _events(edited, present) + _rules(edited)
    if problems:
        raise InvalidDefinition("catalog", problems)
    return edited


def _traits(edited: Catalog, present: Catalog) -> list[Problem]:
    old = {
        f"traits.{each.name}" if each.of == "person" else f"traits.{each.of}.{each.name}": each.type
        for each in present.traits
    }
    new = {
        f"traits.{each.name}" if each.of == "person" else f"traits.{each.of}.{each.name}": each.type
        for each in edited.traits
    }
    return _differences(old, new)


def _events(edited: Catalog, present: Catalog) -> list[Problem]:
    return _differences(_shape(present.events), _shape(edited.events))


def _rules(edited: Catalog) -> list[Problem]:
    """To prefer what some sources say says nothing as long as none is named."""
    asked, found = {edited.rule_of(each) for each in edited.traits}, []
    if ValueRule.MOST_TRUSTED in asked and not edited.trusted:
        found.append(Problem("trusted", _NOBODY_TRUSTED, _NAME_SOURCES))
    if ValueRule.VERIFIED_FIRST in asked and not edited.verified:
        found.append(Problem("verified", _NOBODY_VERIFIES, _NAME_VERIFYING))
    return found


def _shape(events: tuple[EventType, ...]) -> dict[str, object]:
    shape: dict[str, object] = {}
    for event in events:
        shape[f"events.{event.name}"] = "event"
        for path in event.paths():
            found = event.property(path)
            shape[f"events.{event.name}.{path}"] = found.type if found else None
    return shape


def _differences(old: Mapping[str, object], new: Mapping[str, object]) -> list[Problem]:
    gone = [Problem(place, _GONE, _PUT_BACK) for place in old if place not in new]
    added = [Problem(place, _ADDED, _COLLECT) for place in new if place not in old]
    retyped = [
        Problem(place, _RETYPED.with_(old=str(old[place]), new=str(new[place])), _COLLECT)
        for place in old
        if place in new and old[place] != new[place]
    ]
    return gone + added + retyped


_NOBODY_TRUSTED = Text(
    en="values of the most trusted source are asked for, and no source is named",
    fr="on demande la valeur de la source la plus sûre, et aucune source n'est nommée",
)
_NAME_SOURCES = Text(
    en="name files and sources of messages under `trusted`, the most trusted first",
    fr="nommez sous `trusted` des fichiers et des sources de messages, les plus sûrs d'abord",
)
_NOBODY_VERIFIES = Text(
    en="verified values are asked for first, and no source that verifies is named",
    fr="on demande d'abord les valeurs vérifiées, et aucune source qui vérifie n'est nommée",
)
_NAME_VERIFYING = Text(
    en="name under `verified` the files and sources of messages that verify what they say",
    fr="nommez sous `verified` les fichiers et les sources de messages qui vérifient ce qu'ils disent",
)
_GONE = Text(
    en="this is in the data and cannot be taken out of the catalog",
    fr="les données le contiennent, on ne peut l'ôter du catalogue",
)
_PUT_BACK = Text(en="put it back", fr="remettez-le")
_ADDED = Text(en="nothing in the data has this name", fr="rien ne porte ce nom dans les données")
_RETYPED = Text(en="its type is {old} in the data, not {new}", fr="son type est {old} dans les données, et non {new}")
_COLLECT = Text(
    en="names and types come from the files: change the mapping and collect again",
    fr="noms et types viennent des fichiers : changez la correspondance et collectez de nouveau",
)
