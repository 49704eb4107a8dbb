"""Charts of estimates with their intervals: one row each, shares by tenths, what was said against what was seen."""

from collections.abc import Mapping, Sequence
from typing import Any

from quartier.look.colours import BRICK, CANAL, INK, LINE, REST
from quartier.look.drawing import Chart, built

Rows = Sequence[Mapping[str, Any]]
STEP = 42


def rows_with_intervals(
    rows: Rows, width: int, *, format_: str, at: float, is_logarithm: bool = False, title: str = ""
) -> Chart:
    """One estimate per row (`words`, `value`, `low`, `high`), its interval as a whisker, `at` marked as no effect."""
    placed = [{**each, "place": place, "none": at} for place, each in enumerate(rows)]
    reach = [float(each[end]) for each in rows for end in ("low", "high")] + [at]
    scale = {"type": "log"} if is_logarithm else {"zero": True}
    return built(
        lambda alt: _rows(alt, width, format_, scale | {"domain": [min(reach), max(reach)]}, title), rows=placed
    )


def _rows(alt: Any, width: int, format_: str, scale: Mapping[str, Any], title: str) -> Any:
    base = alt.Chart(alt.Data(name="rows")).encode(y=alt.Y("place:O", axis=None))
    x = {"title": title or None, "scale": alt.Scale(nice=False, **scale), "axis": alt.Axis(format=format_, tickCount=4)}
    words = base.mark_text(align="left", baseline="bottom", dy=-6, fontSize=12.5, color=INK.light, limit=width)
    return alt.layer(
        base.mark_rule(color=LINE.light, strokeWidth=1, yOffset=8).encode(x=alt.X("none:Q", **x), x2=alt.X2("value:Q")),
        base.mark_rule(color=BRICK.light, strokeWidth=3, yOffset=8).encode(x=alt.X("low:Q", **x), x2=alt.X2("high:Q")),
        base.mark_tick(color=REST.light, thickness=2, height=14, yOffset=8).encode(x=alt.X("none:Q", **x)),
        base.mark_point(color=BRICK.light, filled=True, size=70, opacity=1, yOffset=8).encode(x=alt.X("value:Q", **x)),
        words.encode(x=alt.XValue(0), text=alt.Text("words:N")),
    ).properties(width=width - 12, height=alt.Step(STEP))


def bars_by_tenth(rows: Rows, mean: float, width: int, *, x: str, y: str, mean_said: str) -> Chart:
    """Shares by tenth (`tenth`, `seen`, `low`, `high`) with whiskers, against the mean of all."""
    return built(
        lambda alt: _bars(alt, width, x, y), rows=rows, mean=[{"mean": mean, "words": mean_said, "tenth": len(rows)}]
    )


def _bars(alt: Any, width: int, x: str, y: str) -> Any:
    base = alt.Chart(alt.Data(name="rows"))
    across = alt.X("tenth:O", title=x, axis=alt.Axis(labelAngle=0))
    up = {"title": y, "axis": alt.Axis(format=".0%", tickCount=4)}
    mean = alt.Chart(alt.Data(name="mean"))
    return alt.layer(
        base.mark_bar(color=CANAL.light).encode(x=across, y=alt.Y("seen:Q", **up)),
        base.mark_rule(color=INK.light, strokeWidth=1.5).encode(x=across, y=alt.Y("low:Q", **up), y2=alt.Y2("high:Q")),
        mean.mark_rule(color=BRICK.light, strokeWidth=1.5, strokeDash=[5, 4]).encode(y=alt.Y("mean:Q", **up)),
        mean.mark_text(align="right", baseline="bottom", dy=-5, dx=14, color=INK.light).encode(
            x=across, y=alt.Y("mean:Q", **up), text=alt.Text("words:N")
        ),
    ).properties(width=width - 70, height=210)


def said_and_seen(rows: Rows, width: int, *, x: str, y: str, diagonal: str) -> Chart:
    """What was said against what was seen (`said`, `seen`, `low`, `high`), with the line on which both are the same."""
    top = min(1.0, max([0.05, *(float(each[name]) for each in rows for name in ("said", "high"))]) * 1.08)
    line = [{"said": 0, "seen": 0, "words": ""}, {"said": top, "seen": top, "words": diagonal}]
    return built(lambda alt: _calibration(alt, width, x, y, top), rows=rows, line=line)


def _calibration(alt: Any, width: int, x: str, y: str, top: float) -> Any:
    axis, scale = alt.Axis(format=".0%", tickCount=4), alt.Scale(domain=[0, top], nice=False)
    across = alt.X("said:Q", title=x, axis=axis, scale=scale)
    up = {"title": y, "axis": axis, "scale": scale}
    base, line = alt.Chart(alt.Data(name="rows")), alt.Chart(alt.Data(name="line"))
    side = min(width - 80, 420)
    return alt.layer(
        line.mark_line(color=REST.light, strokeDash=[4, 4], strokeWidth=1.5).encode(x=across, y=alt.Y("seen:Q", **up)),
        line.mark_text(align="right", dx=-8, dy=2, color=INK.light).encode(
            x=across, y=alt.Y("seen:Q", **up), text=alt.Text("words:N")
        ),
        base.mark_rule(color=BRICK.light, strokeWidth=2).encode(x=across, y=alt.Y("low:Q", **up), y2=alt.Y2("high:Q")),
        base.mark_point(color=BRICK.light, filled=True, size=70, opacity=1).encode(x=across, y=alt.Y("seen:Q", **up)),
    ).properties(width=side, height=side * 0.75)


