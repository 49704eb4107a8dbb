"""From reports of the plug-in to derived events, message by message.

The outcome depends on the messages in their order alone, never on how they are cut into batches: whatever is decided,
a visit that is over among it, is decided at a message. Derived events are track messages themselves, so that whoever
projects messages needs no other way for them; their ids follow from the signal, so that they are the same each time.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from quartier.collect.signals.clicks import Finding
from quartier.collect.signals.parameters import PARAMETERS, Parameters
from quartier.collect.signals.report import is_report, milliseconds, report_of
from quartier.collect.signals.visit import Visit, arrived, ended, visit_as_json, visit_of_json

__all__ = ["State", "frustrations", "is_report"]


@dataclass(frozen=True, slots=True)
class State:
    """What must be remembered between batches; bounded by `Parameters.most_visits`."""

    now: int = 0
    """The latest time of receipt so far, in milliseconds since 1970."""
    visits: Mapping[str, Visit] = field(default_factory=dict)
    """The visits that are going on, the one that was silent longest first."""
    left_out: int = 0
    """Signals and reports that could not be read, so far."""

    def as_json(self) -> dict[str, Any]:
        """As plain data, to be kept beside the projector's mark."""
        visits = {key: visit_as_json(each) for key, each in self.visits.items()}
        return {"now": self.now, "left_out": self.left_out, "visits": visits}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "State":
        """The state that was kept."""
        visits = {key: visit_of_json(each) for key, each in kept["visits"].items()}
        return cls(kept["now"], visits, kept["left_out"])


def frustrations(
    messages: Iterable[Mapping[str, Any]], state: State | None = None, limits: Parameters = PARAMETERS
) -> tuple[list[dict[str, Any]], State]:
    """The events that the reports among these kept messages show, as track messages, and what to remember.

    Args:
        messages: kept messages in the order of the journal; those that are no reports are passed over.
        state: what the call before returned; None at the beginning of the journal.
        limits: which rules apply, and within what limits.
    """
    state = state or State()
    now, visits, left_out = state.now, dict(state.visits), state.left_out
    derived: list[dict[str, Any]] = []
    for message in messages:
        if not is_report(message):
            continue
        now = max(now, milliseconds(str(message.get("receivedAt") or message.get("timestamp"))))
        derived += _over(visits, now, limits)
        report = report_of(message)
        if report is None:
            left_out += 1
            continue
        left_out += report.left_out
        key = f"{message.get('source', '')}/{report.visit}"
        visit, found = arrived(visits.pop(key, Visit(now)), report, now, limits)
        visits[key] = visit
        derived += _messages(visit, found, limits)
    return derived, State(now, visits, left_out)


def _over(visits: dict[str, Visit], now: int, limits: Parameters) -> list[dict[str, Any]]:
    """Takes out the visits that are over by now, the longest silent first, and gives what they showed."""
    derived = []
    while visits:
        key = next(iter(visits))
        if now - visits[key].last <= limits.visit_silence and len(visits) < limits.most_visits:
            break
        visit, found = ended(visits.pop(key), limits)
        derived += _messages(visit, found, limits)
    return derived


def _messages(visit: Visit, found: Iterable[Finding], limits: Parameters) -> list[dict[str, Any]]:
    return [_message(visit, each) for each in found if each.rule in limits.rules]


def _message(visit: Visit, finding: Finding) -> dict[str, Any]:
    signal = finding.signal
    moment = dt.datetime.fromtimestamp(signal.moment / 1000, dt.UTC).isoformat(timespec="microseconds")
    return {
        "messageId": f"{signal.message_id}/{finding.rule.name.lower()}/{signal.at}",
        "type": "track",
        "event": str(finding.rule),
        **dict(visit.who.keys),
        "properties": finding.properties,
        "timestamp": moment.replace("+00:00", "Z"),
    }
