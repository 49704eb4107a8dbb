"""The drawings of lifetime value: forecast against what happened, and where the value to come lies."""

from typing import Any

from quartier.analyse.lifetime.figures import Check, LifetimeFigures
from quartier.analyse.lifetime.said import missed
from quartier.language import Language, Plural, Text, percent
from quartier.look.colours import BRICK, CANAL, REST, SOFT_INK
from quartier.look.drawing import Chart, built
from quartier.report.figures.figure import NARROW, ChartFigure
from quartier.report.page import Drawing
from quartier.web.kept import DRAWINGS

HEIGHT, MARGIN, ROOM = 220, 62, 84


def groups(check: Check, language: Language) -> Drawing:
    """Mean purchases in the time kept back, by purchases before it: forecast, and counted with its interval."""
    told = _MISSED.to(language, n=check.actual, predicted=round(check.predicted), weeks=round(check.weeks))
    return _kept(
        "check", (check.groups, told), language, title=told, note=_GROUPS_NOTE.to(language),
        description=_GROUPS.to(language, n=check.customers), chart=lambda width: _groups(check, language, width),
    )  # fmt: skip


def tracking(check: Check, language: Language) -> Drawing | None:
    """Repeat purchases as they add up; None where there are too few points for a line."""
    if len(check.tracking) < 3:
        return None
    last = check.tracking[-1]
    apart = abs(last.predicted / last.actual - 1) if last.actual else abs(missed(check))
    return _kept(
        "tracking", (check.tracking, check.cut), language, title=_FOLLOWS.to(language, part=percent(apart, language)),
        note=_TRACKING_NOTE.to(language, day=check.cut), description=_TRACKING.to(language, n=last.actual),
        chart=lambda width: _tracking(check, language, width),
    )  # fmt: skip


def tenths(figures: LifetimeFigures, language: Language) -> Drawing | None:
    """The share of the value to come that each tenth of customers holds; None where there is nothing to share."""
    total = sum(each.value for each in figures.tenths)
    if total <= 0:
        return None
    first = figures.tenths[0]
    title = (_BEST if figures.value is not None else _BEST_PURCHASES).to(
        language,
        part=percent(first.value / total, language, 0),
        persons=percent(first.persons / figures.customers, language, 0),
    )
    rows: list[dict[str, Any]] = [
        {"tenth": str(each.tenth), "share": each.value / total, "label": percent(each.value / total, language, 0),
         "best": each is first}
        for each in figures.tenths
    ]  # fmt: skip
    return _kept(
        "tenths", (figures.tenths, title), language, title=title, note="",
        description=_TENTHS.to(language, n=figures.customers), chart=lambda width: _bars(rows, language, width),
    )  # fmt: skip


def _kept(key: str, of: object, language: Language, **figure: Any) -> Drawing:
    made = ChartFigure(key=key, language=language, **figure)
    return DRAWINGS.get(("lifetime", key, of, language, made.title), made.placed)


def _groups(check: Check, language: Language, width: int) -> Chart:
    rows: list[dict[str, Any]] = [
        {"before": f"{each.repeats}+" if each.is_open else str(each.repeats), "predicted": each.predicted,
         "actual": each.actual, "low": each.actual if each.low is None else each.low,
         "high": each.actual if each.high is None else each.high}
        for each in check.groups
    ]  # fmt: skip
    words: list[dict[str, Any]] = [
        {"before": rows[-1]["before"], "at": rows[-1]["predicted"], "word": _FORECAST.to(language)},
        {"before": rows[-1]["before"], "at": rows[-1]["actual"], "word": _HAPPENED.to(language)},
    ]
    if abs(words[0]["at"] - words[1]["at"]) < 0.07 * max(each["high"] for each in rows):
        upper, lower = sorted(words, key=lambda each: -each["at"])
        upper["shift"], lower["shift"] = -7, 7
    order = [each["before"] for each in rows]
    return built(lambda alt: _dots(alt, language, order, words, width), rows=rows)


