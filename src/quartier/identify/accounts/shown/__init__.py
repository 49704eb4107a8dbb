"""The profile of one account: traits by family, hierarchy, members with roles, what its persons do.

`known` has what is told, as frozen values; `queries` says what to ask of the engine; `run` asks. Segments are put in by
the workspace, above.
"""

from quartier.identify.accounts.shown.known import (
    AccountFound,
    AccountPage,
    AccountProfile,
    Belongs,
    Branch,
    Deed,
    Member,
    SegmentOf,
    TraitShown,
)

__all__ = [
    "AccountFound",
    "AccountPage",
    "AccountProfile",
    "Belongs",
    "Branch",
    "Deed",
    "Member",
    "SegmentOf",
    "TraitShown",
]
