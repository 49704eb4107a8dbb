"""The effect of a campaign: reached against held out, with the interval, and what that allows to say."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

from quartier.evaluate.effect import FEWEST_PERSONS, FEWEST_RESPONDERS
from quartier.language import Language, Plural, Text, amount, decimal, percent, whole, with_sign
from quartier.look.colours import ALERT, GARDEN, INK, SOFT_INK, SURFACE
from quartier.look.drawing import Chart, built
from quartier.report.content import EffectCard, EffectRow
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Column, Table
from quartier.report.written import DASH, NB, between, points

Tone = Literal["good", "bad", "unsure"]
STEP = 46
MOST_DRAWN = 12
"""Segments in the picture: those with the most persons on their smaller side; the table has them all."""


def figure(card: EffectCard, currency: str, language: Language, key: str) -> ChartFigure:
    """One whisker for everybody, then one for each segment."""
    title = _TITLE.to(language, outcome=card.outcome.to(language), campaign=card.campaign.to(language))
    return ChartFigure(
        key=key,
        title=title,
        description=_DESCRIPTION.to(language, title=title, n=len(card.rows)),
        chart=lambda width: _chart(replace(card, rows=_drawn(card)), currency, language, width),
        language=language,
        table=_table(card, currency, language),
        note=_note(card, language),
        width=760,
    )


def _note(card: EffectCard, language: Language) -> str:
    said = _CORRECTED if card.is_corrected and len(card.rows) > 1 else _READING
    more = len(card.rows) - len(_drawn(card))
    return (
        said.to(language)
        + (_IN_TABLE.to(language, n=more) if more else "")
        + (_FEW_RULE.to(language) if any(row.is_few for row in card.rows) else "")
        + (_LEFT_OUT.to(language, n=card.left_out) if card.left_out else "")
    )


def _drawn(card: EffectCard) -> tuple[EffectRow, ...]:
    """Everybody, and the segments that can say most, in the order of the card."""
    segments = [row for row in card.rows if row.segment]
    kept = sorted(segments, key=lambda row: -min(row.reached, row.held_out))[:MOST_DRAWN]
    return tuple(row for row in card.rows if not row.segment or row in kept)


def tone(row: EffectRow) -> Tone:
    """Whether the outcome rose, fell, or cannot be told."""
    if not row.is_told:
        return "unsure"
    return "good" if row.low > 0 else "bad"


def verdict(row: EffectRow, card: EffectCard, currency: str, language: Language) -> str:
    """What can be said of an effect, in words, with its interval and of how many."""
    low, high = (written_difference(end, card, currency, language) for end in (row.low, row.high))
    return _VERDICTS[tone(row)].to(
        language,
        difference=written_difference(row.difference, card, currency, language),
        interval=between(low, high, language),
        reached=row.reached,
        held_out=row.held_out,
    ) + (_NEEDED.to(language, n=row.needed) if row.needed and not row.is_told else "")


def written_difference(value: float, card: EffectCard, currency: str, language: Language) -> str:
    """A difference in the unit of the outcome, with its sign."""
    if card.measure == "share":
        return points(value, language)
    if card.measure == "amount":
        return amount(value, currency, language, signed=True)
    return with_sign(decimal(value, language), value)


def _chart(card: EffectCard, currency: str, language: Language, width: int) -> Chart:
    rows = [_row(each, card, currency, language) for each in card.rows]
    unit = _unit(card, currency, language)
    form = "+.1~f" if card.measure == "share" else "+,.2~f"
    return built(lambda alt: _layers(alt, rows, unit, form, width), rows=rows, zero=[{"zero": 0}])


def _layers(alt: Any, rows: Sequence[dict[str, Any]], unit: str, form: str, width: int) -> Any:
    base = alt.Chart(alt.Data(name="rows")).encode(y=alt.Y("name:N", sort=[row["name"] for row in rows], axis=None))
    at = {"title": unit, "axis": alt.Axis(format=form, tickCount=6, grid=True)}
    colour = alt.Color("colour:N", scale=None)
    whisker = base.mark_rule(strokeWidth=2.5, yOffset=9).encode(
        x=alt.X("low:Q", **at), x2=alt.X2("high:Q"), color=colour
    )
    dots = [
        base.transform_filter(f"datum.tone == '{name}'")
        .mark_point(shape=shape, size=90, opacity=1, yOffset=9, filled=True, fill=fill, stroke=paint, strokeWidth=2)
        .encode(x=alt.X("difference:Q", **at))
        for name, shape, fill, paint in _MARKS
        if name in {row["tone"] for row in rows}
    ]
    zero = alt.Chart(alt.Data(name="zero")).mark_rule(color=INK.light, strokeWidth=1).encode(x=alt.X("zero:Q", **at))
    layers = alt.layer(zero, whisker, *dots, *_words(alt, base, width))
    return layers.properties(width=width - 10, height=alt.Step(STEP))


def _words(alt: Any, base: Any, width: int) -> list[Any]:
    """The words twice: first as an outline of the ground, so that no line crosses them."""
    place = {"align": "left", "baseline": "bottom", "dy": -4, "fontSize": 12.5, "limit": width - 10}
    halo = base.mark_text(**place, color=SURFACE.light, stroke=SURFACE.light, strokeWidth=6)
    return [mark.encode(x=alt.XValue(0), text=alt.Text("words:N")) for mark in (halo, base.mark_text(**place))]


def _row(each: EffectRow, card: EffectCard, currency: str, language: Language) -> dict[str, Any]:
    factor = 100 if card.measure == "share" else 1
    said = tone(each)
    name = each.segment.to(language) if each.segment else _EVERYBODY.to(language)
    colour = {"good": GARDEN, "bad": ALERT, "unsure": SOFT_INK}[said]
    difference = written_difference(each.difference, card, currency, language)
    return {
        "name": name,
        "words": f"{name}{_COLON.to(language)}{difference} {DASH} {_said(each, language)}",
        "difference": each.difference * factor,
        "low": each.low * factor,
        "high": each.high * factor,
        "tone": said,
        "colour": colour.light,
    }


def _unit(card: EffectCard, currency: str, language: Language) -> str:
    unit = {"share": _POINTS, "amount": _MONEY, "number": _NUMBER}[card.measure]
    return unit.to(language, currency=currency)


def _table(card: EffectCard, currency: str, language: Language) -> Table:
    rows = tuple(_cells(each, card, currency, language) for each in card.rows)
    columns = tuple(Column(head.to(language), 0 < k < 7) for k, head in enumerate(_HEADS))
    return Table(_CAPTION.to(language), columns, rows)


def _cells(each: EffectRow, card: EffectCard, currency: str, language: Language) -> tuple[str, ...]:
    low, high = (written_difference(end, card, currency, language) for end in (each.low, each.high))
    return (
        each.segment.to(language) if each.segment else _EVERYBODY.to(language),
        whole(each.reached, language),
        whole(each.held_out, language),
        _outcome(each.mean_reached, card, currency, language),
        _outcome(each.mean_held_out, card, currency, language),
        written_difference(each.difference, card, currency, language),
        between(low, high, language),
        _said(each, language) + (_NEEDED.to(language, n=each.needed) if each.needed and not each.is_told else ""),
    )


def _said(each: EffectRow, language: Language) -> str:
    return (_FEW if each.is_few else _WORDS[tone(each)]).to(language)


def _outcome(value: float, card: EffectCard, currency: str, language: Language) -> str:
    if card.measure == "share":
        return percent(value, language, 2)
    return amount(value, currency, language) if card.measure == "amount" else decimal(value, language)


# A full circle, a full square and an empty diamond: told apart without colour.
_MARKS = (
    ("good", "circle", GARDEN.light, GARDEN.light),
    ("bad", "square", ALERT.light, ALERT.light),
    ("unsure", "diamond", SURFACE.light, SOFT_INK.light),
)
_COLON = Text(en=": ", fr=f"{NB}: ")
_EVERYBODY = Text(en="Everybody", fr="Tous")
_TITLE = Text(en="{campaign}: {outcome}", fr=f"{{campaign}}{NB}: {{outcome}}")
_WORDS = {
    "good": Text(en="rose", fr="en hausse"),
    "bad": Text(en="fell", fr="en baisse"),
    "unsure": Text(en="too small to tell", fr="trop faible pour conclure"),
}
_FEW = Text(en="too few persons to tell", fr="trop peu de personnes pour conclure")
_FEW_RULE = Text(
    en=f" An interval is trusted from {FEWEST_PERSONS} persons and {FEWEST_RESPONDERS} expected to respond on each "
    "side: with fewer the verdict is “too few persons to tell”, even where the interval leaves zero out.",
    fr=f" Un intervalle est retenu à partir de {FEWEST_PERSONS} personnes et de {FEWEST_RESPONDERS} réactions "
    f"attendues de chaque côté{NB}: en dessous, le verdict est «{NB}trop peu de personnes pour conclure{NB}», même si "
    "l'intervalle exclut zéro.",
)
_VERDICTS = {
    "good": Text(
        en="The campaign raised it: {difference} per person (95% interval: {interval}), "
        "{reached} reached against {held_out} held out.",
        fr=f"La campagne l'a fait monter{NB}: {{difference}} par personne (intervalle à 95{NB}%{NB}: {{interval}}), "
        "{reached} personnes touchées contre {held_out} témoins.",
    ),
    "bad": Text(
        en="The campaign lowered it: {difference} per person (95% interval: {interval}), "
        "{reached} reached against {held_out} held out.",
        fr=f"La campagne l'a fait baisser{NB}: {{difference}} par personne (intervalle à 95{NB}%{NB}: {{interval}}), "
        "{reached} personnes touchées contre {held_out} témoins.",
    ),
    "unsure": Text(
        en="Too small to tell: {difference} per person (95% interval: {interval}), "
        "{reached} reached against {held_out} held out.",
        fr=f"Trop faible pour conclure{NB}: {{difference}} par personne (intervalle à 95{NB}%{NB}: {{interval}}), "
        "{reached} personnes touchées contre {held_out} témoins.",
    ),
}
_NEEDED = Text(
    en=" About {n} persons would be needed to tell an effect of this size.",
    fr=" Il faudrait environ {n} personnes pour établir un effet de cette taille.",
)
_READING = Text(
    en="Difference between persons reached and persons held out, with its 95% interval. "
    "An interval that crosses zero proves nothing, neither an effect nor its absence.",
    fr=f"Écart entre les personnes touchées et le groupe témoin, avec son intervalle à 95{NB}%. "
    "Un intervalle qui traverse zéro ne prouve rien, ni un effet ni son absence.",
)
_CORRECTED = Text(
    en=_READING.en + " The intervals of segments are widened, because several segments are looked at.",
    fr=_READING.fr + " Ceux des segments sont élargis, parce que l'on en regarde plusieurs.",
)
_IN_TABLE = Plural(
    one=Text(
        en=" {n} smaller segment stands in the figures only.",
        fr=" {n} segment plus petit ne figure que dans les chiffres.",
    ),
    other=Text(
        en=" {n} smaller segments stand in the figures only.",
        fr=" {n} segments plus petits ne figurent que dans les chiffres.",
    ),
)
_LEFT_OUT = Plural(
    one=Text(
        en=" {n} segment has too few persons to compare.", fr=" {n} segment compte trop peu de personnes pour comparer."
    ),
    other=Text(
        en=" {n} segments have too few persons to compare.",
        fr=" {n} segments comptent trop peu de personnes pour comparer.",
    ),
)
_DESCRIPTION = Text(
    en="{title}. Difference and 95% interval for {n} groups; figures in the table below.",
    fr=f"{{title}}. Écart et intervalle à 95{NB}% pour {{n}} groupes{NB}; chiffres dans le tableau ci-dessous.",
)
_POINTS = Text(en="difference, in points of percentage", fr="écart, en points de pourcentage")
_MONEY = Text(en="difference per person, {currency}", fr="écart par personne, {currency}")
_NUMBER = Text(en="difference per person", fr="écart par personne")
_CAPTION = Text(en="Reached against held out", fr="Personnes touchées et groupe témoin")
_HEADS = (
    Text(en="group", fr="groupe"),
    Text(en="reached", fr="touchées"),
    Text(en="held out", fr="témoins"),
    Text(en="reached: outcome", fr=f"touchées{NB}: résultat"),
    Text(en="held out: outcome", fr=f"témoins{NB}: résultat"),
    Text(en="difference", fr="écart"),
    Text(en="95% interval", fr=f"intervalle à 95{NB}%"),
    Text(en="verdict", fr="verdict"),
)
