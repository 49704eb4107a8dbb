"""What a page offers after a decision: to undo it. Pure."""

from dataclasses import dataclass

from starlette.requests import Request

from quartier.errors import InvalidRequest
from quartier.web.persons.deciding import read_wish

FIELD = "decided"
"""Under which name an address tells what was decided last."""


@dataclass(frozen=True)
class Undo:
    """A decision that can be undone at once: the groups that it was about, and where to go then."""

    of: tuple[str, ...]
    back: str


def undo_of(request: Request, back: str) -> Undo | None:
    """What was decided on the page before, as the address tells; None where nothing was."""
    told = request.query_params.getlist(FIELD)
    if not told:
        return None
    try:
        return Undo(read_wish("undo", told).of, back)
    except InvalidRequest:
        return None
