"""What a button of the editor asks for, done to a sketch."""

from dataclasses import dataclass, replace

from quartier.catalog import Catalog, Subject, other_subject
from quartier.errors import InvalidDefinition, Unusable
from quartier.web.editor.documents import opened_part, written
from quartier.web.editor.edits import edited
from quartier.web.editor.leaf_rows import settled
from quartier.web.editor.leaves import as_yaml, leaf_document
from quartier.web.editor.sketch import Group, Leaf, Sketch, at, nodes, put
from quartier.web.editor.trying import named, sketch_of_text
from quartier.web.editor.yaml_text import read_yaml, yaml_of

_ONCE = {"test": ("at_least",), "test.value": ("1",)}
_CROSSING = ("account", "any_person", "some_persons", "every_person", "no_person")


@dataclass(frozen=True)
class Done:
    """The sketch after a command, and the path to look at; `is_moved` where nodes have other paths now."""

    sketch: Sketch
    path: str = ""
    is_moved: bool = False


def done(sketch: Sketch, command: str, catalog: Catalog) -> Done:
    """Do what a button says; what is unknown, or cannot be done, changes nothing."""
    if command == "text":
        return Done(replace(sketch, text=sketch.text or yaml_of(written(named(sketch), catalog).document)))
    if command == "form":
        return Done(_as_form(sketch, catalog), is_moved=True)
    deed, _, path = command.partition(":")
    if deed == "to_yaml":
        return Done(_part_as_yaml(sketch, path, catalog), path, is_moved=True)
    if deed == "to_form":
        return Done(_part_as_form(sketch, path, catalog), path, is_moved=True)
    found = edited(sketch, command)
    return Done(found.sketch, found.path, is_moved=found.sketch != sketch)


def settled_sketch(sketch: Sketch, catalog: Catalog) -> Sketch:
    """A sketch whose leaves have no tests left of what was chosen anew; a new event is asked for once at least."""
    for path, node in list(nodes(sketch)):
        if isinstance(node, Leaf) and node.kind not in ("yaml", "persons", "accounts"):
            changed = _with_count(settled(node, catalog, _asked_of(sketch, path)))
            sketch = put(sketch, path, lambda _, changed=changed: changed)  # type: ignore[misc]  # bound at once
    return sketch


def _with_count(leaf: Leaf) -> Leaf:
    is_new = leaf.kind == "event" and leaf.several("event") and "test" not in leaf.fields
    return Leaf(leaf.kind, {**leaf.fields, **_ONCE}) if is_new and not leaf.one("measure") else leaf


def _as_form(sketch: Sketch, catalog: Catalog) -> Sketch:
    """The form of what is written in YAML; as long as that is not correct, it stays as it is."""
    if sketch.text is None:
        return sketch
    try:
        return sketch_of_text(sketch, catalog)
    except InvalidDefinition:
        return sketch


def _part_as_yaml(sketch: Sketch, path: str, catalog: Catalog) -> Sketch:
    node = _leaf_at(sketch, path)
    if node is None or node.kind == "yaml":
        return sketch
    document = leaf_document(node, catalog, _asked_of(sketch, path))
    return put(sketch, path, lambda _: as_yaml(document))


def _part_as_form(sketch: Sketch, path: str, catalog: Catalog) -> Sketch:
    node = _leaf_at(sketch, path)
    if node is None or node.kind != "yaml":
        return sketch
    try:
        document = read_yaml(node.one("text"))
        made = opened_part(document, catalog, _asked_of(sketch, path))
    except (Unusable, InvalidDefinition):
        return sketch
    return put(sketch, path, lambda _: made)


def _leaf_at(sketch: Sketch, path: str) -> Leaf | None:
    found = next((node for each, node in nodes(sketch) if each == path), None)
    return found if isinstance(found, Leaf) else None


def _asked_of(sketch: Sketch, path: str) -> Subject:
    """Of whom a node is asked: of the other subject within what goes from persons to accounts or back."""
    of: Subject = "account" if sketch.of == "account" else "person"
    steps = path.split(".")
    for end in range(1, len(steps)):
        around = at(sketch, ".".join(steps[:end]))
        if isinstance(around, Group) and around.kind in _CROSSING:
            of = other_subject(of)
    return of
