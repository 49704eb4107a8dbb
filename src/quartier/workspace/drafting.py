"""What a definition gives while it is being written, and what a form offers meanwhile."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quartier.catalog import EventType, Trait
from quartier.segment.suggesting import Counted, values_of_property, values_of_trait
from quartier.segment.weighing import Weighed, weigh

if TYPE_CHECKING:
    from quartier.workspace.workspace import Workspace


class Drafting:
    """Definitions before they are put in force; reached as `ws.drafting`. Nothing of it is stored."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace

    def weigh(self, document: Mapping[str, Any]) -> Weighed:
        """Evaluate one definition now, with what each of its conditions takes away.

        Raises InvalidDefinition with all problems at once.
        """
        ws = self._workspace
        return weigh(ws.store, ws.engine, ws.catalog, ws.config, document, ws.clock.now())

    def values_of_trait(self, trait: Trait) -> Counted:
        """The most frequent values of a trait, each with its number of persons or accounts."""
        return values_of_trait(self._workspace.engine, trait)

    def values_of_property(self, event: EventType, path: str) -> Counted:
        """The most frequent values of a property, each with its number of events or lines."""
        return values_of_property(self._workspace.engine, event, path)
