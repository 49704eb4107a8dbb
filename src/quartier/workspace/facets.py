"""The subjects of a workspace that have methods of their own, each in its own file."""

from functools import cached_property
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from quartier.workspace.sources import Sources
    from quartier.workspace.workspace import Workspace


class Facets:
    """What hangs on a workspace by a name, as `ws.arrivals`: a small class per subject, made when first asked for.

    A facet takes the workspace and is a `functools.cached_property` here, so that `Workspace` itself stays readable and
    opening it loads no subject that nobody uses.
    """

    @cached_property
    def sources(self) -> "Sources":
        """Databases, REST services, folders and connectors, fetched over and over."""
        from quartier.workspace.sources import Sources

        return Sources(cast("Workspace", self))
