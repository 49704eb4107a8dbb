"""Outcomes as people write them: 'sum of revenue of Order Completed within 14 days', in English or in French."""

import re
from dataclasses import dataclass

from quartier.errors import InvalidDefinition, Problem
from quartier.evaluate.outcome import Measure, Outcome
from quartier.language import Text

EXAMPLE = Text(
    en="write for instance: sum of revenue of Order Completed within 14 days",
    fr="écrivez par exemple : somme de revenue de Order Completed sous 14 jours",
)

_OF = r"(?:of\s+|de\s+|d['’]\s*|des\s+|du\s+)"
_HEADS = {
    Measure.SUM: r"(?:sum|total|somme)\s+" + _OF,
    Measure.MEAN: r"(?:mean|average|moyenne)\s+" + _OF,
    Measure.DISTINCT: r"(?:distinct(?:\s+values)?|valeurs\s+distinctes|nombre\s+distinct)\s+" + _OF + "?",
    Measure.COUNT: r"(?:count|number|nombre)\s+" + _OF,
    Measure.ANY: r"(?:any|at\s+least\s+one|au\s+moins\s+une?)\s+",
}
_PROPERTY = re.compile(r"(?P<property>[\w.]+)\s+" + _OF, re.IGNORECASE)
_WINDOW = re.compile(r"\s+(?:within|sous|dans\s+les|en)\s+(?P<n>\S+)\s+(?P<unit>[^\W\d_]+)\s*$", re.IGNORECASE)
_UNITS = {
    **dict.fromkeys(("hour", "hours", "h", "heure", "heures"), "hour"),
    **dict.fromkeys(("day", "days", "d", "jour", "jours", "j"), "day"),
    **dict.fromkeys(("week", "weeks", "semaine", "semaines"), "week"),
}
_LONGEST = 10_000


@dataclass(frozen=True)
class Written:
    """An outcome with the places of its parts in the sentence, counted from 1."""

    outcome: Outcome
    property_at: int
    event_at: int


def parse(sentence: str) -> Written:
    """The outcome that a sentence says. Raises InvalidDefinition with everything that is wrong and where."""
    measure, start = _head(sentence)
    window = _WINDOW.search(sentence)
    problems = [*_head_problems(measure), *_window_problems(sentence, window)]
    end = window.start() if window else len(sentence)
    named = _PROPERTY.match(sentence, start, end) if measure and measure.has_property else None
    if measure and measure.has_property and not named:
        problems.append(Problem("property", _NO_PROPERTY.with_(position=start + 1), EXAMPLE))
    event_at = named.end() if named else start
    event = sentence[event_at:end].strip()
    if measure and not event:
        problems.append(Problem("event", _NO_EVENT.with_(position=event_at + 1), EXAMPLE))
    if problems or measure is None or window is None:
        raise InvalidDefinition(sentence.strip() or "outcome", problems)
    property_ = named["property"] if named else None
    outcome = Outcome(measure=measure, of=property_, event=event, within=_within(window))
    return Written(outcome, start + 1, event_at + 1)


def _head(sentence: str) -> tuple[Measure | None, int]:
    """The measure, and where what follows it begins."""
    for measure, pattern in _HEADS.items():
        if match := re.match(r"\s*" + pattern, sentence, re.IGNORECASE):
            return measure, match.end()
    return None, 0


def _head_problems(measure: Measure | None) -> list[Problem]:
    return [] if measure else [Problem("measure", _NO_MEASURE.with_(position=1), EXAMPLE)]


def _window_problems(sentence: str, window: re.Match[str] | None) -> list[Problem]:
    if window is None:
        return [Problem("within", _NO_WINDOW.with_(position=len(sentence.rstrip()) + 1), EXAMPLE)]
    problems = []
    if not re.fullmatch(r"[0-9]+", window["n"]) or not 0 < int(window["n"]) <= _LONGEST:
        said = _BAD_LENGTH.with_(written=window["n"], position=window.start("n") + 1, most=_LONGEST)
        problems.append(Problem("within", said))
    if window["unit"].lower() not in _UNITS:
        said = _BAD_UNIT.with_(written=window["unit"], position=window.start("unit") + 1)
        problems.append(Problem("within", said, _UNITS_KNOWN))
    return problems


def _within(window: re.Match[str]) -> str:
    """The window as the document writes it: 1 day, 14 days."""
    n, unit = int(window["n"]), _UNITS[window["unit"].lower()]
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


_NO_MEASURE = Text(
    en="a measure is expected at character {position}: sum of, mean of, count of, distinct or any",
    fr="une mesure est attendue au caractère {position} : somme de, moyenne de, nombre de, "
    "valeurs distinctes de ou au moins un",
)
_NO_PROPERTY = Text(
    en="“property of event” is expected at character {position}",
    fr="« propriété de événement » est attendu au caractère {position}",
)
_NO_EVENT = Text(
    en="the name of an event is expected at character {position}",
    fr="le nom d'un événement est attendu au caractère {position}",
)
_NO_WINDOW = Text(
    en="a window such as “within 14 days” is expected at character {position}",
    fr="une fenêtre comme « sous 14 jours » est attendue au caractère {position}",
)
_BAD_LENGTH = Text(
    en="“{written}” at character {position} is not a whole number between 1 and {most}",
    fr="« {written} » au caractère {position} n'est pas un nombre entier entre 1 et {most}",
)
_BAD_UNIT = Text(
    en="“{written}” at character {position} is not a unit of time",
    fr="« {written} » au caractère {position} n'est pas une unité de temps",
)
_UNITS_KNOWN = Text(
    en="use hours, days or weeks; a month has no fixed length: 30 days",
    fr="employez heures, jours ou semaines ; un mois n'a pas de longueur fixe : 30 jours",
)
