"""The list of campaigns with what the most telling outcome says of each."""

import datetime as dt
from dataclasses import dataclass

from quartier.errors import UserError
from quartier.evaluate.outcome import Outcome
from quartier.evaluate.suggestions import suggestions
from quartier.evaluate.wording import subject_of
from quartier.language import Language
from quartier.report.effects import card_of
from quartier.report.figures import effects
from quartier.web.target.links import evaluate_url, target_url
from quartier.web.target.overview import name_of
from quartier.workspace import Workspace
from quartier.workspace.campaigns import Held

MEASURED = 8
"""Campaigns whose effect is measured for the list, the last ones; the others are measured on their own pages."""


@dataclass(frozen=True)
class MeasuredView:
    """One campaign: `tone` and `effect` are empty where nothing was measured."""

    name: str
    url: str
    target_url: str
    reached_at: dt.datetime | None
    reached: int
    held_out: int
    tone: str
    effect: str
    is_partial: bool


@dataclass(frozen=True)
class EvaluatePage:
    """Every campaign, the last one frozen first; `outcome` is what the list measures."""

    outcome: str
    campaigns: tuple[MeasuredView, ...]


def evaluate_page(ws: Workspace, language: Language) -> EvaluatePage:
    """The page from what the workspace says."""
    outcome = next(iter(suggestions(ws.catalog)), None)
    held = ws.campaigns.all()
    measured = [each for each in held if each.exposures and each.audience.held_out][:MEASURED]
    views = [_view(ws, each, outcome.outcome if outcome and each in measured else None, language) for each in held]
    label = subject_of(outcome, ws.config.currency).label.to(language) if outcome else ""
    return EvaluatePage(label, tuple(views))


def _view(ws: Workspace, held: Held, outcome: Outcome | None, language: Language) -> MeasuredView:
    tone, effect, is_partial = _measured(ws, held, outcome, language) if outcome else ("", "", False)
    name = held.audience.campaign
    return MeasuredView(
        name_of(held, language), evaluate_url(name), target_url(name), held.reached_at, len(held.reached),
        len(held.audience.held_out), tone, effect, is_partial,
    )  # fmt: skip


def _measured(ws: Workspace, held: Held, outcome: Outcome, language: Language) -> tuple[str, str, bool]:
    """The tone and the difference of an outcome; a campaign that cannot be measured has neither."""
    try:
        report = ws.evaluate(held.audience.campaign, outcome.model_dump(mode="json"), segments_named=())
    except UserError:  # nobody was reached before now
        return "", "", False
    card = card_of(report, {})
    if not card.rows:
        return "unsure", "", report.is_partial
    row = card.rows[0]
    said = effects.written_difference(row.difference, card, ws.config.currency, language)
    return effects.tone(row), said, report.is_partial
