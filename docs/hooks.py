"""What the documentation is built with beside its pages: the look of the application, and the time of each notebook."""

import logging
from time import monotonic
from typing import Any

from mkdocs.structure.files import File

from quartier.web import excerpt

LOG = logging.getLogger("mkdocs.hooks.notebooks")
_begun: dict[str, float] = {}


def on_files(files: Any, config: Any) -> Any:
    """Add the stylesheet of parts of pages, and what the pages around them bring."""
    ground = excerpt.ground('[data-md-color-scheme="default"]', '[data-md-color-scheme="slate"]')
    for name, content in ((excerpt.STYLE, excerpt.style()), (excerpt.GROUND, ground)):
        files.append(File.generated(config, f"assets/{name}", content=content))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """A page is about to run its code."""
    _begun[page.url] = monotonic()
    return markdown


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """Say how long a notebook took; the first one makes the example shop."""
    if page.file.src_uri.startswith("notebooks/"):
        LOG.info("%s took %.1f s", page.file.src_uri, monotonic() - _begun[page.url])
    return html
