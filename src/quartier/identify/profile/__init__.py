"""The profile of one person: traits with their source and history, timeline, memberships, identifiers, links.

`known` has what is told, as frozen values; `traits` and `timeline` make it from rows; `queries` says what to ask of the
engine; `run` and `find` ask. What lies above identification (memberships, similar persons) is put in by the workspace.
"""

from quartier.identify.profile.known import (
    Belonging,
    Detail,
    Found,
    FoundPage,
    Happening,
    Held,
    Identifier,
    LinkShown,
    Memberships,
    Profile,
    Shared,
    Similar,
    Timeline,
    TraitHistory,
    TraitKnown,
)

__all__ = [
    "Belonging",
    "Detail",
    "Found",
    "FoundPage",
    "Happening",
    "Held",
    "Identifier",
    "LinkShown",
    "Memberships",
    "Profile",
    "Shared",
    "Similar",
    "Timeline",
    "TraitHistory",
    "TraitKnown",
]
