"""The list of decisions, the newest first, each with the way to take it back. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from quartier.identify.profile.words import kind_said
from quartier.language import Language, Text, instant
from quartier.store.identities import Identity
from quartier.store.links import Decision
from quartier.web.addresses import with_query

SHOWN = 100
Decided = tuple[Decision, Identity, Identity | None]


@dataclass(frozen=True)
class DecisionRow:
    """One decision: when, what, of which identifiers, by whom, why; `undo_url` only for the last of a pair."""

    at: str
    what: str
    a: str
    b: str
    author: str
    note: str
    undo_url: str


@dataclass(frozen=True)
class DecisionsPage:
    """Decisions, the newest first; `older_url` leads to those before, empty at the end."""

    rows: tuple[DecisionRow, ...]
    in_all: int
    older_url: str
    first_url: str


def decisions_page(found: Sequence[Decided], before: int | None, language: Language, zone: ZoneInfo) -> DecisionsPage:
    """A page of decisions, from before the one of a number on."""
    last = {(each.a, each.b): each.number for each, _, _ in reversed(found)}
    chosen = [each for each in found if before is None or each[0].number < before]
    rows = tuple(_row(each, last, language, zone) for each in chosen[:SHOWN])
    more = with_query(PATH, before=chosen[SHOWN - 1][0].number) if len(chosen) > SHOWN else ""
    return DecisionsPage(rows, len(found), more, PATH if before is not None else "")


def _row(found: Decided, last: dict[tuple[int, int | None], int], language: Language, zone: ZoneInfo) -> DecisionRow:
    each, a, b = found
    of = str(each.a) if each.b is None else f"{each.a}-{each.b}"
    can_undo = last[each.a, each.b] == each.number and each.answer != "open"
    url = with_query("/persons/decide", answer="undo", of=of, back=PATH) if can_undo else ""
    return DecisionRow(
        instant(each.at, language, zone), ANSWERS[each.answer].to(language), _named(a, language),
        _named(b, language) if b else "", each.author, each.note or "", url,
    )  # fmt: skip


def _named(identity: Identity, language: Language) -> str:
    return f"{identity.value} ({kind_said(identity.kind, language)})"


PATH = "/persons/review/decisions"
ANSWERS = {
    "accepted": Text(en="accepted", fr="accepté"),
    "refused": Text(en="refused", fr="refusé"),
    "blocked": Text(en="tells nobody", fr="ne désigne personne"),
    "allowed": Text(en="tells who it is", fr="désigne bien quelqu'un"),
    "open": Text(en="open again", fr="de nouveau ouvert"),
}
