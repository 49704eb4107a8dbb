"""Write the report of a workspace: the only place here that touches files."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quartier.language import Language
from quartier.report.content import ReportContent
from quartier.report.gather import gather
from quartier.report.pictures import write_pictures
from quartier.report.render import render
from quartier.workspace import Workspace

Advance = Callable[[float], None]


@dataclass(frozen=True)
class Written:
    """A report that was written, and its pictures."""

    path: Path
    language: Language
    content: ReportContent
    pictures: tuple[Path, ...]

    def as_json(self) -> dict[str, Any]:
        """The files as plain values."""
        return {
            "report": str(self.path),
            "language": self.language,
            "at": self.content.at.isoformat(),
            "segments": [each.name for each in self.content.segments],
            "effects": len(self.content.effects),
            "pictures": [str(each) for each in self.pictures],
        }


def write_report(
    ws: Workspace,
    path: str | Path,
    language: Language,
    *,
    pictures: str | Path | None = None,
    progress: Advance | None = None,
) -> Written:
    """Write the report of a workspace to `path`, and its figures to the folder `pictures` when one is given.

    Args:
        ws: an open workspace; nothing in it is changed.
        path: the HTML file; its folder is made when it is not there, a file of that name is replaced.
        language: of every word and number.
        pictures: a folder for each figure as PNG and SVG.
        progress: told the part of the work that is done, from 0 to 1.
    """
    advance = progress or _unseen
    content = gather(ws)
    advance(0.5)
    return write_content(content, path, language, pictures=pictures, progress=lambda share: advance(0.5 + share / 2))


def write_content(
    content: ReportContent,
    path: str | Path,
    language: Language,
    *,
    pictures: str | Path | None = None,
    progress: Advance | None = None,
) -> Written:
    """Write what was gathered, so that one reading of the base can be written in both languages; see `write_report`."""
    advance = progress or _unseen
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(render(content, language), encoding="utf-8")
    advance(0.5 if pictures else 1.0)
    drawn = write_pictures(content, language, Path(pictures)) if pictures else []
    advance(1.0)
    return Written(target, language, content, tuple(drawn))


def _unseen(_share: float) -> None:
    """Nobody looks."""
