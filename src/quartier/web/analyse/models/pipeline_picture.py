"""The picture of the pipeline: a bar for each stage, arcs above for who went further, below for who went back."""

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup, escape

from quartier.analyse.relation.definition import STAGES, StageFigures

COLUMN, BAR, HIGH, TOP, STEP = 164, 92, 130, 130, 26
_BASE = TOP + HIGH
_MOST_ARCS = 6


def drawn(
    stages: Sequence[StageFigures],
    flows: Sequence[tuple[str, str, int]],
    names: Mapping[str, str],
    written: Callable[[int], str],
    description: str,
) -> Markup:
    """The pipeline as SVG; `names` are those of the stages, `written` says a number in the reader's language."""
    most = max((each.persons for each in stages), default=0) or 1
    arcs = [each for each in flows if each[0] and each[1]][:_MOST_ARCS]
    widest = max((n for *_, n in arcs), default=1)
    inside = "".join(_arc(one, two, n, widest, written(n)) for one, two, n in arcs)
    for each in stages:
        inside += _bar(each, most, names[each.stage], written(each.persons))
    lowest = max((_heights(one, two)[1] for one, two, _ in arcs), default=0)
    width, height = COLUMN * len(STAGES), max(_BASE + 50, lowest + 26)
    head = f'<svg class="pipeline" role="img" aria-label="{escape(description)}" viewBox="0 0 {width} {height:.0f}"'
    return Markup(f'{head} width="{width}">{inside}</svg>')  # noqa: S704 - escaped


def _bar(each: StageFigures, most: int, name: str, persons: str) -> str:
    middle, height = _middle(each.stage), max(2.0, HIGH * each.persons / most)
    kind = "customer" if each.stage == "customer" else "stage"
    return (
        f'<rect class="{kind}" x="{middle - BAR / 2}" y="{_BASE - height:.1f}" width="{BAR}" height="{height:.1f}"/>'
        f'<text class="name" x="{middle}" y="{_BASE + 20}">{escape(name)}</text>'
        f'<text class="count" x="{middle}" y="{_BASE + 39}">{escape(persons)}</text>'
    )


def _arc(one: str, two: str, n: int, widest: int, written: str) -> str:
    start, end, is_ahead = _middle(one), _middle(two), _is_ahead(one, two)
    level, away = _heights(one, two)
    middle, kind, tip = (start + end) / 2, "ahead" if is_ahead else "back", 6 if is_ahead else -6
    stroke = 1 + 7 * n / widest
    bend = f"M{start} {level}Q{middle} {away * 2 - level:.0f} {end} {level}"
    return (
        f'<path class="{kind}" stroke-width="{stroke:.1f}" d="{bend}"/>'
        f'<path class="tip {kind}" d="M{end - 6} {level - tip}L{end} {level + tip}L{end + 6} {level - tip}Z"/>'
        f'<text class="flow" x="{middle}" y="{away - 7 if is_ahead else away + 17:.0f}">{escape(written)}</text>'
    )


def _heights(one: str, two: str) -> tuple[float, float]:
    """Where an arc begins, and how far it goes from there."""
    reach = STEP * abs(_middle(two) - _middle(one)) / COLUMN
    return (TOP - 8, TOP - 8 - reach) if _is_ahead(one, two) else (_BASE + 48, _BASE + 48 + reach)


def _is_ahead(one: str, two: str) -> bool:
    """Who lapses goes back; who had lapsed and is anywhere again goes ahead."""
    return two != "lapsed" and (one == "lapsed" or _middle(two) > _middle(one))


def _middle(stage: str) -> float:
    return COLUMN * ([*STAGES].index(stage) + 0.5)  # type: ignore[arg-type]  # one of them
