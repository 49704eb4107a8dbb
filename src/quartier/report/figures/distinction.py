"""What distinguishes a segment: each trait in the segment against the rest, with the 95 % interval."""

from collections.abc import Sequence
from typing import Any

from quartier.analyse import MeanDifference, Profile, ShareDifference
from quartier.language import Language, Text, decimal, percent
from quartier.look.colours import BRICK, INK, LINE, REST
from quartier.look.drawing import Chart
from quartier.report.content import SegmentCard
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Column, Table
from quartier.report.written import NB, between, points, signed

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
        narrow=None,
    )


def _picked(profile: Profile) -> tuple[list[ShareDifference], list[MeanDifference]]:
    shares = [each for each in profile.distinct() if isinstance(each, ShareDifference)]
    means = [each for each in profile.distinct() if isinstance(each, MeanDifference)]
    return shares[:MOST_SHARES], means[:MOST_MEANS]


def _chart(shares: Sequence[ShareDifference], means: Sequence[MeanDifference], language: Language, width: int) -> Chart:
    import altair as alt

    parts = []
    if shares:
        rows = [_share_row(each, language) for each in shares]
        scale = alt.Scale(domain=[0, 1] if max(row["high"] for row in rows) > 0.5 else [0, 0.5])
        parts.append(_panel(alt, rows, scale, alt.Axis(format=".0%", tickCount=5), None, width))
    if means:
        rows = [_mean_row(each, language) for each in means]
        reach = max(1.0, *(abs(row[end]) * 1.05 for row in rows for end in ("low", "high")))
        axis = alt.Axis(format="+.1f", tickCount=5)
        parts.append(_panel(alt, rows, alt.Scale(domain=[-reach, reach]), axis, _DEVIATIONS.to(language), width))
    chart: Chart = alt.vconcat(*parts, spacing=18).to_dict()
    return chart


def _panel(alt: Any, rows: list[dict[str, Any]], scale: Any, axis: Any, title: str | None, width: int) -> Any:
    order = [row["words"] for row in rows]
    y = alt.Y("words:N", sort=order, axis=None)
    base = alt.Chart(alt.Data(values=rows)).encode(y=y)
    at = {"title": title, "scale": scale, "axis": axis}
    words = base.mark_text(align="left", baseline="bottom", dy=-7, fontSize=12.5, color=INK.light, limit=width - 8)
    path = base.mark_rule(color=LINE.light, strokeWidth=1, yOffset=8)
    whisker = base.mark_rule(color=BRICK.light, strokeWidth=3, opacity=1, yOffset=8)
    rest = base.mark_point(color=REST.light, filled=True, size=70, opacity=1, yOffset=8, shape="square")
    own = base.mark_point(color=BRICK.light, filled=True, size=75, opacity=1, yOffset=8)
    return alt.layer(
        path.encode(x=alt.X("rest:Q", **at), x2="own:Q"),
        whisker.encode(x=alt.X("low:Q", **at), x2="high:Q"),
        rest.encode(x=alt.X("rest:Q", **at)),
        own.encode(x=alt.X("own:Q", **at)),
        words.encode(x=alt.value(0), text="words:N"),
    ).properties(width=width - 8, height=alt.Step(STEP))


def _share_row(each: ShareDifference, language: Language) -> dict[str, Any]:
    return {
        "words": f"{_named(each, language)}{_COLON.to(language)}{_against(each, language)}",
        "own": each.share,
        "rest": each.rest,
        "low": each.rest + each.interval.low,
        "high": each.rest + each.interval.high,
    }


def _mean_row(each: MeanDifference, language: Language) -> dict[str, Any]:
    return {
        "words": f"{_named(each, language)}{_COLON.to(language)}{_against(each, language)}",
        "own": each.standardised,
        "rest": 0.0,
        "low": each.interval.low,
        "high": each.interval.high,
    }


def _named(each: ShareDifference | MeanDifference, language: Language) -> str:
    label = each.label.to(language)
    if isinstance(each, MeanDifference):
        return label
    said = _TRUTHS[each.value].to(language) if each.value in _TRUTHS else each.value
    return f"{label}, {said}"


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
    return signed(decimal(value, language), value)


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
