"""What a sketch gives now: counted as far as it is whole, with every problem at the node where it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from quartier.catalog import Catalog, slug
from quartier.engine import QueryStopped
from quartier.errors import InvalidDefinition, Problem, Sentence
from quartier.language import Text
from quartier.segment.definition import read_segment
from quartier.segment.weighing import Weighed
from quartier.web.editor.documents import Written, opened, read_text, written
from quartier.web.editor.sketch import Sketch
from quartier.workspace import Workspace

STAND_IN = "segment-being-written"
"""The name under which a segment without one is tried."""
_TRIES = 4


@dataclass(frozen=True)
class Told:
    """A problem as it is told: what, and what to do."""

    what: Sentence
    remedy: Sentence | None = None


@dataclass
class Tried:
    """What came of trying a sketch.

    Attributes:
        document: the whole definition that it says, problems and all.
        told: the problems by the path of the node; under `""` those of the whole, `name` and `population` their fields.
        left_out: the paths of the nodes that were not counted.
        weighed: what the rest gives; None where there is nothing that can be counted.
        places: the path of each node by its place in what was counted.
        has_stopped: whether the count took longer than a page waits.
    """

    document: dict[str, Any]
    told: dict[str, list[Told]] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    weighed: Weighed | None = None
    places: dict[str, str] = field(default_factory=dict)
    has_stopped: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether nothing stands against putting it in force."""
        return not self.told and not self.left_out

    def tell(self, path: str, told: Told) -> None:
        """Note a problem."""
        if told not in self.told.setdefault(path, []):
            self.told[path].append(told)

    def spare_name(self) -> None:
        """Say nothing of a name that is missing."""
        if self.told.get("name") == [Told(NEEDS_NAME)]:
            del self.told["name"]


def named(sketch: Sketch) -> Sketch:
    """The sketch with a name: made from its label where none was written."""
    return sketch if sketch.name.strip() else replace(sketch, name=_name_from(sketch.label_en or sketch.label_fr))


def tried(ws: Workspace, sketch: Sketch) -> Tried:
    """Try a sketch: its problems, and what it gives without the conditions that have some."""
    if sketch.text is not None:
        return _tried_text(ws, sketch.text)
    sketch, catalog = named(sketch), ws.catalog
    whole = written(sketch, catalog)
    found = Tried(whole.document)
    _note_unwritten(found, whole)
    if not sketch.name:
        found.tell("name", Told(NEEDS_NAME))
    left_out = {*whole.unfinished, *whole.problems}
    for _ in range(_TRIES):
        now = written(sketch, catalog, left_out) if left_out else whole
        if "where" not in now.document or "0" in left_out:
            break
        paths = _counted(ws, found, now)
        if not paths - left_out:
            break
        left_out |= paths
    found.left_out = frozenset(left_out)
    return found


def sketch_of_text(sketch: Sketch, catalog: Catalog) -> Sketch:
    """The form of a definition that was edited as YAML. Raises InvalidDefinition, then nothing is changed."""
    document = read_text(sketch.text or "")
    read_segment(document)
    return opened(document, catalog)


def _tried_text(ws: Workspace, text: str) -> Tried:
    found = Tried({})
    try:
        found.document = read_text(text)
        _weigh(ws, found, found.document)
        found.places = {"where": "0"}
    except InvalidDefinition as error:
        for each in error.problems:
            found.tell("", at_place(each))
    return found


def _counted(ws: Workspace, found: Tried, now: Written) -> set[str]:
    """Count what is there; the paths of the nodes that stand against it, none when it was counted."""
    document = {**now.document, "segment": _usable(now.document["segment"])}
    try:
        _weigh(ws, found, document)
        found.places = now.places
        return set()
    except InvalidDefinition as error:
        paths = set()
        for each in error.problems:
            path = now.path_of(each.place)
            found.tell(path or _head(each.place), Told(each.what, each.remedy))
            paths |= {path} if path else set()
        return paths


def _weigh(ws: Workspace, found: Tried, document: Mapping[str, Any]) -> None:
    try:
        found.weighed = ws.drafting.weigh(document)
    except QueryStopped:
        found.has_stopped = True


def _note_unwritten(found: Tried, whole: Written) -> None:
    for path, error in whole.problems.items():
        found.tell(path, Told(error.what, error.remedy))
    name = str(whole.document["segment"])
    for each in _problems_of(name) if name else ():
        found.tell("name", Told(each.what, each.remedy))


def _usable(name: str) -> str:
    return STAND_IN if not name or _problems_of(name) else name


def _problems_of(name: str) -> tuple[Problem, ...]:
    """What is wrong with a name of a segment."""
    try:
        read_segment({"segment": name, "where": {"persons": ["x"]}})
    except InvalidDefinition as error:
        return error.problems
    return ()


def _head(place: str) -> str:
    return place if place in ("population", "label", "of") else ""


def at_place(problem: Problem) -> Told:
    """A problem with its place, for where it is told away from it."""
    what = AT_PLACE.with_(place=problem.place, what=problem.what) if problem.place else problem.what
    return Told(what, problem.remedy)


def _name_from(label: str) -> str:
    found = slug(label).removeprefix("c_").replace("_", "-") if label.strip() else ""
    return found[:100].strip("-")


AT_PLACE = Text(en="{place}: {what}", fr="{place}\N{NO-BREAK SPACE}: {what}")
NEEDS_NAME = Text(en="a name is needed", fr="il faut un nom")
