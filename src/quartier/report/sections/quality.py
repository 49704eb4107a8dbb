"""The quality of the data: one row per trait, grouped by family, and the freshness of every event type."""

from quartier.analyse import ColumnQuality
from quartier.analyse.quality import attention
from quartier.analyse.quality.attention import LEAST_FILLED, LEAST_VALID
from quartier.catalog import Family
from quartier.language import Language, Plural, Text, percent, whole
from quartier.report.content import ReportContent
from quartier.report.page import Chip, Column, QualityRow, Table
from quartier.report.written import DASH, NB, of_how_many

MOST_TOLD = 8
"""A list of more points than this is not read; `quartier quality` tells them all."""


def chip(family: Family, language: Language) -> Chip:
    """A family as its coloured mark and its name."""
    return Chip(family.value, family.label.to(language))


def traits(content: ReportContent, language: Language) -> tuple[QualityRow, ...]:
    """Every trait, families in the order of the catalog's list, the fullest traits first."""
    if content.quality is None:
        return ()
    order = {family: place for place, family in enumerate(Family)}
    known = sorted(
        content.quality.traits,
        key=lambda each: (order.get(each.family, len(order)) if each.family else len(order), -each.filled),
    )
    return tuple(_row(each, language) for each in known)


def attended(content: ReportContent, language: Language) -> tuple[str, ...]:
    """What needs attention in the data, the most pressing first."""
    if content.quality is None:
        return ()
    found = [each.said.to(language) for each in attention(content.quality)]
    more = len(found) - MOST_TOLD
    return tuple(found) if more <= 0 else (*found[:MOST_TOLD], _MORE.to(language, n=more))


def events(content: ReportContent, language: Language) -> Table | None:
    """Every event type: how many, since when the last; None without events."""
    if content.quality is None or not content.quality.events:
        return None
    persons = {each.event: each.persons for each in content.overview.events} if content.overview else {}
    rows = tuple(
        (
            each.label.to(language),
            whole(each.events, language),
            whole(persons[each.event], language) if each.event in persons else DASH,
            _since(each.days_since_last, language),
            whole(each.in_the_future, language) if each.in_the_future else DASH,
        )
        for each in content.quality.events
    )
    columns = tuple(Column(head.to(language), place > 0) for place, head in enumerate(_HEADS))
    return Table(_CAPTION.to(language), columns, rows)


def _since(days: int | None, language: Language) -> str:
    return DASH if days is None else _TODAY.to(language) if days == 0 else _DAYS.to(language, n=days)


def _row(each: ColumnQuality, language: Language) -> QualityRow:
    fill, valid = each.fill_rate or 0.0, each.valid_rate
    about = _ABOUT.to(language) if each.distinct_is_estimate else ""
    return QualityRow(
        label=each.label.to(language),
        chip=chip(each.family, language) if each.family else None,
        sensitivity=each.sensitivity.label.to(language),
        fill_share=fill,
        filled=of_how_many(each.filled, each.rows, language),
        distinct=DASH if each.distinct is None else f"{about}{whole(each.distinct, language)}",
        valid=DASH if valid is None else percent(valid, language),
        rule=each.rule.to(language) if each.rule else "",
        is_poor=fill < LEAST_FILLED or (valid is not None and valid < LEAST_VALID),
    )


_MORE = Plural(
    one=Text(en="and {n} more point", fr="et {n} autre point"),
    other=Text(en="and {n} more points", fr="et {n} autres points"),
)
_ABOUT = Text(en="about ", fr="environ ")
_CAPTION = Text(en="Events, and how fresh they are", fr="Les événements et leur fraîcheur")
_TODAY = Text(en="today", fr="aujourd'hui")
_DAYS = Plural(
    one=Text(en="yesterday", fr="hier"),
    other=Text(en="{n} days ago", fr=f"il y a {{n}}{NB}jours"),
)
_HEADS = (
    Text(en="event", fr="événement"),
    Text(en="events", fr="nombre"),
    Text(en="persons", fr="personnes"),
    Text(en="last one", fr="le dernier"),
    Text(en="dated in the future", fr="datés du futur"),
)
