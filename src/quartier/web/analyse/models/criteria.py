"""The criteria of a score while they are being stated: conditions as the editor has them, beside each its points."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import FormData

from quartier.analyse.score.definition import SORTS, Criterion, CriterionFigures
from quartier.analyse.score.weights import with_points
from quartier.catalog import Catalog
from quartier.web.analyse.models.stating import document_of, node_of, sent_sketch, sketch_of
from quartier.web.editor.commands import done
from quartier.web.editor.sketch import Leaf, Node, Sketch
from quartier.web.editor.typed import number, text_of
from quartier.web.guard import field_of

_FIRST = {"explicit": Leaf("trait"), "activity": Leaf("event"), "behaviour": Leaf("event")}
_LONGEST = 200


@dataclass(frozen=True)
class Beside:
    """What is typed beside the condition of a criterion; `sort` is one of `SORTS`."""

    sort: str
    points: str = ""
    at_most: str = ""
    half_life: str = ""
    label_en: str = ""
    label_fr: str = ""


@dataclass(frozen=True)
class Criteria:
    """Criteria as they are typed, family by family: the parts of a sketch, and what stands beside each."""

    sketch: Sketch
    beside: tuple[Beside, ...]
    caps: Mapping[str, str] = field(default_factory=dict)
    """the most points of a family, where one is typed"""

    @property
    def parts(self) -> tuple[Node, ...]:
        """The condition of each."""
        return self.sketch.where.parts


def opened(criteria: Iterable[Criterion], catalog: Catalog, caps: Mapping[str, float] | None = None) -> Criteria:
    """Criteria as they are edited."""
    typed = {sort: _typed(cap) for sort, cap in (caps or {}).items()}
    return _by_family([(_node(each, catalog), _beside(each)) for each in criteria], typed)


def sent(form: FormData, catalog: Catalog) -> Criteria | None:
    """The criteria that a form holds, None for a form without any."""
    sketch = sent_sketch(form, catalog)
    if sketch is None:
        return None
    names = [each.name for each in fields(Beside)]
    beside = [
        Beside(**{name: field_of(form, f"{name}.{n}").strip()[:_LONGEST] for name in names})
        for n in range(len(sketch.where.parts))
    ]
    kept = [replace(each, sort=each.sort if each.sort in SORTS else "behaviour") for each in beside]
    caps: dict[str, str] = {sort: field_of(form, f"cap.{sort}").strip()[:_LONGEST] for sort in SORTS}
    return _by_family(list(zip(sketch.where.parts, kept, strict=True)), caps)


def changed(criteria: Criteria, command: str, catalog: Catalog) -> tuple[Criteria, str]:
    """The criteria after what a button says, and the path to look at; points go where their condition goes."""
    sort = command.removeprefix("add:")
    if sort in _FIRST:
        return _added(criteria, sort)
    found = done(criteria.sketch, command, catalog)
    grown = len(found.sketch.where.parts) - len(criteria.parts)
    order = _order(command, len(criteria.parts), grown)
    beside = tuple(Beside("behaviour") if n is None else criteria.beside[n] for n in order)
    if len(beside) != len(found.sketch.where.parts):
        return criteria, ""
    return replace(criteria, sketch=found.sketch, beside=beside), found.path


def documents(criteria: Criteria, catalog: Catalog) -> list[dict[str, Any]]:
    """What the criteria say, in the order of the form; what is no number stays as it was typed."""
    return [_document(*each, catalog) for each in zip(criteria.parts, criteria.beside, strict=True)]


def caps_of(criteria: Criteria) -> dict[str, Any]:
    """The caps of families as they are typed; what is no number stays as it was."""
    return {sort: number(text) for sort, text in criteria.caps.items() if text}


def with_proposed(criteria: Criteria, found: Sequence[CriterionFigures], catalog: Catalog) -> Criteria:
    """The criteria with the points that the data proposed for them; those proposed to be left out are left out."""
    stated = [(Criterion.model_validate(each.criterion), each.proposed) for each in found]
    proposed = {_asked(_node(each, catalog), _beside(each), catalog): points for each, points in stated}
    kept: list[tuple[Node, Beside]] = []
    for node, beside in zip(criteria.parts, criteria.beside, strict=True):
        points = proposed.get(_asked(node, beside, catalog))
        if points is None:
            kept.append((node, beside))
            continue
        for each in with_points([Criterion.model_validate(_document(node, beside, catalog))], [points]):
            kept.append((node, _beside(each)))
    return _by_family(kept, criteria.caps)


def _asked(node: Node, beside: Beside, catalog: Catalog) -> str:
    try:
        return Criterion.model_validate(_document(node, beside, catalog)).asks
    except ValidationError:
        return ""


def _node(criterion: Criterion, catalog: Catalog) -> Node:
    if criterion.event is not None:
        return Leaf("event", {"event": (criterion.event,)})
    return node_of(criterion.condition, catalog)


def _beside(criterion: Criterion) -> Beside:
    typed = {name: _typed(getattr(criterion, name)) for name in ("points", "at_most", "half_life")}
    label = criterion.label
    return Beside(criterion.sort, **typed, label_en=label.en if label else "", label_fr=label.fr if label else "")


def _typed(value: float | None) -> str:
    return "" if value is None else text_of(int(value) if value == int(value) else round(value, 2))


def _by_family(found: Sequence[tuple[Node, Beside]], caps: Mapping[str, str]) -> Criteria:
    ordered = sorted(found, key=lambda each: [*SORTS].index(each[1].sort))  # type: ignore[arg-type]  # one of them
    return Criteria(sketch_of(node for node, _ in ordered), tuple(beside for _, beside in ordered), caps)


def _added(criteria: Criteria, sort: str) -> tuple[Criteria, str]:
    """One more at the end of a family."""
    place = sum([*SORTS].index(each.sort) <= [*SORTS].index(sort) for each in criteria.beside)  # type: ignore[arg-type]
    parts, beside = list(criteria.parts), list(criteria.beside)
    parts.insert(place, _FIRST[sort])
    beside.insert(place, Beside(sort))
    return replace(criteria, sketch=sketch_of(parts), beside=tuple(beside)), f"0.{place}"


def _order(command: str, size: int, grown: int) -> list[int | None]:
    """Which criterion stands where after a command of the editor; None for a new one."""
    deed, _, rest = command.partition(":")
    path = rest.partition(":")[0].split(".")
    order: list[int | None] = list(range(size))
    if len(path) == 1 and grown == 1:
        return [*order, None]
    if len(path) != 2 or not path[1].isdecimal() or int(path[1]) >= size:
        return order
    place = int(path[1])
    if deed in ("up", "down"):
        other = place + (1 if deed == "down" else -1)
        if 0 <= other < size:
            order[place], order[other] = order[other], order[place]
        return order
    return [*order[:place], *[place] * (grown + 1), *order[place + 1 :]]


def _document(node: Node, beside: Beside, catalog: Catalog) -> dict[str, Any]:
    typed, asked = asdict(beside), ("points", "at_most", "half_life") if beside.sort == "activity" else ("points",)
    found = {name: number(typed[name]) for name in asked if typed[name]}
    if beside.label_en or beside.label_fr:
        found["label"] = {"en": beside.label_en or beside.label_fr, "fr": beside.label_fr or beside.label_en}
    return _condition(node, beside.sort, catalog) | found


def _condition(node: Node, sort: str, catalog: Catalog) -> dict[str, Any]:
    if sort == "activity" and isinstance(node, Leaf):
        return {"event": node.one("event")}
    where = document_of(node, catalog)
    if sort == "explicit" and isinstance(where, dict) and "trait" in where:
        return {"trait": where["trait"], "test": {key: each for key, each in where.items() if key != "trait"}}
    return {"where": where}
