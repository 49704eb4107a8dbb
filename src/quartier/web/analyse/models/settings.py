"""The whole form of a model: its settings, and the conditions that it states, as they were told, sent or changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.datastructures import FormData

from quartier.analyse.modelling.computed import Figures
from quartier.analyse.modelling.kind import Kind
from quartier.errors import InvalidDefinition, InvalidRequest, Problem, UserError
from quartier.language import Language, Text
from quartier.segment.run import defined, of_persons
from quartier.store.runs import Run
from quartier.web.analyse.models.form import Form, document_of, filled_in, form_of, shown_again
from quartier.web.analyse.models.stating import Asking, Done, Standing, Stating
from quartier.web.analyse.models.views import stating_of
from quartier.web.desk import error_said
from quartier.web.editor.offering import Offers
from quartier.web.editor.trying import Tried
from quartier.web.editor.words import SENTENCES
from quartier.web.visitor import Visitor
from quartier.web.words import Sentences
from quartier.workspace import Workspace


@dataclass(frozen=True)
class Sent:
    """What came of a form: what was typed, the button that was pressed, why it was refused."""

    typed: FormData | None = None
    command: str = ""
    error: UserError | None = None


@dataclass
class Settings:
    """Makes the forms of models."""

    _offers: Offers = field(default_factory=Offers)

    def form(
        self, kind: Kind, last: Run | None, figures: Figures | None, ws: Workspace, visitor: Visitor, sent: Sent
    ) -> Form:
        """The form of a kind: as its model was last told, or as it was sent and then changed by a button."""
        plain = form_of(
            kind.document, last.parameters if last else {}, ws.catalog, visitor.language, _segments(ws, visitor)
        )
        if sent.typed is not None:
            plain = shown_again(plain, sent.typed, said(sent.error, visitor.language))
        stating = stating_of(kind.name)
        if stating is None:
            return plain
        told = dict(last.parameters) if last else {}
        if sent.typed is not None:
            told |= document_of(kind.document, kind.name, sent.typed)
        asking = Asking(visitor, ws, self._offers.around(ws, visitor), last, figures, told)
        return _stated(stating, plain, asking, sent)


def stated_of(kind: Kind, sent: FormData, ws: Workspace) -> dict[str, Any]:
    """What the conditions of a form say in the model's document, nothing for a form without any.

    Raises InvalidRequest where something has still to be filled in or cannot be used.
    """
    stating = stating_of(kind.name)
    state = stating.read(sent, ws.catalog) if stating else None
    if stating is None or state is None:
        return {}
    if not stating.tried(state, ws).is_whole:
        raise InvalidRequest(_NOT_WHOLE)
    return stating.document(state, ws.catalog)


def form_words(kind: str) -> Sentences:
    """What a form says around the conditions that it states."""
    stating = stating_of(kind)
    return {**SENTENCES, **stating.words} if stating else {}


def _stated(stating: Stating, plain: Form, asking: Asking, sent: Sent) -> Form:
    state = stating.read(sent.typed, asking.workspace.catalog) if sent.typed is not None else None
    is_tried = state is not None or bool(sent.command)
    done = Done(stating.begun(asking) if state is None else state)
    if sent.command:
        done = stating.done(done.state, sent.command, asking)
    tried = stating.tried(done.state, asking.workspace) if is_tried else Tried({})
    problems = _problems(sent.error)
    shown = stating.shown(
        done.state, replace(asking, told={**asking.told, **done.settings}),
        Standing(tried, is_tried, sent.command, problems, done.focus, done.said),
    )  # fmt: skip
    return replace(filled_in(plain, done.settings), template=stating.template, stated=shown)


def said(error: UserError | None, language: Language) -> str:
    """What is wrong with what was sent, sentence by sentence; empty where nothing is."""
    return error_said(error, language) if error else ""


def _segments(ws: Workspace, visitor: Visitor) -> tuple[tuple[str, str], ...]:
    """The segments of persons in force, by name and label."""
    language, named = visitor.language, of_persons(defined(ws.store)).values()
    return tuple((each.name, each.label.to(language) if each.label else each.name) for each in named)


def _problems(error: UserError | None) -> Sequence[Problem]:
    return error.problems if isinstance(error, InvalidDefinition) else ()


_NOT_WHOLE = Text(
    en="Something below has still to be filled in or mended: it is told where it stands.",
    fr="Il reste plus bas quelque chose à remplir ou à corriger : c'est dit à l'endroit même.",
)
