"""Putting a draft in force: never over a version that its author has not seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quartier.catalog import Label
from quartier.errors import UserError
from quartier.language import Language, Text
from quartier.segment import difference, versions
from quartier.segment.definition import KIND
from quartier.segment.dry_run import DryRun, Moved
from quartier.segment.versions import WordedEdit
from quartier.store import definitions
from quartier.store.definitions import Stored
from quartier.web.editor.words import WORDS
from quartier.workspace import Workspace


class Overtaken(UserError):
    """Another version was put in force since the draft was begun."""

    def __init__(self, theirs: Stored) -> None:
        super().__init__(_OVERTAKEN)
        self.theirs = theirs


@dataclass(frozen=True)
class Change:
    """One difference of two definitions, in words where they have some."""

    kind: str
    place: str
    before: str
    after: str


@dataclass(frozen=True)
class StalePage:
    """What a second author decides about."""

    number: str
    is_new: bool
    is_gone: bool
    author: str
    at: object
    version: int
    theirs: tuple[Change, ...]
    mine: tuple[Change, ...]


@dataclass(frozen=True)
class ReviewPage:
    """What saving a draft would change."""

    number: str
    version: int
    dry: DryRun
    before: str
    after: str
    changes: tuple[Change, ...]
    yaml: str
    users: tuple[tuple[str, Moved], ...]


def save(ws: Workspace, document: Mapping[str, Any], version: int, author: str) -> None:
    """Put a definition in force if its last version is still `version` (0: none). Raises Overtaken otherwise."""
    theirs = last_version(ws, str(document["segment"]))
    if (theirs.version if theirs else 0) != version:
        assert theirs is not None  # versions are never taken away
        raise Overtaken(theirs)
    ws.apply_segments([document], author=author)


def last_version(ws: Workspace, name: str) -> Stored | None:
    """The last version of a segment, retired or not."""
    with ws.store.begin() as connection:
        return definitions.latest(connection, KIND, name)


def stale_page(
    ws: Workspace, theirs: Stored, document: Mapping[str, Any], number: str, version: int, language: Language
) -> StalePage:  # fmt: skip
    """The difference between the version that was begun from and theirs, and between theirs and mine."""
    meanwhile = ws.difference(theirs.name, version, theirs.version).edits if version else ()
    mine = versions.worded(ws.store, ws.catalog, ws.config, difference.edits(theirs.document, document))
    return StalePage(
        number, version == 0, theirs.is_retired, theirs.author, theirs.at, theirs.version,
        changes_of(meanwhile, language), changes_of(mine, language),
    )  # fmt: skip


def review_page(
    ws: Workspace, dry: DryRun, document: Mapping[str, Any], number: str, version: int, language: Language, yaml: str
) -> ReviewPage:  # fmt: skip
    """What saving would change."""
    theirs = last_version(ws, dry.moved.segment) if version else None
    edits = difference.edits(theirs.document, document) if theirs else ()
    worded = versions.worded(ws.store, ws.catalog, ws.config, edits)
    return ReviewPage(
        number,
        version,
        dry,
        ws.sentence(dry.old, language) if dry.old else "",
        ws.sentence(dry.new, language),
        changes_of(worded, language),
        yaml,
        tuple((ws.label(each.segment).to(language), each) for each in dry.users),
    )


def changes_of(edits: tuple[WordedEdit, ...], language: Language) -> tuple[Change, ...]:
    """Differences as a page shows them."""
    return tuple(
        Change(
            WORDS[each.edit.kind].to(language),
            each.edit.place,
            _said(each.before, each.edit.before, language),
            _said(each.after, each.edit.after, language),
        )
        for each in edits
    )


def _said(words: Label | None, plain: Any, language: Language) -> str:
    if words is not None:
        return words.to(language)
    return "" if plain is None else str(plain)


_OVERTAKEN = Text(
    en="someone put another version in force meanwhile", fr="une autre version a été mise en vigueur entre-temps"
)
