"""The section on the set of segments, its figure drawn once for what it shows."""

from quartier.language import Language
from quartier.report.content import ReportContent
from quartier.report.figures.figure import ChartFigure
from quartier.report.page import Drawing, SegmentationView
from quartier.report.sections import segmentation
from quartier.web.kept import DRAWINGS


def set_view(content: ReportContent, language: Language) -> SegmentationView | None:
    """The section; None without segments."""
    traits = content.segmentation.traits if content.segmentation else ()

    def drawn(figure: ChartFigure) -> Drawing:
        return DRAWINGS.get((figure.key, traits, language), figure.placed)

    return segmentation.view(content, language, drawn)
