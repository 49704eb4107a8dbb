"""Accounts in a terminal: the profile section by section, found accounts, a hierarchy as a tree, findings."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from quartier.cli.session import Session
from quartier.identify.accounts import Size, by_letter, role_label
from quartier.identify.accounts.findings import Finding
from quartier.identify.accounts.joining import Suggestion
from quartier.identify.accounts.shown import AccountPage, AccountProfile, Branch, Member, TraitShown
from quartier.identify.profile.words import DASH, MASK, written
from quartier.language import Text, day, instant, whole


def print_account(found: AccountProfile, now: Session, zone: ZoneInfo) -> None:
    """All that is known of an account, section by section; what is empty is left out."""
    now.out.print(found.name, style="bold")
    now.say_line(found.account)
    now.say(_AS_OF, at=instant(found.at, now.language, zone))
    _traits(found, now, zone)
    _hierarchy(found, now)
    _members(found, now, zone)
    _events(found, now, zone)
    if found.segments:
        _heading(_SEGMENTS, now)
        rows = [[each.segment, each.label.to(now.language)] for each in found.segments]
        now.print_table([_SEGMENT, _LABEL], rows)


def print_found(found: AccountPage, text: str, now: Session) -> None:
    """Accounts with what was recognised."""
    if not found.accounts:
        now.say(_NONE.with_(text=text))
        return
    by = {"public_id": _PUBLIC_ID.to(now.language), "name": _BY_NAME.to(now.language)}
    now.print_table(
        [_ACCOUNT, _NAME, _BY], [[each.account, each.name, by.get(each.by, each.by)] for each in found.accounts]
    )
    if found.next:
        now.say(_MORE, after=found.next)


def print_tree(found: Branch, now: Session) -> None:
    """A hierarchy, each level further to the right; the account that was asked for is marked."""
    for depth, each in _walk(found, 0):
        mark = f"  {_HERE.to(now.language)}" if each.is_asked else ""
        now.say_line(f"{'   ' * depth}{'└─ ' if depth else ''}{each.name} ({each.account}){mark}")


def print_findings(found: tuple[Finding, ...], now: Session) -> None:
    """Each finding, with the accounts that it names."""
    if not found:
        now.say(_ALL_IS_WELL)
    for each in found:
        now.say(_POINT, said=each.said)
        if each.accounts:
            now.say_line(f"  {', '.join(each.accounts)}")


def print_suggestions(found: tuple[Suggestion, ...], now: Session) -> None:
    """How many persons which company would get, and how to let it be so."""
    if not found:
        now.say(_NONE_SUGGESTED)
        return
    rows = [[each.name, each.account, each.domain, whole(each.persons, now.language)] for each in found]
    now.print_table([_NAME, _ACCOUNT, _DOMAIN, _PERSONS], rows, right=(3,))
    now.say(_APPLIED if found[0].is_applied else _APPLY)


def _walk(branch: Branch, depth: int) -> Iterator[tuple[int, Branch]]:
    yield depth, branch
    for each in branch.children:
        yield from _walk(each, depth + 1)


def _traits(found: AccountProfile, now: Session, zone: ZoneInfo) -> None:
    if not found.traits:
        return
    _heading(_TRAITS, now)
    rows = []
    for family in found.families:
        own = [each for each in found.traits if each.family is family]
        for place, each in enumerate(own):
            head = family.label.to(now.language) if not place else ""
            rows.append(
                [head, each.label.to(now.language), _value(each, now, zone), _ORIGINS[each.origin].to(now.language)]
            )
    now.print_table([_FAMILY, _TRAIT, _VALUE, _ORIGIN], rows)


def _value(trait: TraitShown, now: Session, zone: ZoneInfo) -> str:
    if trait.is_masked:
        return MASK
    said = _said(trait.name, trait.value)
    return said.to(now.language) if said else written(trait.value, now.language, zone)


def _said(name: str, value: Any) -> Text | None:
    """The codes of computed traits in words."""
    if name == "firm_size":
        return Size(value).label
    section = by_letter(value) if name == "firm_sector" else None
    return section.label if section else None


def _hierarchy(found: AccountProfile, now: Session) -> None:
    if not found.above and not found.below:
        return
    _heading(_HIERARCHY, now)
    above = [[_PARENT.to(now.language), each.name, each.account] for each in found.above]
    below = [[_UNDER.to(now.language), each.name, each.account] for each in found.below]
    now.print_table([_IS, _NAME, _ACCOUNT], above + below)


def _members(found: AccountProfile, now: Session, zone: ZoneInfo) -> None:
    if not found.members_in_all:
        return
    _heading(_MEMBERS, now)
    now.say(_IN_ALL, n=found.members_in_all - found.former, former=found.former)
    rows = [_member(each, now, zone) for each in found.members]
    if rows:
        now.print_table([_NAME, _PERSON, _ROLE, _SINCE, _UNTIL], rows)


def _member(each: Member, now: Session, zone: ZoneInfo) -> list[str]:
    label = role_label(each.role) if each.role else None
    role = label.to(now.language) if label else each.role or DASH
    since = day(each.since.astimezone(zone).date(), now.language) if each.since else DASH
    until = day(each.until.astimezone(zone).date(), now.language) if each.until else _NOW.to(now.language)
    return [each.name, each.person, role, since, until]


def _events(found: AccountProfile, now: Session, zone: ZoneInfo) -> None:
    if found.events:
        _heading(_EVENTS, now)
        rows = [
            [instant(each.at, now.language, zone), each.label.to(now.language), each.name, each.person]
            for each in found.events
        ]
        now.print_table([_AT, _EVENT, _NAME, _PERSON], rows)


def _heading(text: Text, now: Session) -> None:
    now.out.print(f"\n{text.to(now.language)}", style="bold")


_AS_OF = Text(en="as of {at}", fr="au {at}")
_TRAITS = Text(en="Traits", fr="Traits")
_HIERARCHY = Text(en="Hierarchy", fr="Hiérarchie")
_MEMBERS = Text(en="Members", fr="Membres")
_EVENTS = Text(en="What its persons did", fr="Ce que ses personnes ont fait")
_SEGMENTS = Text(en="Segments", fr="Segments")
_FAMILY = Text(en="family", fr="famille")
_TRAIT = Text(en="trait", fr="trait")
_VALUE = Text(en="value", fr="valeur")
_ORIGIN = Text(en="origin", fr="origine")
_ORIGINS = {
    "given": Text(en="given", fr="donné"),
    "computed": Text(en="computed", fr="calculé"),
    "predicted": Text(en="predicted", fr="prédit"),
}
_IS = Text(en="it is", fr="c'est")
_PARENT = Text(en="above it", fr="au-dessus")
_UNDER = Text(en="right under it", fr="juste en dessous")
_HERE = Text(en="← here", fr="← ici")
_ACCOUNT = Text(en="account", fr="compte")
_PERSON = Text(en="person", fr="personne")
_NAME = Text(en="name", fr="nom")
_BY = Text(en="found by", fr="trouvé par")
_PUBLIC_ID = Text(en="public id", fr="identifiant public")
_BY_NAME = Text(en="name", fr="nom")
_ROLE = Text(en="role", fr="rôle")
_SINCE = Text(en="since", fr="depuis")
_UNTIL = Text(en="until", fr="jusqu'à")
_NOW = Text(en="now", fr="maintenant")
_AT = Text(en="instant", fr="instant")
_EVENT = Text(en="event", fr="événement")
_SEGMENT = Text(en="segment", fr="segment")
_LABEL = Text(en="label", fr="libellé")
_IN_ALL = Text(
    en="Members now: {n}; former members: {former}.", fr="Membres actuels : {n} ; anciens membres : {former}."
)
_NONE = Text(
    en="No account has “{text}” as number or in its name.",
    fr="Aucun compte n'a « {text} » comme numéro ou dans son nom.",
)
_MORE = Text(en="There are more: --after {after}", fr="Il y en a d'autres : --after {after}")
_ALL_IS_WELL = Text(
    en="Nothing is wrong with the records of accounts.", fr="Rien à signaler dans les données des comptes."
)
_POINT = Text(en="• {said}", fr="• {said}")
_DOMAIN = Text(en="domain", fr="nom de domaine")
_PERSONS = Text(en="persons", fr="personnes")
_NONE_SUGGESTED = Text(
    en="Nobody without a company has the domain of one in the e-mail.",
    fr="Personne, parmi ceux qui n'ont pas d'entreprise, n'a le nom de domaine d'une entreprise dans son e-mail.",
)
_APPLY = Text(
    en="They become members with `join_by_domain = true` in quartier.toml.",
    fr="Ces personnes deviennent membres avec `join_by_domain = true` dans quartier.toml.",
)
_APPLIED = Text(
    en="They are members, since `join_by_domain` is true.",
    fr="Ces personnes sont membres, car `join_by_domain` vaut true.",
)
