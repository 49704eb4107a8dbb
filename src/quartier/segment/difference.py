"""What two versions of a segment's document have in common and where they differ, condition by condition.

Pure, over plain documents: a part of a group is the same part wherever it stands, since the order of conditions means
nothing; parts that speak of the same trait or event are one part that was changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["added", "removed", "changed"]
_GROUPS = ("all", "any", "none")
_SUBJECTS = ("trait", "event", "segment", "account", "sequence", "persons", "not", "at_least", *_GROUPS)


@dataclass(frozen=True)
class Edit:
    """One place where two documents differ; places of what was removed are those of the earlier document."""

    kind: Kind
    place: str
    before: Any = None
    after: Any = None

    def as_json(self) -> dict[str, Any]:
        """The edit as plain values."""
        return dict(vars(self))


def edits(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Edit, ...]:
    """Every difference of two segment documents, in the order of the document; none where they mean the same."""
    found = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        found += _of_conditions(old, new, name) if name == "where" else _of_values(old, new, name)
    return tuple(found)


def _of_values(old: Any, new: Any, place: str) -> list[Edit]:
    if old == new:
        return []
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        names = dict.fromkeys([*old, *new])
        return [each for name in names for each in _of_values(old.get(name), new.get(name), f"{place}.{name}")]
    return [Edit("added" if old is None else "removed" if new is None else "changed", place, old, new)]


def _of_conditions(old: Any, new: Any, place: str) -> list[Edit]:
    if old == new:
        return []
    if _has(old, "all") != _has(new, "all"):  # one condition became one of several, or the reverse
        old, new = (each if _has(each, "all") else {"all": [each]} for each in (old, new))
    for group in _GROUPS:
        if _has(old, group) and _has(new, group):
            return _of_parts(old[group], new[group], f"{place}.{group}")
    if _is_choice(old) and _is_choice(new):
        counted = _of_values(old["at_least"], new["at_least"], f"{place}.at_least")
        return [*counted, *_of_parts(old["of"], new["of"], f"{place}.of")]
    if _has(old, "not") and _has(new, "not"):
        return _of_conditions(old["not"], new["not"], f"{place}.not")
    return [Edit("changed", place, old, new)]


def _of_parts(old: Sequence[Any], new: Sequence[Any], place: str) -> list[Edit]:
    """Equal parts first, then parts that speak of the same thing, in order; the rest came or went."""
    left, found = dict(enumerate(old)), []
    pairs = _taken(left, new, lambda one, other: bool(one == other))
    rest = {index: each for index, each in enumerate(new) if index not in pairs}
    like = _taken(left, rest, lambda one, other: _subject(one) == _subject(other))
    for index, each in rest.items():
        if index in like:
            found += _of_conditions(like[index], each, f"{place}[{index}]")
        else:
            found.append(Edit("added", f"{place}[{index}]", None, each))
    return [*(Edit("removed", f"{place}[{index}]", each) for index, each in left.items()), *found]


def _taken(left: dict[int, Any], wanted: Any, is_match: Any) -> dict[int, Any]:
    """For each wanted part the first one that matches; what is taken leaves `left`."""
    pairs = {}
    for index, each in wanted.items() if isinstance(wanted, dict) else enumerate(wanted):
        found = next((place for place, other in left.items() if is_match(other, each)), None)
        if found is not None:
            pairs[index] = left.pop(found)
    return pairs


def _subject(condition: Any) -> object:
    """What a condition speaks of: its kind and, for a trait, event or segment, which one."""
    kind = next((each for each in _SUBJECTS if _has(condition, each)), None)
    name = condition[kind] if kind in ("trait", "event", "segment") else None
    return kind, repr(name)


def _has(condition: Any, key: str) -> bool:
    return isinstance(condition, Mapping) and key in condition


def _is_choice(condition: Any) -> bool:
    """`at_least: n, of: [...]`, and not a comparison of that name."""
    return _has(condition, "at_least") and _has(condition, "of") and isinstance(condition["of"], Sequence)
