"""Effects of campaigns: a verdict in words, then the difference with its interval."""

from quartier.language import Language
from quartier.report.content import EffectCard, ReportContent
from quartier.report.figures import effects
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import EffectView


def figures(content: ReportContent, language: Language) -> tuple[ChartFigure, ...]:
    """One figure for each measured outcome of a campaign."""
    return tuple(
        effects.figure(card, content.currency, language, f"effect-{place}")
        for place, card in enumerate(_shown(content), 1)
    )


def views(content: ReportContent, language: Language) -> tuple[EffectView, ...]:
    """Each effect with what can be said of it."""
    return tuple(
        EffectView(
            title=figure.title,
            verdict=effects.verdict(card.rows[0], card, content.currency, language),
            remarks=tuple(each.to(language) for each in card.remarks),
            tone=effects.tone(card.rows[0]),
            drawing=figure.placed(),
        )
        for card, figure in zip(_shown(content), figures(content, language), strict=True)
    )


def _shown(content: ReportContent) -> tuple[EffectCard, ...]:
    return tuple(card for card in content.effects if card.rows)
