"""Fixing the audience of a campaign: the segment is brought to now, and its members are taken where the log stands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quartier.segment import run as segments
from quartier.store import membership
from quartier.store.audiences import Audience
from quartier.target import run as target
from quartier.target.definition import Campaign

if TYPE_CHECKING:
    from quartier.workspace.workspace import Workspace


def freeze(ws: "Workspace", campaign: Campaign | Mapping[str, Any], author: str) -> Audience:
    """Freeze an audience; what would stop it is found before the segment is refreshed."""
    document = campaign if isinstance(campaign, Campaign) else Campaign.read(campaign)
    now = ws.clock.now()
    segments.check_of_persons([document.segment], segments.defined(ws.store))
    target.rehearse(ws.store, document, ws.evaluated(document.segment).members)
    (standing,) = [each for each in ws.refresh() if each.definition.name == document.segment]
    with ws.store.begin() as connection:
        members = membership.members_at(connection, document.segment, standing.position)
        position = membership.position(connection)
    return target.freeze(ws.store, campaign=document, members=members, position=position, at=now, author=author)
