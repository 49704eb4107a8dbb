"""The forms of journeys: what the address asks for, and the choices that it offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from quartier.analyse.journeys.definition import MOST_STEPS
from quartier.analyse.journeys.run import seen
from quartier.catalog import Catalog, ValueType
from quartier.language import Language, percent
from quartier.segment.run import Standing
from quartier.web.analyse.journeys import words

SHOWN_STEPS = 5
_TRAIT, _SEGMENT = "trait:", "segment:"
_WITHIN = ("30 minutes", "1 hour", "1 day", "7 days", "30 days", "90 days")
_DURING = ("30 days", "90 days", "180 days", "365 days")
_SUPPORTS = ("0.01", "0.02", "0.05", "0.1", "0.2")

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Choices:
    """What the selects of the forms offer in the reader's language."""

    events: Options
    steps: Options
    within: Options
    within_any: Options
    during: Options
    by: tuple[tuple[str, Any], ...]
    sides: Options
    places: Options
    supports: Options
    endings: Options


def choices(catalog: Catalog, segments: Sequence[Standing], language: Language) -> Choices:
    """Everything that can be chosen."""
    events = tuple((each.name, each.label.to(language)) for each in catalog.events)
    deeds = tuple((each.name, each.label.to(language)) for each in seen(catalog))
    within = _lengths(_WITHIN, language)
    return Choices(
        events=events,
        steps=(("", words.NO_STEP.to(language)), *events),
        within=within,
        within_any=(("", words.ANY_TIME.to(language)), *within),
        during=(("", words.EVER.to(language)), *_lengths(_DURING, language)),
        by=_compared(catalog, segments, language),
        sides=(("after", words.AFTER.to(language)), ("before", words.BEFORE.to(language))),
        places=tuple((str(n), str(n)) for n in range(1, 5)),
        supports=tuple((each, percent(float(each), language, 0)) for each in _SUPPORTS),
        endings=(("", words.ANY_END.to(language)), *deeds),
    )


def funnel_document(query: QueryParams, usual: Sequence[str]) -> dict[str, Any]:
    """The funnel that an address asks for; the usual one where it names no steps."""
    steps = [each for each in query.getlist("step") if each][:MOST_STEPS] or list(usual)
    by = query.get("by", "")
    return {
        "steps": steps,
        "within": query.get("within") or None,
        "during": query.get("during") or None,
        "by": by.removeprefix(_TRAIT) if by.startswith(_TRAIT) else None,
        "segments": [by.removeprefix(_SEGMENT)] if by.startswith(_SEGMENT) else [],
    }


def given(query: Mapping[str, str], **usual: Any) -> dict[str, Any]:
    """The fields of a question: what the address gives, else what is usual; an empty choice is none."""
    return {name: (query[name] or None) if name in query else value for name, value in usual.items()}


def _lengths(some: Sequence[str], language: Language) -> Options:
    return tuple((each, words.LENGTHS[each].to(language)) for each in some)


def _name(each: Standing, language: Language) -> str:
    label = each.definition.label
    return label.to(language) if label else each.definition.name


def _compared(catalog: Catalog, segments: Sequence[Standing], language: Language) -> tuple[tuple[str, Any], ...]:
    traits = [
        (f"{_TRAIT}{each.name}", each.label.to(language))
        for each in catalog.traits
        if each.of == "person" and each.type in (ValueType.TEXT, ValueType.BOOLEAN) and each.sensitivity == "ordinary"
    ]
    named = [
        (
            f"{_SEGMENT}{each.definition.name}",
            each.definition.label.to(language) if each.definition.label else each.definition.name,
        )
        for each in segments
        if each.definition.subject == "person"
    ]
    found: list[tuple[str, Any]] = [("", words.NOBODY.to(language))]
    if traits:
        found.append((words.TRAITS.to(language), traits))
    if named:
        found.append((words.SEGMENTS.to(language), named))
    return tuple(found)
