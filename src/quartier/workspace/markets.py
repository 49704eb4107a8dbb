"""The tables of markets that a workspace holds its base against."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quartier.analyse.modelling.reading import Reading
from quartier.store import definitions

if TYPE_CHECKING:
    from quartier.analyse.opportunities.run import Kept
    from quartier.workspace.workspace import Workspace


class Markets:
    """Tables of markets, kept with all their versions: `ws.markets`."""

    def __init__(self, workspace: "Workspace") -> None:
        self._of = workspace

    def apply(self, document: Mapping[str, Any], *, author: str = "quartier") -> "Kept":
        """Put a table in force. Raises InvalidDefinition with all that is wrong with it."""
        from quartier.analyse.opportunities.run import keep  # statistics take a second to load

        return keep(self._of.store, self.reading, document, author=author, at=self._of.clock.now())

    def read(self, text: str, *, name: str, source: str, year: int, author: str = "quartier") -> "Kept":
        """The same from a table as CSV: a head with traits and `persons`, and one line per cell."""
        from quartier.analyse.opportunities.table import document_of

        return self.apply(document_of(text, name=name, source=source, year=year), author=author)

    def all(self) -> "list[Kept]":
        """The tables in force, the one given last first."""
        from quartier.analyse.opportunities.run import all_kept  # as above

        return all_kept(self._of.store)

    def kept(self, name: str) -> "Kept":
        """One table in force. Raises UnknownName with the nearest names."""
        from quartier.analyse.opportunities.run import kept  # as above

        return kept(self._of.store, name)

    def retire(self, name: str, *, author: str = "quartier") -> "Kept":
        """Take a table out of force; its versions stay. Raises UnknownName with the nearest names."""
        from quartier.analyse.opportunities.definition import KIND

        found = self.kept(name)
        with self._of.store.begin() as connection:
            definitions.retire(connection, KIND, name, author=author, at=self._of.clock.now())
        return found

    @property
    def reading(self) -> Reading:
        """The data that tables are held against, as of now."""
        ws = self._of
        return Reading(ws.engine, ws.catalog, ws.config, ws.clock.now(), ws.conditions)
