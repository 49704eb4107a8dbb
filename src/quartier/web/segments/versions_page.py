"""The versions of a segment: who wrote which when, what changed, and the way back to an earlier one."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

import yaml

from quartier.errors import InvalidRequest
from quartier.language import Language, Text
from quartier.segment.versions import Difference, Version, WordedEdit
from quartier.web.addresses import address
from quartier.web.segments.head import Head
from quartier.web.segments.seen import Seen
from quartier.workspace import Workspace


@dataclass(frozen=True)
class VersionRow:
    """One version."""

    number: int
    at: dt.datetime
    author: str
    state: str
    compare_url: str
    restore_url: str


@dataclass(frozen=True)
class EditView:
    """One thing that changed."""

    kind: str
    place: str
    before: str
    after: str


@dataclass(frozen=True)
class DifferenceView:
    """What changed between two versions."""

    old: int
    new: int
    edits: tuple[EditView, ...]
    old_sentence: str
    new_sentence: str


@dataclass(frozen=True)
class VersionsPage:
    """All versions, the newest first, and a difference."""

    head: Head
    rows: tuple[VersionRow, ...]
    difference: DifferenceView | None
    yaml: str
    retire_url: str


def versions_page(
    ws: Workspace, seen: Seen, head: Head, old: int | None, new: int | None, language: Language, *, may_edit: bool
) -> VersionsPage:
    """The page, with what changed between two versions: the last two unless told."""
    known = ws.versions(seen.name)
    rows = tuple(_row(each, known[-1], language, may_edit=may_edit) for each in reversed(known))
    retire = address("segments", seen.name, "retire") if may_edit and seen.is_in_force else ""
    return VersionsPage(head, rows, _difference(ws, seen.name, old, new, language), as_yaml(seen), retire)


def as_yaml(seen: Seen) -> str:
    """The definition as people write it."""
    return yaml.safe_dump(seen.definition.model_dump(mode="json"), sort_keys=False, allow_unicode=True, width=100)


def _row(each: Version, last: Version, language: Language, *, may_edit: bool) -> VersionRow:
    is_last = each.version == last.version
    state = _RETIRED if each.is_retired else _IN_FORCE if is_last else _EARLIER
    name = each.segment
    can_come_back = may_edit and not each.is_retired and (last.is_retired or each.document != last.document)
    return VersionRow(
        each.version, each.at, each.author, state.to(language),
        "" if is_last else address("segments", name, "versions", old=each.version, new=last.version),
        address("segments", name, "versions", str(each.version), "restore") if can_come_back else "",
    )  # fmt: skip


def _difference(
    ws: Workspace, name: str, old: int | None, new: int | None, language: Language
) -> DifferenceView | None:
    try:
        found = ws.difference(name, old, new)
    except InvalidRequest:
        if old is None and new is None:
            return None  # there is one version only
        raise
    return said(found, language)


def said(found: Difference, language: Language) -> DifferenceView:
    """A difference in the reader's language."""
    return DifferenceView(
        found.old.version,
        found.new.version,
        tuple(_edit(each, language) for each in found.edits),
        (found.old_sentence or _CANNOT).to(language),
        (found.new_sentence or _CANNOT).to(language),
    )


def _edit(worded: WordedEdit, language: Language) -> EditView:
    edit = worded.edit
    before, after = (
        words.to(language) if words else _value(value)
        for words, value in ((worded.before, edit.before), (worded.after, edit.after))
    )
    return EditView(edit.kind, edit.place, before, after)


def _value(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


_IN_FORCE, _EARLIER = Text(en="in force", fr="en vigueur"), Text(en="earlier", fr="antérieure")
_RETIRED = Text(en="out of force", fr="retrait")
_CANNOT = Text(en="it reads what the catalog no longer has", fr="elle lit ce que le catalogue ne contient plus")