def _dots(alt: Any, language: Language, order: list[str], words: list[dict[str, Any]], width: int) -> Any:
    base = alt.Chart(alt.Data(name="rows"))
    axis = alt.Axis(labelAngle=0, domain=True)
    x = alt.X("before:O", title=_BEFORE.to(language), sort=order, axis=axis)
    y = alt.Y("actual:Q", title=_AFTER.to(language), axis=alt.Axis(tickCount=5), scale=alt.Scale(zero=True))
    whisker = base.mark_rule(color=CANAL.light, strokeWidth=2).encode(x=x, y=alt.Y("low:Q"), y2=alt.Y2("high:Q"))
    dots = base.mark_point(color=CANAL.light, filled=True, size=60, opacity=1).encode(x=x, y=y)
    line = base.mark_line(color=BRICK.light, strokeDash=[5, 4], strokeWidth=2, point=None).encode(x=x, y="predicted:Q")
    marks = base.mark_point(color=BRICK.light, shape="diamond", filled=False, size=60, opacity=1)
    named = [_word(alt, each, colour, order) for each, colour in zip(words, (BRICK, CANAL), strict=True)]
    side = width - MARGIN - ROOM
    return alt.layer(whisker, line, marks.encode(x=x, y="predicted:Q"), dots, *named).properties(
        width=side, height=HEIGHT
    )


def _word(alt: Any, each: dict[str, Any], colour: Any, order: list[str]) -> Any:
    data = alt.Data(values=[each])
    mark = alt.Chart(data).mark_text(align="left", dx=9, dy=each.get("shift", 0), color=colour.light, fontWeight=600)
    return mark.encode(x=alt.X("before:O", sort=order), y="at:Q", text="word:N")


def _tracking(check: Check, language: Language, width: int) -> Chart:
    rows: list[dict[str, Any]] = [
        {"day": f"{each.day}T00:00:00", "actual": each.actual, "predicted": each.predicted} for each in check.tracking
    ]
    top, last = max(max(each["actual"], each["predicted"]) for each in rows), rows[-1]
    close = abs(last["actual"] - last["predicted"]) < 0.07 * top
    shift = (-8 if last["actual"] >= last["predicted"] else 8) if close else 0
    return built(
        lambda alt: _lines(alt, language, width, shift), rows=rows, last=[last],
        cut=[{"day": f"{check.cut}T00:00:00", "top": top, "word": _CUT.to(language)}],
    )  # fmt: skip


def _lines(alt: Any, language: Language, width: int, shift: int) -> Any:
    base, last, cut = (alt.Chart(alt.Data(name=each)) for each in ("rows", "last", "cut"))
    x = alt.X("day:T", title=None, axis=alt.Axis(tickCount=3 if width <= NARROW else 6, format="%b %Y", domain=True))
    y = alt.Y("actual:Q", title=None, axis=alt.Axis(tickCount=4, format=",.0f"), scale=alt.Scale(zero=True))
    rule = cut.mark_rule(color=REST.light, strokeDash=[3, 3]).encode(x=x)
    told = cut.mark_text(align="right", dx=-6, color=SOFT_INK.light).encode(x=x, y="top:Q", text="word:N")
    actual = base.mark_line(color=CANAL.light, strokeWidth=2.5).encode(x=x, y=y)
    law = base.mark_line(color=BRICK.light, strokeDash=[5, 4], strokeWidth=2).encode(x=x, y="predicted:Q")
    names = [
        last.mark_text(align="left", dx=6, dy=dy, color=colour.light, fontWeight=600).encode(
            x=x, y=f"{field}:Q", text=alt.value(word.to(language))
        )
        for field, colour, word, dy in (("actual", CANAL, _HAPPENED, shift), ("predicted", BRICK, _FORECAST, -shift))
    ]
    return alt.layer(rule, told, law, actual, *names).properties(width=width - MARGIN - ROOM, height=HEIGHT)


