"""The page of one effect: the verdict in words, then differences with their intervals, drawn and written."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from quartier.catalog import Label
from quartier.evaluate.report import EffectReport
from quartier.language import Language
from quartier.report.effects import card_of
from quartier.report.figures import effects
from quartier.report.page import Drawing
from quartier.web.evaluate.outcomes import OutcomeForm


@dataclass(frozen=True)
class EffectView:
    """What was found of an outcome; `drawing` is None where nothing can be compared, and `verdict` then says why."""

    outcome: str
    tone: str
    verdict: str
    caution: str
    """why no verdict can rest on the interval; empty where one can"""
    sentences: tuple[str, ...]
    loud: tuple[str, ...]
    remarks: tuple[str, ...]
    drawing: Drawing | None
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    is_partial: bool


@dataclass(frozen=True)
class EffectPage:
    """A campaign and what was measured of it; `silence` says why nothing was."""

    campaign: str
    url: str
    target_url: str
    form: OutcomeForm
    effect: EffectView | None
    silence: str


def effect_view(
    report: EffectReport, labels: Mapping[str, Label], currency: str, language: Language
) -> EffectView:  # fmt: skip
    """The effect in the reader's language."""
    card = card_of(report, labels)
    compared = bool(card.rows) and card.rows[0].segment is None
    sentences = [each.to(language) for each in report.wording(report.overall)]
    verdict = effects.verdict(card.rows[0], card, currency, language) if compared else " ".join(sentences)
    if compared and report.overall.caution:  # no verdict rests on this interval: the figures, then why
        verdict = sentences[0]
    return EffectView(
        outcome=report.subject.label.to(language),
        tone=effects.tone(card.rows[0]) if compared else "unsure",
        verdict=verdict,
        caution=sentences[-1] if compared and report.overall.caution else "",
        sentences=tuple(sentences) if compared else (),
        loud=tuple(each.said.to(language) for each in report.findings if each.is_loud),
        remarks=tuple(each.said.to(language) for each in report.findings if not each.is_loud),
        drawing=effects.figure(card, currency, language, "effect").placed() if card.rows else None,
        starts_at=report.starts_at,
        ends_at=report.ends_at,
        is_partial=report.is_partial,
    )
