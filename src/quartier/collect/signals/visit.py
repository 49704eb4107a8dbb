"""What is remembered of one visit (one tab), and how the next report moves it on. Immutable and bounded.

Reports of a visit are numbered by the browser. One that comes before its turn waits for those before it, so that the
order of arrival does not change what is derived; a gap that nothing fills is given up after a minute.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from quartier.collect.signals.clicks import Finding, click_while_loading, dead_click, error_seen, present, rage_click
from quartier.collect.signals.forms import OpenForm, after, given_up
from quartier.collect.signals.parameters import Parameters
from quartier.collect.signals.report import NOBODY, Report, Signal, Who
from quartier.collect.signals.turns import turned, u_turn

_Rule = Callable[[Sequence[Signal], Signal, Parameters], Finding | None]
_RULES: Final[tuple[_Rule, ...]] = (rage_click, dead_click, click_while_loading, error_seen, u_turn)


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit so far."""

    last: int
    """The watermark at its last report, in milliseconds since 1970."""
    expected: int = 0
    """The number of the report that comes next."""
    who: Who = NOBODY
    page: str | None = None
    recent: tuple[Signal, ...] = ()
    forms: tuple[OpenForm, ...] = ()
    waiting: tuple[Report, ...] = ()
    """Reports that came before their turn, by number."""
    waits_since: int = 0
    """The watermark when the first of them came."""


def arrived(visit: Visit, report: Report, now: int, limits: Parameters) -> tuple[Visit, list[Finding]]:
    """The visit after a report came, and what it shows."""
    if report.number < visit.expected or any(each.number == report.number for each in visit.waiting):
        return replace(visit, last=now), []
    waiting = tuple(sorted((*visit.waiting, report), key=lambda each: each.number))
    since = visit.waits_since if visit.waiting else now
    visit = replace(visit, last=now, waiting=waiting, waits_since=since)
    gives_up = len(waiting) > limits.most_waiting or now - since > limits.gap_patience
    return _taken(visit, limits, takes_all=gives_up)


def ended(visit: Visit, limits: Parameters) -> tuple[Visit, list[Finding]]:
    """The visit when it is over: what still waited is taken, and what only the end can show."""
    visit, found = _taken(visit, limits, takes_all=True)
    turn = turned(visit.recent, limits)
    abandoned, _ = given_up(visit.forms, None, limits)
    return visit, [*found, *([turn] if turn else []), *abandoned]


def _taken(visit: Visit, limits: Parameters, *, takes_all: bool) -> tuple[Visit, list[Finding]]:
    found: list[Finding] = []
    while visit.waiting and (takes_all or visit.waiting[0].number == visit.expected):
        report, *rest = visit.waiting
        visit, shown = _seen(visit, report, limits)
        visit = replace(visit, waiting=tuple(rest))
        found += shown
    return visit, found


def _seen(visit: Visit, report: Report, limits: Parameters) -> tuple[Visit, list[Finding]]:
    """The visit after the signals of a report, and what they show."""
    page, recent, forms, found = visit.page, list(visit.recent), visit.forms, list[Finding]()
    for new in report.signals:
        page = new.page if new.kind == "page" else page
        abandoned, forms = given_up(forms, new.at, limits)
        shown = [finding for rule in _RULES if (finding := rule(recent, new, limits))]
        found += abandoned + [_on_page(each, page) for each in shown]
        recent = [*recent, new][-limits.most_signals :]
        forms = after(forms, page, new, limits)
    seen = replace(visit, page=page, recent=tuple(recent), forms=forms, who=report.who, expected=report.number + 1)
    return seen, found


def _on_page(finding: Finding, page: str | None) -> Finding:
    """With the page where it was found, unless the rule names another."""
    return replace(finding, properties=present(page=page) | finding.properties)


def visit_as_json(visit: Visit) -> dict[str, Any]:
    """A visit as plain data, to be kept beside the projector's mark."""
    return {
        "last": visit.last,
        "expected": visit.expected,
        "who": dict(visit.who.keys),
        "page": visit.page,
        "recent": [each.as_json() for each in visit.recent],
        "forms": [each.as_json() for each in visit.forms],
        "waiting": [_report_as_json(each) for each in visit.waiting],
        "waits_since": visit.waits_since,
    }


def visit_of_json(kept: Mapping[str, Any]) -> Visit:
    """The visit that was kept."""
    return Visit(
        last=kept["last"],
        expected=kept["expected"],
        who=_who(kept["who"]),
        page=kept["page"],
        recent=tuple(Signal(**each) for each in kept["recent"]),
        forms=tuple(OpenForm(page, Signal(**first), Signal(**last)) for page, first, last in kept["forms"]),
        waiting=tuple(_report(each) for each in kept["waiting"]),
        waits_since=kept["waits_since"],
    )


def _report_as_json(report: Report) -> dict[str, Any]:
    plain = {each.name: getattr(report, each.name) for each in fields(report)}
    return plain | {"who": dict(report.who.keys), "signals": [each.as_json() for each in report.signals]}


def _report(kept: Mapping[str, Any]) -> Report:
    signals = tuple(Signal(**each) for each in kept["signals"])
    return Report(**{**kept, "who": _who(kept["who"]), "signals": signals})


def _who(kept: Mapping[str, str]) -> Who:
    return Who(tuple(kept.items()))
