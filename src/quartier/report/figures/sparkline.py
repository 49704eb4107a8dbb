"""A history of sizes as one small line, to stand in a table or beside words."""

from collections.abc import Sequence

from markupsafe import Markup

from quartier.report.content import SizeAt


def sparkline(history: Sequence[SizeAt], width: int = 120, height: int = 26) -> Markup | None:
    """The sizes as one line from the first instant to the last, zero at the foot; two sizes need no drawing."""
    if len(history) < 3:
        return None
    start, end = history[0].at, history[-1].at
    most = max(1, *(each.persons for each in history))
    span = max((end - start).total_seconds(), 1.0)
    places = [
        (2 + (width - 6) * (each.at - start).total_seconds() / span, height - 3 - (height - 6) * each.persons / most)
        for each in history
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    return Markup(  # noqa: S704 - only numbers are put in
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f'<polyline points="{line}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.5"/></svg>'
    )
