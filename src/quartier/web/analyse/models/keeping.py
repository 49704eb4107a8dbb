"""All that a model found, as segments to be looked at and kept: never over what their author has not seen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pyroaring import BitMap
from starlette.datastructures import FormData

from quartier.analyse.modelling.kind import Kind, Way
from quartier.catalog import Label
from quartier.errors import InvalidRequest, UnknownName
from quartier.language import LANGUAGES, Language
from quartier.segment.conditions import BoundSegment
from quartier.segment.dry_run import DryRun
from quartier.store.runs import Run
from quartier.web.analyse.models import keeping_words as words
from quartier.web.analyse.models.pages import keep_url, url_of
from quartier.web.editor.saving import last_version
from quartier.web.guard import field_of
from quartier.workspace import Workspace

State = Literal["is_new", "is_same", "replaces"]
_LONGEST = 200


@dataclass(frozen=True)
class Choice:
    """What somebody chose on the page: which segments, how they are called, and what they had seen of each.

    `run` is the instant of the run that was shown; `labels` and `versions` go by the segment's name.
    """

    way: str = ""
    run: str = ""
    kept: frozenset[str] = frozenset()
    labels: Mapping[str, Label] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class OfferedView:
    """One segment: how it is called, who would be in it, what it means, and what is in force under its name."""

    name: str
    labels: tuple[tuple[Language, str], ...]
    label: str
    members: int
    share: float
    sentence: str
    state: State
    before: int
    entering: int
    leaving: int
    version: int
    is_kept: bool


@dataclass(frozen=True)
class KeepingPage:
    """All of them; `ways` are triples (label, address, whether it is this one), one at least."""

    url: str
    back_url: str
    way: str
    ways: tuple[tuple[str, str, bool], ...]
    run: str
    offered: tuple[OfferedView, ...]
    persons: int
    several: int
    of: int
    error: str


def keeping_page(
    ws: Workspace, kind: Kind, last: Run, way: Way, language: Language, choice: Choice | None = None, error: str = ""
) -> KeepingPage:
    """The segments evaluated now. Raises InvalidDefinition for one that a trait is missing for."""
    tried = ws.dry_run(kind.segments_of(last, way))
    of = ws.count_everyone()
    union, several = _together(each.moved.after for each in tried)
    ways = tuple(
        (words.WAYS[each].to(language), keep_url(kind.name, last.model, each), each == way) for each in kind.segments
    )
    return KeepingPage(
        keep_url(kind.name, last.model), url_of(kind.name, last.model), way, ways, last.at.isoformat(),
        tuple(_offered(ws, each, of, language, choice) for each in tried), len(union), len(several), of, error,
    )  # fmt: skip


def run_of(ws: Workspace, kind: Kind, model: str) -> Run:
    """The last run of a model of this kind. Raises UnknownName where there is none."""
    last = ws.analysis.run_of(model)
    if last.parameters["model"] != kind.name:
        raise UnknownName(words.OTHER_KIND.with_(name=model, label=kind.label))
    return last


def way_of(kind: Kind, asked: str) -> Way:
    """In which way the segments are asked for, the foremost unless told. Raises InvalidRequest where there is none."""
    if not kind.segments:
        raise InvalidRequest(words.NOTHING.with_(label=kind.label))
    return next((each for each in kind.segments if each == asked), next(iter(kind.segments)))


def choice_of(sent: FormData) -> Choice:
    """What a form sent."""
    names = {key.partition(":")[2] for key in sent if key.startswith("version:")}
    labels = {
        name: Label(fr=_text(sent, f"label_fr:{name}"), en=_text(sent, f"label_en:{name}")) for name in names
    }  # fmt: skip
    kept = frozenset(str(each) for each in sent.getlist("keep"))
    versions = {name: field_of(sent, f"version:{name}") for name in names}
    return Choice(field_of(sent, "way"), field_of(sent, "run"), kept, labels, versions)


def keep(ws: Workspace, kind: Kind, model: str, choice: Choice, author: str) -> int:
    """Put the chosen segments in force, all of them or none; gives how many.

    Raises InvalidRequest when none is chosen or named, when the model ran again or a segment was changed meanwhile.
    """
    last = run_of(ws, kind, model)
    if last.at.isoformat() != choice.run:
        raise InvalidRequest(words.STALE, remedy=words.LOOK_AGAIN)
    chosen = [each for each in kind.segments_of(last, way_of(kind, choice.way)) if each["segment"] in choice.kept]
    if not chosen:
        raise InvalidRequest(words.NONE_CHOSEN, remedy=words.TICK_ONE)
    ws.apply_segments([_checked(ws, each, choice) for each in chosen], author=author)
    return len(chosen)


def _checked(ws: Workspace, document: Mapping[str, Any], choice: Choice) -> dict[str, Any]:
    name = str(document["segment"])
    stored, label = last_version(ws, name), choice.labels.get(name)
    if choice.versions.get(name) != str(stored.version if stored else 0):
        raise InvalidRequest(words.STALE, remedy=words.LOOK_AGAIN)
    if label is None or not (label.fr and label.en):
        raise InvalidRequest(words.NOT_NAMED.with_(name=name), remedy=words.NAME_IT)
    return {**document, "label": {"en": label.en, "fr": label.fr}}


def _offered(ws: Workspace, tried: DryRun, of: int, language: Language, choice: Choice | None) -> OfferedView:
    name, moved, stored = tried.moved.segment, tried.moved, last_version(ws, tried.moved.segment)
    state = _state(tried, is_in_force=stored is not None and not stored.is_retired)
    offered = tried.old.label if tried.old and state == "is_same" else tried.new.label
    label = choice.labels.get(name, offered) if choice else offered
    own_first = sorted(LANGUAGES, key=lambda each: each != language)
    return OfferedView(
        name, tuple((each, label.to(each)) for each in own_first), label.to(language),
        len(moved.after), len(moved.after) / (of or 1),
        ws.sentence(tried.new, language), state, len(moved.before), len(moved.entering), len(moved.leaving),
        stored.version if stored else 0, name in choice.kept if choice else state == "is_new",
    )  # fmt: skip


def _state(tried: DryRun, *, is_in_force: bool) -> State:
    if not is_in_force:
        return "is_new"
    return "is_same" if tried.old is not None and _meaning(tried.old) == _meaning(tried.new) else "replaces"


def _meaning(segment: BoundSegment) -> object:
    return segment.of, segment.population, segment.condition


def _together(sets: Iterable[BitMap]) -> tuple[BitMap, BitMap]:
    """Who is in one of them, and who in more than one."""
    union, several = BitMap(), BitMap()
    for each in sets:
        several |= union & each
        union |= each
    return union, several


def _text(sent: FormData, name: str) -> str:
    return field_of(sent, name).strip()[:_LONGEST]
