"""A figure before it is drawn: the same for the page, for a file, at every width."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from quartier.language import Language
from quartier.look import drawing, plan
from quartier.look.colours import INK, PAPER, follow_page
from quartier.report.page import Drawing, Table

WIDE, NARROW = 820, 330


@dataclass(frozen=True)
class ChartFigure:
    """A chart: title, reading, words in its place, table, and the specification for a width."""

    key: str
    title: str
    description: str
    chart: Callable[[int], drawing.Chart]
    language: Language
    table: Table | None = None
    note: str = ""
    width: int = WIDE
    narrow: int | None = NARROW

    def placed(self) -> Drawing:
        """The figure drawn for the page."""
        return Drawing(
            key=self.key,
            title=self.title,
            note=self.note,
            wide=self._inline(self.width),
            narrow=self._inline(self.narrow) if self.narrow else None,
            table=self.table,
        )

    def as_svg(self) -> str:
        """The figure as a file, on paper."""
        return drawing.picture_svg(self._titled(), self.language, self.description)

    def as_png(self) -> bytes:
        """The figure as an image file, on paper."""
        return drawing.picture_png(self._titled(), self.language)

    def _inline(self, width: int) -> Markup:
        return Markup(drawing.inline(self.chart(width), self.language, self.description))  # noqa: S704 - Vega escapes

    def _titled(self) -> drawing.Chart:
        title = {
            "text": self.title,
            "anchor": "start",
            "frame": "group",
            "offset": 16,
            "fontSize": 16,
            "color": INK.light,
        }
        return self.chart(self.width) | {"title": title}


@dataclass(frozen=True)
class PlanFigure:
    """The plan of the clientele, drawn for a width and a height."""

    key: str
    title: str
    districts: tuple[plan.District, ...]
    table: Table | None
    note: str

    def placed(self) -> Drawing:
        """The plan drawn for the page, wide and narrow."""
        return Drawing(
            key=self.key,
            title=self.title,
            note=self.note,
            wide=self._inline(960, 540),
            narrow=self._inline(350, 600),
            table=self.table,
        )

    def as_svg(self) -> str:
        """The plan as a file, on paper, with its title."""
        inner = self._draw(960, 540).svg.replace("<svg ", '<svg x="20" y="56" width="960" height="540" ', 1)
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="616" viewBox="0 0 1000 616">'
            f'<rect width="1000" height="616" fill="{PAPER.light}"/>{plan.heading(self.title, 20, 36)}{inner}</svg>'
        )

    def as_png(self) -> bytes:
        """The plan as an image file, on paper."""
        return drawing.png_of(self.as_svg())

    def _draw(self, width: int, height: int) -> plan.Plan:
        block = plan.block_size(sum(each.size for each in self.districts))
        return plan.draw(self.districts, width, height, self.title, block=block)

    def _inline(self, width: int, height: int) -> Markup:
        drawn = self._draw(width, height)
        small = "".join(f"<li><b>{each.number}</b>{escape(each.title)}</li>" for each in drawn.numbered)
        listed = f'<ol class="numbers">{small}</ol>' if small else ""
        return Markup(follow_page(drawn.svg) + listed)  # noqa: S704 - the plan escapes its words


Figure = ChartFigure | PlanFigure
