"""What the pages of rejected rows and messages show."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.collect.mending import RejectedRow
from quartier.collect.tracking.reasons import REJECTIONS
from quartier.language import Language
from quartier.store.journal import KeptRefusal
from quartier.web.data.rejected import words
from quartier.workspace.imports import RejectedFile

Choice = tuple[str, str]


@dataclass(frozen=True)
class MessageShown:
    """One rejected message in a list, without its content."""

    number: int
    received_at: dt.datetime
    source: str
    reason: str
    field: str


@dataclass(frozen=True)
class ListPage:
    """The files with rejected rows, and a page of the messages."""

    files: tuple[RejectedFile, ...]
    messages: tuple[MessageShown, ...]
    states: tuple[Choice, ...]
    reasons: tuple[Choice, ...]
    state: str
    reason: str
    next_url: str
    first_url: str


@dataclass(frozen=True)
class FilePage:
    """Rejected rows of one file, with what was typed over their values."""

    file: RejectedFile
    rows: tuple[RejectedRow, ...]
    typed: Mapping[int, str]
    errors: tuple[str, ...]
    next_url: str
    first_url: str


@dataclass(frozen=True)
class MessagePage:
    """One rejected message with its content, as it is or as it was typed."""

    message: MessageShown
    state: str
    is_open: bool
    is_text: bool
    remedy: str
    text: str
    value: str | None
    error: str


def shown(kept: KeptRefusal, language: Language) -> MessageShown:
    """A message for a list."""
    refusal = kept.refusal
    return MessageShown(
        kept.number, kept.received_at, refusal.source, REJECTIONS[refusal.reason].to(language), refusal.field or ""
    )


def states(language: Language) -> tuple[Choice, ...]:
    """The states by which messages can be listed."""
    return tuple((name, text.to(language)) for name, text in words.STATES.items())


def reasons(language: Language) -> tuple[Choice, ...]:
    """The reasons by which messages can be listed."""
    return tuple((name, text.to(language)) for name, text in REJECTIONS.items())


def message_page(kept: KeptRefusal, language: Language, *, text: str | None = None, error: str = "") -> MessagePage:
    """A message with its content; `text` is what was typed."""
    found = content(kept)
    message = parsed(found) if found is not None else None
    edited = parsed(text) if text is not None else message
    field = kept.refusal.field
    return MessagePage(
        shown(kept, language), words.STATES[kept.state].to(language), kept.state == "open", found is not None,
        words.REMEDIES.get(kept.refusal.reason, words.OTHERWISE).to(language),
        text if text is not None else pretty(message, found or ""),
        None if edited is None or not field else value_at(edited, field), error,
    )  # fmt: skip


def content(kept: KeptRefusal) -> str | None:
    """The message as text; None where it is none."""
    try:
        return kept.refusal.raw.decode()
    except UnicodeDecodeError:
        return None


def parsed(text: str) -> dict[str, Any] | None:
    """A message that was written by hand; None where it is no JSON object."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def value_at(message: Mapping[str, Any], field: str) -> str | None:
    """The text or number at `properties.price`, empty where there is nothing; None where it holds something else."""
    found: Any = message
    for part in field.split("."):
        found = found.get(part, "") if isinstance(found, dict) else None
    if isinstance(found, str) or found is None:
        return found
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else None


def with_value(message: Mapping[str, Any], field: str, value: str) -> dict[str, Any]:
    """The message with a text at `properties.price`."""
    head, _, rest = field.partition(".")
    if not rest:
        return {**message, head: value}
    inner = message.get(head)
    return {**message, head: with_value(inner if isinstance(inner, dict) else {}, rest, value)}


def mended(rows: Sequence[RejectedRow], typed: Mapping[int, str]) -> dict[int, dict[str, str]]:
    """What was changed, by line and column."""
    return {
        each.line: {each.column: typed[each.line]}
        for each in rows
        if each.column and each.line in typed and typed[each.line] != each.value
    }


def pretty(message: dict[str, Any] | None, otherwise: str = "") -> str:
    """A message as a person edits it."""
    return otherwise if message is None else json.dumps(message, ensure_ascii=False, indent=2)
