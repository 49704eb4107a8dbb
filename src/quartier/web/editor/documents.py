"""From a definition to a sketch, and from a sketch to the definition that it says, with its places."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from quartier.catalog import Catalog, Subject, other_subject
from quartier.errors import InvalidDefinition, Problem, Unusable
from quartier.language import Text
from quartier.segment.definition import DEEPEST, kind_of, read_segment
from quartier.web.editor.leaves import leaf_document, opened_leaf
from quartier.web.editor.sketch import AROUND_ONE, EMPTY, LARGEST, Group, Leaf, Node, Sketch
from quartier.web.editor.sketch import DEEPEST as DEEPEST_FORM
from quartier.web.editor.trials import is_empty
from quartier.web.editor.typed import number
from quartier.web.editor.yaml_text import read_yaml, yaml_of

_KEYS = {"at_least": "of", "some_persons": "persons"}
"""The key under which a group's parts stand, where it is not the kind itself."""
_CROSSING = ("account", "any_person", "some_persons", "every_person", "no_person")


@dataclass
class Written:
    """What a sketch says.

    Attributes:
        document: the definition; its `where` lacks what was left out, and is absent where nothing is left.
        places: the path of each node by its place in the definition (`where.all[0]`), deeper ones later.
        problems: what is wrong with single leaves, by their paths, before anything is bound.
        unfinished: the paths of conditions in which something has still to be filled in.
    """

    document: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    problems: dict[str, Unusable] = field(default_factory=dict)
    unfinished: list[str] = field(default_factory=list)

    def path_of(self, place: str) -> str:
        """The path of the node within which a place lies; that of the whole for any other place."""
        inside = [each for each in self.places if place == each or place.startswith((f"{each}.", f"{each}["))]
        return self.places[max(inside, key=len)] if inside else ""


def opened(document: Mapping[str, Any], catalog: Catalog) -> Sketch:
    """The sketch of a definition; as YAML where it cannot be read, or is too large for a form."""
    try:
        segment = read_segment(document)
    except InvalidDefinition:
        return replace(EMPTY, text=yaml_of(dict(document)))
    plain = segment.model_dump(mode="json")
    where = _opened(plain["where"], catalog, segment.subject)
    root = where if isinstance(where, Group) else Group("one", (where,))
    sketch = Sketch(
        root, plain["segment"], segment.label.en if segment.label else "",
        segment.label.fr if segment.label else "",
        plain.get("of") or "", plain.get("population") or "",
    )  # fmt: skip
    return replace(sketch, text=yaml_of(plain)) if is_too_large(root) else sketch


def opened_part(document: Any, catalog: Catalog, of: Subject) -> Node:
    """A single condition as fields, where it has some. Raises InvalidDefinition for what is no condition."""
    alone = read_segment({"segment": "part", "where": document}).model_dump(mode="json")
    return _opened(alone["where"], catalog, of)


def is_too_large(node: Node) -> bool:
    """Whether a form would be too deep or too long for one page."""
    return _depth(node) > DEEPEST_FORM or _size(node) > LARGEST


def written(sketch: Sketch, catalog: Catalog, left_out: Collection[str] = ()) -> Written:
    """What a sketch says, without the nodes `left_out` and without groups of which nothing is left."""
    found = Written(_heads(sketch))
    of: Subject = "account" if sketch.of == "account" else "person"
    where = _Writer(catalog, found, frozenset(left_out)).node(sketch.where, "0", "where", of)
    if where is not None:
        found.document["where"] = where
    return found


def read_text(text: str) -> dict[str, Any]:
    """The definition that a text of YAML says. Raises InvalidDefinition."""
    try:
        document = read_yaml(text)
    except Unusable as error:
        raise InvalidDefinition("segment", [Problem("", error.what, error.remedy)]) from error
    if not isinstance(document, dict):
        raise InvalidDefinition("segment", [Problem("", _NO_DEFINITION)])
    return document


