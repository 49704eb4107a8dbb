"""The side of a profile that tells of which companies and households somebody is a member. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from quartier.identify.accounts import role_label
from quartier.identify.accounts.shown import Belongs
from quartier.identify.profile.words import DASH
from quartier.language import Language, day
from quartier.web.addresses import part
from quartier.web.persons.words import PROFILE

_BY = {"trait": PROFILE["by_trait"], "domain": PROFILE["by_domain"], "household": PROFILE["by_household"]}


@dataclass(frozen=True)
class AccountRow:
    """One account: name, address, role, since, until, how it is known."""

    name: str
    url: str
    role: str
    since: str
    until: str
    by: str


def accounts_side(found: Sequence[Belongs], language: Language, zone: ZoneInfo) -> tuple[AccountRow, ...]:
    """The accounts in one language."""
    return tuple(
        AccountRow(
            each.name, f"/accounts/{part(each.account)}", role_said(each.role, language),
            day(each.since.astimezone(zone).date(), language) if each.since else DASH,
            day(each.until.astimezone(zone).date(), language) if each.until else PROFILE["held"].to(language),
            by_said(each.by, language),
        )
        for each in found
    )  # fmt: skip


def role_said(role: str | None, language: Language) -> str:
    """A known role by its name, another one as it was written."""
    label = role_label(role) if role else None
    return label.to(language) if label else role or DASH


def by_said(by: str, language: Language) -> str:
    """How it is known that a person is a member."""
    return _BY[by].to(language) if by in _BY else by
