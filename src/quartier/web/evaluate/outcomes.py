"""What is measured, as the address says it: the form of an outcome, what can be chosen, what makes sense."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from quartier.catalog import Catalog, ValueType
from quartier.errors import InvalidDefinition, UserError
from quartier.evaluate.outcome import BoundOutcome, Measure, Outcome
from quartier.evaluate.suggestions import suggestions
from quartier.evaluate.wording import subject_of
from quartier.language import Language, Text

FIELDS = ("measure", "of", "event", "within")
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SuggestionView:
    """An outcome that makes sense, as a link; `is_here` when it is the one shown."""

    label: str
    url: str
    is_here: bool


@dataclass(frozen=True)
class OutcomeForm:
    """What was asked for and what can be: `within` is in days."""

    values: Mapping[str, str]
    measures: Options
    properties: Options
    events: Options
    suggestions: tuple[SuggestionView, ...]
    error: str = ""


def asked(query: Mapping[str, str], catalog: Catalog) -> dict[str, str]:
    """The outcome of an address, the most telling one where it names none."""
    if "event" in query:
        return {name: query.get(name, "").strip()[:200] for name in FIELDS}
    first = next(iter(suggestions(catalog)), None)
    return _values(first) if first else dict.fromkeys(FIELDS, "")


def outcome_of(values: Mapping[str, str]) -> dict[str, object]:
    """The document of the outcome; a property is read by the measures that are of one."""
    measure = values["measure"]
    has_property = any(measure == each and each.has_property for each in Measure)
    return {
        "measure": measure, "event": values["event"], "of": (values["of"] or None) if has_property else None,
        "within": f"{values['within']} days",
    }  # fmt: skip


def form_of_outcome(
    values: Mapping[str, str], catalog: Catalog, language: Language, url: str, error: UserError | None = None
) -> OutcomeForm:
    """The form with what was asked for; a name that is not known stays choosable."""
    events = tuple((each.name, each.label.to(language)) for each in catalog.events)
    return OutcomeForm(
        values,
        tuple((each.value, text.to(language)) for each, text in _MEASURES.items()),
        _with(values["of"], _properties(catalog, language)),
        _with(values["event"], events),
        tuple(_suggestion(each, values, language, url) for each in suggestions(catalog)),
        _said(error, language),
    )


def _values(bound: BoundOutcome) -> dict[str, str]:
    outcome: Outcome = bound.outcome
    return {
        "measure": outcome.measure.value, "of": outcome.of or "", "event": outcome.event,
        "within": outcome.within.split()[0],
    }  # fmt: skip


def _suggestion(bound: BoundOutcome, values: Mapping[str, str], language: Language, url: str) -> SuggestionView:
    own = _values(bound)
    label = subject_of(bound, "EUR").label.to(language)
    return SuggestionView(label, f"{url}?{urlencode(own)}", own == dict(values))


def _properties(catalog: Catalog, language: Language) -> Options:
    """Everything that some measure can read, with the event first: properties of several events are named once."""
    found: dict[str, str] = {}
    for event in catalog.events:
        for path in event.paths():
            known = event.property(path)
            if known is not None and known.type is not ValueType.LINES:
                found.setdefault(path, known.label.to(language))
    return (("", _NO_PROPERTY.to(language)), *found.items())


def _with(value: str, options: Options) -> Options:
    return options if not value or any(value == each for each, _ in options) else (*options, (value, value))


def _said(error: UserError | None, language: Language) -> str:
    if error is None:
        return ""
    parts: Sequence[object] = (
        error.problems
        if isinstance(error, InvalidDefinition)
        else [each for each in (error.what, error.remedy) if each]
    )
    return " ".join(each.to(language) for each in parts)  # type: ignore[attr-defined]  # all of them speak


_MEASURES = {
    Measure.SUM: Text(en="the sum of a number", fr="la somme d'un nombre"),
    Measure.ANY: Text(en="whether it was done at all", fr="si cela a été fait au moins une fois"),
    Measure.COUNT: Text(en="how many times", fr="combien de fois"),
    Measure.MEAN: Text(en="the mean of a number", fr="la moyenne d'un nombre"),
    Measure.DISTINCT: Text(en="how many different values", fr="combien de valeurs différentes"),
}
_NO_PROPERTY = Text(en="none", fr="aucun")
