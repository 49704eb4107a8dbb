"""The stylesheet of the report: the typeface, the tokens, then the look of pages and of the report."""

from functools import cache
from pathlib import Path

from quartier.look import page

_OWN = Path(__file__).parent / "templates" / "report.css"


@cache
def stylesheet() -> str:
    """All the CSS that the report needs, nothing to be fetched."""
    return page.stylesheet(_OWN)
