"""What the buttons of the form do to a sketch: add, take out, move, wrap and unwrap conditions."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from quartier.web.editor.sketch import GROUPS, LEAVES, Group, Leaf, Node, Sketch, at, put
from quartier.web.editor.typed import listed, unlisted

_PATH = re.compile(r"0(?:\.\d{1,4}){0,60}")


@dataclass(frozen=True)
class Edited:
    """The sketch after a change, and the path to which the reader's attention goes."""

    sketch: Sketch
    path: str


def edited(sketch: Sketch, command: str) -> Edited:
    """Do what a button says, such as `add:0.1:trait` or `remove:0.2`; what nobody can mean changes nothing."""
    deed, _, rest = command.partition(":")
    path, _, argument = rest.partition(":")
    if deed not in _DEEDS or not _PATH.fullmatch(path) or at(sketch, path) is None:
        return Edited(sketch, "")
    return _DEEDS[deed](sketch, path, argument)


def _add(sketch: Sketch, path: str, kind: str) -> Edited:
    group = at(sketch, path)
    if not isinstance(group, Group) or kind not in (*GROUPS, *LEAVES):
        return Edited(sketch, "")
    made: Node = Group(kind) if kind in GROUPS else Leaf(kind)
    return Edited(put(sketch, path, lambda _: _grown(group, made)), f"{path}.{len(group.parts)}")


def _grown(group: Group, part: Node) -> Group:
    """A group with one more part; what was a single condition becomes all of several."""
    kind = {"one": "all", "not": "none"}.get(group.kind, group.kind) if group.parts else group.kind
    return replace(group, kind=kind, parts=(*group.parts, part))


def _remove(sketch: Sketch, path: str, _argument: str) -> Edited:
    if path == "0":
        return Edited(replace(sketch, where=Group("one")), "0")
    above, _, index = path.rpartition(".")
    return Edited(_of_parts(sketch, above, lambda parts: parts[: int(index)] + parts[int(index) + 1 :]), above)


def _up(sketch: Sketch, path: str, _argument: str) -> Edited:
    return _moved(sketch, path, -1)


def _down(sketch: Sketch, path: str, _argument: str) -> Edited:
    return _moved(sketch, path, 1)


def _moved(sketch: Sketch, path: str, by: int) -> Edited:
    above, _, last = path.rpartition(".")
    group, index = at(sketch, above) if above else None, int(last)
    if not isinstance(group, Group) or not 0 <= index + by < len(group.parts):
        return Edited(sketch, path)
    parts = [*group.parts]
    parts[index], parts[index + by] = parts[index + by], parts[index]
    return Edited(_of_parts(sketch, above, lambda _: tuple(parts)), f"{above}.{index + by}")


def _copy(sketch: Sketch, path: str, _argument: str) -> Edited:
    above, _, last = path.rpartition(".")
    node = at(sketch, path)
    if not above or node is None:
        return Edited(sketch, path)
    after = int(last) + 1
    copied = put(sketch, above, lambda group: _inserted(group, after, node))
    return Edited(copied, f"{above}.{after}")


def _inserted(group: Node, place: int, node: Node) -> Node:
    assert isinstance(group, Group)
    grown = _grown(group, node)
    return replace(grown, parts=(*group.parts[:place], node, *group.parts[place:]))


def _wrap(sketch: Sketch, path: str, kind: str) -> Edited:
    wanted = kind if kind in GROUPS and kind != "one" else "any"
    return Edited(put(sketch, path, lambda node: Group(wanted, _bare(node))), path)


def _bare(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, Group) and node.kind == "one" else (node,)


def _unwrap(sketch: Sketch, path: str, _argument: str) -> Edited:
    """The parts of a group take its place in the group around it."""
    node = at(sketch, path)
    if not isinstance(node, Group):
        return Edited(sketch, path)
    if path == "0":
        only = node.parts[0] if len(node.parts) == 1 else None
        kept = only if isinstance(only, Group) else Group("all" if len(node.parts) > 1 else "one", node.parts)
        return Edited(replace(sketch, where=kept), "0")
    above, _, last = path.rpartition(".")
    place = int(last)
    parts = node.parts
    unwrapped = _of_parts(sketch, above, lambda around: around[:place] + parts + around[place + 1 :])
    return Edited(unwrapped, above)


def _value(sketch: Sketch, path: str, argument: str) -> Edited:
    """Put a suggested value into a field: `value:0.1:value:FR`; into a list it is added, or taken out again."""
    name, _, value = argument.partition(":")
    kept = at(sketch, path)
    if not isinstance(kept, Leaf) or not name:
        return Edited(sketch, "")
    values = unlisted(kept.one(name))
    chosen = [each for each in values if each != value] if value in values else [*values, value]
    fields = {**kept.fields, name: (listed(chosen),)}
    return Edited(put(sketch, path, lambda _: replace(kept, fields=fields)), path)


def _of_parts(sketch: Sketch, path: str, change: Callable[[tuple[Node, ...]], tuple[Node, ...]]) -> Sketch:
    return put(sketch, path, lambda node: replace(node, parts=change(node.parts)) if isinstance(node, Group) else node)


_DEEDS: dict[str, Callable[[Sketch, str, str], Edited]] = {
    "add": _add,
    "remove": _remove,
    "up": _up,
    "down": _down,
    "copy": _copy,
    "wrap": _wrap,
    "unwrap": _unwrap,
    "value": _value,
}
