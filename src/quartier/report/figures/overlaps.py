"""The overlap matrix: of the persons of each row, the share who are also in each column."""

from typing import Any

from quartier.analyse import Overlap
from quartier.language import Language, Text, percent, whole
from quartier.look.colours import LINE, SHADES, on_shade
from quartier.look.drawing import Chart, built
from quartier.report.content import ReportContent
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Column, Table
from quartier.report.shades import by_part
from quartier.report.written import DASH, NB, share

MOST_DRAWN, MOST_PAIRS = 20, 100
"""Segments in the picture, and pairs in the table: the closest of them."""
_SIDE, _NARROWEST, _WIDEST = 620, 40, 84


def figure(content: ReportContent, language: Language) -> ChartFigure | None:
    """The matrix of the segments that have members; None with fewer than two."""
    found = content.overlap
    if found is None or sum(size > 0 for size in found.sizes) < 2:
        return None
    labels = {each.name: each.label.to(language) for each in content.segments}
    return ChartFigure(
        key="overlap",
        title=_finding(found, labels, language),
        description=_DESCRIPTION.to(language, n=len(found.names)),
        chart=lambda _: _chart(found, labels, language),
        language=language,
        table=_table(found, labels, language),
        note=_note(found, language),
        narrow=None,
    )


def _finding(found: Overlap, labels: dict[str, str], language: Language) -> str:
    pairs = [
        (value, i, j)
        for i, row in enumerate(found.jaccard)
        for j, value in enumerate(row)
        if i < j and value is not None and value < 1
    ]
    if not pairs or max(pairs)[0] < 0.01:
        return _APART.to(language)
    value, i, j = max(pairs)
    names = {"one": _label(found, labels, i), "other": _label(found, labels, j)}
    return _FINDING.to(language, n=found.counts[i][j], part=percent(value, language, 0), **names)


def _note(found: Overlap, language: Language) -> str:
    filled = sum(size > 0 for size in found.sizes)
    reading = _READING.to(language)
    return reading if filled <= MOST_DRAWN else f"{reading} {_CLOSEST.to(language, shown=MOST_DRAWN, of=filled)}"


def _label(found: Overlap, labels: dict[str, str], place: int) -> str:
    return labels.get(found.names[place], found.names[place])


def _chart(found: Overlap, labels: dict[str, str], language: Language) -> Chart:
    shown = _shown(found)
    rows = [_row(found, labels, i, j, language) for i in shown for j in shown]
    order = [_label(found, labels, i) for i in shown]
    return built(lambda alt: _layers(alt, order, sorted({int(row["step"]) for row in rows})), rows=rows)


def _shown(found: Overlap) -> list[int]:
    """The segments with members; of many, those that overlap most, in the order in which they are."""
    filled = [place for place, size in enumerate(found.sizes) if size]
    closest = sorted(filled, key=lambda i: -max(found.jaccard[i][j] or 0.0 for j in filled if j != i))
    return sorted(closest[:MOST_DRAWN])


def _layers(alt: Any, order: list[str], steps: list[int]) -> Any:
    axis = {"labelLimit": 190, "title": None}
    x = alt.X("column:N", sort=order, axis=alt.Axis(orient="top", labelAngle=-45, **axis))
    y = alt.Y("row:N", sort=order, axis=alt.Axis(**axis))
    base = alt.Chart(alt.Data(name="rows")).encode(x=x, y=y)
    ground = base.mark_rect(cornerRadius=2).encode(color=alt.Color("shade:N", scale=None))
    words = [
        base.transform_filter(f"datum.step == {step}")
        .mark_text(fontSize=11, color=on_shade(step).light)
        .encode(text=alt.Text("text:N"))
        for step in steps
        if step >= 0
    ]
    side = min(_WIDEST, max(_NARROWEST, _SIDE / len(order)))
    return alt.layer(ground, *words).properties(width=side * len(order), height=min(side, 36) * len(order))


def _row(found: Overlap, labels: dict[str, str], i: int, j: int, language: Language) -> dict[str, Any]:
    value = found.shares[i][j] or 0.0
    step = -1 if i == j else by_part(value, 1.0)
    return {
        "row": _label(found, labels, i),
        "column": _label(found, labels, j),
        "text": percent(value, language, 0) if found.counts[i][j] else DASH,
        "shade": LINE.light if i == j else SHADES[step].light,
        "step": step,
    }


def _table(found: Overlap, labels: dict[str, str], language: Language) -> Table:
    places = range(len(found.names))
    pairs = [(i, j) for i in places for j in places if i < j and found.counts[i][j]]
    rows = tuple(
        (
            f"{_label(found, labels, i)} · {_label(found, labels, j)}",
            whole(found.counts[i][j], language),
            share(found.shares[i][j], language),
            share(found.shares[j][i], language),
            share(found.jaccard[i][j], language),
        )
        for i, j in sorted(pairs, key=lambda pair: -(found.jaccard[pair[0]][pair[1]] or 0.0))[:MOST_PAIRS]
    )
    first, *others = (head.to(language) for head in _HEADS)
    columns = (Column(first, False), *(Column(head, True) for head in others))
    return Table(_CAPTION.to(language), columns, rows)


_APART = Text(en="The segments hardly share a person", fr="Les segments n'ont presque personne en commun")
_FINDING = Text(
    en="“{one}” and “{other}” share the most: {n} persons, {part} of the two together",
    fr=f"«{NB}{{one}}{NB}» et «{NB}{{other}}{NB}» se recoupent le plus{NB}: {{n}} personnes, {{part}} des deux réunis",
)
_READING = Text(
    en="Of the persons of each row, the share who are also in the column.",
    fr="Parmi les personnes de la ligne, la part de celles qui sont aussi dans la colonne.",
)
_CLOSEST = Text(
    en="Drawn are the {shown} segments that overlap most, of {of}.",
    fr="Sont dessinés les {shown} segments qui se recoupent le plus, sur {of}.",
)
_DESCRIPTION = Text(
    en="Overlap matrix of {n} segments; figures in the table below.",
    fr=f"Matrice de recoupement de {{n}} segments{NB}; chiffres dans le tableau ci-dessous.",
)
_CAPTION = Text(en="Pairs of segments that share persons", fr="Paires de segments qui ont des personnes en commun")
_HEADS = (
    Text(en="pair", fr="paire"),
    Text(en="in both", fr="dans les deux"),
    Text(en="of the first", fr="du premier"),
    Text(en="of the second", fr="du second"),
    Text(en="of the two together", fr="des deux réunis"),
)
