"""The sizes of a segment over time: what was observed as one line, what was computed afterwards as a broken one."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from quartier.catalog import Label
from quartier.language import Language, Text, day, whole
from quartier.look.colours import BRICK, REST
from quartier.look.drawing import Chart, built
from quartier.report.content import SizeAt
from quartier.report.figures.figure import WIDE, ChartFigure
from quartier.report.page import Column, Drawing, Table
from quartier.web.kept import DRAWINGS

MOST_ROWS, HEIGHT, MARGIN = 60, 190, 62


def history(
    label: Label,
    observed: Sequence[SizeAt],
    past: Sequence[SizeAt],
    zone: ZoneInfo,
    language: Language,
    as_today: Sequence[Label] = (),
    width: int = WIDE,
) -> Drawing | None:
    """The drawing, for so wide a card; None with fewer than two sizes in all."""
    if len(observed) + len(past) < 2:
        return None
    asked = ("history", label.to(language), tuple(observed), tuple(past), zone.key, language, tuple(as_today), width)
    return DRAWINGS.get(
        asked, lambda: replace(_figure(label, observed, past, zone, language, as_today), width=width).placed()
    )


def _figure(
    label: Label,
    observed: Sequence[SizeAt],
    past: Sequence[SizeAt],
    zone: ZoneInfo,
    language: Language,
    as_today: Sequence[Label],
) -> ChartFigure:
    return ChartFigure(
        key="history",
        title=_finding([*past, *observed], zone, language),
        description=_DESCRIPTION.to(language, label=label.to(language), n=len(observed) + len(past)),
        chart=lambda width: _chart(observed, past, zone, width),
        language=language,
        table=_table(observed, past, zone, language),
        note=_note(past, as_today, language),
    )


def _finding(sizes: Sequence[SizeAt], zone: ZoneInfo, language: Language) -> str:
    first, last = sizes[0], sizes[-1]
    since = day(first.at.astimezone(zone).date(), language)
    said = _SAME if first.persons == last.persons else _MORE if last.persons > first.persons else _FEWER
    return said.to(language, n=abs(last.persons - first.persons), since=since, size=last.persons)


def _note(past: Sequence[SizeAt], as_today: Sequence[Label], language: Language) -> str:
    if not past:
        return ""
    read = "; ".join(each.to(language) for each in as_today)
    return _COMPUTED.to(language) + (_AS_TODAY.to(language, read=read) if read else "")


def _chart(observed: Sequence[SizeAt], past: Sequence[SizeAt], zone: ZoneInfo, width: int) -> Chart:
    rows = {"observed": [_row(each, zone) for each in observed], "past": [_row(each, zone) for each in past]}
    return built(lambda alt: _layers(alt, [name for name, each in rows.items() if each], width), **rows)


def _layers(alt: Any, sources: Sequence[str], width: int) -> Any:
    x = alt.X("at:T", title=None, axis=alt.Axis(tickCount=max(2, width // 140), format="%-d %b %Y", domain=True))
    y = alt.Y("size:Q", title=None, axis=alt.Axis(tickCount=4, format=",.0f"), scale=alt.Scale(zero=True))
    marks: dict[str, dict[str, Any]] = {
        "observed": {"color": BRICK.light, "interpolate": "step-after"},
        "past": {"color": REST.light, "strokeDash": [5, 4]},
    }
    lines = [alt.Chart(alt.Data(name=each)).mark_line(**marks[each]).encode(x=x, y=y) for each in sources]
    return alt.layer(*lines).properties(width=width - MARGIN, height=HEIGHT)


def _row(each: SizeAt, zone: ZoneInfo) -> dict[str, Any]:
    return {"at": f"{each.at.astimezone(zone):%Y-%m-%dT%H:%M:%S}", "size": each.persons}


def _table(observed: Sequence[SizeAt], past: Sequence[SizeAt], zone: ZoneInfo, language: Language) -> Table:
    both = [(each, True) for each in observed] + [(each, False) for each in past]
    newest = sorted(both, key=lambda pair: pair[0].at, reverse=True)[:MOST_ROWS]
    rows = tuple(
        (_day(each.at, zone, language), whole(each.persons, language), (_SEEN if is_seen else _AFTERWARDS).to(language))
        for each, is_seen in newest
    )
    columns = tuple(Column(head.to(language), place == 1) for place, head in enumerate(_HEADS))
    return Table(_CAPTION.to(language), columns, rows)


def _day(at: dt.datetime, zone: ZoneInfo, language: Language) -> str:
    return day(at.astimezone(zone).date(), language)


_MORE = Text(en="{size} now, {n} more than on {since}", fr="{size} à présent, {n} de plus qu'au {since}")
_FEWER = Text(en="{size} now, {n} fewer than on {since}", fr="{size} à présent, {n} de moins qu'au {since}")
_SAME = Text(en="{size} now, as many as on {since}", fr="{size} à présent, autant qu'au {since}")
_COMPUTED = Text(
    en="The broken line was computed afterwards from the times of events; it was not observed then.",
    fr="La ligne brisée a été calculée après coup d'après les dates des événements ; elle n'a pas été observée alors.",
)
_AS_TODAY = Text(
    en=" What bears no times is taken as it is today: {read}.",
    fr=" Ce qui ne porte pas de date y est tel qu'aujourd'hui : {read}.",
)
_DESCRIPTION = Text(
    en="Line of {n} sizes of {label}; figures in the table below.",
    fr="Courbe de {n} effectifs de « {label} » ; chiffres dans le tableau ci-dessous.",
)
_CAPTION = Text(en="Sizes, the newest first", fr="Effectifs, les plus récents d'abord")
_HEADS = (Text(en="day", fr="jour"), Text(en="size", fr="effectif"), Text(en="how it is known", fr="origine"))
_SEEN, _AFTERWARDS = Text(en="observed", fr="observé"), Text(en="computed afterwards", fr="calculé après coup")