def share_beside_share(rows: Rows, width: int, *, own: str, other: str) -> Chart:
    """Two shares per row, joined by a line: one's own (`value`, `low`, `high`) as a dot, the `other` as a diamond.

    The two words say which is which, over the first row; `words` name the rows.
    """
    placed = [{**each, "place": place} for place, each in enumerate(rows)]
    # Two words at two marks that are close would lie over each other: each stands on its own side.
    is_left = bool(rows) and float(rows[0]["value"]) <= float(rows[0]["other"])
    reach = max([0.0, *(max(float(each["high"]), float(each["other"])) for each in rows)]) * 1.12 or 1.0
    return built(
        lambda alt: _beside(alt, width, reach, is_left=is_left), rows=placed,
        own=[{**each, "said": own} for each in placed[:1]], other=[{**each, "said": other} for each in placed[:1]],
    )  # fmt: skip


def _beside(alt: Any, width: int, reach: float, *, is_left: bool) -> Any:
    base = alt.Chart(alt.Data(name="rows")).encode(y=alt.Y("place:O", axis=None))
    x = {"title": None, "scale": alt.Scale(nice=False, domain=[0, reach]), "axis": alt.Axis(format="~%", tickCount=4)}
    words = base.mark_text(align="left", baseline="bottom", dy=-6, fontSize=12.5, color=INK.light, limit=width)
    return alt.layer(
        base.mark_rule(color=LINE.light, strokeWidth=2, yOffset=8).encode(
            x=alt.X("other:Q", **x), x2=alt.X2("value:Q")
        ),
        base.mark_rule(color=BRICK.light, strokeWidth=3, yOffset=8).encode(x=alt.X("low:Q", **x), x2=alt.X2("high:Q")),
        base.mark_point(color=CANAL.light, filled=True, shape="diamond", size=90, opacity=1, yOffset=8).encode(
            x=alt.X("other:Q", **x)
        ),
        base.mark_point(color=BRICK.light, filled=True, size=70, opacity=1, yOffset=8).encode(x=alt.X("value:Q", **x)),
        words.encode(x=alt.XValue(0), text=alt.Text("words:N")),
        _marked(alt, "own", "low" if is_left else "high", BRICK.light, x, is_left=is_left),
        _marked(alt, "other", "other", CANAL.light, x, is_left=not is_left),
    ).properties(width=width - 12, height=alt.Step(STEP))


def _marked(alt: Any, data: str, field: str, colour: str, x: Mapping[str, Any], *, is_left: bool) -> Any:
    """What a mark of the first row is, in words beside it."""
    side = {"align": "right", "dx": -6} if is_left else {"align": "left", "dx": 9}
    text = alt.Chart(alt.Data(name=data)).mark_text(baseline="middle", yOffset=8, fontSize=12, color=colour, **side)
    return text.encode(y=alt.Y("place:O", axis=None), x=alt.X(f"{field}:Q", **x), text=alt.Text("said:N"))


def parts_of_rows(rows: Rows, width: int, parts: Sequence[str]) -> Chart:
    """Counts that make up each row (`words`, `part`, `order`, `persons`), side by side, with the figure on each part.

    `parts` are their names in order: the first is what is done, the second the one in question, the third set apart.
    """
    return built(lambda alt: _parts(alt, width, parts), rows=rows)


def _parts(alt: Any, width: int, parts: Sequence[str]) -> Any:
    base = alt.Chart(alt.Data(name="rows"))
    up = alt.Y("words:N", axis=None, sort=None, scale=alt.Scale(paddingInner=0.55, paddingOuter=0.5))
    colours = alt.Scale(domain=list(parts), range=[CANAL.light, BRICK.light, REST.light][: len(parts)])
    legend = alt.Legend(title=None, orient="top", direction="horizontal")
    across = {"title": None, "axis": alt.Axis(tickCount=4), "scale": alt.Scale(nice=False)}
    return alt.layer(
        base.mark_bar(height=16, yOffset=8).encode(
            y=up,
            x=alt.X("persons:Q", **across),
            order="order:Q",
            color=alt.Color("part:N", scale=colours, legend=legend),
        ),
        base.mark_text(align="left", baseline="bottom", dy=-4, fontSize=12.5, color=INK.light, limit=width)
        .transform_filter("datum.order == 0")
        .encode(y=up, x=alt.XValue(0), text=alt.Text("words:N")),
    ).properties(width=width - 30, height=alt.Step(STEP + 8))
