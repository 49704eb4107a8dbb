"""The addresses of campaigns; a name may hold anything, so it is quoted."""

from urllib.parse import quote

from quartier.language import Text

RESERVED = frozenset({"new", "quality", ".", ".."})
"""Names that stand for something else in an address."""
RESERVED_NAME = Text(
    en="“{name}” stands for another page: give the campaign another name",
    fr="« {name} » désigne une autre page : donnez un autre nom à la campagne",
)


def target_url(campaign: str) -> str:
    """Where the audience of a campaign is shown."""
    return f"/target/{quote(campaign)}"


def evaluate_url(campaign: str) -> str:
    """Where its effect is measured."""
    return f"/evaluate/{quote(campaign)}"


def segment_url(segment: str) -> str:
    """Where a segment is shown."""
    return f"/segments/{quote(segment)}"
