"""From a place in a figure to the editor of segments, filled in with the definition of just that place."""

import json
from typing import Any
from urllib.parse import quote

from quartier.govern.roles import May
from quartier.web.visitor import Visitor

NEW = "/segments/new"


def editor_of(document: dict[str, Any]) -> str:
    """The address of the editor with a definition in it."""
    written = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return f"{NEW}?definition={quote(written)}"


def editor_for(visitor: Visitor, document: dict[str, Any]) -> str:
    """The same for who may edit segments; empty for others, for whom the place is no link."""
    return editor_of(document) if visitor.may(May.EDIT_SEGMENTS) else ""
