"""The versions of a segment: who wrote which when, what changed between two, back to an earlier one, out of force."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quartier.catalog import Catalog, Label
from quartier.config import Config
from quartier.engine import DuckDBEngine
from quartier.errors import InvalidDefinition, InvalidRequest, UnknownName, suggestion
from quartier.language import Language, Text
from quartier.segment import difference
from quartier.segment.bind import Definitions, bind, bind_each
from quartier.segment.clauses import Reader, capital
from quartier.segment.conditions import BoundSegment, Condition, parts, segments_within
from quartier.segment.definition import KIND, read_segment
from quartier.segment.difference import Edit
from quartier.segment.log import check_name
from quartier.segment.run import Standing, apply, defined
from quartier.segment.sentence import clause, sentence
from quartier.store import Store, definitions
from quartier.store.definitions import Stored


@dataclass(frozen=True)
class Version:
    """One version of a segment; a retired one takes it out of force."""

    segment: str
    version: int
    at: dt.datetime
    author: str
    is_retired: bool
    document: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        """The version as plain values."""
        return vars(self) | {"at": self.at.isoformat()}


@dataclass(frozen=True)
class WordedEdit:
    """An edit with its conditions in words, where they can be said with the catalog of today."""

    edit: Edit
    before: Label | None
    after: Label | None

    def as_json(self) -> dict[str, Any]:
        """The edit as plain values."""
        words = {"before_in_words": self.before, "after_in_words": self.after}
        return self.edit.as_json() | {name: each.model_dump() if each else None for name, each in words.items()}


@dataclass(frozen=True)
class Difference:
    """What changed from one version of a segment to another, and what each of them means."""

    old: Version
    new: Version
    edits: tuple[WordedEdit, ...]
    old_sentence: Label | None
    new_sentence: Label | None

    def as_json(self) -> dict[str, Any]:
        """The difference as plain values."""
        return {
            "segment": self.new.segment,
            "old": self.old.as_json(),
            "new": self.new.as_json(),
            "edits": [each.as_json() for each in self.edits],
            "old_sentence": self.old_sentence.model_dump() if self.old_sentence else None,
            "new_sentence": self.new_sentence.model_dump() if self.new_sentence else None,
        }


def versions(store: Store, name: str) -> list[Version]:
    """Every version of a segment, oldest first. Raises UnknownName with the nearest names."""
    with store.begin() as connection:
        found = definitions.versions(connection, KIND, name)
        check_name(connection, name)
    return [_version(each) for each in found]


def ever_in_force(store: Store) -> set[str]:
    """The names of all segments that are or were in force."""
    with store.begin() as connection:
        return definitions.names(connection, KIND)


def label_of(store: Store, name: str) -> Label:
    """The label of a segment's last version, its name where it has none; also of one that is out of force.

    Raises UnknownName with the nearest names.
    """
    label = versions(store, name)[-1].document.get("label")
    return Label.model_validate(label) if label else Label(fr=name, en=name)


def compared(
    store: Store, catalog: Catalog, config: Config, name: str, old: int | None = None, new: int | None = None
) -> Difference:
    """What changed between two versions: the last one and the one before it, unless told.

    Raises UnknownName, and InvalidRequest for a version that does not exist.
    """
    known = versions(store, name)
    later = _numbered(known, new) if new is not None else known[-1]
    earlier = _numbered(known, old) if old is not None else _before(known, later)
    words = _Words(defined(store), catalog, config.currency)
    return Difference(
        earlier,
        later,
        worded(store, catalog, config, difference.edits(earlier.document, later.document)),
        words.of_segment(earlier.document),
        words.of_segment(later.document),
    )


def worded(store: Store, catalog: Catalog, config: Config, edits: Sequence[Edit]) -> tuple[WordedEdit, ...]:
    """Differences of two definitions with their conditions in words."""
    words = _Words(defined(store), catalog, config.currency)
    return tuple(WordedEdit(each, words.of(each, each.before), words.of(each, each.after)) for each in edits)


def undo(
    store: Store,
    engine: DuckDBEngine,
    catalog: Catalog,
    config: Config,
    name: str,
    to: int | None = None,
    *,
    author: str,
    at: dt.datetime,
) -> Standing:
    """Put an earlier version in force again, as a new version: the last one that differs from the present, unless told.

    What was retired comes back. Raises UnknownName, InvalidRequest where there is nothing to go back to, and
    InvalidDefinition where the catalog of today lacks what the version reads.
    """
    known = versions(store, name)
    wanted = _numbered(known, to) if to is not None else _last_other(known)
    if wanted.is_retired:
        raise InvalidRequest(_IS_RETIRED.with_(name=name, n=wanted.version), remedy=_RETIRE.with_(name=name))
    (standing,) = apply(store, engine, catalog, config, [wanted.document], author=author, at=at)
    return standing


def retire(store: Store, catalog: Catalog, name: str, *, author: str, at: dt.datetime) -> Version:
    """Take a segment out of force; its versions and its log stay.

    Raises UnknownName for what is not in force, and InvalidRequest where other segments refer to it.
    """
    known = defined(store)
    bound, _ = bind_each(known, catalog)  # what is refused already refers to nobody
    users = [each for each, segment in bound.items() if name in segments_within(segment)]
    if users:
        raise InvalidRequest(_USED.with_(name=name, users=users), remedy=_CHANGE_THEM)
    with store.begin() as connection:
        found = definitions.retire(connection, KIND, name, author=author, at=at)
    if found is None:
        raise UnknownName(_NOT_IN_FORCE.with_(name=name), remedy=suggestion(name, known))
    return _version(found)


@dataclass(frozen=True)
class _Words:
    """Conditions in both languages, by the catalog and the segments of today."""

    known: Definitions
    catalog: Catalog
    currency: str

    def of(self, edit: Edit, condition: Any) -> Label | None:
        """The condition of an edit; None for what is not a condition or cannot be said any more."""
        if not edit.place.startswith("where") or not isinstance(condition, Mapping):
            return None
        segment = self._bound({"segment": "x", "population": "everyone", "where": condition})
        return self._label(segment.where) if segment else None

    def of_segment(self, document: Mapping[str, Any]) -> Label | None:
        """The sentence of a whole document, None where it cannot be said any more."""
        segment = self._bound(document)
        return self._label(segment) if segment else None

    def _bound(self, document: Mapping[str, Any]) -> BoundSegment | None:
        segment = read_segment(document)
        try:
            return bind(segment, self.catalog, {**self.known, segment.name: segment})
        except InvalidDefinition:
            return None  # the catalog or the other segments have changed since

    def _label(self, node: Condition | BoundSegment) -> Label:
        return Label(en=self._said(node, "en"), fr=self._said(node, "fr"))

    def _said(self, node: Condition | BoundSegment, language: Language) -> str:
        if isinstance(node, BoundSegment) or parts(node):
            return sentence(node, language, currency=self.currency)
        return capital(clause(node, Reader(language, self.currency)).one)


def _version(stored: Stored) -> Version:
    return Version(stored.name, stored.version, stored.at, stored.author, stored.is_retired, stored.document)


def _numbered(known: list[Version], number: int) -> Version:
    found = next((each for each in known if each.version == number), None)
    if found is None:
        raise InvalidRequest(_NO_VERSION.with_(name=known[0].segment, n=number), remedy=_LAST.with_(n=len(known)))
    return found


def _before(known: list[Version], later: Version) -> Version:
    earlier = [each for each in known if each.version < later.version]
    if not earlier:
        raise InvalidRequest(_ONLY_ONE.with_(name=later.segment))
    return earlier[-1]


def _last_other(known: list[Version]) -> Version:
    """The last version in force that is not the present one; for a retired segment, what was retired."""
    present = known[-1]
    others = [
        each for each in known if not each.is_retired and (present.is_retired or each.document != present.document)
    ]
    if not others:
        raise InvalidRequest(_ONLY_ONE.with_(name=present.segment))
    return others[-1]


_NOT_IN_FORCE = Text(en="no segment “{name}” is in force", fr="aucun segment « {name} » n'est en vigueur")
_NO_VERSION = Text(en="“{name}” has no version {n}", fr="« {name} » n'a pas de version {n}")
_LAST = Text(en="its last version is {n}", fr="sa dernière version est la {n}")
_ONLY_ONE = Text(
    en="“{name}” has no earlier version that differs", fr="« {name} » n'a pas de version antérieure différente"
)
_IS_RETIRED = Text(
    en="version {n} of “{name}” took it out of force", fr="la version {n} de « {name} » est celle de son retrait"
)
_RETIRE = Text(
    en="to take it out of force again, run `quartier segment retire {name}`",
    fr="pour le retirer de nouveau, lancez `quartier segment retire {name}`",
)
_USED = Text(en="“{name}” is used by {users}", fr="« {name} » est utilisé par {users}")
_CHANGE_THEM = Text(en="change or retire these first", fr="modifiez ou retirez d'abord ceux-ci")
