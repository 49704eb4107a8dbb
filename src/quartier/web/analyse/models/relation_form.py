"""How the stages of the relation are asked for: each by the condition that is proposed, or by one that is stated."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError
from starlette.datastructures import FormData

from quartier.analyse.relation.definition import LABELS, STAGES, Relation, RelationFigures, StageName
from quartier.analyse.relation.proposing import conditions
from quartier.catalog import Catalog
from quartier.language import whole
from quartier.web.analyse.models.relation_form_words import LAPSE_TO_COME, TAKEN, WORDS
from quartier.web.analyse.models.stating import (
    Asking,
    Done,
    Standing,
    document_of,
    node_of,
    sent_sketch,
    sketch_of,
    spoken,
    views,
)
from quartier.web.editor.commands import done
from quartier.web.editor.page import NodeView
from quartier.web.editor.sketch import Group, Node, Sketch, put
from quartier.web.editor.trying import Tried, tried
from quartier.web.guard import field_of
from quartier.web.words import Sentences
from quartier.workspace import Workspace

TAKES, STATES, PROPOSES = "take", "state", "propose"
_NOTHING: Final = Group("one")


@dataclass(frozen=True)
class Stages:
    """The stages as they are typed: one part of the sketch for each, empty for those that are proposed."""

    sketch: Sketch
    stated: frozenset[StageName]


@dataclass(frozen=True)
class StageField:
    """One stage: what it means as proposed, or its own condition as it is edited."""

    n: int
    label: str
    said: str
    is_stated: bool
    node: NodeView
    problem: str


@dataclass(frozen=True)
class StagesForm:
    """What the template shows; `proposed` are the days of silence that the data suggest, 0 for none."""

    stages: tuple[StageField, ...]
    proposed: int
    said: str
    focus: str


class RelationStating:
    """The stages of the relation in their form."""

    template: Final[str] = "analyse/models/relation_form.html"
    words: Final[Sentences] = WORDS

    def begun(self, asking: Asking) -> Stages:
        """The conditions that were stated."""
        stated: Mapping[StageName, Any] = asking.told.get("conditions") or {}
        catalog = asking.workspace.catalog
        parts = [_alone(node_of(stated[each], catalog)) if each in stated else _NOTHING for each in STAGES]
        return Stages(sketch_of(parts), frozenset(stated))

    def read(self, sent: FormData, catalog: Catalog) -> Stages | None:
        """The stages that a form holds."""
        sketch = sent_sketch(sent, catalog)
        if sketch is None or len(sketch.where.parts) != len(STAGES):
            return None
        return Stages(sketch, frozenset(each for n, each in enumerate(STAGES) if field_of(sent, f"stated.{n}")))

    def done(self, state: Stages, command: str, asking: Asking) -> Done:
        """Take the proposed days, state a stage or leave it to the proposal, or change a condition."""
        catalog, figures = asking.workspace.catalog, asking.figures
        deed, _, place = command.partition(":")
        if deed == TAKES and (days := _proposed(figures)):
            language = asking.visitor.language
            return Done(
                state, settings={"lapsed_after": str(days)}, said=TAKEN.to(language, days=whole(days, language))
            )
        if deed in (STATES, PROPOSES) and place in map(str, range(len(STAGES))):
            return Done(_changed(state, int(place), deed == STATES, asking), f"0.{place}")
        found = done(state.sketch, command, catalog)
        if len(found.sketch.where.parts) != len(STAGES):  # no button moves a stage
            return Done(state)
        return Done(replace(state, sketch=found.sketch), found.path)

    def tried(self, state: Stages, workspace: Workspace) -> Tried:
        """Try the stated conditions; the others ask nothing here."""
        found = tried(workspace, state.sketch)
        others = tuple(f"0.{n}" for n, each in enumerate(STAGES) if each not in state.stated)
        found.left_out = frozenset(each for each in found.left_out if each != "0" and not each.startswith(others))
        return found

    def document(self, state: Stages, catalog: Catalog) -> dict[str, Any]:
        """The conditions as the model's document writes them."""
        parts = zip(STAGES, state.sketch.where.parts, strict=True)
        return {"conditions": {each: document_of(node, catalog) for each, node in parts if each in state.stated}}

    def shown(self, state: Stages, asking: Asking, standing: Standing) -> StagesForm:
        """The stages in their order."""
        proposals = _proposals(asking)
        nodes = views(state.sketch, standing.tried, asking)
        fields = tuple(_field(n, nodes[n], state, proposals, asking, standing) for n in range(len(STAGES)))
        days = _proposed(asking.figures)
        is_taken = str(days or "") == str(asking.told.get("lapsed_after") or "")
        return StagesForm(fields, 0 if is_taken else days or 0, standing.said, standing.focus)


def _field(
    n: int, node: NodeView, state: Stages, proposals: Mapping[StageName, Any], asking: Asking, standing: Standing
) -> StageField:
    stage, language = STAGES[n], asking.visitor.language
    where = proposals.get(stage)
    problems = [spoken(each, asking) for each in standing.problems if each.place.startswith(f"conditions.{stage}")]
    return StageField(
        n, LABELS[stage].to(language), _said(stage, where, asking),
        stage in state.stated, replace(node, deeds=()), " ".join(problems),
    )  # fmt: skip


def _said(stage: StageName, where: Any, asking: Asking) -> str:
    """What a stage means as proposed; when a customer has lapsed is known once the data have been asked."""
    if where:
        return asking.workspace.conditions.said(where).to(asking.visitor.language)
    return LAPSE_TO_COME.to(asking.visitor.language) if stage == "lapsed" and asking.figures is None else ""


def _changed(state: Stages, n: int, is_stated: bool, asking: Asking) -> Stages:
    """A stage that is stated begins with what was proposed for it."""
    where = _proposals(asking).get(STAGES[n]) if is_stated else None
    node = _alone(node_of(where, asking.workspace.catalog)) if where else _NOTHING
    stated = state.stated | {STAGES[n]} if is_stated else state.stated - {STAGES[n]}
    return Stages(put(state.sketch, f"0.{n}", lambda _: node), frozenset(stated))


def _alone(node: Node) -> Group:
    return node if isinstance(node, Group) else Group("one", (node,))


def _proposals(asking: Asking) -> Mapping[StageName, Any]:
    """What each stage means where nothing is stated, by the settings as they stand."""
    names = ("purchase", "lapsed_after", "committed", "committed_for")
    try:
        asked = Relation.model_validate({name: asking.told[name] for name in names if asking.told.get(name)})
    except ValidationError:  # told beside its field when it is run
        asked = Relation()
    return conditions(asked, asking.workspace.catalog, asked.lapsed_after or _proposed(asking.figures))


def _proposed(figures: Any) -> int | None:
    """The days of silence that the data suggest, by the last run."""
    lapse = figures.lapse if isinstance(figures, RelationFigures) else None
    if lapse is None:
        return None
    return lapse.proposed or (lapse.days if lapse.is_proposed and lapse.gaps else None)


STATING = RelationStating()
