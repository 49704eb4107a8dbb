"""From a step, a drop-off, a branch or a sequence to its persons: the document of the segment that means it."""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from quartier.analyse.journeys.definition import Funnel, Paths, Sequences
from quartier.analyse.months import last_day
from quartier.catalog import Catalog
from quartier.language import LANGUAGES, Said, Text, verbatim

Document = dict[str, Any]


def of_step(asked: Funnel, step: int, catalog: Catalog, among: Document | None = None) -> Document:
    """Who came to a step of a funnel; the first is 0."""
    label = _REACHED.with_(step=_label(catalog, asked.steps[step]), number=step + 1)
    return _document(f"journey-step-{step + 1}", label, _joined(reached(asked, step), among))


def of_drop(asked: Funnel, step: int, catalog: Catalog, among: Document | None = None) -> Document:
    """Who came to the step before and not to this one."""
    label = _DROPPED.with_(before=_label(catalog, asked.steps[step - 1]), step=_label(catalog, asked.steps[step]))
    where = _joined(reached(asked, step - 1), {"not": reached(asked, step)}, among)
    return _document(f"journey-lost-before-{step + 1}", label, where)


def reached(asked: Funnel, step: int) -> Document:
    """The condition of having come to a step."""
    window = {"within": asked.during} if asked.during else {}
    if step == 0:
        return {"event": asked.steps[0], **window}
    within = {"within": asked.within} if asked.within else {}
    later = [{"event": each, **within} for each in asked.steps[1 : step + 1]]
    return {"sequence": [{"event": asked.steps[0]}, *later], **window}


def of_branch(asked: Paths, events: Sequence[str], seen: Sequence[str], catalog: Catalog) -> Document:
    """Who has gone this way at least once: these events one after the other, none of the others seen between them."""
    in_time = list(events) if asked.side == "after" else list(reversed(events))
    steps: list[Document] = [{"event": in_time[0]}]
    for before, after in pairwise(in_time):
        between = [each for each in seen if each not in (before, after)]
        steps += [{"not": between}] if between else []
        steps.append({"event": after, "within": asked.within})
    window = {"within": asked.during} if asked.during and asked.side == "after" else {}
    where = {"sequence": steps, **window} if len(steps) > 1 else {"event": in_time[0], **window}
    return _document("journey-path", _way(in_time, catalog), where)


def of_sequence(asked: Sequences, events: Sequence[str], catalog: Catalog) -> Document:
    """Who did these events in this order, whatever lay between."""
    window = {"within": asked.during} if asked.during else {}
    where = {"sequence": [{"event": each} for each in events], **window}
    return _document("journey-sequence", _way(events, catalog), where)


def of_return(start: str, back: str, cohort: dt.date, month: dt.date | None = None) -> Document:
    """Whose first `start` fell in a month; with a later `month`, those of them who did `back` in it."""
    before = {"event": start, "until": (cohort - dt.timedelta(days=1)).isoformat()}
    parts: list[Document] = [_during(start, cohort), {"none": [before]}]
    first = f"{cohort:%Y-%m}"
    if month is None:
        return _document(f"began-{first}", _BEGAN.with_(month=first), {"all": parts})
    label = _RETURNED.with_(first=first, month=f"{month:%Y-%m}")
    return _document(f"began-{first}-back-{month:%Y-%m}", label, {"all": [*parts, _during(back, month)]})


def _during(event: str, month: dt.date) -> Document:
    return {"event": event, "since": month.isoformat(), "until": last_day(month).isoformat()}


def _joined(*parts: Document | None) -> Document:
    there = [each for each in parts if each]
    return there[0] if len(there) == 1 else {"all": there}


def _label(catalog: Catalog, event: str) -> Text:
    found = catalog.event(event)
    assert found is not None, "names are checked before anything is counted"
    return found.label.text


def _way(events: Sequence[str], catalog: Catalog) -> Text:
    labels = [_label(catalog, each) for each in events]
    return verbatim(*(" → ".join(each.to(language) for each in labels) for language in ("en", "fr")))


def _document(name: str, label: Text | Said, where: Document) -> Document:
    return {"segment": name, "label": {language: label.to(language) for language in LANGUAGES}, "where": where}


_REACHED = Text(en="Step {number}: {step}", fr="Étape {number} : {step}")
_DROPPED = Text(en="{before}, then not {step}", fr="{before}, puis pas {step}")
_BEGAN = Text(en="Began in {month}", fr="Début en {month}")
_RETURNED = Text(en="Began in {first}, back in {month}", fr="Début en {first}, de retour en {month}")
