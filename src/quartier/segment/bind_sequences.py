"""How sequences are bound: their steps, the times between them, the property that stays the same."""

from quartier.catalog import Property, ValueType
from quartier.errors import Unusable
from quartier.language import Text
from quartier.segment.bind_events import event_types, property_of, property_tests
from quartier.segment.bind_windows import window
from quartier.segment.binding import NOBODY, Binder, Placed, bind_condition
from quartier.segment.conditions import EVER, Condition, SequenceLeaf, Step
from quartier.segment.sequence_documents import SequenceCondition, StepDocument
from quartier.segment.values import TYPE_WORDS, duration
from quartier.segment.windows import Duration, Window


@bind_condition.register
def _(node: SequenceCondition, binder: Binder, place: str) -> Condition:
    before = len(binder.problems)
    steps = [_step(step, binder, f"{place}.sequence[{index}]") for index, step in enumerate(node.sequence)]
    _check_first(node.sequence[0], binder, f"{place}.sequence[0]")
    when = _window(node, binder, place)
    if len(binder.problems) > before:
        return NOBODY
    known = tuple(step for step in steps if step)
    try:
        return SequenceLeaf(known, when, node.times, _same(node.same, known, f"{place}.same"))
    except Placed as error:
        return binder.unusable(error.place, error.cause)


def _step(step: StepDocument, binder: Binder, place: str) -> Step | None:
    known = event_types(step.names, binder, f"{place}.{'not' if step.is_absent else 'event'}")
    within = _within(step.within, binder, f"{place}.within")
    if known is None:
        return None
    try:
        return Step(known, property_tests(known, step.where, place), within, step.is_absent)
    except Placed as error:
        binder.unusable(error.place, error.cause)
        return None


def _within(written: str | None, binder: Binder, place: str) -> Duration | None:
    if written is None:
        return None
    try:
        found = duration(written)
    except Unusable as error:
        binder.unusable(place, error)
        return None
    if found.unit in ("month", "year"):
        binder.problem(place, _NO_MONTHS, _IN_DAYS)
    return found


def _check_first(step: StepDocument, binder: Binder, place: str) -> None:
    if step.is_absent:
        binder.problem(f"{place}.not", _STARTS_WITH_NOTHING, _AFTER_A_STEP)
    elif step.within is not None:
        binder.problem(f"{place}.within", _NOTHING_BEFORE, _BESIDE_SEQUENCE)


def _window(node: SequenceCondition, binder: Binder, place: str) -> Window:
    try:
        return window(node.window, place)
    except Placed as error:
        binder.unusable(error.place, error.cause)
        return EVER


def _same(path: str | None, steps: tuple[Step, ...], place: str) -> Property | None:
    if path is None:
        return None
    found = property_of(tuple(dict.fromkeys(event for step in steps for event in step.events)), path, place)
    if "." in path:
        raise Placed(place, Unusable(_NO_LINES, _OWN_PROPERTY))
    if found.type is ValueType.TEXTS:
        raise Placed(place, Unusable(_NO_LIST.with_(name=path, type=TYPE_WORDS[found.type])))
    return found


_NO_MONTHS = Text(
    en="between two steps time is counted in minutes, hours, days or weeks",
    fr="entre deux étapes, le temps se compte en minutes, heures, jours ou semaines",
)
_IN_DAYS = Text(en="write `30 days` for a month", fr="écrivez `30 days` pour un mois")
_STARTS_WITH_NOTHING = Text(
    en="a sequence starts with an event that happens", fr="une suite commence par un événement qui a lieu"
)
_AFTER_A_STEP = Text(
    en="put what must not happen after the step from which it is counted",
    fr="placez ce qui ne doit pas avoir lieu après l'étape à partir de laquelle cela se compte",
)
_NOTHING_BEFORE = Text(en="the first step has none before it", fr="la première étape n'en a aucune avant elle")
_BESIDE_SEQUENCE = Text(
    en="write `within` beside `sequence`, for when the first step happened",
    fr="écrivez `within` à côté de `sequence`, pour dire quand la première étape a eu lieu",
)
_NO_LINES = Text(
    en="a property of lines has several values in one event",
    fr="une propriété de lignes a plusieurs valeurs par événement",
)
_OWN_PROPERTY = Text(en="name a property of the events themselves", fr="nommez une propriété des événements eux-mêmes")
_NO_LIST = Text(en="“{name}” is {type}, one value is needed", fr="« {name} » est {type}, il faut une seule valeur")
