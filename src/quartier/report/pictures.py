"""The figures of the report as files, PNG and SVG, to be put into a slide or on a wall."""

from collections.abc import Iterator
from pathlib import Path

from quartier.language import Language
from quartier.report.compose import figures
from quartier.report.content import ReportContent


def pictures(content: ReportContent, language: Language) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file: each figure as SVG and as PNG, numbered in the order of the report."""
    for place, figure in enumerate(figures(content, language), 1):
        stem = f"{place:02d}-{figure.key}-{language}"
        yield f"{stem}.svg", figure.as_svg().encode()
        yield f"{stem}.png", figure.as_png()


def write_pictures(content: ReportContent, language: Language, folder: Path) -> list[Path]:
    """Write every figure into `folder`, which is made when it is not there; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in pictures(content, language):
        (folder / name).write_bytes(data)
        written.append(folder / name)
    return written
