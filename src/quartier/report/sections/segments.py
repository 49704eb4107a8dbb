"""Each segment: who, how many of how many, what it weighs, how it goes, what distinguishes it."""

from quartier.language import Language, Text, percent, whole, with_sign
from quartier.report.content import ReportContent, SegmentCard
from quartier.report.figures import distinction
from quartier.report.figures.sparkline import sparkline
from quartier.report.page import SegmentView
from quartier.report.sections.quality import chip
from quartier.report.written import DASH, NB, money, month


def views(content: ReportContent, language: Language) -> tuple[SegmentView, ...]:
    """Every segment, the largest first; those without members at the end."""
    ranked = sorted(content.segments, key=lambda card: -card.persons)
    return tuple(_view(card, content.currency, language) for card in ranked)


def _view(card: SegmentCard, currency: str, language: Language) -> SegmentView:
    figure = distinction.figure(card, language)
    share = card.share or 0.0
    return SegmentView(
        name=card.name,
        title=card.label.to(language),
        sentence=card.sentence.to(language),
        size=whole(card.persons, language),
        of=_OF.to(language, of=card.of, population=card.population.to(language)),
        share=share,
        share_words=percent(share, language),
        revenue_share=card.share_of_revenue,
        revenue_words=_revenue(card, currency, language),
        chips=tuple(chip(family, language) for family in card.families),
        history=sparkline(card.history),
        history_words=_history(card, language),
        drawing=figure.placed() if figure else None,
        silence="" if figure else _silence(card, language),
    )


def _revenue(card: SegmentCard, currency: str, language: Language) -> str:
    if card.share_of_revenue is None:
        return DASH
    return f"{percent(card.share_of_revenue, language)} · {money(card.revenue, currency, language)}"


def _silence(card: SegmentCard, language: Language) -> str:
    if not card.persons:
        return _EMPTY.to(language)
    if card.persons == card.of:
        return _ALL.to(language)
    return (_SAME if card.profile else _NOT_COMPARED).to(language)


def _history(card: SegmentCard, language: Language) -> str:
    if len(card.history) < 2:
        return ""
    first, last = card.history[0], card.history[-1]
    change = last.persons - first.persons
    since = month(first.at.date(), language)
    if not change:
        return _STEADY.to(language, since=since)
    return _CHANGED.to(language, change=with_sign(whole(change, language), change), since=since)


_OF = Text(en="of {of} {population}", fr="sur {of} {population}")
_EMPTY = Text(en="Nobody is in this segment at this instant.", fr="Personne n'est dans ce segment à cet instant.")
_ALL = Text(
    en="The whole population is in it: there is no rest to compare it with.",
    fr=f"Toute la population y est{NB}: il n'y a pas de reste auquel le comparer.",
)
_SAME = Text(
    en="Nothing known distinguishes it from the rest beyond chance.",
    fr="Rien de connu ne le distingue du reste au-delà du hasard.",
)
_NOT_COMPARED = Text(en="It was not compared with the rest.", fr="Il n'a pas été comparé au reste.")
_STEADY = Text(en="as many as in {since}", fr="autant qu'en {since}")
_CHANGED = Text(en="{change} persons since {since}", fr="{change} personnes depuis {since}")