def _heads(sketch: Sketch) -> dict[str, Any]:
    found: dict[str, Any] = {"segment": sketch.name.strip()}
    if sketch.label_en or sketch.label_fr:
        found["label"] = {"fr": sketch.label_fr or sketch.label_en, "en": sketch.label_en or sketch.label_fr}
    found |= {"of": sketch.of} if sketch.of else {}
    return found | ({"population": sketch.population} if sketch.population else {})


@dataclass(frozen=True)
class _Writer:
    catalog: Catalog
    found: Written
    left_out: frozenset[str]

    def node(self, node: Node, path: str, place: str, of: Subject) -> Any:
        """The document of a node, None where nothing is left of it."""
        if path in self.left_out:
            return None
        self.found.places[place] = path
        return self._leaf(node, path, of) if isinstance(node, Leaf) else self._group(node, path, place, of)

    def _leaf(self, leaf: Leaf, path: str, of: Subject) -> Any:
        try:
            document = leaf_document(leaf, self.catalog, of)
        except Unusable as error:
            self.found.problems[path] = error
            return {}
        if is_empty(document) if leaf.kind != "yaml" else not isinstance(document, dict):
            self.found.unfinished.append(path)
        return document

    def _group(self, group: Group, path: str, place: str, of: Subject) -> Any:
        kind = self._kind(group)
        inside = other_subject(of) if kind in _CROSSING else of
        is_bare = len(group.parts) == 1 and (kind in AROUND_ONE or kind == "one")
        key = _KEYS.get(kind, kind)
        around = place if kind == "one" else f"{place}.{key}"
        deep = around if kind not in AROUND_ONE or is_bare else f"{around}.all"
        kept, parts = 0, []
        for index, part in enumerate(group.parts):
            here = deep if is_bare else f"{deep}[{kept}]"
            document = self.node(part, f"{path}.{index}", here, inside)
            if document is not None:
                parts.append(document)
                kept += 1
        return self._combined(group, kind, key, parts, path, is_bare=is_bare)

    def _combined(self, group: Group, kind: str, key: str, parts: list[Any], path: str, *, is_bare: bool) -> Any:
        if not parts:
            if not self.left_out:
                self.found.unfinished.append(path)
            return None
        if kind == "one":
            return parts[0]
        around_one = kind in AROUND_ONE
        inside = (parts[0] if is_bare else {"all": parts}) if around_one else parts
        if kind in ("at_least", "some_persons"):
            return {"at_least": self._count(group, path, len(parts)), key: inside}
        return {key: inside}

    def _count(self, group: Group, path: str, parts: int) -> Any:
        count = number(group.count.strip())
        if count == "" and path not in self.found.unfinished:
            self.found.unfinished.append(path)
        is_shortened = self.left_out and group.kind == "at_least" and isinstance(count, int)
        return min(count, parts) if is_shortened else count

    def _kind(self, group: Group) -> str:
        return "all" if group.kind == "one" and len(group.parts) > 1 else group.kind


def _opened(document: Any, catalog: Catalog, of: Subject) -> Node:
    kind = _GROUP_OF.get(kind_of(document) or "", "")
    if not kind:
        return opened_leaf(kind_of(document) or "", document, catalog, of)
    inside = other_subject(of) if kind in _CROSSING else of
    parts = document[_KEYS.get(kind, kind)]
    several = parts if isinstance(parts, list) else [parts]
    count = str(document["at_least"]) if "at_least" in document else ""
    return Group(kind, tuple(_opened(each, catalog, inside) for each in several), count)


_GROUP_OF = {
    **{kind: kind for kind in ("all", "any", "none", "not", "account", "own_time", "any_person", "every_person")},
    "no_person": "no_person",
    "at_least": "at_least",
    "at_least persons": "some_persons",
}


def _depth(node: Node) -> int:
    return 1 + max((_depth(each) for each in node.parts), default=0) if isinstance(node, Group) else 0


def _size(node: Node) -> int:
    return sum(map(_size, node.parts)) if isinstance(node, Group) else 1


assert DEEPEST_FORM < DEEPEST  # what a form nests, a definition may
_NO_DEFINITION = Text(
    en="this is not a definition: it starts with `segment:` and a name",
    fr="ceci n'est pas une définition : elle commence par `segment:` et un nom",
)
