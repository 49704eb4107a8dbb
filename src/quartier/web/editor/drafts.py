"""Drafts of segments in the store: the sketch, and the version from which it was begun."""

from dataclasses import dataclass, replace
from typing import Any

from starlette.requests import Request

from quartier.errors import UnknownName
from quartier.language import Text
from quartier.segment.definition import KIND
from quartier.store import drafts
from quartier.web.desk import Desk
from quartier.web.editor.sketch import Sketch
from quartier.web.guard import visitor_of


@dataclass(frozen=True)
class Begun:
    """A sketch with where it comes from; `number` is empty until the store has it.

    Attributes:
        name: the segment that it changes, empty for a new one.
        version: the version of that segment that its author has seen; 0 for a new one.
    """

    sketch: Sketch
    number: str = ""
    name: str = ""
    version: int = 0

    @property
    def url(self) -> str:
        """Where it is edited."""
        return f"/segments/drafts/{self.number}" if self.number else "/segments/drafts"

    @property
    def back(self) -> str:
        """Where one comes from to edit it."""
        return f"/segments/{self.name}" if self.name else "/segments"

    def seen(self, name: str) -> int:
        """The last version of a segment that the author has seen; under another name it is a new segment."""
        return self.version if name == self.name else 0

    def as_json(self) -> dict[str, Any]:
        """What the store keeps."""
        return {"sketch": self.sketch.as_json(), "name": self.name, "version": self.version}


def find(desk: Desk, request: Request, number: str) -> Begun:
    """A draft of the visitor. Raises UnknownName for one that is not there, or another user's."""
    with desk.workspace.store.begin() as connection:
        found = drafts.find(connection, number, _user(request))
    if found is None or found.kind != KIND:
        raise UnknownName(_NO_DRAFT, remedy=_BEGIN_ANEW)
    kept = found.document
    return Begun(Sketch.from_json(kept["sketch"]), number, kept["name"], kept["version"])


def keep(desk: Desk, request: Request, begun: Begun) -> Begun:
    """Keep what a draft has become; a new one gets its number."""
    at, title = desk.workspace.clock.now(), begun.sketch.name[:100]
    with desk.workspace.store.begin() as connection:
        if begun.number:
            drafts.keep(connection, begun.number, begun.as_json(), at, name=title)
            return begun
        made = drafts.begin(
            connection, _user(request), KIND, begun.as_json(), at, name=title, version=begun.version
        )  # fmt: skip
    return replace(begun, number=made.number)


def remove(desk: Desk, number: str) -> None:
    """Forget a draft."""
    with desk.workspace.store.begin() as connection:
        drafts.remove(connection, number)


def _user(request: Request) -> int:
    signed = visitor_of(request).signed
    assert signed is not None  # the guard lets nobody else in
    return signed.user.id


_NO_DRAFT = Text(en="there is no such draft of yours", fr="vous n'avez pas de tel brouillon")
_BEGIN_ANEW = Text(
    en="it was saved, thrown away, or is another user's; begin a new segment, or edit one in force",
    fr="il a été enregistré, jeté, ou appartient à quelqu'un d'autre ; commencez un nouveau segment, "
    "ou modifiez-en un en vigueur",
)
