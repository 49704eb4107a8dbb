"""Conditions that a model states, in its form: the parts of one sketch, edited with the pieces of the segment editor.

A kind that states some has a `Stating` in `views`; what stands beside a condition (its points, its stage) is its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from starlette.datastructures import FormData

from quartier.analyse.modelling.computed import Figures
from quartier.catalog import Catalog
from quartier.errors import InvalidDefinition, Problem
from quartier.store.runs import Run
from quartier.web.editor.commands import settled_sketch
from quartier.web.editor.documents import opened_part, written
from quartier.web.editor.leaf_rows import Surroundings
from quartier.web.editor.leaves import as_yaml
from quartier.web.editor.page import NodeView, node_view
from quartier.web.editor.sketch import Group, Node, Sketch, read_form
from quartier.web.editor.trying import STAND_IN, Tried
from quartier.web.visitor import Visitor
from quartier.web.words import Sentences
from quartier.workspace import Workspace


@dataclass(frozen=True)
class Asking:
    """Who is asked what: the last run of a model with its figures, in a workspace that is only read."""

    visitor: Visitor
    workspace: Workspace
    around: Surroundings
    run: Run | None
    figures: Figures | None
    told: Mapping[str, Any]
    """the plain settings as they stand in the form, or as the model was last told"""


@dataclass(frozen=True)
class Done:
    """What a button made of what is stated: where to look, settings that it fills in, and what is said of it."""

    state: Any
    focus: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    said: str = ""


@dataclass(frozen=True)
class Standing:
    """What is known of what is stated: tried or not, by which command, what is wrong by place, what a button said."""

    tried: Tried
    is_tried: bool = False
    command: str = ""
    problems: Sequence[Problem] = ()
    focus: str = ""
    said: str = ""


class Stating(Protocol):
    """How one kind asks for the conditions that it states."""

    template: str
    words: Sentences

    def begun(self, asking: Asking) -> Any:
        """What is stated as the model was last told; what is proposed where it was told nothing."""

    def read(self, sent: FormData, catalog: Catalog) -> Any:
        """What a form holds; None where the form that was sent asks nothing of this."""

    def done(self, state: Any, command: str, asking: Asking) -> Done:
        """Do what a button says; what nobody can mean changes nothing."""

    def tried(self, state: Any, workspace: Workspace) -> Tried:
        """Try the conditions: each counted, with its problems at its path."""

    def document(self, state: Any, catalog: Catalog) -> dict[str, Any]:
        """What it says in the model's document."""

    def shown(self, state: Any, asking: Asking, standing: Standing) -> Any:
        """What the template shows."""


def sketch_of(parts: Iterable[Node]) -> Sketch:
    """Conditions as the parts of one sketch over everybody: each is counted by itself."""
    return Sketch(Group("any", tuple(parts)), name=STAND_IN, population="everyone")


def sent_sketch(sent: FormData, catalog: Catalog) -> Sketch | None:
    """The conditions that a form holds, without tests of what was chosen anew; None for a form without any."""
    if sent.get("0:kind") != "any":
        return None
    typed = {key: tuple(each for each in sent.getlist(key) if isinstance(each, str)) for key in sent}
    return settled_sketch(sketch_of(read_form(typed).where.parts), catalog)


def node_of(document: Mapping[str, Any], catalog: Catalog) -> Node:
    """A condition as it is edited; as its YAML where it is none that a form can say."""
    try:
        return opened_part(dict(document), catalog, "person")
    except InvalidDefinition:
        return as_yaml(dict(document))


def document_of(node: Node, catalog: Catalog) -> Any:
    """The condition that a node says, None for nothing."""
    return written(Sketch(Group("one", (node,)), name=STAND_IN), catalog).document.get("where")


def views(sketch: Sketch, tried: Tried, asking: Asking) -> tuple[NodeView, ...]:
    """Each condition as it is shown, with the persons for whom it holds."""
    parts = node_view(sketch, tried, asking.around, asking.workspace.config.currency).parts
    return tuple(_alone(each) for each in parts)


def _alone(node: NodeView) -> NodeView:
    """A condition with its own persons alone: what they gather with the others says nothing."""
    return replace(node, left=None, parts=tuple(_alone(each) for each in node.parts))


def spoken(problem: Problem, asking: Asking) -> str:
    """A problem in the reader's language."""
    parts = (problem.what, problem.remedy)
    return " ".join(each.to(asking.visitor.language) for each in parts if each is not None)
