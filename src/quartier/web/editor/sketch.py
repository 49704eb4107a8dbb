"""A definition while it is being written: a tree of groups and leaves whose fields hold what was typed, whole or not.

A node is named by its path: `0` is the whole condition, `0.2` its third part. Nothing here knows the catalog.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

LEAVES = (
    "trait", "event", "sequence", "place", "segment", "entered", "left", "campaign", "persons", "accounts", "yaml",
)  # fmt: skip
GROUPS = (
    "one", "all", "any", "none", "at_least", "not", "account", "own_time", "any_person", "some_persons", "every_person",
    "no_person",
)  # fmt: skip
"""The kinds of groups; `one` is a single condition with no group around it."""
AROUND_ONE = ("not", "account", "own_time", "any_person", "some_persons", "every_person", "no_person")
"""The groups that a document writes around one condition; of several they ask that all hold."""
COUNTED = ("at_least", "some_persons")
DEEPEST, LARGEST = 60, 250
"""How deep a form nests, and how many conditions it shows; beyond that a definition is edited as YAML."""

Fields = Mapping[str, tuple[str, ...]]
_FIELD = re.compile(r"(0(?:\.\d{1,4}){0,64}):([a-z_]+(?:\.[a-z0-9_]+){0,6})")
_HEADS = ("name", "label_en", "label_fr", "of", "population", "text")


@dataclass(frozen=True)
class Leaf:
    """A condition with no condition inside: its kind, and its fields as they were typed."""

    kind: str
    fields: Fields = field(default_factory=dict)

    def one(self, name: str) -> str:
        """What was typed into a field; nothing where it is not there."""
        return next(iter(self.fields.get(name, ())), "")

    def several(self, name: str) -> tuple[str, ...]:
        """What was typed into fields of one name, empty ones left out."""
        return tuple(each for each in self.fields.get(name, ()) if each)


@dataclass(frozen=True)
class Group:
    """Conditions together; `count` is what was typed for “at least n of”."""

    kind: str
    parts: "tuple[Node, ...]" = ()
    count: str = ""


Node = Leaf | Group


@dataclass(frozen=True)
class Sketch:
    """All that the form holds. `text` is the whole as YAML while it is edited so, None otherwise."""

    where: Group
    name: str = ""
    label_en: str = ""
    label_fr: str = ""
    of: str = ""
    population: str = ""
    text: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The sketch as plain values, for the store."""
        return {key: getattr(self, key) for key in _HEADS} | {"where": _plain(self.where)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Sketch":
        """A sketch that was kept."""
        where = _node(kept["where"])
        assert isinstance(where, Group)
        return cls(where, **{key: kept[key] for key in _HEADS})


EMPTY = Sketch(Group("one"))


def read_form(form: Mapping[str, tuple[str, ...]]) -> Sketch:
    """The sketch that a form holds; fields that no form of ours has are passed over."""
    heads = {key: _first(form, key).replace("\r\n", "\n") for key in _HEADS if key != "text"}
    text = _first(form, "text").replace("\r\n", "\n") if "text" in form else None
    typed: dict[str, dict[str, tuple[str, ...]]] = {}
    for key, values in form.items():
        found = _FIELD.fullmatch(key)
        if found and found[1].count(".") <= DEEPEST:
            typed.setdefault(found[1], {})[found[2]] = tuple(each.replace("\r\n", "\n") for each in values)
    where = _tree("0", typed, _children(typed))
    return Sketch(where if isinstance(where, Group) else Group("one", (where,) if where else ()), text=text, **heads)


def nodes(sketch: Sketch) -> Iterator[tuple[str, Node]]:
    """Every node with its path, from the outside in."""
    return _within("0", sketch.where)


def at(sketch: Sketch, path: str) -> Node | None:
    """The node of a path; None where there is none."""
    node: Node = sketch.where
    for step in _steps(path):
        if not isinstance(node, Group) or step >= len(node.parts):
            return None
        node = node.parts[step]
    return node


def put(sketch: Sketch, path: str, change: Callable[[Node], Node]) -> Sketch:
    """The sketch with a node changed; as it is where there is no such node."""
    if at(sketch, path) is None:
        return sketch
    where = _changed(sketch.where, _steps(path), change)
    return replace(sketch, where=where if isinstance(where, Group) else Group("one", (where,)))


def _changed(node: Node, steps: tuple[int, ...], change: Callable[[Node], Node]) -> Node:
    if not steps:
        return change(node)
    assert isinstance(node, Group)
    first, rest = steps[0], steps[1:]
    inner = _changed(node.parts[first], rest, change)
    return replace(node, parts=(*node.parts[:first], inner, *node.parts[first + 1 :]))


def _within(path: str, node: Node) -> Iterator[tuple[str, Node]]:
    yield path, node
    if isinstance(node, Group):
        for index, part in enumerate(node.parts):
            yield from _within(f"{path}.{index}", part)


def _steps(path: str) -> tuple[int, ...]:
    return tuple(int(each) for each in path.split(".")[1:])


def _children(typed: Mapping[str, Any]) -> dict[str, list[str]]:
    """The paths inside each path, in the order of the form."""
    found: dict[str, list[str]] = {}
    for path in typed:
        if "." in path:
            found.setdefault(path.rpartition(".")[0], []).append(path)
    return {path: sorted(inside, key=lambda each: int(each.rpartition(".")[2])) for path, inside in found.items()}


def _tree(path: str, typed: Mapping[str, dict[str, tuple[str, ...]]], children: Mapping[str, list[str]]) -> Node | None:
    fields = dict(typed.get(path, {}))
    (kind,) = fields.pop("kind", ("",))[:1] or ("",)
    if kind in GROUPS:
        parts = (_tree(each, typed, children) for each in children.get(path, ()))
        return Group(kind, tuple(each for each in parts if each is not None), _first(fields, "count"))
    return Leaf(kind, fields) if kind in LEAVES else None


def _first(values: Mapping[str, tuple[str, ...]], key: str) -> str:
    return next(iter(values.get(key, ())), "")


def _plain(node: Node) -> dict[str, Any]:
    if isinstance(node, Group):
        return {"kind": node.kind, "count": node.count, "parts": [_plain(each) for each in node.parts]}
    return {"kind": node.kind, "fields": {name: list(values) for name, values in node.fields.items()}}


def _node(kept: Mapping[str, Any]) -> Node:
    if "parts" in kept:
        return Group(kept["kind"], tuple(_node(each) for each in kept["parts"]), kept["count"])
    return Leaf(kept["kind"], {name: tuple(values) for name, values in kept["fields"].items()})
