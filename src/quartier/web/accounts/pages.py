"""The pages of accounts: found ones, and one with its traits, its persons, its place among others. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from quartier.config import Config
from quartier.identify.accounts import Size, by_letter
from quartier.identify.accounts.shown import AccountPage, AccountProfile, Branch, Member, TraitShown
from quartier.identify.profile.words import DASH, MASK, written
from quartier.language import Language, Text, amount, day, instant, whole
from quartier.report.page import Chip
from quartier.web.accounts.words import ORIGINS, TABS
from quartier.web.addresses import part, with_query
from quartier.web.persons.accounts import by_said, role_said
from quartier.web.persons.words import PROFILE

MONEY = ("persons_revenue", "yearly_revenue")


@dataclass(frozen=True)
class ListPage:
    """Accounts of a search, or of one page of all; rows are name, public id and address."""

    query: str
    rows: tuple[tuple[str, str, str], ...]
    next_url: str
    first_url: str
    everyone: int
    problem: str = ""


@dataclass(frozen=True)
class TraitRow:
    """One trait: name, value, whether it is masked, where it comes from."""

    label: str
    value: str
    is_masked: bool
    origin: str


@dataclass(frozen=True)
class Family:
    """The traits of one family."""

    chip: Chip
    rows: tuple[TraitRow, ...]


@dataclass(frozen=True)
class MemberRow:
    """One person of the account."""

    name: str
    url: str
    role: str
    since: str
    until: str
    by: str


@dataclass(frozen=True)
class Node:
    """An account in the hierarchy, with those under it."""

    name: str
    url: str
    is_here: bool
    children: tuple["Node", ...]


@dataclass(frozen=True)
class DeedRow:
    """Something that a person of the account did."""

    at: str
    label: str
    name: str
    url: str


@dataclass(frozen=True)
class AccountView:
    """One side of an account, with its head.

    Attributes:
        glance: label, figure, of how many.
        segments: label and address.
        unmask_url: where sensitive values are shown.
        members: how many there are now, how many before, how many are shown.
    """

    tab: str
    tabs: tuple[tuple[str, str, bool], ...]
    glance: tuple[tuple[str, str, str], ...]
    segments: tuple[tuple[str, str], ...]
    masked: int
    shows_all: bool
    unmask_url: str
    members: tuple[int, int, int]
    body: Any


def list_page(query: str, found: AccountPage, *, after: str | None, everyone: int) -> ListPage:
    """The page of found accounts."""
    rows = tuple((each.name, each.account, f"/accounts/{part(each.account)}") for each in found.accounts)
    more = with_query("/accounts", query=query, after=found.next) if found.next else ""
    return ListPage(query, rows, more, with_query("/accounts", query=query) if after else "", everyone)


def account_view(
    found: AccountProfile, tree: Branch, tab: str, language: Language, config: Config, *, shows_all: bool
) -> AccountView:
    """One side of an account in one language."""
    path = f"/accounts/{part(found.account)}"
    segments = tuple((each.label.to(language), f"/segments/{part(each.segment)}") for each in found.segments)
    return AccountView(
        tab, _tabs(found, path, tab, language), _glance(found, language, config), segments,
        sum(each.is_masked for each in found.traits), shows_all, with_query(path, tab=tab, sensitive="1"),
        (found.members_in_all - found.former, found.former, len(found.members)),
        _side(found, tree, tab, language, config),
    )  # fmt: skip


def _side(found: AccountProfile, tree: Branch, tab: str, language: Language, config: Config) -> Any:
    match tab:
        case "members":
            return _members(found.members, language, config)
        case "hierarchy":
            return _node(tree) if tree.children else None
        case "activity":
            return _deeds(found, language, config)
    return _families(found, language, config)


def _tabs(found: AccountProfile, path: str, here: str, language: Language) -> tuple[tuple[str, str, bool], ...]:
    counts = {"traits": len(found.traits), "members": found.members_in_all}
    return tuple(
        (
            f"{label.to(language)} ({whole(counts[tab], language)})" if tab in counts else label.to(language),
            with_query(path, tab="" if tab == "traits" else tab), tab == here,
        )
        for tab, label in TABS.items()
    )  # fmt: skip


def _glance(found: AccountProfile, language: Language, config: Config) -> tuple[tuple[str, str, str], ...]:
    """What its persons brought, how many they are, how large it is."""
    own = {each.name: each for each in found.traits if each.value is not None}
    wanted = ("persons_revenue", "persons_orders", "persons_active_90d", "employees", "firm_size")
    shown = [(own[name].label.to(language), _value(own[name], language, config), "") for name in wanted if name in own]
    now = found.members_in_all - found.former
    return ((_MEMBERS.to(language), whole(now, language), ""), *shown)


def _families(found: AccountProfile, language: Language, config: Config) -> tuple[Family, ...]:
    return tuple(
        Family(
            Chip(str(family), family.label.to(language)),
            tuple(
                TraitRow(
                    each.label.to(language), _value(each, language, config), each.is_masked,
                    ORIGINS[each.origin].to(language),
                )
                for each in found.traits if each.family is family
            ),
        )
        for family in found.families
    )  # fmt: skip


def _value(each: TraitShown, language: Language, config: Config) -> str:
    """A value as the reader writes it, the codes of computed traits in words."""
    if each.is_masked:
        return MASK
    if each.name in MONEY and isinstance(each.value, int | float):
        return amount(each.value, config.currency, language, cents=False)
    if each.name == "firm_size":
        return Size(each.value).label.to(language)
    section = by_letter(each.value) if each.name == "firm_sector" else None
    return section.label.to(language) if section else written(each.value, language, config.zone)


def _members(found: Sequence[Member], language: Language, config: Config) -> tuple[MemberRow, ...]:
    return tuple(
        MemberRow(
            each.name, f"/persons/{part(each.person)}", role_said(each.role, language),
            day(each.since.astimezone(config.zone).date(), language) if each.since else DASH,
            day(each.until.astimezone(config.zone).date(), language) if each.until else PROFILE["held"].to(language),
            by_said(each.by, language),
        )
        for each in found
    )  # fmt: skip


def _node(branch: Branch) -> Node:
    children = tuple(_node(each) for each in branch.children)
    return Node(branch.name, f"/accounts/{part(branch.account)}", branch.is_asked, children)


def _deeds(found: AccountProfile, language: Language, config: Config) -> tuple[DeedRow, ...]:
    return tuple(
        DeedRow(
            instant(each.at, language, config.zone), each.label.to(language), each.name, f"/persons/{part(each.person)}"
        )
        for each in found.events
    )


_MEMBERS = Text(en="Persons now", fr="Personnes en ce moment")