def _bars(rows: list[dict[str, Any]], language: Language, width: int) -> Chart:
    return built(lambda alt: _columns(alt, language, width), rows=rows)


def _columns(alt: Any, language: Language, width: int) -> Any:
    base = alt.Chart(alt.Data(name="rows"))
    x = alt.X("tenth:O", title=_AXIS.to(language), sort=None, axis=alt.Axis(labelAngle=0, domain=True))
    y = alt.Y("share:Q", title=None, axis=alt.Axis(format=".0%", tickCount=4), scale=alt.Scale(zero=True))
    colour = alt.condition("datum.best", alt.value(BRICK.light), alt.value(REST.light))
    label = base.mark_text(dy=-7, fontSize=11).encode(x=x, y=y, text="label:N")
    return alt.layer(base.mark_bar().encode(x=x, y=y, color=colour), label).properties(
        width=width - MARGIN, height=HEIGHT
    )


_MISSED = Plural(
    one=Text(
        en="In the {weeks} weeks kept back {n} purchase happened, {predicted} were forecast",
        fr="Dans les {weeks} semaines mises de côté, {n} achat a eu lieu pour {predicted} prévus",
    ),
    other=Text(
        en="In the {weeks} weeks kept back {n} purchases happened, {predicted} were forecast",
        fr="Dans les {weeks} semaines mises de côté, {n} achats ont eu lieu pour {predicted} prévus",
    ),
)
_GROUPS_NOTE = Text(
    en="Mean purchases per customer in the time kept back, by purchases after the first before it. Lines through the "
    "dots are the 95% interval of what happened.",
    fr="Achats moyens par client dans le temps mis de côté, selon les achats après le premier qui précèdent. Les "
    "traits sur les points donnent l'intervalle à 95 % de ce qui a eu lieu.",
)
_GROUPS = Text(
    en="Forecast and counted purchases of {n} customers by purchases before; figures in the tables below.",
    fr="Achats prévus et constatés de {n} clients selon leurs achats passés ; chiffres dans les tableaux ci-dessous.",
)
_FOLLOWS = Text(
    en="Repeat purchases as they add up: the law ends {part} off",
    fr="Les réachats cumulés : la loi finit à {part} près",
)
_TRACKING_NOTE = Text(
    en="All repeat purchases of customers who first bought by {day}. The law has seen nothing right of the dotted "
    "line.",
    fr="Tous les réachats des clients dont le premier achat date au plus du {day}. La loi n'a rien vu à droite de la "
    "ligne pointillée.",
)
_TRACKING = Text(
    en="Lines of {n} repeat purchases as they add up, and as the law has them.",
    fr="Courbes de {n} réachats cumulés, et de ce qu'en dit la loi.",
)
_BEST = Text(
    en="The best {persons} of customers hold {part} of the value to come",
    fr="Les {persons} meilleurs clients portent {part} de la valeur à venir",
)
_BEST_PURCHASES = Text(
    en="The best {persons} of customers make {part} of the purchases to come",
    fr="Les {persons} meilleurs clients feront {part} des achats à venir",
)
_TENTHS = Text(
    en="Bars of the share of each tenth of {n} customers; figures in the table beside.",
    fr="Barres de la part de chaque dixième de {n} clients ; chiffres dans le tableau voisin.",
)
_FORECAST, _HAPPENED = Text(en="forecast", fr="prévu"), Text(en="happened", fr="constaté")
_BEFORE = Text(en="purchases after the first, before the cut", fr="achats après le premier, avant la coupure")
_AFTER = Text(en="purchases after it", fr="achats ensuite")
_CUT = Text(en="kept back →", fr="mis de côté →")
_AXIS = Text(en="tenths of customers, the best first", fr="dixièmes de clients, les meilleurs d'abord")
