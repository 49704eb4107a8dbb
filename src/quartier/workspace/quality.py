"""The quality of what a workspace holds, and the names in it that nobody has classified."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from quartier.catalog.inbox import Answer, Waiting, classified, waiting

if TYPE_CHECKING:
    from quartier.analyse.quality import Attention, Quality
    from quartier.workspace.workspace import Workspace


class DataQuality:
    """How good the data of a workspace are; reached as `ws.quality`."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def measured(self) -> "Quality":
        """How much is filled in, valid and fresh, what is far out and what changed lately, now."""
        from quartier.analyse.quality.run import quality

        ws = self._workspace
        return quality(ws.engine, ws.catalog, ws.clock.now(), country=ws.config.country)

    def filled(self) -> "dict[str, float | None]":
        """The share of rows with a value, by the place of a trait (`traits.city`) or property; None without rows."""
        from quartier.analyse.quality.filled import filled

        return filled(self._workspace.engine, self._workspace.catalog)

    def attention(self) -> "tuple[Attention, ...]":
        """What needs attention, the most pressing first."""
        from quartier.analyse.quality import attention

        return attention(self.measured())

    def inbox(self) -> tuple[Waiting, ...]:
        """The traits, event types and properties that came by themselves and that nobody has classified."""
        return waiting(self._workspace.catalog)

    def classify(self, places: Sequence[str], answer: Answer | None = None, *, author: str = "quartier") -> None:
        """Say what new names are; without an answer they are what Quartier took them for.

        Raises UnknownName for a place where nothing waits; then nothing is changed.
        """
        ws = self._workspace
        ws.put_catalog(classified(ws.catalog, places, answer), author=author)
