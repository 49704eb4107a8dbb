"""What distinguishes a segment: each trait in the segment against the rest, with the 95 % interval."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from quartier.analyse import CLASS_BY_ID, MeanDifference, Profile, ShareDifference
from quartier.language import Language, Text, decimal, percent, with_sign
from quartier.look.colours import BRICK, INK, LINE, REST
from quartier.look.drawing import Chart, built, over
from quartier.report.content import SegmentCard
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Column, Table
from quartier.report.written import NB, between, points

WIDTH, STEP, MOST_SHARES, MOST_MEANS = 430, 44, 5, 3


def figure(card: SegmentCard, language: Language) -> ChartFigure | None:
    """The strongest differences that chance does not explain; None when there is none."""
    profile = card.profile
    shares, means = _picked(profile) if profile else ([], [])
    if profile is None or not (shares or means):
        return None
    return ChartFigure(
        key=f"segment-{card.name}",
        title=_TITLE.to(language, label=card.label.to(language)),
        description=_DESCRIPTION.to(language, label=card.label.to(language), n=len(shares) + len(means)),
        chart=lambda width: _chart(shares, means, language, width),
        language=language,
        table=_table(profile, language),
        note=_READING.to(language, n=profile.persons, rest=profile.rest),
        width=WIDTH,
    )


def _picked(profile: Profile) -> tuple[list[ShareDifference], list[MeanDifference]]:
    shares = [each for each in profile.distinct() if isinstance(each, ShareDifference)]
    means = [each for each in profile.distinct() if isinstance(each, MeanDifference)]
    return shares[:MOST_SHARES], means[:MOST_MEANS]


def _chart(shares: Sequence[ShareDifference], means: Sequence[MeanDifference], language: Language, width: int) -> Chart:
    share_rows = [_share_row(each, place, language) for place, each in enumerate(shares)]
    mean_rows = [_mean_row(each, place, language) for place, each in enumerate(means)]
    panels = [_Panel("shares", _share_domain(share_rows), ".0%", None)] if shares else []
    if means:
        panels.append(_Panel("means", _mean_domain(mean_rows), "+.1~f", _DEVIATIONS.to(language)))
    return over(_layout(tuple(panels), width - 8), shares=share_rows, means=mean_rows)


@cache
def _layout(panels: tuple["_Panel", ...], width: int) -> Chart:
    """The chart without its data: the same for many segments, and slow to build."""
    return built(lambda alt: alt.vconcat(*(_drawn(alt, panel, width) for panel in panels), spacing=18))


@dataclass(frozen=True)
class _Panel:
    name: str
    domain: tuple[float, float]
    format: str
    title: str | None


def _share_domain(rows: Sequence[dict[str, Any]]) -> tuple[float, float]:
    return (0.0, 1.0 if max(row["high"] for row in rows) > 0.5 else 0.5)


def _mean_domain(rows: Sequence[dict[str, Any]]) -> tuple[float, float]:
    reach = max(1.0, *(math.ceil(abs(row[end]) * 2) / 2 for row in rows for end in ("low", "high")))
    return (-reach, reach)


def _drawn(alt: Any, panel: _Panel, width: int) -> Any:
    y = alt.Y("place:O", axis=None)
    base = alt.Chart(alt.Data(name=panel.name)).encode(y=y)
    axis = alt.Axis(format=panel.format, tickCount=5)
    at = {"title": panel.title, "scale": alt.Scale(domain=list(panel.domain)), "axis": axis}
    words = base.mark_text(align="left", baseline="bottom", dy=-7, fontSize=12.5, color=INK.light, limit=width)
    path = base.mark_rule(color=LINE.light, strokeWidth=1, yOffset=8)
    whisker = base.mark_rule(color=BRICK.light, strokeWidth=3, opacity=1, yOffset=8)
    rest = base.mark_point(color=REST.light, filled=True, size=70, opacity=1, yOffset=8, shape="square")
    own = base.mark_point(color=BRICK.light, filled=True, size=75, opacity=1, yOffset=8)
    return alt.layer(
        path.encode(x=alt.X("rest:Q", **at), x2=alt.X2("own:Q")),
        whisker.encode(x=alt.X("low:Q", **at), x2=alt.X2("high:Q")),
        rest.encode(x=alt.X("rest:Q", **at)),
        own.encode(x=alt.X("own:Q", **at)),
        words.encode(x=alt.XValue(0), text=alt.Text("words:N")),
    ).properties(width=width, height=alt.Step(STEP))


def _share_row(each: ShareDifference, place: int, language: Language) -> dict[str, Any]:
    return {
        "place": place,
        "words": said(each, language),
        "own": each.share,
        "rest": each.rest,
        # The interval is of the difference; drawn around a share it ends where shares end.
        "low": max(0.0, each.rest + each.interval.low),
        "high": min(1.0, each.rest + each.interval.high),
    }


def _mean_row(each: MeanDifference, place: int, language: Language) -> dict[str, Any]:
    return {
        "place": place,
        "words": said(each, language),
        "own": each.standardised,
        "rest": 0.0,
        "low": each.interval.low,
        "high": each.interval.high,
    }


def said(each: ShareDifference | MeanDifference, language: Language) -> str:
    """A difference in words: “Country, FR: 62% against 48%”."""
    return f"{_named(each, language)}{_COLON.to(language)}{_against(each, language)}"


def _named(each: ShareDifference | MeanDifference, language: Language) -> str:
    label = each.label.to(language)
    if isinstance(each, MeanDifference):
        return label
    return f"{label}, {_value(each, language)}"


def _value(each: ShareDifference, language: Language) -> str:
    """A value as people say it: yes and no, and the names of RFM classes."""
    if each.trait == "rfm_class" and each.value in CLASS_BY_ID:
        return CLASS_BY_ID[each.value].label.to(language)
    return _TRUTHS[each.value].to(language) if each.value in _TRUTHS else each.value


def _against(each: ShareDifference | MeanDifference, language: Language) -> str:
    if isinstance(each, ShareDifference):
        own, rest = percent(each.share, language, 0), percent(each.rest, language, 0)
    else:
        own, rest = _measured(each.mean, each, language), _measured(each.rest, each, language)
    return _AGAINST.to(language, own=own, rest=rest)


def _measured(value: float, each: MeanDifference, language: Language) -> str:
    places = 0 if abs(value) >= 100 else 1
    written = decimal(value, language, places) if places else decimal(round(value), language, 0)
    return f"{written}{NB}{_UNITS[each.unit].to(language)}" if each.unit else written


def _table(profile: Profile, language: Language) -> Table:
    rows = tuple(_written(each, language) for each in profile.distinct())
    columns = tuple(Column(head.to(language), k > 0) for k, head in enumerate(_HEADS))
    return Table(_CAPTION.to(language, compared=len(profile.differences)), columns, rows)


def _written(each: ShareDifference | MeanDifference, language: Language) -> tuple[str, ...]:
    if isinstance(each, ShareDifference):
        own, rest = percent(each.share, language), percent(each.rest, language)
        low, high = points(each.interval.low, language), points(each.interval.high, language)
        return (_named(each, language), own, rest, points(each.difference, language), between(low, high, language))
    low, high = (_deviations(value, language) for value in (each.interval.low, each.interval.high))
    own, rest = _measured(each.mean, each, language), _measured(each.rest, each, language)
    middle = f"{_deviations(each.standardised, language)}{NB}{_SHORT.to(language)}"
    return (_named(each, language), own, rest, middle, between(low, high, language))


def _deviations(value: float, language: Language) -> str:
    return with_sign(decimal(value, language), value)


_COLON = Text(en=": ", fr=f"{NB}: ")
_TRUTHS = {"true": Text(en="yes", fr="oui"), "false": Text(en="no", fr="non")}
_AGAINST = Text(en="{own} against {rest}", fr="{own} contre {rest}")
_UNITS = {"years": Text(en="years", fr="ans"), "days": Text(en="days", fr="jours")}
_TITLE = Text(en="What distinguishes {label}", fr=f"Ce qui distingue «{NB}{{label}}{NB}»")
_READING = Text(
    en="Red dot: the {n} persons of the segment, with the 95% interval; grey square: the {rest} others.",
    fr=f"Point rouge{NB}: les {{n}} personnes du segment, avec l'intervalle à 95{NB}%{NB}; "
    f"carré gris{NB}: les {{rest}} autres.",
)
_DESCRIPTION = Text(
    en="{n} traits in {label} against the rest, with 95% intervals; figures in the table below.",
    fr=f"{{n}} traits dans «{NB}{{label}}{NB}» contre le reste, avec leurs intervalles à 95{NB}%{NB}; "
    "chiffres dans le tableau ci-dessous.",
)
_DEVIATIONS = Text(en="means: difference in standard deviations", fr=f"moyennes{NB}: écart en écarts types")
_SHORT = Text(en="sd", fr="é.-t.")
_CAPTION = Text(
    en="Differences that chance does not explain, of {compared} compared",
    fr="Différences que le hasard n'explique pas, sur {compared} comparées",
)
_HEADS = (
    Text(en="trait", fr="trait"),
    Text(en="segment", fr="segment"),
    Text(en="rest", fr="reste"),
    Text(en="difference", fr="écart"),
    Text(en="95% interval", fr=f"intervalle à 95{NB}%"),
)
