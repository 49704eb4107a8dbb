"""From an outcome as written to one whose names exist: the only place for unknown-name errors."""

from collections.abc import Mapping

from pydantic import ValidationError

from quartier.catalog import Catalog, EventType, Property, ValueType
from quartier.config import problems_of
from quartier.errors import InvalidDefinition, Problem, Sentence, suggestion
from quartier.evaluate.outcome import BoundOutcome, Outcome
from quartier.evaluate.sentence import Written, parse
from quartier.language import Text

_NUMBERS = (ValueType.INTEGER, ValueType.NUMBER)
_COUNTABLE = (*_NUMBERS, ValueType.TEXT, ValueType.BOOLEAN, ValueType.DATE, ValueType.INSTANT)


def bind(outcome: Outcome | str | Mapping[str, object], catalog: Catalog) -> BoundOutcome:
    """The outcome of a sentence or document, its event and property found in the catalog.

    Raises InvalidDefinition for a sentence that cannot be read, an unknown event or property (with the nearest names),
    or a property that cannot be measured so.
    """
    written = _written(outcome)
    event = catalog.event(written.outcome.event)
    if event is None:
        raise _refused("event", _no_event(written, catalog))
    found = _property(written, event)
    bound = written.outcome.model_copy(update={"event": event.name})
    return BoundOutcome(bound, event, found)


def _written(outcome: Outcome | str | Mapping[str, object]) -> Written:
    if isinstance(outcome, str):
        return parse(outcome)
    if isinstance(outcome, Mapping):
        try:
            outcome = Outcome.model_validate(outcome)
        except ValidationError as error:
            raise InvalidDefinition("outcome", problems_of(error)) from error
    return Written(outcome, 0, 0)


def _property(written: Written, event: EventType) -> Property | None:
    path = written.outcome.of
    if path is None:
        return None
    found = event.property(path)
    if found is None or found.type is ValueType.LINES:
        what = _located(_NO_PROPERTY, _NO_PROPERTY_AT, written.property_at, name=path, event=event.name)
        raise _refused("property", (what, suggestion(path, event.paths())))
    allowed = _NUMBERS if written.outcome.measure.is_numeric else _COUNTABLE
    if found.type not in allowed:
        numeric = [name for name in event.paths() if (each := event.property(name)) and each.type in _NUMBERS]
        what = _located(_NOT_NUMERIC, _NOT_NUMERIC_AT, written.property_at, name=path)
        raise _refused("property", (what, _NUMERIC.with_(names=numeric) if numeric else None))
    return found


def _no_event(written: Written, catalog: Catalog) -> tuple[Sentence, Sentence | None]:
    name = written.outcome.event
    what = _located(_NO_EVENT, _NO_EVENT_AT, written.event_at, name=name)
    return what, suggestion(name, [each.name for each in catalog.events])


def _located(plain: Text, with_place: Text, at: int, **fields: object) -> Sentence:
    """With the character when a sentence was written, without it for a document."""
    return with_place.with_(position=at, **fields) if at else plain.with_(**fields)


def _refused(place: str, what: tuple[Sentence, Sentence | None]) -> InvalidDefinition:
    return InvalidDefinition("outcome", [Problem(place, *what)])


_NO_EVENT = Text(en="no event is called “{name}”", fr="aucun événement ne s'appelle « {name} »")
_NO_EVENT_AT = Text(
    en="no event is called “{name}” (character {position})",
    fr="aucun événement ne s'appelle « {name} » (caractère {position})",
)
_NO_PROPERTY = Text(
    en="“{event}” has no property “{name}” to measure", fr="« {event} » n'a pas de propriété « {name} » à mesurer"
)
_NO_PROPERTY_AT = Text(
    en="“{event}” has no property “{name}” to measure (character {position})",
    fr="« {event} » n'a pas de propriété « {name} » à mesurer (caractère {position})",
)
_NOT_NUMERIC = Text(en="“{name}” does not hold numbers", fr="« {name} » ne contient pas de nombres")
_NOT_NUMERIC_AT = Text(
    en="“{name}” does not hold numbers (character {position})",
    fr="« {name} » ne contient pas de nombres (caractère {position})",
)
_NUMERIC = Text(en="these do: {names}", fr="celles-ci en contiennent : {names}")
