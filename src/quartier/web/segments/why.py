"""Why somebody is in a segment or not, what would turn it, and who is close to coming in."""

from collections.abc import Iterator
from dataclasses import dataclass

from quartier.errors import InvalidRequest, QuartierError, UserError
from quartier.language import Language
from quartier.segment.clauses import Reader
from quartier.segment.explain import Explanation
from quartier.segment.moments import Moment
from quartier.segment.near import NearMiss, near_miss
from quartier.segment.near_words import change_said
from quartier.web.addresses import address
from quartier.web.segments.head import Head
from quartier.web.segments.seen import Seen
from quartier.workspace import Workspace

NEAR = 10
_MARKS = "✓✗"


@dataclass(frozen=True)
class Reason:
    """A condition with what was found, and those inside."""

    holds: bool
    decides: bool
    text: str
    events: tuple[str, ...]
    parts: tuple["Reason", ...]


@dataclass(frozen=True)
class Answer:
    """Why one person or account is in or out."""

    person: str
    url: str
    is_in: bool
    reason: Reason
    until: tuple[str, ...]
    changes: tuple[str, ...]
    is_sure: bool


@dataclass(frozen=True)
class Near:
    """Somebody who is close to coming in, and what would bring them in."""

    person: str
    url: str
    why_url: str
    changes: str


@dataclass(frozen=True)
class WhyPage:
    """The page of reasons. `problem` says why there is no answer; `near` is None where it was not asked for."""

    head: Head
    person: str
    answer: Answer | None
    problem: str
    remedy: str
    near: tuple[Near, ...] | None
    no_near: str
    is_hidden: bool


def why_page(
    ws: Workspace, seen: Seen, head: Head, person: str, language: Language, *, near: bool, sensitive: bool
) -> WhyPage:
    """The page; evaluated now, as all explanations are."""
    if seen.tells_sensitive and not sensitive:
        return WhyPage(head, person, None, "", "", None, "", is_hidden=True)
    if seen.bound is None:
        return WhyPage(head, person, None, "", "", None, "", is_hidden=False)
    answer, failure = _answered(ws, seen, person, language) if person else (None, None)
    found, silence = _near(ws, seen, language) if near else (None, "")
    return WhyPage(
        head, person, answer, failure.what.to(language) if failure else "",
        failure.remedy.to(language) if failure and failure.remedy else "", found, silence, is_hidden=False,
    )  # fmt: skip


def _answered(ws: Workspace, seen: Seen, person: str, language: Language) -> tuple[Answer | None, QuartierError | None]:
    try:
        found = ws.explain(seen.name, person)
    except UserError as error:
        return None, error
    reader, currency = Reader(language, ws.config.currency), ws.config.currency
    lines = iter(found.lines(language, currency=currency))
    reason = _reason(found, lines)
    miss = near_miss(found, Moment(ws.clock.now(), ws.config.zone))
    return _answer(seen, person, found, reason, tuple(each.strip() for each in lines), miss, reader), None


def _answer(
    seen: Seen, person: str, found: Explanation, reason: Reason, until: tuple[str, ...], miss: NearMiss, reader: Reader
) -> Answer:
    room = "persons" if seen.of == "person" else "accounts"
    changes = tuple(change_said(each, reader) for each in miss.changes)
    return Answer(person, address(room, person), found.holds, reason, until, changes, miss.is_sure)


def _reason(found: Explanation, lines: Iterator[str]) -> Reason:
    """The tree of an explanation with the lines that it says of itself, which come in the tree's order."""
    text = next(lines).strip().lstrip(_MARKS).strip()
    events = tuple(next(lines).strip() for _ in found.events)
    parts = tuple(_reason(part, lines) for part in found.parts)
    return Reason(found.holds, found.decides, text, events, parts)


def _near(ws: Workspace, seen: Seen, language: Language) -> tuple[tuple[Near, ...], str]:
    reader = Reader(language, ws.config.currency)
    try:
        found = ws.near_misses(seen.name, NEAR)
    except InvalidRequest as error:
        return (), error.what.to(language)
    return tuple(
        Near(
            each.person, address("persons", each.person), address("segments", seen.name, "why", person=each.person),
            "; ".join(change_said(one, reader) for one in each.miss.changes),
        )
        for each in found
    ), ""  # fmt: skip
