"""The side of a profile that tells its identifiers and links, with what can be decided of each. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quartier.config import Config
from quartier.identify.profile import Identifier, LinkShown, Profile
from quartier.identify.profile.words import DASH, kind_said, reason_said, standing_said
from quartier.language import Language, instant
from quartier.report.person.page import LinksPicture
from quartier.store.links import Decision, InForce, standing
from quartier.web.addresses import part, with_query
from quartier.web.persons.words import LINKS

Act = tuple[str, str]
"""A label, and the address of the page that says first what follows."""


@dataclass(frozen=True)
class IdentifierRow:
    """One identifier: what it is, where from, what was decided of it, what can be."""

    number: int
    value: str
    kind: str
    source: str
    is_own: bool
    other_url: str
    standing: str
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class LinkRow:
    """One link: its two identifiers, why, since when, whether it is followed, what can be decided."""

    a: str
    b: str
    reason: str
    since: str
    state: str
    is_followed: bool
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class LinksSide:
    """Identifiers and links of a person with their picture; `back` is where a decision leads back to."""

    picture: LinksPicture | None
    identifiers: tuple[IdentifierRow, ...]
    links: tuple[LinkRow, ...]
    can_split: bool
    back: str


def links_side(
    found: Profile, picture: LinksPicture | None, decisions: Sequence[Decision], language: Language, config: Config
) -> LinksSide:
    """The side in one language."""
    back = f"/persons/{part(found.person)}?tab=links"
    said = standing(decisions)
    own = [each for each in found.identifiers if each.is_own]
    values = {each.number: each.value for each in found.identifiers}
    return LinksSide(
        picture, tuple(_identifier(each, said, back, language) for each in found.identifiers),
        tuple(_link(each, values, back, language, config) for each in found.links), len(own) > 1, back,
    )  # fmt: skip


def act(answer: str, of: str, back: str, language: Language) -> Act:
    """One thing that can be decided, and where it is told what would follow."""
    return LINKS[answer].to(language), with_query("/persons/decide", answer=answer, of=of, back=back)


def _identifier(each: Identifier, said: InForce, back: str, language: Language) -> IdentifierRow:
    decided = "blocked" if each.number in said.blocked else "allowed" if each.number in said.allowed else ""
    wanted = ["undo"] if decided else ["block", "allow"]
    return IdentifierRow(
        each.number, each.value, kind_said(each.kind, language), each.source or DASH, each.is_own,
        "" if each.is_own else f"/persons/identifier/{each.number}", LINKS[decided].to(language) if decided else "",
        tuple(act(answer, str(each.number), back, language) for answer in wanted),
    )  # fmt: skip


def _link(each: LinkShown, values: Mapping[int, str], back: str, language: Language, config: Config) -> LinkRow:
    of, at = f"{each.a}-{each.b}", instant(each.at, language, config.zone) if each.at else DASH
    state = standing_said(each, language) or LINKS["followed"].to(language)
    return LinkRow(
        values.get(each.a, DASH), values.get(each.b, DASH), reason_said(each, language), at, state, each.is_followed,
        tuple(act(answer, of, back, language) for answer in _answers(each)),
    )  # fmt: skip


def _answers(each: LinkShown) -> tuple[str, ...]:
    """What can be decided of a link as it stands."""
    if each.decision == "accepted":
        return ("undo", "refuse")
    if each.decision == "refused":
        return ("undo", "accept")
    return ("refuse",) if each.is_followed else ("accept", "refuse")
