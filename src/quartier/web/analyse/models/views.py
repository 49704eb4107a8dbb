"""The kinds of models that have a view of their own; the others show their figures as tables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

from quartier.analyse.modelling.computed import Figures
from quartier.store.runs import Run
from quartier.web.analyse.models.stating import Stating
from quartier.web.visitor import Visitor
from quartier.web.words import Sentences
from quartier.workspace import Workspace


@dataclass(frozen=True)
class Looking:
    """Who looks at which run, in which workspace (to be read only)."""

    visitor: Visitor
    workspace: Workspace
    run: Run


@dataclass(frozen=True)
class View:
    """How a kind shows its figures: the template that is put into the page, its words, and what it shows."""

    template: str
    words: Sentences
    build: Callable[[Any, Looking], Any]


# A module here holds a `VIEW`. The template sees what `build` made as `page.own`.
_MODULES: Final[Mapping[str, str]] = {
    "clusters": "quartier.web.analyse.models.clusters",
    "lifetime_value": "quartier.web.analyse.models.lifetime_value",
    "profit": "quartier.web.analyse.models.profit",
    "propensity": "quartier.web.analyse.models.propensity",
    "relation": "quartier.web.analyse.models.relation",
    "score": "quartier.web.analyse.models.score",
    "factors": "quartier.web.analyse.models.factors",
    "classes": "quartier.web.analyse.models.classes",
    "themes": "quartier.web.analyse.models.themes",
    "recommendations": "quartier.web.analyse.models.recommendations",
}


def view_of(kind: str) -> View | None:
    """The view of a kind, None when it has none of its own."""
    if kind not in _MODULES:
        return None
    found: View = import_module(_MODULES[kind]).VIEW
    return found


# A module here holds a `STATING`: what the kind asks besides single settings.
_STATING: Final[Mapping[str, str]] = {
    "relation": "quartier.web.analyse.models.relation_form",
    "score": "quartier.web.analyse.models.score_form",
}


def stating_of(kind: str) -> Stating | None:
    """How a kind asks for conditions that it states, None when it states none."""
    if kind not in _STATING:
        return None
    found: Stating = import_module(_STATING[kind]).STATING
    return found


def own(view: View | None, figures: Figures, looking: Looking) -> Any:
    """What the kind's own template shows."""
    return view.build(figures, looking) if view else None
