"""From a chart to a drawing: SVG for the page, which follows its colours, and SVG or PNG to take away."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from html import escape
from typing import Any

from quartier.language import Language
from quartier.look.colours import SURFACE, follow_page
from quartier.look.theme import FORMATS, TIMES, theme
from quartier.look.typeface import FOLDER

Chart = dict[str, Any]
"""A Vega-Lite specification, as Altair's `to_dict` gives it."""


Rows = Sequence[Mapping[str, Any]]


def built(make: Callable[[Any], Any], **data: Rows) -> Chart:
    """What `make(altair)` draws over `data`, its sources named as in `altair.Data(name="rows")`.

    Altair copies and checks a chart at every step, data included, which takes longer than drawing it: here the data
    come in at the end, and the checks are left to the tests.
    """
    import altair
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):
        chart: Chart = make(altair).to_dict(validate=False)
    return over(chart, **data)


def over(chart: Chart, **data: Rows) -> Chart:
    """The same chart over other data."""
    return chart | {"datasets": {name: list(rows) for name, rows in data.items()}}


def warm_up() -> None:
    """Load what draws charts, which takes seconds, so that the first chart need not wait for it."""
    dots = built(lambda altair: altair.Chart(altair.Data(name="rows")).mark_point().encode(x="x:Q"), rows=[{"x": 1}])
    svg(dots, "en")


def inline(chart: Chart, language: Language, description: str) -> str:
    """The chart as SVG to be put into a page: no ground, the page's colours, its description for who cannot see it."""
    return follow_page(described(svg(chart, language), description))


def svg(chart: Chart, language: Language) -> str:
    """The chart as SVG, without a ground."""
    drawn: str = _renderer().vegalite_to_svg(chart, config=theme(), **_written(language))
    return drawn


def picture_svg(chart: Chart, language: Language, description: str) -> str:
    """The chart as an SVG file of its own, on white."""
    return described(svg(_on_paper(chart), language), description)


def picture_png(chart: Chart, language: Language) -> bytes:
    """The chart as a PNG file of its own, on white, at twice the size of the screen."""
    drawn: bytes = _renderer().vegalite_to_png(_on_paper(chart), config=theme(), scale=2, **_written(language))
    return drawn


def png_of(drawing: str) -> bytes:
    """Any SVG of ours as PNG, at twice the size of the screen."""
    drawn: bytes = _renderer().svg_to_png(drawing, scale=2)
    return drawn


def described(drawing: str, description: str) -> str:
    """The drawing as one image with words in its place, for screen readers."""
    bare = _INNER_ROLES.sub("", drawing)
    return bare.replace("<svg ", f'<svg role="img" aria-label="{escape(description)}" ', 1)


def _on_paper(chart: Chart) -> Chart:
    return chart | {"background": SURFACE.light, "padding": 20}


def _written(language: Language) -> dict[str, Any]:
    return {"format_locale": FORMATS[language], "time_format_locale": TIMES[language], "vl_version": "6.4"}


@cache
def _renderer() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(FOLDER))
    return vl_convert


# Vega marks every bar and axis for assistive technology in English; the page says it once, in the reader's language.
_INNER_ROLES = re.compile(r'\s(?:role|aria-roledescription|aria-label|aria-hidden)="[^"]*"')
